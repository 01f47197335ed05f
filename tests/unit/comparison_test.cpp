#include "analyzer/comparison/comparison.h"

#include <gtest/gtest.h>

#include "analyzer/sql/claims.h"

namespace schemaudit {
namespace {

/// A schema as SQL states it, every list complete, as a catalog would have it.
Schema schema_of(const std::string& sql) {
  ClaimReader reader;
  SqlReading reading = reader.read({sql, "schema.sql", 1, 1}, {});
  EXPECT_TRUE(reading.problems.empty());
  Schema schema = reader.schema();
  for (Relation& relation : schema.relations) {
    if (relation.name.schema.empty()) relation.name.schema = "public";
    relation.coverage = Coverage::all();
  }
  schema.sort();
  return schema;
}

Schema docs_of(const std::string& sql) {
  ClaimReader reader;
  reader.read({sql, "docs.md", 1, 1}, {});
  return reader.schema();
}

std::vector<std::string> said(const Comparison& comparison) {
  std::vector<std::string> said;
  for (const Disagreement& disagreement : comparison.disagreements)
    said.push_back(disagreement.message);
  return said;
}

TEST(Comparison, NamesMatchAcrossSpellingsWhereThatIsUnambiguous) {
  Schema live = schema_of(
      "CREATE TABLE resume_chunks (id int); CREATE TABLE users (id int);"
      "CREATE TABLE categories (id int); CREATE TABLE \"Job\" (id int)");
  CompareOptions lenient;
  lenient.lenient_names = true;
  for (const char* name : {"\"RESUME_CHUNKS\"", "\"ResumeChunks\"", "resume_chunk",
                           "public.resume_chunks", "\"User\"", "category", "\"Job\"", "\"Jobs\""}) {
    Schema docs = docs_of(std::string("CREATE TABLE ") + name + " (id int)");
    lenient.report_unstated = false;
    Comparison comparison = compare(docs, live, lenient);
    EXPECT_EQ(comparison.relations.size(), 1u) << name;
    EXPECT_EQ(said(comparison), std::vector<std::string>()) << name;
  }
  CompareOptions strict;
  strict.report_unstated = false;
  EXPECT_EQ(compare(docs_of("CREATE TABLE category (id int)"), live, strict).relations.size(), 0u);
}

TEST(Comparison, AmbiguousNamesAreAskedNotGuessed) {
  Schema live = schema_of("CREATE TABLE order_item (id int); CREATE TABLE \"OrderItem\" (id int)");
  CompareOptions lenient;
  lenient.lenient_names = true;
  Comparison comparison = compare(docs_of("CREATE TABLE order_items (id int)"), live, lenient);
  ASSERT_EQ(comparison.ambiguous.size(), 1u);
  EXPECT_EQ(comparison.ambiguous[0].kind, ProblemKind::ambiguous_name);
  EXPECT_TRUE(comparison.disagreements.empty());
}

TEST(Comparison, UnstatedSchemaMeansPublicFirst) {
  Schema live = schema_of("CREATE TABLE public.users (id int); CREATE TABLE audit.users (id text)");
  CompareOptions options;
  options.report_unstated = false;
  Comparison comparison = compare(docs_of("CREATE TABLE users (id int)"), live, options);
  EXPECT_EQ(said(comparison), std::vector<std::string>());
  EXPECT_EQ(comparison.left_of({"audit", "users"}), nullptr);
  EXPECT_NE(comparison.left_of({"public", "users"}), nullptr);
}

TEST(Comparison, UndecidedIsCountedAndNoDifference) {
  Schema docs = docs_of("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))");
  Schema live = schema_of("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))");
  live.relations[0].checks[0].expression.decided = false;
  live.relations[0].checks[0].expression.normal.clear();
  Comparison comparison = compare(docs, live, {});
  EXPECT_EQ(said(comparison), std::vector<std::string>());
  EXPECT_EQ(comparison.undecided, 1u);
}

TEST(Comparison, WhatIsNotStatedIsNotDenied) {
  Schema docs = docs_of("ALTER TABLE t ADD COLUMN a int NOT NULL");
  Schema live = schema_of(
      "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b text UNIQUE, c int CHECK (c > 0))");
  Comparison comparison = compare(docs, live, {});
  EXPECT_EQ(said(comparison), std::vector<std::string>());
}

TEST(Comparison, PlannedTablesMayBeAbsent) {
  Schema docs = docs_of("CREATE TABLE soon (id int); CREATE TABLE gone (id int)");
  CompareOptions options;
  options.may_be_absent = {{"", "soon"}};
  Comparison comparison = compare(docs, schema_of("CREATE TABLE other (x text, y text)"), options);
  EXPECT_EQ(said(comparison), (std::vector<std::string>{
                                  "table gone is in the docs, but not in the database",
                                  "table public.other is in the database, but not in the docs"}));
}

TEST(Comparison, KeysOfColumnsThatTheDocsDoNotListAreClaimsAllTheSame) {
  Schema docs = docs_of("ALTER TABLE t ADD COLUMN a int; ALTER TABLE t ADD UNIQUE (a, b)");
  Schema live = schema_of("CREATE TABLE t (a int, b int)");
  EXPECT_EQ(said(compare(docs, live, {})),
            (std::vector<std::string>{
                "constraint UNIQUE (a, b) of public.t is in the docs, but not in the database"}));
}

TEST(Comparison, ForeignKeyToATableLeftOutOfTheAuditIsStillTheSame) {
  Schema docs = docs_of(
      "CREATE TABLE customers (id int PRIMARY KEY);"
      "CREATE TABLE orders (customer_id int REFERENCES customers (id))");
  Schema live = schema_of(
      "CREATE TABLE customers (id int PRIMARY KEY);"
      "CREATE TABLE orders (customer_id int, CONSTRAINT orders_customer_id_fkey FOREIGN KEY "
      "(customer_id) REFERENCES customers (id))");
  std::erase_if(live.relations, [](const Relation& r) { return r.name.name == "customers"; });
  CompareOptions options;
  options.may_be_absent = {{"", "customers"}};
  EXPECT_EQ(said(compare(docs, live, options)), std::vector<std::string>());
}

}  // namespace
}  // namespace schemaudit

// What compare_whole() makes of facts that are not plainly equal or different. That every fact of
// the model counts is shown on a real server, in tests/cli/diff_test.cpp.

#include "analyzer/comparison/schema_differences.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

Column column(const std::string& name, const std::string& type) {
  Column column;
  column.name = name;
  column.type = Type{type, type, false};
  column.nullable = true;
  column.default_value = Fact<Expression>::none();
  column.identity = Fact<IdentityKind>::none();
  column.generated = Fact<Generated>::none();
  column.collation = Fact<QualifiedName>::none();
  column.comment = Fact<std::string>::none();
  return column;
}

/// A schema of one table `public.t` with a column `a`.
Schema one_table() {
  Relation table;
  table.name = {"public", "t"};
  table.columns = {column("a", "integer")};
  table.row_security = table.row_security_forced = table.unlogged = false;
  table.comment = Fact<std::string>::none();
  table.coverage = Coverage::all();
  Schema schema;
  schema.relations = {table};
  return schema;
}

SchemaDifferences compared(const Schema& from, const Schema& to) {
  return compare_whole(from, to, {});
}

TEST(SchemaDifferences, UnknownFactsAreCountedAndDiffer) {
  Schema from = one_table(), to = one_table();
  from.relations[0].columns[0].nullable.reset();
  from.relations[0].columns[0].default_value = {};
  SchemaDifferences found = compared(from, to);
  EXPECT_TRUE(found.differences.empty());
  EXPECT_EQ(found.unknown, 2u);
  EXPECT_EQ(found.not_compared["column nullability"], 1u);
  ASSERT_EQ(found.open_facts.size(), 2u);
  EXPECT_EQ(found.open_facts[0].why, OpenFact::Why::unknown);
  EXPECT_EQ(found.open_facts[0].aspect, "nullability");
  EXPECT_EQ(found.open_facts[0].object.name, "a");
  EXPECT_FALSE(found.open_facts[0].from);
  EXPECT_TRUE(found.open_facts[0].to);
  EXPECT_EQ(found.compared + 2, compared(to, to).compared);
}

TEST(SchemaDifferences, ColumnsOfViewsThatNobodyKnowsAreCountedApart) {
  Schema from = one_table(), to = one_table();
  for (Schema* schema : {&from, &to}) {
    schema->relations[0].kind = RelationKind::view;
    schema->relations[0].definition = Expression{"SELECT 1 AS a", "select 1 as a", true};
  }
  from.relations[0].columns.clear();
  from.relations[0].coverage.columns = false;
  SchemaDifferences found = compared(from, to);
  EXPECT_TRUE(found.differences.empty());
  EXPECT_EQ(found.unknown, 0u);
  EXPECT_EQ(found.unknown_view_columns, 1u);
}

TEST(SchemaDifferences, AnUncoveredListDeniesNothing) {
  Schema from = one_table(), to = one_table();
  to.relations[0].columns.push_back(column("b", "text"));
  EXPECT_EQ(compared(from, to).differences.size(), 1u);
  from.relations[0].coverage.columns = false;
  EXPECT_EQ(compared(from, to).differences.size(), 0u);
  EXPECT_EQ(compared(from, to).unknown, 1u);
}

TEST(SchemaDifferences, UndecidedExpressionsAreEqualWhereTheyAreWrittenTheSame) {
  Schema from = one_table(), to = one_table();
  from.relations[0].columns[0].default_value = Expression{"odd @@ 1", "", false};
  to.relations[0].columns[0].default_value = Expression{"odd @@ 1", "", false};
  EXPECT_EQ(compared(from, to).undecided, 0u);
  to.relations[0].columns[0].default_value = Expression{"(odd @@ 1)", "", false};
  EXPECT_EQ(compared(from, to).undecided, 1u);
  EXPECT_EQ(compared(from, to).open_facts.at(0).why, OpenFact::Why::undecided);
  EXPECT_EQ(compared(from, to).open_facts.at(0).to, "(odd @@ 1)");
  EXPECT_TRUE(compared(from, to).differences.empty());
  // There is one, or there is none: that can be told.
  to.relations[0].columns[0].default_value = Fact<Expression>::none();
  EXPECT_EQ(compared(from, to).differences.size(), 1u);
}

TEST(SchemaDifferences, ATypeWithoutItsSchemaMayBeTheOneWithIt) {
  Schema from = one_table(), to = one_table();
  auto types = [&](const std::string& a, const std::string& b) {
    from.relations[0].columns[0].type = Type{a, a, false};
    to.relations[0].columns[0].type = Type{b, b, false};
    return compared(from, to).differences.size();
  };
  EXPECT_EQ(types("mood", "public.mood"), 0u);
  EXPECT_EQ(types("public.mood[]", "mood[]"), 0u);
  EXPECT_EQ(types("public.mood", "other.mood"), 1u);
  EXPECT_EQ(types("mood", "public.moods"), 1u);
  EXPECT_EQ(types("\"odd.name\"", "public.\"odd.name\""), 0u);
}

TEST(SchemaDifferences, AnOwnerThatNobodyNamesIsNoGap) {
  Schema from = one_table(), to = one_table();
  to.relations[0].owner = "app";
  SchemaDifferences found = compared(from, to);
  EXPECT_TRUE(found.differences.empty());
  EXPECT_EQ(found.unknown, 0u);
  from.relations[0].owner = "ops";
  ASSERT_EQ(compared(from, to).differences.size(), 1u);
  EXPECT_EQ(compared(from, to).differences[0].aspect, "owner");
}

TEST(SchemaDifferences, AConstraintAndItsIndexAreOneDifference) {
  Schema from = one_table(), to = one_table();
  auto add_key = [](Schema& schema, const std::string& name) {
    KeyConstraint key;
    key.name = name;
    key.columns = {"a"};
    key.deferrable = key.initially_deferred = false;
    key.comment = Fact<std::string>::none();
    schema.relations[0].unique_constraints = {key};
    Index index;
    index.name = index.constraint = name;
    IndexKey part;
    part.column = "a";
    index.keys = {part};
    index.unique = index.valid = true;
    index.predicate = Fact<Expression>::none();
    index.comment = Fact<std::string>::none();
    schema.relations[0].indexes = {index};
  };
  add_key(from, "one");
  SchemaDifferences absent = compared(from, to);
  ASSERT_EQ(absent.differences.size(), 1u);
  EXPECT_EQ(absent.differences[0].aspect, "presence");
  add_key(to, "two");
  SchemaDifferences renamed = compared(from, to);
  ASSERT_EQ(renamed.differences.size(), 1u);
  EXPECT_TRUE(renamed.differences[0].name_only);
  EXPECT_EQ(renamed.differences[0].from, "one");
  EXPECT_EQ(renamed.differences[0].to, "two");
}

TEST(SchemaDifferences, OverloadedFunctionsAreToldApart) {
  auto function = [](const std::string& type, const std::string& body) {
    Function made;
    made.name = {"public", "f"};
    made.arguments = {Type{type, type, false}};
    made.returns = Type{"integer", "integer", false};
    made.language = "sql";
    made.security_definer = false;
    made.search_path = Fact<std::string>::none();
    made.body = body;
    made.comment = Fact<std::string>::none();
    return made;
  };
  Schema from = one_table(), to = one_table();
  from.functions = {function("integer", "select 1"), function("mood", "select 2")};
  to.functions = {function("integer", "select 1"), function("public.mood", "select  2")};
  SchemaDifferences found = compared(from, to);
  ASSERT_EQ(found.differences.size(), 1u) << "white space within a line may be in a text";
  EXPECT_EQ(found.differences[0].aspect, "body");
  EXPECT_NE(found.differences[0].message.find("f(mood)"), std::string::npos)
      << found.differences[0].message;
  EXPECT_EQ(found.differences[0].object.name, "f");
}

}  // namespace
}  // namespace schemaudit

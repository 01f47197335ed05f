// However an expression is written, and whatever the server makes of it, it has one normal form;
// changed in one place, it has another.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "analyzer/postgres/introspect.h"
#include "analyzer/sql/normal_form.h"
#include "tests/live/expression_maker.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

constexpr int kWays = 3;
constexpr std::size_t kConditions = 520, kDefaults = 160, kPerTable = 100;
constexpr std::size_t kShown = 12;

/// Three ways to write one expression, and a fourth that says something else.
struct Spelled {
  std::string ways[kWays + 1];
  /// What the server stores of each.
  std::string stored[kWays + 1];
};

/// SCHEMAUDIT_SEED tries another set of expressions.
unsigned seed() {
  const char* chosen = std::getenv("SCHEMAUDIT_SEED");
  return chosen ? static_cast<unsigned>(std::strtoul(chosen, nullptr, 10)) : 20260401U;
}

Spelled spelled(ExpressionMaker& maker, const WrittenExpression& expression) {
  Spelled made;
  for (int way = 0; way < kWays; ++way) made.ways[way] = maker.write(expression);
  made.ways[kWays] = maker.write(maker.mutated(expression));
  return made;
}

class Judge {
 public:
  /// All forms of one expression as they were stored and as they are written.
  void check(const Spelled& spelled, const ColumnTypes& types, std::string_view context,
             const Expression* const stored[kWays + 1]) {
    ++expressions_;
    Expression written[kWays + 1];
    for (int way = 0; way <= kWays; ++way) {
      written[way] = normalise_expression(spelled.ways[way], types, context);
      if (!written[way].decided || !stored[way]->decided) {
        if (++undecided_ == 1) said_ += "undecided: " + spelled.ways[way] + "\n";
        return;
      }
    }
    for (int way = 0; way <= kWays; ++way)
      if (written[way].normal != stored[way]->normal)
        complain("written and stored", spelled.ways[way], written[way], stored[way]->text,
                 *stored[way]);
    for (int way = 1; way < kWays; ++way)
      if (written[way].normal != written[0].normal)
        complain("written twice", spelled.ways[0], written[0], spelled.ways[way], written[way]);
    const int changed = kWays;
    if (written[changed].normal == written[0].normal && stored[changed]->text != stored[0]->text)
      complain("equal though changed", spelled.ways[0], written[0], spelled.ways[changed],
               written[changed]);
  }

  void report() const {
    EXPECT_EQ(faults_, 0u) << said_;
    // Before PostgreSQL 14 extract() is stored as date_part().
    const std::size_t rare = test_server_version() < 140000 ? 10 : 100;
    EXPECT_LT(undecided_ * rare, expressions_) << undecided_ << " undecided\n" << said_;
  }
  std::size_t expressions() const { return expressions_; }

 private:
  void complain(const char* what, const std::string& a, const Expression& normal_a,
                const std::string& b, const Expression& normal_b) {
    if (++faults_ > kShown) return;
    said_ += std::string(what) + ":\n  " + a + "\n    " + normal_a.normal + "\n  " + b + "\n    " +
             normal_b.normal + "\n";
  }

  std::size_t expressions_ = 0, undecided_ = 0, faults_ = 0;
  std::string said_;
};

Schema schema_of(const std::string& db) {
  LiveOptions options;
  options.conninfo = db;
  LiveReading reading = introspect(options);
  if (!reading.source) throw std::runtime_error(reading.error);
  return std::move(reading.source->schema);
}

std::string name_of(std::size_t i, int way) {
  return "c" + std::to_string(i) + "_" + std::to_string(way);
}

using ExpressionForms = LiveTest;

TEST_F(ExpressionForms, ChecksCompareByMeaning) {
  ExpressionMaker maker(seed());
  std::vector<Spelled> all;
  for (std::size_t i = 0; i < kConditions; ++i) {
    Spelled made = spelled(maker, maker.condition(static_cast<int>(i % 4)));
    all.push_back(std::move(made));
  }
  std::string db = fresh_database();
  std::string sql = ExpressionMaker::types();
  for (std::size_t first = 0; first < all.size(); first += kPerTable) {
    std::string table = "t" + std::to_string(first / kPerTable);
    sql += "CREATE TABLE " + table + " (" + ExpressionMaker::columns();
    for (std::size_t i = first; i < std::min(first + kPerTable, all.size()); ++i)
      for (int way = 0; way <= kWays; ++way)
        sql += ",\n CONSTRAINT " + name_of(i, way) + " CHECK (" + all[i].ways[way] + ")";
    sql += ");\n";
  }
  test_server().run(db, sql);
  Schema schema = schema_of(db);
  Judge judge;
  for (const Relation& relation : schema.relations) {
    std::map<std::string, const CheckConstraint*> checks;
    for (const CheckConstraint& check : relation.checks) checks[check.name] = &check;
    const std::size_t first = std::stoul(relation.name.name.substr(1)) * kPerTable;
    const ColumnTypes types = column_types_of(relation);
    for (std::size_t i = first; i < std::min(first + kPerTable, all.size()); ++i) {
      const Expression* stored[kWays + 1];
      for (int way = 0; way <= kWays; ++way) {
        ASSERT_TRUE(checks[name_of(i, way)]) << name_of(i, way);
        stored[way] = &checks[name_of(i, way)]->expression;
      }
      judge.check(all[i], types, {}, stored);
    }
  }
  EXPECT_EQ(judge.expressions(), kConditions);
  judge.report();
}

TEST_F(ExpressionForms, PredicatesOfIndexesCompareByMeaning) {
  ExpressionMaker maker(seed() + 1);
  std::vector<Spelled> all;
  for (std::size_t i = 0; i < kConditions / 2; ++i)
    all.push_back(spelled(maker, maker.condition(static_cast<int>(i % 4))));
  std::string db = fresh_database();
  std::string sql = ExpressionMaker::types();
  sql += "CREATE TABLE p (" + std::string(ExpressionMaker::columns()) + ");";
  for (std::size_t i = 0; i < all.size(); ++i)
    for (int way = 0; way <= kWays; ++way)
      // What depends on settings is no predicate of an index; the server says so.
      sql += "DO $do$ BEGIN EXECUTE $sql$ CREATE INDEX " + name_of(i, way) + " ON p (i) WHERE " +
             all[i].ways[way] +
             " $sql$; EXCEPTION WHEN invalid_object_definition THEN NULL; END $do$;\n";
  test_server().run(db, sql);
  Schema schema = schema_of(db);
  const Relation* relation = schema.find_relation({"public", "p"});
  ASSERT_TRUE(relation);
  std::map<std::string, const Expression*> predicates;
  for (const Index& index : relation->indexes) predicates[index.name] = &index.predicate.value();
  Judge judge;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Expression* stored[kWays + 1];
    bool complete = true;
    for (int way = 0; way <= kWays; ++way) {
      stored[way] = predicates[name_of(i, way)];
      complete = complete && stored[way];
    }
    if (complete) judge.check(all[i], column_types_of(*relation), {}, stored);
  }
  EXPECT_GT(judge.expressions(), all.size() * 8 / 10);
  judge.report();
}

TEST_F(ExpressionForms, DefaultsCompareByMeaning) {
  ExpressionMaker maker(seed() + 2);
  std::vector<Spelled> all;
  std::string db = fresh_database();
  std::string sql = ExpressionMaker::types();
  sql += "CREATE SEQUENCE numbers; CREATE SEQUENCE digits; CREATE TABLE d (";
  for (std::size_t i = 0; i < kDefaults; ++i) {
    WrittenDefault made = maker.default_value();
    all.push_back(spelled(maker, made.expression));
    for (int way = 0; way <= kWays; ++way)
      sql += (i + static_cast<std::size_t>(way) > 0 ? ",\n " : "") + name_of(i, way) + " " +
             made.type + " DEFAULT (" + all.back().ways[way] + ")";
  }
  test_server().run(db, sql + ");");
  Schema schema = schema_of(db);
  const Relation* relation = schema.find_relation({"public", "d"});
  ASSERT_TRUE(relation);
  Judge judge;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Expression* stored[kWays + 1];
    Expression none;
    none.text = none.normal = "null";
    std::string type;
    for (int way = 0; way <= kWays; ++way) {
      const Column* column = relation->find_column(name_of(i, way));
      ASSERT_TRUE(column && column->type);
      type = column->type->normal;
      // DEFAULT NULL is no default to the server.
      stored[way] = column->default_value.has_value() ? &column->default_value.value() : &none;
    }
    judge.check(all[i], {}, type, stored);
  }
  EXPECT_EQ(judge.expressions(), kDefaults);
  judge.report();
}

}  // namespace
}  // namespace schemaudit

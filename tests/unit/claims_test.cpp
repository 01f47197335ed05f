#include "analyzer/sql/claims.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace schemaudit {
namespace {

SqlReading read(ClaimReader& reader, std::string sql, SqlReadOptions options = {}) {
  return reader.read({std::move(sql), "doc.md", 10, 1}, options);
}

std::vector<PieceKind> kinds(const SqlReading& reading) {
  std::vector<PieceKind> kinds;
  for (const SqlPiece& piece : reading.pieces) kinds.push_back(piece.kind);
  return kinds;
}

TEST(Claims, TableWithEverythingItStates) {
  ClaimReader reader;
  SqlReading reading =
      read(reader,
           "CREATE TABLE shop.orders (\n"
           "  id bigserial PRIMARY KEY,\n"
           "  customer_id uuid NOT NULL REFERENCES customers(id) ON DELETE CASCADE,\n"
           "  state varchar(20) DEFAULT 'new', -- 'new', 'paid', 'sent'\n"
           "  total numeric(10, 2) CHECK (total >= 0),\n"
           "  UNIQUE (customer_id, state)\n"
           ");\n"
           "CREATE INDEX orders_state ON shop.orders (state DESC) WHERE total > 0;");
  ASSERT_EQ(reader.schema().relations.size(), 1u);
  const Relation& orders = reader.schema().relations[0];
  EXPECT_EQ(to_string(orders.name), "shop.orders");
  EXPECT_TRUE(orders.coverage.columns && orders.coverage.checks && !orders.coverage.indexes);
  ASSERT_EQ(orders.columns.size(), 4u);
  EXPECT_EQ(orders.columns[0].type->normal, "bigint");
  EXPECT_EQ(orders.columns[0].nullable, false);
  EXPECT_EQ(orders.columns[2].type->normal, "character varying(20)");
  EXPECT_EQ(orders.columns[2].default_value->text, "'new'");
  EXPECT_EQ(orders.columns[2].nullable, true);
  EXPECT_EQ(orders.columns[2].documented_values, (std::vector<std::string>{"new", "paid", "sent"}));
  EXPECT_EQ(orders.columns[2].origin, (Origin{"doc.md", 13, 3}));
  ASSERT_EQ(orders.foreign_keys.size(), 1u);
  EXPECT_EQ(orders.foreign_keys[0].on_delete, ReferentialAction::cascade);
  ASSERT_EQ(orders.checks.size(), 1u);
  EXPECT_EQ(orders.checks[0].expression.text, "total >= 0");
  EXPECT_EQ(orders.unique_constraints.size(), 1u);
  ASSERT_EQ(orders.indexes.size(), 1u);
  EXPECT_TRUE(orders.indexes[0].keys[0].descending);
  EXPECT_TRUE(reading.problems.empty());
}

TEST(Claims, ReservedWordAsColumnCostsOneProblemAndNoColumn) {
  ClaimReader reader;
  SqlReading reading = read(reader,
                            "CREATE TABLE people (\n"
                            "  id int PRIMARY KEY,\n"
                            "  current_role text,\n"
                            "  age int CHECK (age > 0)\n"
                            ");\n"
                            "CREATE INDEX people_age ON people (age);");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].kind, ProblemKind::invalid_sql);
  EXPECT_EQ(reading.problems[0].origin.line, 12);
  const Relation& people = reader.schema().relations.at(0);
  ASSERT_EQ(people.columns.size(), 3u);
  EXPECT_EQ(people.columns[1].name, "current_role");
  EXPECT_EQ(people.columns[1].origin, (Origin{"doc.md", 12, 3}));
  EXPECT_EQ(people.checks.size(), 1u);
  EXPECT_EQ(people.indexes.size(), 1u);
}

TEST(Claims, WordThatIsAFunctionInAnIndexIsRefused) {
  ClaimReader reader;
  SqlReading reading = read(reader, "CREATE INDEX x ON people (age, current_role);");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].kind, ProblemKind::invalid_sql);
}

TEST(Claims, ShellAndPsqlLinesAreNotSql) {
  ClaimReader reader;
  SqlReading reading = read(reader,
                            "-- Connect\n"
                            "PGPASSWORD=x psql -h localhost -d app\n"
                            "SELECT count(*) FROM t;\n"
                            "\\d+ t\n"
                            "\\d+ > it's.txt\n"
                            "SELECT 2;");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(kinds(reading),
            (std::vector<PieceKind>{PieceKind::shell, PieceKind::query, PieceKind::psql,
                                    PieceKind::psql, PieceKind::query}));
}

TEST(Claims, ParametersOfClientLibrariesAreNoFault) {
  for (const char* sql :
       {"INSERT INTO t VALUES (?, ?)", "SELECT * FROM t WHERE id = :id AND a = %s",
        "SELECT * FROM t WHERE id = $1", "DELETE FROM t WHERE id = %(id)s"}) {
    ClaimReader reader;
    EXPECT_TRUE(read(reader, sql).problems.empty()) << sql;
  }
}

TEST(Claims, FragmentsAreClaimsAboutTheTableTheyName) {
  ClaimReader reader;
  read(reader, "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, plan text);");
  SqlReadOptions options;
  options.find_table = [](std::string_view name) -> std::optional<QualifiedName> {
    if (name == "Users") return QualifiedName{"", "users"};
    return std::nullopt;
  };
  SqlReading reading = read(reader,
                            "-- Users: elided\n"
                            "CONSTRAINT valid CHECK (...)\n"
                            "\n"
                            "-- Users: unique\n"
                            "UNIQUE(email)\n"
                            "\n"
                            "-- Users: plan\n"
                            "CONSTRAINT valid_plan CHECK (plan IN ('a', 'b'))\n",
                            options);
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].kind, ProblemKind::contradiction);
  EXPECT_EQ(reading.problems[0].origin.line, 17);
  EXPECT_EQ(reader.schema().relations[0].unique_constraints.size(), 1u);
  EXPECT_TRUE(reader.schema().relations[0].checks.empty());
}

TEST(Claims, OrderIsToldNotDemanded) {
  ClaimReader reader;
  SqlReading reading =
      read(reader,
           "CREATE TABLE a (b_id int REFERENCES b(id), c_id int REFERENCES c(id));\n"
           "CREATE INDEX t ON a USING gin (b_id gin_trgm_ops);\n"
           "CREATE TABLE b (id int PRIMARY KEY);\n"
           "CREATE EXTENSION pg_trgm;");
  EXPECT_TRUE(reading.problems.empty());
  std::vector<Problem> problems = reader.settle_references();
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].origin.line, 10);
  EXPECT_EQ(problems[0].related->line, 12);
  EXPECT_EQ(problems[1].object.name, "pg_trgm");
}

TEST(Claims, SameIndexTwiceContradicts) {
  ClaimReader reader;
  SqlReading reading =
      read(reader, "CREATE TABLE a (x int);\nCREATE INDEX i ON a (x);\nCREATE INDEX i ON a (x);");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].kind, ProblemKind::contradiction);
  EXPECT_EQ(reading.problems[0].origin.line, 12);
  EXPECT_EQ(reader.schema().relations[0].indexes.size(), 1u);
}

TEST(Claims, RollbacksAndExamplesClaimNothing) {
  ClaimReader reader;
  SqlReadOptions options;
  options.purpose = SqlPurpose::example;
  SqlReading reading = read(reader, "CREATE TABLE a (x int); SELECT 1;", options);
  EXPECT_TRUE(reader.schema().relations.empty());
  EXPECT_EQ(reading.queries.size(), 1u);
}

TEST(Claims, StatementsWithoutSemicolonsAreCutAtLines) {
  ClaimReader reader;
  SqlReading reading = read(reader,
                            "CREATE TABLE a (x int)\n"
                            "CREATE INDEX i ON a (x)\n"
                            "ALTER TABLE a ADD COLUMN y text");
  EXPECT_TRUE(reading.problems.empty());
  ASSERT_EQ(reader.schema().relations.size(), 1u);
  EXPECT_EQ(reader.schema().relations[0].columns.size(), 2u);
  EXPECT_EQ(reader.schema().relations[0].indexes.size(), 1u);
}

TEST(Claims, FaultsAroundGoodStatementsCostOnlyThemselves) {
  ClaimReader reader;
  SqlReading reading = read(reader,
                            "CREATE TABLE a (x int);\n"
                            "CREATE TABEL b (x int);\n"
                            "CREATE TABLE c (x int);\n");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].origin.line, 11);
  EXPECT_EQ(reader.schema().relations.size(), 2u);
}

TEST(Claims, NewerSyntaxIsCalledNewer) {
  if (grammar_version() >= 180000) GTEST_SKIP() << "this grammar knows it";
  ClaimReader reader;
  SqlReading reading =
      read(reader, "CREATE TABLE a (x int, y int GENERATED ALWAYS AS (x * 2) VIRTUAL);");
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].kind, ProblemKind::newer_syntax);
}

TEST(Claims, PiecesParsedAlone) {
  std::optional<ParsedConstraint> key =
      parse_constraint("FOREIGN KEY (source_id) REFERENCES file_sources(id) ON DELETE SET NULL");
  ASSERT_TRUE(key);
  EXPECT_EQ(std::get<ForeignKey>(key->constraint).on_delete, ReferentialAction::set_null);
  EXPECT_TRUE(parse_constraint("PRIMARY KEY (id)")->primary_key);
  EXPECT_FALSE(parse_constraint("some words"));
  std::optional<ParsedIndex> index =
      parse_index("CREATE UNIQUE INDEX i ON public.t USING btree (lower(email)) WHERE (a IS NULL)");
  ASSERT_TRUE(index);
  EXPECT_EQ(index->table, (QualifiedName{"public", "t"}));
  EXPECT_EQ(index->index.keys[0].expression->normal, "lower(email)");
  std::optional<ParsedTrigger> trigger = parse_trigger(
      "CREATE TRIGGER tr BEFORE UPDATE OR INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f()");
  ASSERT_TRUE(trigger);
  EXPECT_EQ(trigger->trigger.definition, "BEFORE INSERT OR UPDATE FOR EACH ROW");
}

}  // namespace
}  // namespace schemaudit

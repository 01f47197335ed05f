#include "analyzer/model/snapshot.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace schemaudit {
namespace {

SourceResult small_source() {
  SourceResult source;
  source.role = Role::documented;
  source.kind = "docs";
  source.name = "docs/";
  Relation users;
  users.name = {"public", "users"};
  Column id;
  id.name = "id";
  id.type = Type{"UUID", "uuid", false};
  id.default_value = Fact<Expression>::none();
  id.origin = {"docs/users.md", 4, 3};
  Column note;
  note.name = "note";
  note.default_value = Expression{"'x'", "'x'", true};
  note.documented_values = std::vector<std::string>{"a", "b"};
  users.columns = {id, note};
  users.coverage.columns = true;
  source.schema.relations = {users};
  Problem problem;
  problem.kind = ProblemKind::garbled_text;
  problem.origin = {"docs/users.md", 9, 1};
  problem.message = "text was decoded wrongly";
  problem.related = Origin{"docs/users.md", 2, 0};
  source.problems = {problem};
  DocumentReading document;
  document.uri = "docs/users.md";
  document.state = DocumentState::planned;
  document.proposed_state = DocumentState::retired;
  document.tables = {{{"public", "users"}, {"docs/users.md", 1, 1}, "sql", 2, 0, 0, true}};
  document.queries = {{"SELECT 1", {"docs/users.md", 20, 1}, "Queries #1"}};
  source.documents = {document};
  source.visibility = {false, {{"triggers", 3, 1, {"public.users"}, true}}};
  source.left_out = {{"public.alembic_version", "bookkeeping of a migration tool", 1}};
  source.server = ServerFacts{"15.1", 150001, "shop", "app", "UTF8"};
  return source;
}

TEST(Snapshot, ReadsBackWhatItWrote) {
  SourceResult source = small_source();
  SnapshotReading back = read_snapshot(write_snapshot(source));
  ASSERT_TRUE(back.source) << back.error;
  EXPECT_EQ(*back.source, source);
  EXPECT_EQ(write_snapshot(*back.source), write_snapshot(source));
}

TEST(Snapshot, TellsUnknownFromAbsent) {
  nlohmann::json json = nlohmann::json::parse(write_snapshot(small_source()));
  const auto& columns = json["source"]["schema"]["relations"][0]["columns"];
  EXPECT_TRUE(columns[0].contains("default"));
  EXPECT_TRUE(columns[0]["default"].is_null());
  EXPECT_FALSE(columns[0].contains("comment"));
  EXPECT_FALSE(columns[1].contains("type"));
  EXPECT_EQ(columns[1]["default"]["text"], "'x'");
}

TEST(Snapshot, RefusesWhatItCannotReadWithASentence) {
  std::string text = write_snapshot(small_source());
  auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return read_snapshot(changed);
  };
  EXPECT_TRUE(with("\"1.0\"", "\"1.7\"").source);
  EXPECT_NE(with("\"1.0\"", "\"2.0\"").error.find("version 2.0"), std::string::npos);
  EXPECT_FALSE(with("\"1.0\"", "\"2.0\"").source);
  SnapshotReading wrong = with("\"name\": \"id\"", "\"name\": 7");
  EXPECT_FALSE(wrong.source);
  EXPECT_NE(wrong.error.find("source.schema.relations[0].columns[0].name is not a text"),
            std::string::npos)
      << wrong.error;
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("[]"), std::string("{\"format_version\": 1}"),
        text.substr(0, 200), std::string("{\"format_version\": \"1.0\"}"), std::string("\xff\xfe"),
        std::string("null")}) {
    SnapshotReading reading = read_snapshot(bad);
    EXPECT_FALSE(reading.source) << bad;
    EXPECT_FALSE(reading.error.empty()) << bad;
  }
}

TEST(Snapshot, HasAJsonSchemaThatNamesItsFields) {
  nlohmann::json schema = nlohmann::json::parse(snapshot_json_schema());
  const auto& source = schema["properties"]["source"]["properties"];
  EXPECT_EQ(source["schema"]["properties"]["relations"]["items"]["properties"]["kind"]["enum"][0],
            "table");
  nlohmann::json written = nlohmann::json::parse(write_snapshot(small_source()));
  for (const auto& [name, value] : written["source"].items())
    EXPECT_TRUE(source.contains(name)) << name;
}

}  // namespace
}  // namespace schemaudit

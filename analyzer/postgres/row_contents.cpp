#include "analyzer/postgres/row_contents.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "analyzer/model/redact.h"
#include "analyzer/model/secret_names.h"
#include "analyzer/model/utf8.h"
#include "analyzer/postgres/server_session.h"

namespace schemaudit {

namespace {

/// Rows that are kept one by one, to show what changed.
constexpr std::size_t kKeptRows = 500;

using Json = nlohmann::json;

std::string shown(const std::string& column, const Json& value) {
  if (!value.is_null() && names_a_secret(column)) return "***";
  std::string text =
      without_secret_members(value.is_string() ? value.get<std::string>() : value.dump());
  return text.size() > 60 ? std::string(cut_at_character(text, 60)) + "..." : text;
}

/// Of two rows, what became of the columns; columns that only one has are no matter of rows.
std::string changed_values(const std::string& before, const std::string& after) {
  const Json was = Json::parse(before, nullptr, false), is = Json::parse(after, nullptr, false);
  std::string text;
  for (const auto& [column, value] : was.items()) {
    auto now = is.find(column);
    if (now == is.end() || *now == value) continue;
    text += (text.empty() ? "" : ", ") + column + " was " + shown(column, value) + " and is " +
            shown(column, *now);
  }
  return text;
}

/// Values that both rows have in common: the nearest row is taken for the same one.
std::size_t likeness(const std::string& before, const std::string& after) {
  const Json was = Json::parse(before, nullptr, false), is = Json::parse(after, nullptr, false);
  std::size_t same = 0;
  for (const auto& [column, value] : was.items()) {
    auto now = is.find(column);
    same += now != is.end() && *now == value ? 1 : 0;
  }
  return same;
}

std::string describe(const TableRows& before, const TableRows& after) {
  std::string counts =
      std::to_string(before.count) + " rows before, " + std::to_string(after.count) + " after";
  if (before.rows.size() != before.count || after.rows.size() != after.count) return counts;
  std::vector<std::string> gone, come;
  std::set_difference(before.rows.begin(), before.rows.end(), after.rows.begin(), after.rows.end(),
                      std::back_inserter(gone));
  std::set_difference(after.rows.begin(), after.rows.end(), before.rows.begin(), before.rows.end(),
                      std::back_inserter(come));
  if (before.count != after.count) {
    const std::string example = without_secret_members(gone.empty() ? come.front() : gone.front());
    return counts + (gone.empty() ? ", such as the new " : ", such as the lost ") +
           (example.size() > 200 ? std::string(cut_at_character(example, 200)) + "..." : example);
  }
  auto nearest = std::max_element(come.begin(), come.end(), [&](const auto& a, const auto& b) {
    return likeness(gone.front(), a) < likeness(gone.front(), b);
  });
  const std::string values = changed_values(gone.front(), *nearest);
  if (values.empty()) return {};
  return std::to_string(gone.size()) + " of " + std::to_string(before.count) +
         (before.count == 1 ? " row: " : " rows: ") + values;
}

}  // namespace

RowContents read_rows(const std::string& conninfo) {
  RowContents contents;
  ServerSession session(conninfo);
  session.run("SET search_path TO ''");
  session.run("SET row_security TO off");
  ServerSession::Answer tables = session.run(
      "SELECT n.nspname, c.relname, CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' "
      "END || quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM "
      "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
      "c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND n.nspname "
      "NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'");
  if (!tables.accepted) {
    contents.error = tables.message;
    return contents;
  }
  for (const auto& table : tables.rows) {
    // What children by INHERITS hold is theirs.
    ServerSession::Answer read = session.run(
        "SELECT count(*), coalesce(md5(string_agg(r, '' ORDER BY r)), ''), CASE WHEN count(*) <= " +
        std::to_string(kKeptRows) +
        " THEN json_agg(r ORDER BY r)::text END FROM (SELECT to_jsonb(t)::text COLLATE \"C\" AS r "
        "FROM " +
        *table[2] + " t) s");
    if (!read.accepted) {
      contents.error = *table[2] + ": " + read.message;
      return contents;
    }
    TableRows& rows = contents.tables[{*table[0], *table[1]}];
    rows.count = std::stoull(*read.rows.front()[0]);
    rows.digest = read.rows.front()[1].value_or("");
    if (const auto& kept = read.rows.front()[2])
      for (const Json& row : Json::parse(*kept, nullptr, false))
        rows.rows.push_back(row.get<std::string>());
  }
  return contents;
}

std::vector<RowChange> compare_rows(const RowContents& before, const RowContents& after) {
  std::vector<RowChange> changes;
  for (const auto& [table, rows] : before.tables) {
    auto now = after.tables.find(table);
    if (now == after.tables.end() || now->second.digest == rows.digest) continue;
    // A column that only one side has changes all rows, and is a matter of the catalog.
    if (const std::string what = describe(rows, now->second); !what.empty())
      changes.push_back({table, redact(what)});
  }
  return changes;
}

}  // namespace schemaudit

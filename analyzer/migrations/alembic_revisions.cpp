#include "analyzer/migrations/alembic_revisions.h"

#include <nlohmann/json.hpp>

namespace schemaudit {

namespace {

using Json = nlohmann::json;

std::string text(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int number(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

bool flag(const Json& json, const char* key, bool otherwise) {
  auto found = json.find(key);
  return found != json.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::vector<std::string> texts(const Json& json, const char* key) {
  std::vector<std::string> list;
  if (auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& entry : *found)
      if (entry.is_string()) list.push_back(entry.get<std::string>());
  return list;
}

CatalogQuestion question(const Json& json) {
  CatalogQuestion asked;
  asked.kind = text(json, "kind");
  asked.schema = text(json, "schema");
  asked.table = text(json, "table");
  asked.name = text(json, "name");
  asked.exists = flag(json, "exists", true);
  if (auto all = json.find("all"); all != json.end())
    for (const Json& part : *all) asked.all.push_back(question(part));
  if (auto any = json.find("any"); any != json.end())
    for (const Json& part : *any) asked.any.push_back(question(part));
  return asked;
}

std::vector<RevisionOperation> operations(const Json& json, const char* key);

RevisionOperation operation(const Json& json) {
  RevisionOperation read;
  read.line = number(json, "line");
  read.column = number(json, "column");
  read.may_touch = texts(json, "may_touch");
  read.reason = text(json, "unanalysed");
  if (json.contains("sql")) {
    read.kind = RevisionOperation::Kind::sql;
    read.sql = text(json, "sql");
    read.text_line = number(json, "text_line");
    read.autocommit = flag(json, "autocommit", false);
    if (auto unless = json.find("unless"); unless != json.end() && unless->is_object()) {
      read.unless.push_back(question(*unless));
      read.unless_made = text(*unless, "when") == "made_by_create_table";
    }
  } else if (json.contains("condition")) {
    read.kind = RevisionOperation::Kind::condition;
    read.condition = question(json["condition"]);
    read.then = operations(json, "then");
    read.otherwise = operations(json, "else");
  } else if (json.contains("rows")) {
    read.kind = RevisionOperation::Kind::rows;
  }
  return read;
}

std::vector<RevisionOperation> operations(const Json& json, const char* key) {
  std::vector<RevisionOperation> list;
  if (auto found = json.find(key); found != json.end() && found->is_array())
    for (const Json& entry : *found) list.push_back(operation(entry));
  return list;
}

Revision revision(const Json& json) {
  Revision read;
  read.file = text(json, "file");
  read.id = text(json, "revision");
  read.message = text(json, "message");
  read.line = std::max(1, number(json, "line"));
  read.parents = texts(json, "down_revision");
  read.depends_on = texts(json, "depends_on");
  read.upgrade = operations(json, "upgrade");
  read.downgrade = operations(json, "downgrade");
  read.upgrade_line = number(json, "upgrade_line");
  read.downgrade_line = number(json, "downgrade_line");
  if (auto problems = json.find("problems"); problems != json.end())
    for (const Json& problem : *problems)
      read.faults.push_back({std::max(1, number(problem, "line")), text(problem, "message")});
  return read;
}

}  // namespace

RevisionsReading read_revisions(const std::string& json) {
  RevisionsReading reading;
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object() || !document.contains("revisions")) {
    reading.error = "the reader of Alembic revisions printed no result";
    return reading;
  }
  for (const Json& each : document["revisions"]) reading.revisions.push_back(revision(each));
  if (auto problems = document.find("problems"); problems != document.end())
    for (const Json& problem : *problems) {
      Revision unread;
      unread.file = text(problem, "file");
      unread.faults.push_back({std::max(1, number(problem, "line")), text(problem, "message")});
      reading.unread.push_back(std::move(unread));
    }
  return reading;
}

}  // namespace schemaudit

#include "analyzer/models/sqlalchemy_document.h"

#include <algorithm>
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

/// What the reader could not tell, and what that means for the evidence: whether there is such a
/// table or column decides what may be called missing, the rest is a fact that stays unknown.
ProblemKind kind_of(const std::string& kind, const std::string& unknown) {
  if (kind == "unread_file") return ProblemKind::unreadable;
  if (kind == "would_not_import") return ProblemKind::would_not_load;
  const bool hides_elements = unknown == "table" || unknown == "columns" || unknown == "column";
  return hides_elements ? ProblemKind::unanalysed : ProblemKind::unread_schema;
}

class PrintedModels {
 public:
  explicit PrintedModels(const Json& document) : document_(document) {}

  ModelStatements read() {
    for (const Json& file : document_.at("files")) models_.files.push_back(text(file, "file"));
    for (const Json& table : document_.at("tables")) {
      tables_.push_back(
          {text(table, "schema").empty() ? "public" : text(table, "schema"), text(table, "name")});
      std::vector<std::string>& schemas = models_.schemas;
      const std::string& schema = tables_.back().schema;
      if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end())
        schemas.push_back(schema);
    }
    for (const Json& statement : document_.at("statements")) add_statement(statement);
    for (const Json& problem : document_.at("problems")) add_problem(problem);
    return std::move(models_);
  }

 private:
  Origin place(const Json& place) const {
    return {models_.files.at(place.at(0).get<std::size_t>()), place.at(1).get<int>(),
            place.at(2).get<int>()};
  }

  void add_statement(const Json& statement) {
    ModelStatement read{text(statement, "sql"), {}};
    for (const Json& at : statement.at("places")) read.places.push_back(place(at));
    models_.statements.push_back(std::move(read));
  }

  void add_problem(const Json& problem) {
    Problem read;
    const std::string unknown = text(problem, "unknown");
    read.kind = kind_of(text(problem, "kind"), unknown);
    read.origin = {text(problem, "file"), number(problem, "line"), number(problem, "column")};
    read.message = text(problem, "message");
    auto table = problem.find("table");
    if (table != problem.end() && table->is_number_integer()) {
      const QualifiedName& name = tables_.at(table->get<std::size_t>());
      const std::string column = text(problem, "table_column");
      read.object = column.empty() ? ObjectRef{"table", name.schema, name.name, name.name}
                                   : ObjectRef{"column", name.schema, name.name, column};
      if (!unknown.empty()) models_.unknown.push_back({name, column, unknown});
    }
    read.key = unknown.empty() ? read.message : unknown;
    models_.problems.push_back(std::move(read));
  }

  const Json& document_;
  ModelStatements models_;
  std::vector<QualifiedName> tables_;
};

}  // namespace

std::optional<ModelStatements> read_sqlalchemy_document(const std::string& json,
                                                        std::string& error) {
  try {
    const Json document = Json::parse(json);
    return PrintedModels(document).read();
  } catch (const std::exception& fault) {
    error = std::string("the reader of SQLAlchemy models printed what is not understood: ") +
            fault.what();
    return std::nullopt;
  }
}

}  // namespace schemaudit

#include "rules/sql/sql_rules.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "rules/findings/finding_places.h"
#include "rules/sql/schema_database.h"

namespace schemaudit {

namespace {

/// Columns that a result may have; `table_name` is `table` for those who select it as it is.
const std::vector<std::string>& result_columns() {
  static const std::vector<std::string> names = {
      "schema", "table", "table_name", "name", "kind", "message", "severity", "fix", "key"};
  return names;
}

const std::vector<std::string>& object_kinds() {
  static const std::vector<std::string> kinds = {
      "table",  "column",    "constraint", "index",  "enum", "view",     "function", "trigger",
      "policy", "extension", "sequence",   "domain", "type", "document", "schema",   "query"};
  return kinds;
}

void expect_known(const std::string& what, const std::string& word,
                  const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  std::string nearest = nearest_name(word, known);
  std::string message = "its result has " + what + " '" + word + "'";
  if (!nearest.empty()) throw std::runtime_error(message + "; did you mean " + nearest + "?");
  message += "; known are";
  for (const std::string& name : known) message += " " + name;
  throw std::runtime_error(message);
}

/// One row of a result, by column.
class ResultRow {
 public:
  ResultRow(const SqlResult& result, std::size_t row) : result_(result), row_(row) {}

  /// Empty where there is no such column, or it is NULL.
  std::string text(std::string_view column) const {
    for (std::size_t c = 0; c < result_.columns.size(); ++c)
      if (result_.columns[c] == column) return result_.rows[row_][c].value_or("");
    return {};
  }

  std::string where() const { return "row " + std::to_string(row_ + 1) + " of its result"; }

 private:
  const SqlResult& result_;
  std::size_t row_;
};

ObjectRef object_of(const ResultRow& row) {
  ObjectRef object;
  object.kind = row.text("kind");
  if (object.kind.empty()) object.kind = "table";
  expect_known("the kind", object.kind, object_kinds());
  object.schema = row.text("schema");
  object.table = row.text("table");
  if (object.table.empty()) object.table = row.text("table_name");
  object.name = row.text("name");
  bool is_relation = object.kind == "table" || object.kind == "view";
  if (is_relation && object.name.empty()) object.name = object.table;
  if (is_relation && object.table.empty()) object.table = object.name;
  return object;
}

/// Where a list states an element of that name; documents may leave the schema out.
template <typename Element>
Origin origin_in(const std::vector<Element>& list, const ObjectRef& object) {
  for (const Element& element : list)
    if (may_be_same(element.name, {object.schema, object.name})) return element.origin;
  return {};
}

/// Where a schema states an object; for what stands in a table, the table where it has no place.
Origin origin_in(const Schema& schema, const ObjectRef& object) {
  if (object.kind == "enum") return origin_in(schema.enums, object);
  if (object.kind == "domain") return origin_in(schema.domains, object);
  if (object.kind == "type") return origin_in(schema.other_types, object);
  if (object.kind == "sequence") return origin_in(schema.sequences, object);
  if (object.kind == "function") return origin_in(schema.functions, object);
  for (const Relation& relation : schema.relations) {
    if (!may_be_same(relation.name, {object.schema, object.table})) continue;
    const Column* column = object.kind == "column" ? relation.find_column(object.name) : nullptr;
    return column && column->origin.from_file() ? column->origin : relation.origin;
  }
  return {};
}

/// A finding that points at where the files and documents state its object, then at the rule.
Finding start(const RuleContext& context, const RuleInfo& rule, const SqlRule& of,
              ObjectRef object) {
  Finding finding = start_finding(rule, std::move(object));
  for (Role role : {Role::declared, Role::modelled, Role::documented})
    if (const Schema* schema = context.input.schema(role))
      if (Origin origin = origin_in(*schema, finding.object); origin.from_file())
        finding.locations.push_back({std::string(to_string(role)), origin});
  if (of.origin.from_file()) finding.locations.push_back({"config", of.origin});
  if (finding.locations.empty()) finding.locations = places_of_the_unspoken(context.input);
  return finding;
}

Finding finding_of(const RuleContext& context, const RuleInfo& rule, const SqlRule& of,
                   const ResultRow& row) {
  Finding finding = start(context, rule, of, object_of(row));
  finding.message = row.text("message");
  if (finding.message.empty()) throw std::runtime_error(row.where() + " has no message");
  finding.key = row.text("key");
  if (std::string severity = row.text("severity"); !severity.empty()) {
    std::optional<Severity> level = parse_severity(severity);
    if (!level)
      throw std::runtime_error(row.where() + " has the severity '" + severity +
                               "'; it is critical, high, medium, low or info");
    finding.severity = *level;
  }
  if (std::string fix = row.text("fix"); !fix.empty()) finding.fix = Fix{FixKind::sql, fix};
  return finding;
}

RuleOutcome outcome_of(const SqlRule& rule, const RuleInfo& info, SchemaDatabase& database,
                       const RuleContext& context) {
  SqlResult result = database.run(rule.query, rule.timeout_ms);
  if (!result.error.empty()) throw std::runtime_error(result.error);
  for (const std::string& column : result.columns)
    expect_known("the column", column, result_columns());
  if (std::find(result.columns.begin(), result.columns.end(), "message") == result.columns.end())
    throw std::runtime_error("its result lacks the column message");
  RuleOutcome outcome;
  if (!result.not_given.empty()) {
    outcome.not_run = "needs " + result.not_given + ", which this run was not given";
    return outcome;
  }
  for (const SourceResult& source : context.input.sources)
    outcome.checked += source.schema.relations.size();
  for (std::size_t row = 0; row < result.rows.size(); ++row)
    outcome.findings.push_back(finding_of(context, info, rule, ResultRow(result, row)));
  return outcome;
}

}  // namespace

std::vector<OwnedRule> sql_rules(const Config& config) {
  auto database = std::make_shared<std::unique_ptr<SchemaDatabase>>();
  std::vector<OwnedRule> rules;
  for (const SqlRule& of : config.sql_rules) {
    OwnedRule rule{.id = of.id,
                   .severity = of.severity,
                   .category = std::string(kSqlRuleCategory),
                   .needs = of.needs,
                   .summary = of.summary.empty() ? "A query of the config." : of.summary};
    rule.docs = "## What it does\n" + rule.summary + "\n\n```sql\n" + of.query + "\n```\n";
    rule.check = [of, database](const RuleContext& context) {
      if (!*database) *database = std::make_unique<SchemaDatabase>(context.input);
      const RuleInfo info{.id = of.id, .severity = of.severity, .category = kSqlRuleCategory};
      return outcome_of(of, info, **database, context);
    };
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace schemaudit

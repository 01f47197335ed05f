#include "rules/findings/column_answers.h"

#include <map>

#include "analyzer/model/config_text.h"
#include "rules/facts/tables.h"

namespace schemaudit {

namespace {

std::map<std::string, std::size_t> columns_by_name(const Schema& schema) {
  std::map<std::string, std::size_t> count;
  for (const Relation& relation : schema.relations) {
    if (!stands_for_itself(relation)) continue;
    for (const Column& column : relation.columns) ++count[column.name];
  }
  return count;
}

std::string not_again(std::string_view answer, std::string_view rule) {
  return "# " + std::string(answer) + "\n# [rules." + std::string(rule) + "]\n# ask = false";
}

}  // namespace

std::string domain_answer(const Schema& schema, const std::vector<Suspicion>& suspicions,
                          std::string_view demand, std::string_view rule) {
  if (suspicions.empty()) return {};
  std::map<std::string, std::set<QualifiedName>> columns;
  for (const Suspicion& suspicion : suspicions) {
    const ObjectRef& object = suspicion.finding.object;
    columns[object.name].insert({object.schema, object.table});
  }
  const std::map<std::string, std::size_t> all = columns_by_name(schema);
  const TableGlobs globs(schema);
  std::string answer = "# yes: each of these columns needs one\n[policy.domains]\n";
  for (const auto& [name, tables] : columns) {
    auto add = [&, column = glob_of_name(name)](const std::string& table) {
      answer += toml_string(table + "." + column) + " = \"" + std::string(demand) + "\"\n";
    };
    const auto count = all.find(name);
    if (count != all.end() && count->second == tables.size())
      add("*");
    else
      for (const QualifiedName& table : tables) add(globs.of(table));
  }
  return answer + not_again("no: do not ask again", rule);
}

std::string soft_delete_answer(const Schema& schema, const TablesBySoftDeleteColumn& tables,
                               std::string_view policy_answer, std::string_view severity,
                               std::string_view other_answer, std::string_view rule) {
  if (tables.empty()) return {};
  if (tables.size() > 1)
    return "# report each of them\n[rules." + std::string(rule) + "]\nseverity = \"" +
           std::string(severity) + "\"\n" + not_again(other_answer, rule);
  const auto& [column, names] = *tables.begin();
  const TableGlobs globs(schema);
  std::string list;
  for (const QualifiedName& name : names)
    list += (list.empty() ? "" : ", ") + toml_string(globs.of(name));
  return "# " + std::string(policy_answer) +
         "\n[policy.soft_delete]\ncolumn = " + toml_string(column) + "\ntables = [" + list + "]\n" +
         not_again(other_answer, rule);
}

}  // namespace schemaudit

#include "analyzer/engine/unfitting_policies.h"

#include <algorithm>

#include "analyzer/model/config_text.h"
#include "rules/facts/unmatched_columns.h"

namespace schemaudit {

namespace {

class Entries {
 public:
  explicit Entries(const AuditInput& input) {
    for (const SourceResult& source : input.sources) {
      if (source.role == Role::before) continue;
      sources_.push_back(&source.schema);
      for (const Relation& relation : source.schema.relations) relations_.push_back(&relation);
      for (const Namespace& space : source.schema.namespaces) schemas_.push_back(space.name);
      for (const DocumentReading& document : source.documents) files_.push_back(document.uri);
      for (const InputFile& file : source.files) files_.push_back(file.uri);
    }
  }

  void tables(const std::string& policy, const TableSelector& selector) {
    for (const std::string& glob : selector.globs)
      if (!glob.starts_with("!") && !any_relation([&](const Relation& relation) {
            return TableSelector{{glob}}.matches(relation.name);
          }))
        add(policy, glob);
  }

  void columns(const std::string& policy, const ColumnSelector& selector) {
    if (selector.table == "*") return;
    const bool fits = std::any_of(sources_.begin(), sources_.end(), [&](const Schema* source) {
      return fits_any_column(*source, selector);
    });
    if (!fits) add(policy, selector.text);
  }

  void documents(const std::string& policy, const std::vector<std::string>& globs) {
    for (const std::string& glob : globs)
      if (std::none_of(files_.begin(), files_.end(),
                       [&](const std::string& uri) { return matches_glob(glob, uri); }))
        add(policy, glob);
  }

  void schema(const std::string& name) {
    const bool fits =
        std::find(schemas_.begin(), schemas_.end(), name) != schemas_.end() ||
        any_relation([&](const Relation& relation) { return relation.name.schema == name; });
    if (!fits) add("scope.schemas", name);
  }

  std::vector<std::string> unfitting;

 private:
  template <typename Predicate>
  bool any_relation(const Predicate& predicate) const {
    return std::any_of(relations_.begin(), relations_.end(),
                       [&](const Relation* relation) { return predicate(*relation); });
  }

  void add(const std::string& policy, const std::string& text) {
    unfitting.push_back(policy + ": " + toml_string(text));
  }

  std::vector<const Schema*> sources_;
  std::vector<const Relation*> relations_;
  std::vector<std::string> schemas_, files_;
};

}  // namespace

std::vector<std::string> entries_that_fit_nothing(const AuditInput& input) {
  Entries entries(input);
  const Policies& policies = input.config.policy;
  for (const std::string& schema : input.config.schemas) entries.schema(schema);
  for (const IsolationPolicy& policy : policies.isolation) {
    entries.tables("policy.isolation." + policy.name, policy.tables);
    entries.documents("policy.isolation." + policy.name + ".documents", policy.documents);
  }
  if (policies.soft_delete) entries.tables("policy.soft_delete", policies.soft_delete->tables);
  if (policies.tenancy) entries.tables("policy.tenancy", policies.tenancy->tables);
  for (const DomainPolicy& policy : policies.domains)
    entries.columns("policy.domains", policy.columns);
  if (policies.standard_columns)
    entries.tables("policy.standard_columns", policies.standard_columns->tables);
  if (policies.types)
    for (const TypesPolicy::Wanted& wanted : policies.types->wanted)
      entries.columns("policy.types.columns", wanted.columns);
  for (const DeleteActionPolicy& policy : policies.delete_actions)
    entries.columns("policy.delete_actions", policy.columns);
  for (const ColumnSelector& selector : policies.unique) entries.columns("policy.unique", selector);
  for (const ColumnSelector& selector : policies.indexed)
    entries.columns("policy.indexed", selector);
  if (policies.append_only) entries.tables("policy.append_only", policies.append_only->tables);
  if (policies.documentation)
    entries.tables("policy.documentation.scope", policies.documentation->scope);
  if (policies.sensitive)
    for (const ColumnSelector& selector : policies.sensitive->columns)
      entries.columns("policy.sensitive", selector);
  return std::move(entries.unfitting);
}

}  // namespace schemaudit

#include "analyzer/sql/replay/query_scope.h"

#include <algorithm>

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool is_system_column(std::string_view name) {
  return name == "ctid" || name == "xmin" || name == "xmax" || name == "cmin" || name == "cmax" ||
         name == "tableoid";
}

bool goes_by(const ScopeItem& item, const std::string& schema, const std::string& alias) {
  return item.by_alias && item.alias == alias && (schema.empty() || item.schema == schema);
}

const ScopeItem* item_named(const std::vector<const Scope*>& scopes, const std::string& schema,
                            const std::string& alias) {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope)
    for (const ScopeItem& item : (*scope)->items)
      if (goes_by(item, schema, alias)) return &item;
  return nullptr;
}

const ScopeColumn* column_in(const ScopeItem& item, const std::string& name) {
  for (const ScopeColumn& column : item.columns)
    if (column.name == name) return &column;
  return nullptr;
}

FoundColumn find_bare(const std::vector<const Scope*>& scopes, const std::string& name,
                      int location) {
  bool has_relation = false;
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    FoundColumn found;
    bool unknown = false;
    for (const ScopeItem& item : (*scope)->items) {
      has_relation = has_relation || item.relation != kNoObject;
      if (!item.by_column) continue;
      unknown = unknown || !item.known;
      for (const ScopeColumn& column : item.columns) {
        if (column.name != name) continue;
        if (found.column) refuse("column reference " + quoted(name) + " is ambiguous", location);
        found = {FoundColumn::Kind::column, &column, &item};
      }
    }
    if (found.column) return found;
    if (unknown) return {};
  }
  if (const ScopeItem* item = item_named(scopes, {}, name))
    return {FoundColumn::Kind::row, nullptr, item};
  if (has_relation && is_system_column(name)) return {FoundColumn::Kind::row, nullptr, nullptr};
  refuse("column " + quoted(name) + " does not exist", location);
}

}  // namespace

FoundColumn find_column(const std::vector<const Scope*>& scopes,
                        const std::vector<std::string>& names, int location) {
  if (names.size() == 1) return find_bare(scopes, names[0], location);
  const std::string& name = names.back();
  const std::string& alias = names[names.size() - 2];
  const std::string schema = names.size() > 2 ? names[names.size() - 3] : std::string();
  if (const ScopeItem* item = item_named(scopes, schema, alias)) {
    if (const ScopeColumn* column = column_in(*item, name))
      return {FoundColumn::Kind::column, column, item};
    if (!item->known) return {FoundColumn::Kind::unknown, nullptr, item};
    if (is_system_column(name)) return {FoundColumn::Kind::row, nullptr, item};
    refuse("column " + alias + "." + name + " does not exist", location);
  }
  // A function's argument of composite type: `argument.field`.
  for (const Scope* scope : scopes)
    for (const ScopeItem& item : scope->items)
      if (!item.relation && column_in(item, alias)) return {};
  refuse("missing FROM-clause entry for table " + quoted(alias), location);
}

const ScopeItem& find_item(const std::vector<const Scope*>& scopes, const std::string& schema,
                           const std::string& alias, const Run&, int location) {
  if (const ScopeItem* item = item_named(scopes, schema, alias)) return *item;
  refuse("missing FROM-clause entry for table " + quoted(alias), location);
}

ScopeItem relation_item(const Run& run, ObjectId relation, const PgQuery__Alias* alias) {
  ScopeItem item;
  const Object& object = run.catalog.at(relation);
  item.relation = relation;
  item.alias = alias ? std::string(alias->aliasname) : object.name;
  if (!alias) item.schema = run.catalog.schema_name(object.schema);
  if (object.kind == Kind::sequence) {
    item.columns = {{"last_value", builtin_type("bigint"), {}, false},
                    {"log_cnt", builtin_type("bigint"), {}, false},
                    {"is_called", builtin_type("boolean"), {}, false}};
  } else {
    const RelationDetail& detail = run.catalog.relation(relation);
    item.known = detail.columns_known;
    for (std::size_t i = 0; i < detail.attributes.size(); ++i) {
      const Attribute& attribute = detail.attributes[i];
      if (attribute.dropped) continue;
      item.columns.push_back({attribute.name,
                              attribute.type,
                              {{relation, static_cast<int>(i) + 1}},
                              false,
                              attribute.collation});
    }
  }
  rename_columns(item, alias);
  return item;
}

void rename_columns(ScopeItem& item, const PgQuery__Alias* alias) {
  if (!alias) return;
  if (item.known && alias->n_colnames > item.columns.size())
    refuse("table " + quoted(alias->aliasname) + " has " + std::to_string(item.columns.size()) +
           " columns available but " + std::to_string(alias->n_colnames) + " columns specified");
  for (std::size_t i = 0; i < alias->n_colnames; ++i) {
    if (i >= item.columns.size()) item.columns.emplace_back();
    item.columns[i].name = string_of(alias->colnames[i]);
  }
}

}  // namespace schemaudit::replay

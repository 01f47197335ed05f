#include "schema_docs/writing/new_tables.h"

#include <algorithm>
#include <functional>
#include <set>

#include "schema_docs/prose_words.h"
#include "schema_docs/writing/upper_case.h"

namespace schemaudit {

namespace {

/// What a file may not be called by, on any system.
std::string as_file_name(const std::string& name) {
  std::string file;
  for (char c : name) {
    bool refused = static_cast<unsigned char>(c) < 0x20 ||
                   std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos;
    file += refused ? '_' : c;
  }
  return file;
}

std::string element_type(const Column& column) {
  std::string type = column.type ? column.type->normal : std::string();
  while (type.ends_with("[]")) type.resize(type.size() - 2);
  return type;
}

template <typename Type>
bool is_of(const Column& column, const Type& type) {
  const std::string name = element_type(column);
  return name == to_string(type.name) || name == type.name.name;
}

template <typename Type>
bool is_stated(const std::vector<Type>& list, const Type& type) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Type& other) { return may_be_same(other.name, type.name); });
}

}  // namespace

std::string file_of(const Relation& relation, const DocumentStyle& style, bool with_schema) {
  const FileStyle& file = style.file;
  std::string name = as_file_name(relation.name.name);
  if (file.dashes) std::replace(name.begin(), name.end(), '_', '-');
  bool qualified = file.qualified || with_schema ||
                   (!relation.name.schema.empty() && relation.name.schema != "public");
  if (qualified && !relation.name.schema.empty())
    name = as_file_name(relation.name.schema) + "." + name;
  if (file.upper) name = upper_case(name);
  return (file.folder.empty() ? "" : file.folder + "/") + file.before + name + file.after;
}

std::vector<const Relation*> in_order(std::vector<const Relation*> tables) {
  std::sort(tables.begin(), tables.end(),
            [](const Relation* a, const Relation* b) { return a->name < b->name; });
  std::vector<const Relation*> ordered;
  std::set<const Relation*> open, done;
  std::function<void(const Relation*)> place = [&](const Relation* table) {
    if (done.count(table) || !open.insert(table).second) return;
    auto first = [&](const QualifiedName& name) {
      for (const Relation* other : tables)
        if (other != table && other->name == name) place(other);
    };
    for (const ForeignKey& key : table->foreign_keys) first(key.target);
    for (const QualifiedName& parent : table->inherits) first(parent);
    open.erase(table);
    done.insert(table);
    ordered.push_back(table);
  };
  for (const Relation* table : tables) place(table);
  return ordered;
}

std::map<const Relation*, SectionOptions> types_to_state(const std::vector<const Relation*>& tables,
                                                         const Schema& built,
                                                         const Schema& stated) {
  std::map<const Relation*, SectionOptions> options;
  auto first_user = [&](const auto& type) -> const Relation* {
    for (const Relation* table : tables)
      for (const Column& column : table->columns)
        if (is_of(column, type)) return table;
    return nullptr;
  };
  for (const Relation* table : tables) options[table];
  for (const EnumType& type : built.enums)
    if (!is_stated(stated.enums, type))
      if (const Relation* table = first_user(type)) options[table].enums.push_back(&type);
  for (const Domain& type : built.domains)
    if (!is_stated(stated.domains, type))
      if (const Relation* table = first_user(type)) options[table].domains.push_back(&type);
  return options;
}

}  // namespace schemaudit

#include "analyzer/models/prisma_relations.h"

#include <algorithm>
#include <map>
#include <optional>

#include "analyzer/models/prisma_names.h"
#include "analyzer/models/prisma_types.h"

namespace schemaudit {

namespace {

std::string names(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + sql_name(column);
  return list;
}

std::string action(const PrismaAttribute& relation, const char* when,
                   const std::string& otherwise) {
  static const std::map<std::string, std::string> words = {{"Cascade", "CASCADE"},
                                                           {"Restrict", "RESTRICT"},
                                                           {"NoAction", "NO ACTION"},
                                                           {"SetNull", "SET NULL"},
                                                           {"SetDefault", "SET DEFAULT"}};
  auto found = words.find(text_of(relation.arguments.argument(when)));
  return found == words.end() ? otherwise : found->second;
}

ModelStatement statement(std::string sql, const Origin& place) {
  ModelStatement made{std::move(sql), {place}};
  made.places.resize(
      1 + static_cast<std::size_t>(std::count(made.sql.begin(), made.sql.end(), '\n')), place);
  return made;
}

/// `@relation("name")` or `@relation(name: "name")`; empty where it has none.
std::string relation_name(const PrismaField& field) {
  const PrismaAttribute* relation = field.attribute("relation");
  const PrismaValue* name = relation ? relation->argument("name") : nullptr;
  return name && name->kind == PrismaValue::Kind::text ? name->text : std::string();
}

bool has_fields(const PrismaField& field) {
  const PrismaAttribute* relation = field.attribute("relation");
  return relation && relation->arguments.argument("fields");
}

std::optional<ModelStatement> foreign_key(const PrismaIndex& index, const PrismaBlock& model,
                                          const PrismaField& field) {
  const PrismaBlock* target = index.model(field.type);
  if (!target || target->kind == "view" || !has_fields(field)) return std::nullopt;
  const PrismaAttribute& relation = *field.attribute("relation");
  std::vector<std::string> columns, targets;
  bool any_required = false;
  for (const std::string& name : words_of(relation.arguments.argument("fields"))) {
    const PrismaField* own = model.field(name);
    any_required = any_required || (own && own->arity == PrismaArity::required);
    columns.push_back(column_of(model, name));
  }
  for (const std::string& name : words_of(relation.arguments.argument("references")))
    targets.push_back(column_of(*target, name));
  std::string constraint = text_of(relation.arguments.argument("map"));
  if (constraint.empty())
    constraint = prisma_constraint_name(database_name(model), columns, "_fkey");
  return statement("ALTER TABLE " + qualified_name(model) + " ADD CONSTRAINT " +
                       sql_name(constraint) + " FOREIGN KEY (" + names(columns) + ") REFERENCES " +
                       qualified_name(*target) + "(" + names(targets) + ") ON DELETE " +
                       action(relation, "onDelete", any_required ? "RESTRICT" : "SET NULL") +
                       " ON UPDATE " + action(relation, "onUpdate", "CASCADE") + ";",
                   field.origin);
}

/// The one column that names a row; nullptr where there are several, or none.
const PrismaField* id_field(const PrismaBlock& model) {
  for (const PrismaField& field : model.fields)
    if (field.attribute("id")) return &field;
  const PrismaAttribute* id = model.attribute("id");
  const std::vector<std::string> fields =
      id ? words_of(id->argument("fields")) : std::vector<std::string>();
  return fields.size() == 1 ? model.field(fields.front()) : nullptr;
}

std::string id_type(const PrismaIndex& index, const PrismaBlock& model) {
  const PrismaField* id = id_field(model);
  if (!id) return "TEXT";
  if (const PrismaBlock* named = index.enumeration(id->type)) return qualified_name(*named);
  return prisma_column_type(*id).value_or("TEXT");
}

std::string join_name(const PrismaJoinTable& table) {
  return "_" + table.relation;
}

std::string qualified_join(const PrismaJoinTable& table) {
  const std::string schema = schema_of(*table.a);
  return (schema.empty() ? "" : sql_name(schema) + ".") + sql_name(join_name(table));
}

ModelStatement join_key(const PrismaJoinTable& table, const char* column,
                        const PrismaBlock& target) {
  const PrismaField* id = id_field(target);
  return statement("ALTER TABLE " + qualified_join(table) + " ADD CONSTRAINT " +
                       sql_name(prisma_constraint_name(join_name(table), {},
                                                       "_" + std::string(column) + "_fkey")) +
                       " FOREIGN KEY (" + sql_name(column) + ") REFERENCES " +
                       qualified_name(target) + "(" + sql_name(id ? database_name(*id) : "id") +
                       ") ON DELETE CASCADE ON UPDATE CASCADE;",
                   table.origin);
}

}  // namespace

std::vector<PrismaJoinTable> prisma_join_tables(const PrismaIndex& index) {
  struct Side {
    const PrismaBlock* model;
    const PrismaField* field;
  };
  // By both models and the relation's name.
  std::map<std::string, std::vector<Side>> sides;
  std::vector<std::string> order;
  for (const PrismaBlock* model : index.models())
    for (const PrismaField& field : model->fields) {
      const PrismaBlock* other = index.model(field.type);
      if (!other || other->kind == "view" || field.arity != PrismaArity::list) continue;
      const auto [first, second] = std::minmax(model->name, other->name);
      const std::string key = first + "\n" + second + "\n" + relation_name(field);
      if (!sides.count(key)) order.push_back(key);
      sides[key].push_back({model, &field});
    }
  std::vector<PrismaJoinTable> tables;
  for (const std::string& key : order) {
    std::vector<Side>& both = sides[key];
    if (both.size() != 2) continue;
    // A self relation has two fields of one model; any other has one in each.
    if (both[0].model == both[1].model && both[0].field->type != both[0].model->name) continue;
    if (both[0].model != both[1].model && both[0].field->type != both[1].model->name) continue;
    std::sort(both.begin(), both.end(),
              [](const Side& x, const Side& y) { return x.model->name < y.model->name; });
    std::string name = relation_name(*both[0].field);
    if (name.empty()) name = both[0].model->name + "To" + both[1].model->name;
    tables.push_back({both[0].model, both[1].model, name, both[0].field->origin});
  }
  return tables;
}

std::vector<ModelStatement> make_join_table(const PrismaIndex& index,
                                            const PrismaJoinTable& table) {
  const std::string name = join_name(table);
  std::vector<ModelStatement> made;
  made.push_back(statement(
      "CREATE TABLE " + qualified_join(table) + " (\n    \"A\" " + id_type(index, *table.a) +
          " NOT NULL,\n    \"B\" " + id_type(index, *table.b) + " NOT NULL,\n    CONSTRAINT " +
          sql_name(prisma_constraint_name(name, {}, "_AB_pkey")) + " PRIMARY KEY (\"A\",\"B\")\n);",
      table.origin));
  made.push_back(statement("CREATE INDEX " +
                               sql_name(prisma_constraint_name(name, {}, "_B_index")) + " ON " +
                               qualified_join(table) + "(\"B\");",
                           table.origin));
  return made;
}

std::vector<ModelStatement> prisma_foreign_keys(const PrismaIndex& index,
                                                const std::vector<PrismaJoinTable>& joins) {
  std::vector<ModelStatement> keys;
  if (!index.has_foreign_keys()) return keys;
  for (const PrismaBlock* model : index.models())
    for (const PrismaField& field : model->fields)
      if (std::optional<ModelStatement> key = foreign_key(index, *model, field))
        keys.push_back(std::move(*key));
  for (const PrismaJoinTable& table : joins) {
    keys.push_back(join_key(table, "A", *table.a));
    keys.push_back(join_key(table, "B", *table.b));
  }
  return keys;
}

}  // namespace schemaudit

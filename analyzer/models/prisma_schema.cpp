#include "analyzer/models/prisma_schema.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "analyzer/models/prisma_index.h"
#include "analyzer/models/prisma_names.h"
#include "analyzer/models/prisma_relations.h"
#include "analyzer/models/prisma_tree.h"
#include "analyzer/models/prisma_types.h"

namespace schemaudit {

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
  return text;
}

std::size_t lines_of(const std::string& text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

class SchemaRendering {
 public:
  SchemaRendering(const PrismaTree& tree, const std::vector<PrismaFile>& files) : index_(tree) {
    for (const PrismaFile& file : files) models_.files.push_back(file.uri);
    models_.problems = tree.problems;
  }

  ModelStatements render() {
    const std::string provider = index_.provider();
    if (!provider.empty() && provider != "postgresql" && provider != "postgres") {
      Problem problem;
      problem.kind = ProblemKind::unreadable;
      problem.origin = index_.provider_origin();
      problem.message = "the datasource is " + provider +
                        ", and only schemas for PostgreSQL are read: provider = \"postgresql\"";
      models_.problems.push_back(std::move(problem));
      return std::move(models_);
    }
    for (const std::string& extension : index_.extensions())
      add("CREATE EXTENSION IF NOT EXISTS " + sql_name(extension) + ";", index_.provider_origin());
    for (const PrismaBlock* each : index_.enums()) make_enum(*each);
    for (const PrismaBlock* each : index_.models()) make_table(*each);
    const std::vector<PrismaJoinTable> joins = prisma_join_tables(index_);
    for (const PrismaJoinTable& join : joins)
      for (ModelStatement& made : make_join_table(index_, join)) add(std::move(made));
    for (const PrismaBlock* each : index_.models()) make_indexes(*each);
    for (ModelStatement& key : prisma_foreign_keys(index_, joins)) add(std::move(key));
    return std::move(models_);
  }

 private:
  void add(ModelStatement made) { models_.statements.push_back(std::move(made)); }
  void add(std::string sql, const Origin& place) {
    std::vector<Origin> places(lines_of(sql), place);
    add({std::move(sql), std::move(places)});
  }

  void refuse(const Origin& place, const PrismaBlock& model, const std::string& column,
              const std::string& message) {
    Problem problem;
    problem.kind = ProblemKind::would_not_load;
    problem.origin = place;
    problem.message = "Prisma refuses this: " + message;
    const QualifiedName table = name_of(model);
    problem.object = column.empty() ? ObjectRef{"table", table.schema, table.name, table.name}
                                    : ObjectRef{"column", table.schema, table.name, column};
    problem.key = message;
    models_.problems.push_back(std::move(problem));
  }

  static QualifiedName name_of(const PrismaBlock& block) {
    const std::string schema = schema_of(block);
    return {schema.empty() ? "public" : schema, database_name(block)};
  }

  void expect_schema(const PrismaBlock& block) {
    const std::string schema = name_of(block).schema;
    std::vector<std::string>& schemas = models_.schemas;
    if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end())
      schemas.push_back(schema);
  }

  void make_enum(const PrismaBlock& block) {
    expect_schema(block);
    std::string labels;
    for (const PrismaField& value : block.fields)
      labels += (labels.empty() ? "" : ", ") + sql_text(database_name(value));
    add("CREATE TYPE " + qualified_name(block) + " AS ENUM (" + labels + ");", block.origin);
  }

  void make_table(const PrismaBlock& model) {
    expect_schema(model);
    ModelStatement table{"CREATE TABLE " + qualified_name(model) + " (", {model.origin}};
    bool first = true;
    auto line = [&](const std::string& text, const Origin& place) {
      table.sql += (first ? "\n    " : ",\n    ") + text;
      table.places.resize(table.places.size() + lines_of(text), place);
      first = false;
    };
    for (const PrismaField& field : model.fields)
      if (std::optional<std::string> column = column_definition(model, field))
        line(*column, field.origin);
    if (std::optional<std::pair<std::string, Origin>> key = primary_key(model))
      line(key->first, key->second);
    table.sql += "\n);";
    table.places.push_back(model.origin);
    add(std::move(table));
  }

  /// Unset for a relation, and for what has no type in the database.
  std::optional<std::string> column_definition(const PrismaBlock& model, const PrismaField& field) {
    if (index_.model(field.type)) return std::nullopt;
    const PrismaBlock* named = index_.enumeration(field.type);
    std::optional<std::string> type = named ? qualified_name(*named) : prisma_column_type(field);
    const std::string column = database_name(field);
    if (!type) {
      refuse(field.origin, model, column,
             "the type " + field.type + " of " + model.name + "." + field.name +
                 " is neither a scalar type nor a model or enumeration of this schema");
      models_.unknown.push_back({name_of(model), column, "type"});
      type = "TEXT";
    }
    const bool list = field.arity == PrismaArity::list;
    std::string default_value;
    if (const PrismaAttribute* given = field.attribute("default")) {
      const PrismaValue* value = given->argument("value");
      if (value && value->kind == PrismaValue::Kind::call && value->text == "autoincrement" &&
          !prisma_serial_type(*type).empty())
        type = prisma_serial_type(*type);
      else if (value)
        default_value = default_of(model, field, *value, *type + (list ? "[]" : ""));
    }
    std::string text = sql_name(column) + " " + *type + (list ? "[]" : "");
    if (field.arity == PrismaArity::required) text += " NOT NULL";
    return default_value.empty() ? text : text + " DEFAULT " + default_value;
  }

  /// Empty where the database has none.
  std::string default_of(const PrismaBlock& model, const PrismaField& field,
                         const PrismaValue& value, const std::string& type) {
    if (value.kind == PrismaValue::Kind::call) {
      if (value.text == "now") return "CURRENT_TIMESTAMP";
      if (value.text == "dbgenerated" && !value.elements.empty()) return value.elements[0].text;
      return {};
    }
    if (value.kind == PrismaValue::Kind::list) {
      std::string elements;
      for (const PrismaValue& element : value.elements)
        elements += (elements.empty() ? "" : ", ") + literal(model, field, element);
      return "ARRAY[" + elements + "]::" + type;
    }
    return literal(model, field, value);
  }

  std::string literal(const PrismaBlock& model, const PrismaField& field,
                      const PrismaValue& value) {
    if (const PrismaBlock* named = index_.enumeration(field.type)) {
      const PrismaField* label = named->field(value.text);
      return sql_text(label ? database_name(*label) : value.text);
    }
    if (std::optional<std::string> text = prisma_literal(value, field.type)) return *text;
    models_.unknown.push_back({name_of(model), database_name(field), "default"});
    return {};
  }

  std::optional<std::pair<std::string, Origin>> primary_key(const PrismaBlock& model) {
    std::vector<std::string> columns;
    const PrismaAttribute* id = model.attribute("id");
    if (id)
      for (const std::string& name : words_of(id->argument("fields")))
        columns.push_back(column_of(model, name));
    Origin place = id ? id->origin : Origin{};
    for (const PrismaField& field : model.fields)
      if (const PrismaAttribute* own = field.attribute("id")) {
        id = own;
        columns = {database_name(field)};
        place = field.origin;
      }
    if (!id || columns.empty()) return std::nullopt;
    std::string name = text_of(id->arguments.argument("map"));
    if (name.empty()) name = prisma_primary_key_name(database_name(model));
    std::string list;
    for (const std::string& column : columns) list += (list.empty() ? "" : ",") + sql_name(column);
    return std::pair("CONSTRAINT " + sql_name(name) + " PRIMARY KEY (" + list + ")", place);
  }

  void make_indexes(const PrismaBlock& model) {
    for (const PrismaField& field : model.fields)
      if (const PrismaAttribute* unique = field.attribute("unique"))
        make_index(model, *unique, {database_name(field)},
                   {sql_name(database_name(field)) + order_of(unique->arguments)}, true,
                   field.origin);
    for (const PrismaAttribute& attribute : model.attributes) {
      if (attribute.name != "unique" && attribute.name != "index") continue;
      std::vector<std::string> columns, keys;
      if (const PrismaValue* fields = attribute.argument("fields"))
        for (const PrismaValue& element : fields->elements) {
          columns.push_back(column_of(model, element.text));
          keys.push_back(sql_name(columns.back()) + operator_class(element) + order_of(element));
        }
      make_index(model, attribute, columns, keys, attribute.name == "unique", attribute.origin);
    }
  }

  static std::string order_of(const PrismaValue& call) {
    const std::string sort = text_of(call.argument("sort"));
    return sort == "Desc" ? " DESC" : sort == "Asc" ? " ASC" : "";
  }

  /// `JsonbPathOps` is `jsonb_path_ops`; raw("...") is what it says.
  static std::string operator_class(const PrismaValue& element) {
    const PrismaValue* ops = element.argument("ops");
    if (!ops) return {};
    if (ops->kind == PrismaValue::Kind::call)
      return ops->elements.empty() ? "" : " " + ops->elements[0].text;
    std::string name;
    for (char c : ops->text) {
      if (c >= 'A' && c <= 'Z' && !name.empty()) name += '_';
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    // PostgreSQL writes these as one word.
    for (const char* apart : {"min_max", "var_bit", "timestamp_tz", "time_tz"})
      if (const std::size_t at = name.find(apart); at != std::string::npos)
        name.erase(name.find('_', at), 1);
    return " " + name;
  }

  /// `{ closedAt: null, urgent: { not: false } }`, or raw("..."), as WHERE (...).
  std::string predicate(const PrismaBlock& model, const PrismaValue* where) {
    if (!where) return {};
    if (where->kind == PrismaValue::Kind::call)
      return where->elements.empty() ? "" : " WHERE (" + where->elements[0].text + ")";
    std::string text;
    for (std::size_t i = 0; i < where->elements.size(); ++i) {
      const PrismaField* field = model.field(where->argument_names[i]);
      if (!field) continue;
      const PrismaValue* value = &where->elements[i];
      const PrismaValue* other = value->argument("not");
      if (other) value = other;
      const bool null = value->kind == PrismaValue::Kind::word && value->text == "null";
      text += (text.empty() ? "" : " AND ") + sql_name(database_name(*field)) +
              (null    ? std::string(other ? " IS NOT NULL" : " IS NULL")
               : other ? " != " + literal(model, *field, *value)
                       : " = " + literal(model, *field, *value));
    }
    return text.empty() ? "" : " WHERE (" + text + ")";
  }

  void make_index(const PrismaBlock& model, const PrismaAttribute& attribute,
                  const std::vector<std::string>& columns, const std::vector<std::string>& keys,
                  bool unique, const Origin& place) {
    std::string name = text_of(attribute.arguments.argument("map"));
    // Of an index, name is the old word for map; of a unique one it is the client's.
    if (name.empty() && !unique) name = text_of(attribute.arguments.argument("name"));
    if (name.empty())
      name = prisma_constraint_name(database_name(model), columns, unique ? "_key" : "_idx");
    std::string list;
    for (const std::string& key : keys) list += (list.empty() ? "" : ", ") + key;
    const std::string method = lower(text_of(attribute.arguments.argument("type")));
    add(std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX " + sql_name(name) + " ON " +
            qualified_name(model) + (method.empty() ? "" : " USING " + method) + "(" + list + ")" +
            predicate(model, attribute.arguments.argument("where")) + ";",
        place);
  }

  PrismaIndex index_;
  ModelStatements models_;
};

}  // namespace

ModelStatements read_prisma_schema(const std::vector<PrismaFile>& files) {
  const PrismaTree tree = parse_prisma(files);
  return SchemaRendering(tree, files).render();
}

}  // namespace schemaudit

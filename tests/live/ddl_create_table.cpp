// CREATE TABLE in its forms, and the constraints that it and ALTER TABLE write.
#include <algorithm>

#include "tests/live/ddl_generator.h"

namespace schemaudit {

std::string DdlGenerator::constraint_name() {
  return words_.chance(25) ? "CONSTRAINT " + DdlWords::identifier(words_.new_name()) + " " : "";
}

std::string DdlGenerator::deferrability() {
  if (words_.chance(88)) return {};
  return words_.word(
      {" DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE", " INITIALLY DEFERRED"});
}

/// REFERENCES of a column: mostly to a key of its own type.
std::string DdlGenerator::reference_clause(const std::string& type) {
  struct Target {
    const Relation* table;
    std::string column;
    bool primary;
  };
  std::vector<Target> fitting, others;
  for (const Relation& table : now_->relations) {
    auto offer = [&](const KeyConstraint& key, bool primary) {
      if (key.columns.size() != 1) return;
      const Column* column = table.find_column(key.columns[0]);
      if (!column || !column->type) return;
      (column->type->normal == type ? fitting : others).push_back({&table, column->name, primary});
    };
    if (table.primary_key) offer(*table.primary_key, true);
    for (const KeyConstraint& key : table.unique_constraints) offer(key, false);
  }
  const std::vector<Target>& choices = fitting.empty() || words_.chance(8) ? others : fitting;
  if (choices.empty()) return {};
  const Target& target = words_.one_of(choices);
  std::string clause = " REFERENCES " + named(*target.table);
  if (!target.primary || words_.chance(40))
    clause += " (" + DdlWords::identifier(target.column) + ")";
  if (words_.chance(8)) clause += " MATCH FULL";
  if (words_.chance(30))
    clause += words_.word({" ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT",
                           " ON UPDATE CASCADE", " ON DELETE SET DEFAULT ON UPDATE NO ACTION"});
  return clause + deferrability();
}

std::string DdlGenerator::foreign_key(const std::vector<Column>& columns, const Relation* self) {
  if (columns.empty()) return {};
  // Two columns to two, where a table offers such a key.
  for (const Relation& table : now_->relations) {
    if (!table.primary_key || table.primary_key->columns.size() != 2 || columns.size() < 2)
      continue;
    std::vector<std::string> own;
    for (const std::string& key : table.primary_key->columns)
      for (const Column& column : columns)
        if (column.type && table.find_column(key) && table.find_column(key)->type == column.type &&
            std::find(own.begin(), own.end(), column.name) == own.end()) {
          own.push_back(column.name);
          break;
        }
    if (own.size() == 2 && words_.chance(70))
      return "FOREIGN KEY (" + DdlWords::list(own) + ") REFERENCES " + named(table) +
             words_.word({"", " ON DELETE CASCADE",
                          " ON DELETE SET NULL (" + DdlWords::identifier(own[0]) + ")"});
  }
  const Column& column = words_.one_of(columns);
  std::string clause = reference_clause(column.type ? column.type->normal : "");
  if (self && self->primary_key && words_.chance(20)) clause = " REFERENCES " + named(*self);
  if (clause.empty()) return {};
  return "FOREIGN KEY (" + DdlWords::identifier(column.name) + ")" + clause;
}

std::string DdlGenerator::table_constraint(const std::vector<Column>& columns,
                                           const Relation* self) {
  if (columns.empty()) return {};
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  const std::string name = constraint_name();
  switch (words_.below(8)) {
    case 0:
      return name + "PRIMARY KEY (" + DdlWords::list(words_.some_of(names, 2)) + ")" +
             deferrability();
    case 1:
      return name + "UNIQUE " + (words_.chance(15) ? "NULLS NOT DISTINCT " : "") + "(" +
             DdlWords::list(words_.some_of(names, 3)) + ")" +
             (words_.chance(15) ? " INCLUDE (" + DdlWords::list(words_.some_of(names, 2)) + ")"
                                : deferrability());
    case 2: {
      std::string key = foreign_key(columns, self);
      return key.empty() ? key : name + key;
    }
    case 3: {
      const Column& column = words_.one_of(columns);
      const bool range = column.type && family_of(column.type->normal, *now_) == "range";
      return name + "EXCLUDE " +
             (range ? std::string("USING gist (") : words_.word({"(", "USING btree ("})) +
             DdlWords::identifier(column.name) + " WITH " +
             (range ? words_.word({"&&", "="}) : std::string("=")) + ")" +
             (words_.chance(20) ? " WHERE (" + words_.condition(columns, *now_) + ")" : "");
    }
    default:
      return name + "CHECK (" + words_.condition(columns, *now_) + ")" +
             (words_.chance(8) ? " NO INHERIT" : "");
  }
}

std::string DdlGenerator::column_definition(const std::string& name, std::vector<Column>& made) {
  Column column;
  column.name = name;
  std::string type = words_.chance(30) ? words_.key_type() : words_.type(*now_);
  const bool serial = words_.chance(7);
  if (serial) type = words_.word({"serial", "bigserial", "smallserial", "SERIAL4"});
  std::string normal = type == "int" || serial ? "integer" : type;
  if (type == "int8" || type == "bigserial") normal = "bigint";
  if (type == "smallserial") normal = "smallint";
  if (type == "varchar(20)") normal = "character varying(20)";
  if (type == "timestamptz") normal = "timestamp with time zone";
  if (type == "bool") normal = "boolean";
  column.type = Type{normal, normal, false};
  std::string text = DdlWords::identifier(name) + " " + type;
  if (words_.chance(4) && family_of(normal, *now_) == "text") text += " COLLATE \"C\"";
  const std::size_t parts = words_.below(3);
  bool has_value = serial;
  for (std::size_t i = 0; i < parts; ++i) {
    switch (words_.below(9)) {
      case 0:
      case 1:
        text += " NOT NULL";
        break;
      case 2:
      case 3:
        if (!has_value || words_.chance(2)) text += " DEFAULT " + words_.value(normal, *now_);
        has_value = true;
        break;
      case 4:
        text += " " + constraint_name() + "CHECK (" + words_.condition({column}, *now_) + ")";
        break;
      case 5:
        text += " " + constraint_name() + words_.word({"UNIQUE", "UNIQUE", "PRIMARY KEY"});
        break;
      case 6:
        if (std::string clause = reference_clause(normal); !clause.empty())
          text += " " + constraint_name() + clause.substr(1);
        break;
      case 7:
        if (has_value || (family_of(normal, *now_) != "integer" && words_.chance(95))) break;
        text += words_.word({" GENERATED ALWAYS AS IDENTITY", " GENERATED BY DEFAULT AS IDENTITY",
                             " GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2)"});
        has_value = true;
        break;
      default: {
        if (has_value || made.empty()) break;
        const Column& source = words_.one_of(made);
        const std::string from = DdlWords::identifier(source.name);
        const std::string from_family = family_of(source.type->normal, *now_);
        const std::string family = family_of(normal, *now_);
        if (from_family == "integer" && family == "integer")
          text += " GENERATED ALWAYS AS (" + from + " + 1) STORED";
        else if (from_family == "text" && family == "text")
          text += " GENERATED ALWAYS AS (" +
                  words_.word({"upper(" + from + ")", from + " || 'x'"}) + ") STORED";
        else
          break;
        has_value = true;
      }
    }
  }
  made.push_back(column);
  return text;
}

std::string DdlGenerator::like_clause() {
  const Relation* source = words_.chance(90) ? a_table() : a_view();
  if (!source) return {};
  std::string clause = "LIKE " + named(*source);
  static const std::vector<std::string> kParts = {"DEFAULTS", "CONSTRAINTS", "INDEXES",
                                                  "IDENTITY", "GENERATED",   "COMMENTS",
                                                  "STORAGE",  "STATISTICS"};
  if (words_.chance(50)) return clause + " INCLUDING ALL" + words_.word({"", " EXCLUDING INDEXES"});
  for (std::size_t i = words_.below(4); i > 0; --i) clause += " INCLUDING " + words_.one_of(kParts);
  return clause;
}

std::string DdlGenerator::table_elements() {
  std::string elements;
  auto add = [&](const std::string& element) {
    if (!element.empty()) elements += (elements.empty() ? "" : ", ") + element;
  };
  std::vector<Column> columns;
  std::vector<std::string> names;
  if (words_.chance(12)) add(like_clause());
  for (std::size_t i = words_.chance(4) ? 0 : 1 + words_.below(5); i > 0; --i) {
    std::string name = words_.new_name();
    bool taken = std::find(names.begin(), names.end(), name) != names.end();
    if (taken && words_.chance(95)) continue;
    names.push_back(name);
    add(column_definition(name, columns));
  }
  for (std::size_t i = words_.below(3); i > 0; --i) add(table_constraint(columns, nullptr));
  return elements;
}

std::string DdlGenerator::create_table() {
  std::string head = "CREATE " + words_.word({"", "", "", "", "", "", "", "UNLOGGED "}) + "TABLE " +
                     (words_.chance(10) ? "IF NOT EXISTS " : "") + new_relation_name();
  if (words_.chance(5) && !now_->other_types.empty())
    return head + " OF " + reference(words_.one_of(now_->other_types).name);
  if (words_.chance(5))
    if (const Relation* source = a_table())
      return head + " AS SELECT " +
             (source->columns.empty() || words_.chance(30)
                  ? std::string("*")
                  : DdlWords::list(words_.some_of(column_names(*source), 3))) +
             " FROM " + named(*source) + words_.word({"", " WITH NO DATA"});
  std::string tail;
  if (words_.chance(20))
    if (const Relation* parent = a_table()) {
      tail = " INHERITS (" + named(*parent);
      if (words_.chance(25)) tail += ", " + named(*a_table());
      tail += ")";
    }
  return head + " (" + table_elements() + ")" + tail;
}

std::string DdlGenerator::partitioned_table() {
  std::vector<Column> columns;
  std::string key = words_.new_name();
  std::string type = words_.word({"int", "int", "date", "text", "bigint"});
  std::string elements = DdlWords::identifier(key) + " " + type + words_.word({"", " NOT NULL"});
  Column column;
  column.name = key;
  column.type = Type{type == "int" ? "integer" : type, type == "int" ? "integer" : type, false};
  columns.push_back(column);
  for (std::size_t i = words_.below(4); i > 0; --i) {
    std::string name = words_.new_name();
    if (std::any_of(columns.begin(), columns.end(),
                    [&](const Column& c) { return c.name == name; }))
      continue;
    elements += ", " + column_definition(name, columns);
  }
  if (words_.chance(40))
    elements +=
        ", " + constraint_name() + words_.word({"PRIMARY KEY (", "UNIQUE ("}) +
        DdlWords::identifier(key) +
        (columns.size() > 1 && words_.chance(40) ? ", " + DdlWords::identifier(columns.back().name)
                                                 : "") +
        ")";
  if (words_.chance(40))
    if (std::string constraint = table_constraint(columns, nullptr); !constraint.empty())
      elements += ", " + constraint;
  std::string by = words_.word({"RANGE", "RANGE", "LIST", "LIST", "HASH"});
  std::string what = DdlWords::identifier(key);
  if (by != "LIST" && columns.size() > 1 && words_.chance(10))
    what += ", " + DdlWords::identifier(columns[1].name);
  if (type == "text" && words_.chance(20)) what = "lower(" + what + ")";
  return "CREATE TABLE " + new_relation_name() + " (" + elements + ") PARTITION BY " + by + " (" +
         what + ")";
}

/// FOR VALUES that fit the parent's strategy; now and then those of another one.
std::string DdlGenerator::bound(const Relation& parent) {
  if (words_.chance(12)) return " DEFAULT";
  std::string by = parent.partition_key ? parent.partition_key->text : "RANGE ()";
  if (words_.chance(3))
    by = words_.word({"RANGE ", "LIST ", "HASH "}) + by.substr(std::min(by.find('('), by.size()));
  if (by.starts_with("HASH")) {
    std::string modulus = words_.word({"4", "4", "4", "2", "8"});
    return " FOR VALUES WITH (MODULUS " + modulus + ", REMAINDER " +
           std::to_string(words_.below(4)) + ")";
  }
  std::string type;
  for (const Column& column : parent.columns)
    if (column.type && (by.find("(" + quote_identifier(column.name) + ")") != std::string::npos ||
                        by.find("(" + quote_identifier(column.name) + ",") != std::string::npos)) {
      type = family_of(column.type->normal, *now_);
      break;
    }
  auto value = [&](std::size_t n) {
    if (type == "date") return "'20" + std::to_string(10 + n) + "-01-01'";
    if (type == "text") return "'" + std::string(1, static_cast<char>('a' + n)) + "'";
    return std::to_string(n * 10);
  };
  const bool two = by.find(", ") != std::string::npos;
  if (by.starts_with("LIST")) {
    std::string values = words_.chance(10) ? "NULL" : value(words_.below(12));
    if (words_.chance(40)) values += ", " + value(12 + words_.below(8));
    return " FOR VALUES IN (" + values + ")";
  }
  std::size_t from = words_.below(10);
  std::string low = words_.chance(8) ? "MINVALUE" : value(from);
  std::string high = words_.chance(8) ? "MAXVALUE" : value(from + words_.below(4));
  if (two) {
    low += ", MINVALUE";
    high += ", MAXVALUE";
  }
  return " FOR VALUES FROM (" + low + ") TO (" + high + ")";
}

std::string DdlGenerator::partition() {
  const Relation* parent = a_table_of(RelationKind::partitioned_table);
  if (!parent) return {};
  if (words_.chance(3)) parent = a_table();
  std::string elements;
  if (words_.chance(15))
    elements = " (" + DdlWords::identifier(a_column(*parent)) + " DEFAULT NULL)";
  if (words_.chance(12))
    elements =
        " (" + constraint_name() + "CHECK (" + words_.condition(parent->columns, *now_) + "))";
  std::string by;
  if (words_.chance(20) && !parent->columns.empty())
    by = " PARTITION BY " + words_.word({"LIST", "RANGE", "HASH"}) + " (" +
         DdlWords::identifier(a_column(*parent)) + ")";
  return "CREATE TABLE " + new_relation_name() + " PARTITION OF " + named(*parent) + elements +
         bound(*parent) + by;
}

}  // namespace schemaudit

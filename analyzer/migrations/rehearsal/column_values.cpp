#include "analyzer/migrations/rehearsal/column_values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

using Values = std::vector<std::string>;

std::string literal(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

std::string qualified(const QualifiedName& name) {
  return (name.schema.empty() ? "" : quote_identifier(name.schema) + ".") +
         quote_identifier(name.name);
}

/// `character varying(20)` -> 20
std::optional<std::size_t> first_modifier(const std::string& type) {
  const std::size_t open = type.find('(');
  if (open == std::string::npos || open + 1 >= type.size() || type[open + 1] < '0' ||
      type[open + 1] > '9')
    return std::nullopt;
  return std::stoul(type.substr(open + 1, 9));
}

QualifiedName named(const std::string& type) {
  const std::size_t dot = type.find('.');
  if (dot == std::string::npos) return {"", type};
  auto bare = [](std::string part) {
    if (part.size() > 1 && part.front() == '"') part = part.substr(1, part.size() - 2);
    return part;
  };
  return {bare(type.substr(0, dot)), bare(type.substr(dot + 1))};
}

const EnumType* enum_of(const Schema& schema, const std::string& type) {
  for (const EnumType& each : schema.enums)
    if (may_be_same(each.name, named(type))) return &each;
  return nullptr;
}

const Domain* domain_of(const Schema& schema, const std::string& type) {
  for (const Domain& each : schema.domains)
    if (may_be_same(each.name, named(type))) return &each;
  return nullptr;
}

/// The values that an enum, a domain or a CHECK lists for the column; empty where none does.
Values listed(const Schema& schema, const Relation& table, const Column& column) {
  Values values;
  for (const CheckConstraint& check : table.checks)
    if (check.allowed && check.allowed->column == column.name)
      for (const std::string& value : check.allowed->values) values.push_back(literal(value));
  if (!values.empty() || !column.type) return values;
  if (const EnumType* type = enum_of(schema, column.type->normal))
    for (const std::string& label : type->labels) values.push_back(literal(label));
  if (const Domain* domain = domain_of(schema, column.type->normal))
    for (const CheckConstraint& check : domain->checks)
      if (check.allowed)
        for (const std::string& value : check.allowed->values) values.push_back(literal(value));
  return values;
}

/// From the row on, round and round.
Values turned(Values values, std::size_t row) {
  if (!values.empty())
    std::rotate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(row % values.size()),
                values.end());
  return values;
}

/// What the rows that a foreign key may point at hold.
Values referenced(const Relation& table, const Column& column, std::size_t row) {
  Values values;
  for (const ForeignKey& key : table.foreign_keys) {
    auto at = std::find(key.columns.begin(), key.columns.end(), column.name);
    const auto place = static_cast<std::size_t>(at - key.columns.begin());
    if (at == key.columns.end() || place >= key.target_columns.size()) continue;
    std::string order;
    for (const std::string& target : key.target_columns)
      order += (order.empty() ? "" : ", ") + quote_identifier(target);
    // One offset for all columns of a key, so that they are of one row.
    for (std::size_t turn = 0; turn < 4; ++turn)
      values.push_back("(SELECT " + quote_identifier(key.target_columns[place]) + " FROM " +
                       qualified(key.target) + " ORDER BY " + order + " OFFSET " +
                       std::to_string((row + turn) % 4) + " LIMIT 1)");
    break;
  }
  return values;
}

/// Literals of the bounds of a partitioned table's parts: a row has to fit one of them.
Values of_partitions(const Schema& schema, const Relation& table, const Column& column) {
  Values values;
  if (!table.partition_key || table.partition_key->text.find(column.name) == std::string::npos)
    return values;
  for (const Relation& part : schema.relations) {
    if (!part.partition_of || !(part.partition_of->parent == table.name)) continue;
    const std::string& bound = part.partition_of->bound.text;
    for (std::size_t at = bound.find('\''); at != std::string::npos;) {
      const std::size_t end = bound.find('\'', at + 1);
      if (end == std::string::npos) break;
      values.push_back(bound.substr(at, end - at + 1));
      at = bound.find('\'', end + 1);
    }
  }
  return values;
}

Values texts(std::size_t row, std::optional<std::size_t> longest) {
  const std::string n = std::to_string(row + 1);
  Values values;
  for (std::string text :
       {"text " + n, "v" + n, "person" + n + "@example.org", "https://example.org/" + n, n, "A" + n,
        "+4930000" + n, "2024-01-0" + n, std::string("de"), std::string("EUR"),
        "00000000-0000-4000-8000-00000000000" + n, std::string(63, 'a') + n, std::string("a-b"),
        std::string()}) {
    if (longest && text.size() > *longest) text = text.substr(text.size() - *longest);
    values.push_back(literal(text));
  }
  return values;
}

/// By the type alone; nothing for types that are not known.
Values of_type(const std::string& type, std::size_t row) {
  const std::string n = std::to_string(row + 1);
  const std::optional<std::size_t> modifier = first_modifier(type);
  auto is = [&](std::string_view name) { return type.starts_with(name); };
  if (type.ends_with("[]")) return {"'{}'"};
  if (is("character") || is("text") || is("citext") || is("public.citext") || is("name"))
    return texts(row, is("character(") || is("character varying(") ? modifier : std::nullopt);
  if (is("\"char\"")) return {"'a'"};
  if (is("int4range") || is("int8range") || is("numrange")) return {"'[" + n + "," + n + "]'"};
  if (is("daterange") || is("tsrange") || is("tstzrange"))
    return {"'[2024-01-0" + n + ",2024-02-01)'"};
  if (is("smallint") || is("integer") || is("bigint"))
    return {n, "0", "1", "10", "50", "100", "1000", "2024", "-1"};
  if (is("numeric") || is("real") || is("double"))
    return {"0." + n, n, "0", "0.5", "1", "10", "50", "100", "1000", "-1"};
  if (is("boolean")) return turned({"true", "false"}, row);
  if (is("timestamp") || is("date"))
    return {"'2024-01-0" + n + "'", "'2024-02-0" + n + "'", "'2099-01-01'", "now()"};
  if (is("time")) return {"'0" + n + ":00'"};
  if (is("interval")) return {"'" + n + " days'"};
  if (is("uuid")) return {"gen_random_uuid()"};
  if (is("jsonb") || is("json")) return {"'{}'", "'[]'", "'{\"a\": " + n + "}'"};
  if (is("bytea")) return {"'\\x0" + n + "'"};
  if (is("inet") || is("cidr")) return {"'10.0.0." + n + "'"};
  if (is("macaddr8")) return {"'08:00:2b:01:02:03:04:0" + n + "'"};
  if (is("macaddr")) return {"'08:00:2b:01:02:0" + n + "'"};
  if (is("bit")) return {"repeat('1', " + std::to_string(modifier.value_or(1)) + ")::varbit"};
  if (is("money")) return {n + "::money"};
  if (is("tsvector")) return {"'word" + n + "'"};
  if (is("tsquery")) return {"'word'"};
  if (is("xml")) return {"'<a/>'"};
  if (is("point")) return {"'(0," + n + ")'"};
  if (is("oid")) return {n};
  if (type.find("ltree") != std::string::npos) return {"'a.b" + n + "'"};
  if (type.find("hstore") != std::string::npos) return {"'a=>" + n + "'"};
  if (type.find("vector(") != std::string::npos)
    return {"(SELECT '[' || string_agg('0.1', ',') || ']' FROM generate_series(1, " +
            std::to_string(modifier.value_or(1)) + "))"};
  return {};
}

bool is_from_sequence(const Column& column) {
  return column.identity.has_value() ||
         (column.default_value.has_value() &&
          column.default_value.value().text.find("nextval(") != std::string::npos);
}

}  // namespace

std::vector<std::string> column_values(const Schema& schema, const Relation& table,
                                       const Column& column, std::size_t row) {
  if (column.generated.has_value() || !column.type) return {};
  if (is_from_sequence(column)) return {"DEFAULT"};
  const bool nullable = column.nullable.value_or(true);
  Values values = turned(listed(schema, table, column), row);
  if (values.empty()) values = referenced(table, column, row);
  if (values.empty()) {
    values = of_partitions(schema, table, column);
    // What the database fills in itself is what most rows have; whether the others are kept shows
    // on each third.
    const bool has_default = column.default_value.has_value();
    if (has_default && row % 3 != 2) values.push_back("DEFAULT");
    std::string type = column.type->normal;
    if (const Domain* domain = domain_of(schema, type); domain && domain->base)
      type = domain->base->normal;
    const Values more = of_type(type, row % 9);
    values.insert(values.end(), more.begin(), more.end());
    if (has_default && row % 3 == 2) values.push_back("DEFAULT");
  }
  // Each third row leaves out what it may.
  if (nullable) values.insert(row % 3 == 1 ? values.begin() : values.end(), "NULL");
  return values;
}

std::size_t listed_values(const Schema& schema, const Relation& table) {
  std::size_t most = 0;
  for (const Column& column : table.columns)
    most = std::max(most, listed(schema, table, column).size());
  return most;
}

}  // namespace schemaudit

#include "tests/live/ddl_words.h"

#include <algorithm>
#include <set>

namespace schemaudit {

namespace {

const std::vector<std::string> kPlain = {"a",     "b",      "c",    "id",     "code", "email",
                                         "total", "status", "kind", "parent", "n1",   "created_at"};
const std::vector<std::string> kHostile = {"a\"b",
                                           "select",
                                           "\xC3\x9Cn\xC3\xAF"
                                           "code",
                                           " spaces ",
                                           "a.b",
                                           "drop table x;--",
                                           "User",
                                           "order",
                                           "it's",
                                           "%s $1",
                                           "\xE2\x82\xAC",
                                           "x'||'y"};

/// Of 50 to 70 bytes, many of them several bytes a letter.
std::string long_name(DdlWords& words) {
  static const std::vector<std::string> kParts = {"customer_", "invoice_",      "\xC3\xA4\xC3\xB6",
                                                  "x",         "reference_to_", "\xE2\x82\xAC"};
  std::string name = words.one_of(kParts);
  const std::size_t length = 50 + words.below(20);
  while (name.size() < length) name += words.one_of(kParts);
  return name;
}

const EnumType* enum_of(const Schema& schema, const std::string& type) {
  for (const EnumType& candidate : schema.enums)
    if (to_string(candidate.name) == type) return &candidate;
  return nullptr;
}

const Domain* domain_of(const Schema& schema, const std::string& type) {
  for (const Domain& candidate : schema.domains)
    if (to_string(candidate.name) == type) return &candidate;
  return nullptr;
}

}  // namespace

std::string family_of(const std::string& type, const Schema& schema) {
  if (type.ends_with("[]")) return "array";
  if (enum_of(schema, type)) return "enum";
  if (const Domain* domain = domain_of(schema, type))
    return domain->base ? family_of(domain->base->normal, schema) : "other";
  auto begins = [&](const char* word) { return type.starts_with(word); };
  if (type == "integer" || type == "bigint" || type == "smallint") return "integer";
  if (type == "text" || begins("character")) return "text";
  if (begins("numeric") || type == "real" || type == "double precision") return "number";
  if (begins("timestamp")) return "timestamp";
  for (const char* plain : {"boolean", "date", "interval", "uuid", "jsonb", "inet", "bytea"})
    if (type == plain) return plain;
  if (type == "int4range") return "range";
  return "other";
}

std::vector<std::string> DdlWords::some_of(std::vector<std::string> choices, std::size_t most) {
  std::vector<std::string> chosen;
  std::size_t wanted = 1 + below(most);
  while (!choices.empty() && chosen.size() < wanted) {
    std::size_t at = below(choices.size());
    chosen.push_back(choices[at]);
    choices.erase(choices.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

std::string DdlWords::new_name() {
  switch (below(8)) {
    case 0:
      return one_of(kHostile);
    case 1:
      return long_name(*this);
    case 2:
    case 3:
      return one_of(kPlain);
    default:
      return one_of(kPlain) + std::to_string(below(40));
  }
}

std::string DdlWords::identifier(const std::string& name) {
  static const std::set<std::string> kReserved = {"select", "user", "order", "table", "check"};
  bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') && !kReserved.count(name) &&
               std::all_of(name.begin(), name.end(), [](char c) {
                 return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
               });
  if (plain) return name;
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string DdlWords::list(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + identifier(name);
  return joined;
}

std::string DdlWords::qualified(const QualifiedName& name) {
  return (name.schema.empty() ? "" : identifier(name.schema) + ".") + identifier(name.name);
}

std::string DdlWords::literal(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

std::string DdlWords::type(const Schema& schema) {
  if (chance(12) && !schema.enums.empty())
    return qualified(one_of(schema.enums).name) + (chance(15) ? "[]" : "");
  if (chance(10) && !schema.domains.empty())
    return qualified(one_of(schema.domains).name) + (chance(10) ? "[]" : "");
  if (chance(6) && !schema.other_types.empty()) return qualified(one_of(schema.other_types).name);
  static const std::vector<std::string> kTypes = {"int",
                                                  "int",
                                                  "integer",
                                                  "bigint",
                                                  "smallint",
                                                  "int8",
                                                  "text",
                                                  "text",
                                                  "varchar(20)",
                                                  "varchar",
                                                  "char(3)",
                                                  "character",
                                                  "numeric",
                                                  "numeric(10,2)",
                                                  "decimal(5)",
                                                  "boolean",
                                                  "bool",
                                                  "date",
                                                  "timestamptz",
                                                  "timestamp",
                                                  "timestamp(3) with time zone",
                                                  "time",
                                                  "interval",
                                                  "uuid",
                                                  "jsonb",
                                                  "json",
                                                  "bytea",
                                                  "real",
                                                  "double precision",
                                                  "float(20)",
                                                  "inet",
                                                  "int[]",
                                                  "text[]",
                                                  "varchar(5)[]",
                                                  "int ARRAY[3]",
                                                  "int4range",
                                                  "tstzrange",
                                                  "point",
                                                  "bit(4)",
                                                  "varbit(8)",
                                                  "money",
                                                  "xml",
                                                  "oid",
                                                  "name",
                                                  "TEXT",
                                                  "\"char\"",
                                                  "pg_catalog.int4",
                                                  "timetz",
                                                  "interval day to second",
                                                  "cidr",
                                                  "tsvector"};
  return one_of(kTypes);
}

std::string DdlWords::key_type() {
  return word({"int", "int", "bigint", "text", "uuid", "varchar(20)", "date", "timestamptz",
               "smallint", "numeric(10,2)"});
}

std::string DdlWords::value(const std::string& type, const Schema& schema) {
  const std::string family = family_of(type, schema);
  if (chance(4)) return "NULL";
  if (family == "integer") {
    if (!schema.sequences.empty() && chance(20)) {
      std::string sequence = literal(qualified(one_of(schema.sequences).name));
      return "nextval(" + sequence + (chance(50) ? "::regclass)" : ")");
    }
    for (const Function& function : schema.functions)
      if (function.arguments.empty() && function.returns && function.returns->normal == "integer" &&
          function.kind == RoutineKind::function && chance(20))
        return qualified(function.name) + "()";
    return word({"0", "42", "-1", "(1 + 2)", "'7'", "length('abc')", "1::int"});
  }
  if (type.starts_with("character(")) return "'x'";
  // Of a new column the server tries the value at once: one that is too long is another matter.
  if (family == "text" && type.starts_with("character varying("))
    return word({"'x'", "''", "'it''s'", "'abc'::text", "upper('a')", "'a' || 'b'"});
  if (family == "text" && type != "character" && type != "char(3)")
    return word({"'x'", "''", "'it''s'", "'abc'::text", "upper('a')", "current_user::text",
                 "'a' || 'b'", "E'a\\nb'", "md5('x')"});
  if (family == "number") return word({"0", "0.0", "-1.5", "1e3", "(1.0 / 3)"});
  if (family == "boolean") return word({"true", "false", "'t'", "NOT true"});
  if (family == "date") return word({"CURRENT_DATE", "'2020-01-01'", "now()", "DATE '2021-02-03'"});
  if (family == "timestamp")
    return word({"now()", "CURRENT_TIMESTAMP", "'2020-01-01'", "now() + interval '1 day'",
                 "clock_timestamp()", "CURRENT_TIMESTAMP(3)"});
  if (family == "interval") return word({"'1 day'", "interval '2 hours'", "'01:00'::interval"});
  if (family == "uuid")
    return word({"gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'"});
  if (family == "jsonb") return word({"'{}'", "'[]'::jsonb", "jsonb_build_object('a', 1)"});
  if (family == "inet") return "'127.0.0.1'";
  if (family == "bytea") return "'\\x00'";
  if (family == "array") return type.find('(') == std::string::npos ? "'{}'" : "NULL";
  if (family == "range") return word({"'[1,2)'", "int4range(1, 5)"});
  if (const EnumType* labels = enum_of(schema, type); labels && !labels->labels.empty())
    return literal(one_of(labels->labels)) + (chance(40) ? "::" + qualified(labels->name) : "");
  return "NULL";
}

std::string DdlWords::condition_on(const Column& column, const Schema& schema) {
  const std::string c = identifier(column.name);
  const std::string type = column.type ? column.type->normal : "";
  const std::string family = family_of(type, schema);
  if (chance(10)) return c + word({" IS NOT NULL", " IS NULL"});
  if (family == "integer" || family == "number") {
    for (const Function& function : schema.functions)
      if (function.arguments.size() == 1 && function.arguments[0].normal == type &&
          function.returns && function.returns->normal == "boolean" && chance(30))
        return qualified(function.name) + "(" + c + ")";
    return word({c + " > 0", c + " BETWEEN 1 AND 10", c + " IN (1, 2, 3)", c + " <> 5",
                 "abs(" + c + ") >= 1", "NOT " + c + " = 3"});
  }
  if (family == "text")
    return word({"length(" + c + ") > 3", c + " <> ''", c + " IN ('a', 'b', 'c')", c + " ~ '^x'",
                 c + " LIKE 'a%'", "upper(" + c + ") = " + c, "char_length(" + c + ") < 10",
                 c + " = ANY (ARRAY['p', 'q'])"});
  if (family == "boolean") return word({c, "NOT " + c, c + " IS TRUE"});
  if (family == "date" || family == "timestamp")
    return word({c + " > '2020-01-01'", c + " < '2030-01-01'", c + " <> '2021-02-03'"});
  if (family == "jsonb")
    return word({"jsonb_typeof(" + c + ") = 'object'", c + " ? 'a'", "(" + c + " ->> 'k') <> ''"});
  if (family == "array")
    return word({"cardinality(" + c + ") < 5", "array_length(" + c + ", 1) > 0"});
  if (const EnumType* labels = enum_of(schema, type); labels && !labels->labels.empty())
    return c + " <> " + literal(one_of(labels->labels));
  return c + " IS NOT NULL";
}

std::string DdlWords::condition(const std::vector<Column>& columns, const Schema& schema) {
  if (columns.empty() || chance(3)) return "true";
  const Column& one = one_of(columns);
  if (chance(70)) return condition_on(one, schema);
  const Column& two = one_of(columns);
  std::string first = condition_on(one, schema), second = condition_on(two, schema);
  if (one.type && two.type && one.type->normal == two.type->normal &&
      family_of(one.type->normal, schema) == "integer")
    return identifier(one.name) + word({" < ", " <> ", " >= "}) + identifier(two.name);
  return first + word({" OR ", " AND "}) + second;
}

std::string DdlWords::expression(const std::vector<Column>& columns, const Schema& schema) {
  for (int tries = 0; tries < 6 && !columns.empty(); ++tries) {
    const Column& column = one_of(columns);
    const std::string c = identifier(column.name);
    const std::string family = family_of(column.type ? column.type->normal : "", schema);
    if (family == "text")
      return word({"lower(" + c + ")", "(" + c + " || 'x')", "left(" + c + ", 3)"});
    if (family == "integer") return word({"(" + c + " + 1)", "abs(" + c + ")", "(" + c + ")"});
    if (family == "jsonb") return "(" + c + " ->> 'k')";
    if (family == "date") return "extract(year FROM " + c + ")";
    if (family == "number") return "round(" + c + ")";
  }
  return {};
}

}  // namespace schemaudit

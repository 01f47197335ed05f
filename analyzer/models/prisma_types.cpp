#include "analyzer/models/prisma_types.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace schemaudit {

namespace {

const std::map<std::string_view, const char*>& scalar_types() {
  static const std::map<std::string_view, const char*> types = {{"String", "TEXT"},
                                                                {"Boolean", "BOOLEAN"},
                                                                {"Int", "INTEGER"},
                                                                {"BigInt", "BIGINT"},
                                                                {"Float", "DOUBLE PRECISION"},
                                                                {"Decimal", "DECIMAL(65,30)"},
                                                                {"DateTime", "TIMESTAMP(3)"},
                                                                {"Json", "JSONB"},
                                                                {"Bytes", "BYTEA"}};
  return types;
}

/// Native types, without their arguments.
const std::map<std::string_view, const char*>& native_types() {
  static const std::map<std::string_view, const char*> types = {
      {"Text", "TEXT"},
      {"Char", "CHAR"},
      {"VarChar", "VARCHAR"},
      {"Bit", "BIT"},
      {"VarBit", "VARBIT"},
      {"Uuid", "UUID"},
      {"Xml", "XML"},
      {"Inet", "INET"},
      {"Citext", "CITEXT"},
      {"Boolean", "BOOLEAN"},
      {"Integer", "INTEGER"},
      {"SmallInt", "SMALLINT"},
      {"Oid", "OID"},
      {"BigInt", "BIGINT"},
      {"DoublePrecision", "DOUBLE PRECISION"},
      {"Real", "REAL"},
      {"Decimal", "DECIMAL"},
      {"Money", "MONEY"},
      {"Timestamp", "TIMESTAMP"},
      {"Timestamptz", "TIMESTAMPTZ"},
      {"Date", "DATE"},
      {"Time", "TIME"},
      {"Timetz", "TIMETZ"},
      {"Json", "JSON"},
      {"JsonB", "JSONB"},
      {"ByteA", "BYTEA"}};
  return types;
}

std::string numbers(const PrismaValue& arguments) {
  std::string list;
  for (const PrismaValue& argument : arguments.elements)
    list += (list.empty() ? "" : ",") + argument.text;
  return list.empty() ? "" : "(" + list + ")";
}

std::string hexadecimal_of_base64(const std::string& text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string hexadecimal;
  unsigned bits = 0;
  int held = 0;
  for (char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6) | static_cast<unsigned>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const unsigned byte = (bits >> held) & 0xFF;
    hexadecimal += "0123456789abcdef"[byte >> 4];
    hexadecimal += "0123456789abcdef"[byte & 0xF];
  }
  return hexadecimal;
}

std::string quoted(const std::string& text, char quote) {
  std::string result(1, quote);
  for (char c : text) {
    if (c == quote) result += c;
    result += c;
  }
  return result + quote;
}

}  // namespace

std::optional<std::string> prisma_column_type(const PrismaField& field) {
  if (!field.unsupported.empty()) return field.unsupported;
  for (const PrismaAttribute& attribute : field.attributes) {
    // `@db.VarChar`, where the datasource is called db.
    const std::size_t dot = attribute.name.find('.');
    if (dot == std::string::npos) continue;
    auto native = native_types().find(std::string_view(attribute.name).substr(dot + 1));
    if (native != native_types().end()) return native->second + numbers(attribute.arguments);
  }
  auto scalar = scalar_types().find(field.type);
  if (scalar == scalar_types().end()) return std::nullopt;
  return scalar->second;
}

std::string prisma_serial_type(const std::string& type) {
  if (type == "INTEGER") return "SERIAL";
  if (type == "BIGINT") return "BIGSERIAL";
  return type == "SMALLINT" ? "SMALLSERIAL" : "";
}

std::string sql_text(const std::string& text) {
  return quoted(text, '\'');
}

std::string sql_name(const std::string& name) {
  return quoted(name, '"');
}

std::optional<std::string> prisma_literal(const PrismaValue& value, const std::string& scalar) {
  if (value.kind == PrismaValue::Kind::number) return value.text;
  if (value.kind == PrismaValue::Kind::word && (value.text == "true" || value.text == "false"))
    return value.text;
  if (value.kind != PrismaValue::Kind::text) return std::nullopt;
  if (scalar == "Bytes") return sql_text("\\x" + hexadecimal_of_base64(value.text));
  return sql_text(value.text);
}

}  // namespace schemaudit

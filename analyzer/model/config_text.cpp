#include "analyzer/model/config_text.h"

#include <algorithm>
#include <cctype>

namespace schemaudit {

namespace {

bool is_control(unsigned char c) {
  return c < 0x20 || c == 0x7f;
}

/// `!` excludes at the front of a glob; the rest part a selector: see parse_column_selector().
bool means_something(char c, bool at_an_end) {
  return std::string_view("!.(),*?\"\\").find(c) != std::string_view::npos ||
         is_control(static_cast<unsigned char>(c)) || (at_an_end && c == ' ');
}

bool is_default(std::string_view schema) {
  return schema.empty() || schema == "public";
}

}  // namespace

std::string toml_string(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      quoted += {'\\', c};
    else if (is_control(byte))
      quoted += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    else
      quoted += c;
  }
  return quoted + "\"";
}

std::string toml_key(std::string_view text) {
  const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) || c == '_' || c == '-');
  });
  return bare ? std::string(text) : toml_string(text);
}

std::string glob_of_name(std::string_view name) {
  std::string glob(name);
  for (std::size_t i = 0; i < glob.size(); ++i)
    if (means_something(glob[i], i == 0 || i + 1 == glob.size())) glob[i] = '?';
  return glob;
}

void TableGlobs::add(const Schema& schema) {
  for (const Relation& relation : schema.relations)
    if (!is_default(relation.name.schema)) elsewhere_.insert(relation.name.name);
}

std::string TableGlobs::of(const QualifiedName& table) const {
  const std::string name = glob_of_name(table.name);
  const bool bare =
      table.schema.empty() || (is_default(table.schema) && elsewhere_.count(table.name) == 0);
  return bare ? name : glob_of_name(table.schema) + "." + name;
}

}  // namespace schemaudit

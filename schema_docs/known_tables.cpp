#include "schema_docs/known_tables.h"

#include <algorithm>

#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

namespace {

/// The names that CREATE TABLE and CREATE VIEW give in `sql`, folded as PostgreSQL would.
std::vector<QualifiedName> created_in(std::string_view sql) {
  std::vector<QualifiedName> names;
  std::string folded = fold_case(sql);
  for (std::string_view word :
       {std::string_view("create table "), std::string_view("create table if not exists "),
        std::string_view("create view "), std::string_view("create or replace view "),
        std::string_view("create materialized view ")}) {
    for (std::size_t at = folded.find(word); at != std::string::npos;
         at = folded.find(word, at + 1)) {
      std::size_t begin = folded.find_first_not_of(" \n", at + word.size());
      if (begin == std::string::npos) break;
      std::size_t end = folded.find_first_of(" \n\t(;", begin);
      std::string_view name = std::string_view(folded).substr(begin, end - begin);
      if (name != "if" && is_qualified_identifier(name)) names.push_back(parse_table_name(name));
    }
  }
  return names;
}

}  // namespace

void KnownTables::add(const ReadDocument& document) {
  for (const SqlFence& fence : document.fences)
    if (fence.purpose == SqlPurpose::schema)
      for (const QualifiedName& name : created_in(fence.text.text)) add_name(name);
  for (const TableClaim& claim : document.claims) add_name(claim.name);
}

void KnownTables::add_name(const QualifiedName& name) {
  NameMatch match = names_.match(name);
  if (match.matches.empty() || match.distance == 2) names_.add(name);
}

std::optional<QualifiedName> KnownTables::resolve(const QualifiedName& written) const {
  NameMatch match = names_.match(written);
  if (match.matches.size() != 1) return std::nullopt;
  return names_.at(match.matches[0]);
}

std::optional<QualifiedName> KnownTables::find(std::string_view words) const {
  std::string name(trim(words.substr(0, words.find_first_of(":("))));
  if (ends_with(fold_case(name), " table"))
    name = std::string(trim(name.substr(0, name.size() - 6)));
  std::replace(name.begin(), name.end(), ' ', '_');
  if (!is_qualified_identifier(name)) return std::nullopt;
  return resolve(parse_table_name(name));
}

}  // namespace schemaudit

#include "schema_docs/mermaid_diagram.h"

#include <algorithm>
#include <map>

#include "analyzer/model/names.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/table_source.h"

namespace schemaudit {

namespace {

struct Link {
  std::string left, right;
};

/// The entity's name at the front: `USERS`, `"order items"`, `p[Person]`.
std::string take_entity(std::string_view& line) {
  line = trim(line);
  std::string name;
  if (!line.empty() && line.front() == '"') {
    std::size_t end = line.find('"', 1);
    if (end == std::string_view::npos) return "";
    name = std::string(line.substr(1, end - 1));
    line.remove_prefix(end + 1);
  } else {
    std::size_t end = 0;
    while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) ||
                                 line[end] == '_' || line[end] == '.'))
      ++end;
    name = std::string(line.substr(0, end));
    line.remove_prefix(end);
  }
  line = trim(line);
  if (!line.empty() && line.front() == '[') {
    std::size_t end = line.find(']');
    if (end != std::string_view::npos) line = trim(line.substr(end + 1));
  }
  return name;
}

/// `||--o{`, `}|..|{`: whether a relation's line begins here; it is taken off.
bool take_cardinality(std::string_view& line) {
  std::size_t end = line.find_first_not_of("|o{}-.");
  if (end == std::string_view::npos || end < 4) return false;
  std::string_view mark = line.substr(0, end);
  if (mark.find("--") == std::string_view::npos && mark.find("..") == std::string_view::npos)
    return false;
  line.remove_prefix(end);
  return true;
}

std::optional<ColumnClaim> read_attribute(std::string_view line, const Origin& origin,
                                          bool& foreign) {
  foreign = false;
  std::string comment;
  std::size_t quote = line.find('"');
  if (quote != std::string_view::npos) {
    std::size_t end = line.find('"', quote + 1);
    comment =
        std::string(line.substr(quote + 1, end == std::string_view::npos ? end : end - quote - 1));
    line = trim(line.substr(0, quote));
  }
  std::vector<std::string_view> words;
  while (!line.empty()) {
    std::size_t end = line.find_first_of(" \t,");
    if (end != 0) words.push_back(line.substr(0, end));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  if (words.size() < 2 || !is_identifier(words[1])) return std::nullopt;
  ColumnClaim claim;
  claim.column.name = std::string(words[1]);
  claim.column.origin = origin;
  // mermaid allows no parentheses with commas and no blanks in a type: `varchar(255)`, `text[]`.
  claim.column.type = read_plain_type(words[0], true);
  if (!comment.empty()) claim.column.comment = comment;
  for (std::size_t i = 2; i < words.size(); ++i) {
    std::string key = fold_case(words[i]);
    if (key == "pk") {
      claim.primary_key = true;
      claim.column.nullable = false;
    }
    if (key == "uk") claim.unique = true;
    if (key == "fk") foreign = true;
  }
  return claim;
}

/// The one related entity that `user_id` can mean.
std::optional<std::string> target_of(const std::string& column, const std::string& entity,
                                     const std::vector<Link>& relations) {
  std::string folded = fold_case(column);
  if (!ends_with(folded, "_id")) return std::nullopt;
  std::string stem = singular_key(folded.substr(0, folded.size() - 3));
  std::optional<std::string> found;
  for (const Link& relation : relations) {
    const std::string* other = relation.left == entity    ? &relation.right
                               : relation.right == entity ? &relation.left
                                                          : nullptr;
    if (!other || singular_key(fold_case(*other)) != stem) continue;
    if (found && *found != *other) return std::nullopt;
    found = *other;
  }
  return found;
}

}  // namespace

std::vector<TableClaim> read_mermaid_diagram(std::string_view text, const std::string& uri,
                                             int first_line, int first_column) {
  std::vector<TableClaim> claims;
  std::vector<Link> relations;
  struct Marked {
    std::size_t claim, column;
  };
  std::vector<Marked> marked;
  std::vector<std::string> lines = source_lines(text);
  bool diagram = false, inside = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = trim(lines[i]);
    Origin origin{uri, first_line + static_cast<int>(i), first_column};
    if (line.empty() || starts_with(line, "%%")) continue;
    if (!diagram) {
      diagram = starts_with(line, "erDiagram");
      continue;
    }
    if (inside) {
      bool last = line.back() == '}';
      if (last) line = trim(line.substr(0, line.size() - 1));
      bool foreign = false;
      if (!line.empty())
        if (std::optional<ColumnClaim> column = read_attribute(line, origin, foreign)) {
          if (foreign) marked.push_back({claims.size() - 1, claims.back().columns.size()});
          claims.back().columns.push_back(std::move(*column));
        }
      inside = !last;
      continue;
    }
    std::string entity = take_entity(line);
    if (entity.empty()) continue;
    if (take_cardinality(line)) {
      std::string other = take_entity(line);
      if (!other.empty()) relations.push_back({entity, other});
      continue;
    }
    if (line.empty() || line.front() != '{') continue;
    TableClaim claim;
    claim.name = parse_table_name(entity);
    claim.origin = origin;
    claim.form = "mermaid";
    claims.push_back(std::move(claim));
    inside = true;
    line = trim(line.substr(1));
    bool last = !line.empty() && line.back() == '}';
    if (last) inside = false;
  }
  for (const Marked& mark : marked) {
    TableClaim& claim = claims[mark.claim];
    ColumnClaim& column = claim.columns[mark.column];
    std::string entity =
        claim.name.schema.empty() ? claim.name.name : claim.name.schema + "." + claim.name.name;
    if (std::optional<std::string> target = target_of(column.column.name, entity, relations)) {
      ForeignKey key;
      key.columns = {column.column.name};
      key.target = parse_table_name(*target);
      key.origin = column.column.origin;
      column.foreign_key = std::move(key);
    }
  }
  claims.erase(std::remove_if(claims.begin(), claims.end(),
                              [](const TableClaim& claim) { return claim.columns.empty(); }),
               claims.end());
  return claims;
}

}  // namespace schemaudit

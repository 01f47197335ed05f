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
  Origin origin;
};

std::string entity_name(const TableClaim& claim) {
  return claim.name.schema.empty() ? claim.name.name : claim.name.schema + "." + claim.name.name;
}

/// `:::name`, `:::name,name`: how an entity is drawn, which says nothing of it.
void skip_classes(std::string_view& line) {
  if (!starts_with(line, ":::")) return;
  std::size_t end = 3;
  auto in_class = [&] {
    return end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) ||
                                 line[end] == '_' || line[end] == ',');
  };
  // `a:::big--b` is a relation, `a:::very-big` a class.
  while (in_class() || (line.substr(end, 1) == "-" && end + 1 < line.size() &&
                        std::isalnum(static_cast<unsigned char>(line[end + 1]))))
    ++end;
  line = trim(line.substr(end));
}

/// The entity's name at the front: `USERS`, `"order items"`, `p[Person]`, `USERS:::marked`.
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
    auto in_name = [&](std::size_t at) {
      return at < line.size() && (std::isalnum(static_cast<unsigned char>(line[at])) ||
                                  line[at] == '_' || line[at] == '.');
    };
    // `order-items`, and the relation `a--b`.
    while (in_name(end) || (end > 0 && line.substr(end, 1) == "-" && in_name(end + 1))) ++end;
    name = std::string(line.substr(0, end));
    line.remove_prefix(end);
  }
  line = trim(line);
  skip_classes(line);
  if (!line.empty() && line.front() == '[') {
    std::size_t end = line.find(']');
    if (end != std::string_view::npos) line = trim(line.substr(end + 1));
  }
  skip_classes(line);
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

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t,"));
}

bool is_key_mark(std::string_view word) {
  const std::string folded = fold_case(word);
  return folded == "pk" || folded == "fk" || folded == "uk";
}

/// Length of the type at the front. mermaid has one word there, without commas; teams write what
/// PostgreSQL has: `numeric(12,2)`, `timestamp with time zone`.
std::size_t type_length(std::string_view line) {
  const std::size_t known = type_prefix(line, true);
  if (known > 0 && known < line.size() && is_blank(line[known])) {
    std::string_view name = first_word(trim(line.substr(known)));
    // `double precision PK` is a column named precision.
    if (!is_key_mark(name)) return known;
  }
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '(') ++depth;
    if (line[i] == ')') --depth;
    if (depth <= 0 && is_blank(line[i])) return i;
  }
  return line.size();
}

/// Unset where the line is not understood to its end.
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
  const std::string_view type = line.substr(0, type_length(line));
  line = trim(line.substr(type.size()));
  std::string_view name = first_word(line);
  line = trim(line.substr(name.size()));
  ColumnClaim claim;
  claim.column.origin = origin;
  claim.column.type = read_plain_type(type, true);
  // An asterisk marks the primary key.
  if (starts_with(name, "*")) {
    name.remove_prefix(1);
    claim.primary_key = true;
  }
  if (!is_identifier(name)) return std::nullopt;
  claim.column.name = std::string(name);
  std::string others;
  while (!line.empty()) {
    const std::string_view word = first_word(line);
    const std::string key = fold_case(word);
    claim.primary_key |= key == "pk";
    claim.unique |= key == "uk";
    foreign |= key == "fk";
    if (!word.empty() && !is_key_mark(word))
      others += (others.empty() ? "" : " ") + std::string(word);
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  if (claim.primary_key) claim.column.nullable = false;
  if (!others.empty()) {
    ColumnFacts facts = read_column_facts(others, {});
    if (!facts.whole || facts.type) return std::nullopt;
    apply_facts(facts, claim);
    settle_obligation(claim);
  }
  if (!comment.empty()) claim.column.comment = comment;
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

MermaidDiagram read_mermaid_diagram(std::string_view text, const std::string& uri, int first_line,
                                    int first_column) {
  MermaidDiagram read;
  std::vector<TableClaim>& claims = read.tables;
  std::vector<Link> relations;
  struct Marked {
    std::size_t claim, column;
  };
  std::vector<Marked> marked;
  std::vector<std::string> lines = source_lines(text);
  bool diagram = false, inside = false, description = false, is_unread = false;
  // One problem for an entity, however many of its lines are not understood.
  auto not_understood = [&](int line) {
    if (is_unread)
      ++read.unread.back().count;
    else
      read.unread.push_back({line, 1});
    is_unread = true;
  };
  auto attribute = [&](std::string_view line, const Origin& origin) {
    bool foreign = false;
    if (std::optional<ColumnClaim> column = read_attribute(line, origin, foreign)) {
      if (foreign) marked.push_back({claims.size() - 1, claims.back().columns.size()});
      claims.back().columns.push_back(std::move(*column));
    } else {
      not_understood(origin.line);
    }
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = trim(lines[i]);
    Origin origin{uri, first_line + static_cast<int>(i), first_column};
    if (line.empty() || starts_with(line, "%%")) continue;
    if (!diagram) {
      diagram = starts_with(line, "erDiagram");
      continue;
    }
    if (description) {
      description = line.back() != '}';
      continue;
    }
    if (!inside) {
      std::string entity = take_entity(line);
      if (!entity.empty() && take_cardinality(line)) {
        std::string other = take_entity(line);
        if (!other.empty()) relations.push_back({entity, other, origin});
        continue;
      }
      if (line.empty() || line.back() != '{') {
        if (line.empty() || line.front() != '{') continue;
      } else if (entity == "accDescr") {
        description = true;
        continue;
      }
      is_unread = false;
      // What opens a block without a name that is understood hides all that stands in it.
      if (entity.empty() || line.front() != '{') {
        not_understood(origin.line);
        entity.clear();
        line = "{";
      }
      TableClaim claim;
      claim.name = parse_table_name(entity);
      claim.origin = origin;
      claim.form = "mermaid";
      claims.push_back(std::move(claim));
      inside = true;
      line = trim(line.substr(1));
    }
    if (line.empty()) continue;
    inside = line.back() != '}';
    if (!inside) line = trim(line.substr(0, line.size() - 1));
    if (!line.empty()) attribute(line, origin);
  }
  for (const Marked& mark : marked) {
    TableClaim& claim = claims[mark.claim];
    ColumnClaim& column = claim.columns[mark.column];
    if (std::optional<std::string> target =
            target_of(column.column.name, entity_name(claim), relations)) {
      ForeignKey key;
      key.columns = {column.column.name};
      key.target = parse_table_name(*target);
      key.origin = column.column.origin;
      column.foreign_key = std::move(key);
    }
  }
  std::erase_if(claims, [](const TableClaim& claim) {
    return claim.columns.empty() || claim.name.name.empty();
  });
  auto states = [&](const std::string& entity) {
    return std::any_of(claims.begin(), claims.end(),
                       [&](const TableClaim& claim) { return entity_name(claim) == entity; });
  };
  for (const Link& relation : relations)
    for (const auto& [one, other] :
         {std::pair(relation.left, relation.right), std::pair(relation.right, relation.left)})
      if (states(one) && !states(other))
        read.drawn.push_back({parse_table_name(other), parse_table_name(one), relation.origin});
  return read;
}

}  // namespace schemaudit

#include "schema_docs/psql_output.h"

#include <algorithm>
#include <memory>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/column_words.h"
#include "schema_docs/constraint_lists.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/table_source.h"

namespace schemaudit {

namespace {

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::size_t at = 0;
  for (;;) {
    std::size_t end = line.find('|', at);
    cells.emplace_back(trim(line.substr(at, end == std::string_view::npos ? end : end - at)));
    if (end == std::string_view::npos) return cells;
    at = end + 1;
  }
}

/// `Table "public.users"`: the relation psql describes.
struct Title {
  QualifiedName name;
  RelationKind kind = RelationKind::table;
};

std::optional<Title> title_of(std::string_view line) {
  static constexpr std::pair<std::string_view, RelationKind> kKinds[] = {
      {"Table \"", RelationKind::table},
      {"Unlogged table \"", RelationKind::table},
      {"Partitioned table \"", RelationKind::partitioned_table},
      {"Foreign table \"", RelationKind::foreign_table},
      {"View \"", RelationKind::view},
      {"Materialized view \"", RelationKind::materialized_view}};
  std::string_view text = trim(line);
  for (const auto& [prefix, kind] : kKinds) {
    if (!starts_with(text, prefix) || text.back() != '"') continue;
    std::string_view name = text.substr(prefix.size(), text.size() - prefix.size() - 1);
    std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return Title{{"", std::string(name)}, kind};
    return Title{{std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))}, kind};
  }
  return std::nullopt;
}

/// The quoted name at the front of `"users_pkey" PRIMARY KEY, btree (id)`, taken off it.
std::string take_name(std::string_view& line) {
  line = trim(line);
  if (line.empty() || line.front() != '"') return "";
  std::size_t end = line.find('"', 1);
  if (end == std::string_view::npos) return "";
  std::string name(line.substr(1, end - 1));
  line = trim(line.substr(end + 1));
  return name;
}

class DescribeReader {
 public:
  DescribeReader(const Title& title, const Origin& origin) {
    claim_.name = title.name;
    claim_.kind = title.kind;
    claim_.origin = origin;
    claim_.form = "psql";
    claim_.complete = true;
    bool view = title.kind == RelationKind::view;
    claim_.stated_whole = Coverage::all();
    claim_.stated_whole.grants = false;
    claim_.stated_whole.policies = false;
    claim_.stated_whole.triggers = false;
    if (view) claim_.stated_whole = Coverage{.columns = true};
  }

  void header(std::string_view line) {
    for (const std::string& cell : cells_of(line)) header_.push_back(fold_case(cell));
  }
  bool has_header() const { return !header_.empty(); }

  void column(std::string_view line, const Origin& origin) {
    ColumnClaim column;
    column.column.origin = origin;
    std::vector<std::string> cells = cells_of(line);
    std::string default_text;
    bool with_default = false;
    for (std::size_t c = 0; c < cells.size() && c < header_.size(); ++c) {
      if (header_[c] == "column") column.column.name = cells[c];
      if (header_[c] == "type") {
        column.column.type = normalise_type(cells[c]);
        if (column.column.type) column.column.type->text = cells[c];
      }
      if (header_[c] == "nullable") column.column.nullable = cells[c] != "not null";
      if (header_[c] == "default") {
        with_default = true;
        default_text = cells[c];
      }
      // Before PostgreSQL 10: `not null default now()`.
      if (header_[c] == "modifiers") {
        column.column.nullable = cells[c].find("not null") == std::string::npos;
        std::size_t at = cells[c].find("default ");
        with_default = true;
        if (at != std::string::npos) default_text = cells[c].substr(at + 8);
      }
      if (header_[c] == "description" && !cells[c].empty()) column.column.comment = cells[c];
    }
    if (column.column.name.empty()) return;
    if (starts_with(default_text, "generated ")) {
      if (default_text.find("identity") != std::string::npos)
        column.column.identity = default_text.find("always") != std::string::npos
                                     ? IdentityKind::always
                                     : IdentityKind::by_default;
    } else if (!default_text.empty()) {
      column.column.default_value = normalise_expression(
          default_text, {}, column.column.type ? column.column.type->normal : std::string_view());
    } else if (with_default) {
      column.column.default_value = Fact<Expression>::none();
    }
    claim_.columns.push_back(std::move(column));
  }

  void index(std::string_view line, const Origin& origin) {
    std::string name = take_name(line);
    if (name.empty()) return;
    bool primary = starts_with(line, "PRIMARY KEY");
    bool constraint = starts_with(line, "UNIQUE CONSTRAINT");
    bool unique = starts_with(line, "UNIQUE");
    std::size_t comma = line.find(',');
    std::string_view definition =
        primary || unique ? trim(line.substr(comma == line.npos ? line.size() : comma + 1)) : line;
    // `btree (id)` is what CREATE INDEX has after USING.
    std::string statement = std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX x ON " +
                            to_string(claim_.name) + " USING " + std::string(definition);
    std::optional<ParsedIndex> parsed = parse_index(statement);
    if (!parsed) return;
    if (primary || constraint) {
      KeyConstraint key;
      key.name = name;
      key.origin = origin;
      for (const IndexKey& part : parsed->index.keys)
        if (part.column) key.columns.push_back(*part.column);
      key.include = parsed->index.include;
      if (primary)
        claim_.primary_key = std::move(key);
      else
        claim_.unique_constraints.push_back(std::move(key));
      return;
    }
    parsed->index.name = name;
    parsed->index.unique = unique;
    parsed->index.origin = origin;
    claim_.indexes.push_back(std::move(parsed->index));
  }

  void constraint(std::string_view line, const Origin& origin) {
    if (starts_with(trim(line), "TABLE ")) return;
    std::string name = take_name(line);
    if (!name.empty()) add_constraint_definition(line, name, origin, claim_);
  }

  TableClaim take() { return std::move(claim_); }

 private:
  TableClaim claim_;
  std::vector<std::string> header_;
};

enum class Part { none, columns, indexes, constraints, other };

/// `List of relations`, as \dt prints it.
void read_listing(const std::vector<std::string>& lines, std::size_t title, const std::string& uri,
                  int first_line, int first_column, std::vector<TableClaim>& claims) {
  if (title + 2 >= lines.size()) return;
  std::vector<std::string> header = cells_of(lines[title + 1]);
  std::size_t schema = header.size(), name = header.size(), type = header.size();
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (header[c] == "Schema") schema = c;
    if (header[c] == "Name") name = c;
    if (header[c] == "Type") type = c;
  }
  if (name == header.size() || type == header.size()) return;
  for (std::size_t i = title + 3; i < lines.size(); ++i) {
    std::vector<std::string> cells = cells_of(lines[i]);
    if (cells.size() < header.size()) return;
    TableClaim claim;
    claim.form = "psql";
    claim.inventory = true;
    claim.name = {schema < cells.size() ? cells[schema] : "", cells[name]};
    claim.origin = {uri, first_line + static_cast<int>(i), first_column};
    if (cells[type] == "partitioned table")
      claim.kind = RelationKind::partitioned_table;
    else if (cells[type] == "view")
      claim.kind = RelationKind::view;
    else if (cells[type] == "materialized view")
      claim.kind = RelationKind::materialized_view;
    else if (cells[type] == "foreign table")
      claim.kind = RelationKind::foreign_table;
    else if (cells[type] != "table")
      continue;
    claims.push_back(std::move(claim));
  }
}

}  // namespace

std::vector<TableClaim> read_psql_output(std::string_view text, const std::string& uri,
                                         int first_line, int first_column) {
  std::vector<TableClaim> claims;
  std::vector<std::string> lines = source_lines(text);
  std::unique_ptr<DescribeReader> reader;
  Part part = Part::none;
  auto finish = [&] {
    if (reader && reader->has_header()) claims.push_back(reader->take());
    reader.reset();
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    Origin origin{uri, first_line + static_cast<int>(i), first_column};
    if (trim(line) == "List of relations") {
      finish();
      read_listing(lines, i, uri, first_line, first_column, claims);
      continue;
    }
    if (std::optional<Title> title = title_of(line)) {
      finish();
      reader = std::make_unique<DescribeReader>(*title, origin);
      part = Part::none;
      continue;
    }
    if (!reader) continue;
    std::string_view content = trim(line);
    if (part == Part::none) {
      if (content.find('|') != std::string_view::npos) {
        reader->header(line);
        part = Part::columns;
      }
    } else if (part == Part::columns && line.find('|') != std::string_view::npos) {
      reader->column(line, origin);
    } else if (content.find_first_not_of("-+") == std::string_view::npos) {
      if (content.empty()) finish();
    } else if (!line.empty() && line.front() != ' ' && content.back() == ':') {
      part = content == "Indexes:" ? Part::indexes
             : content == "Check constraints:" || content == "Foreign-key constraints:"
                 ? Part::constraints
                 : Part::other;
    } else if (part == Part::indexes) {
      reader->index(line, origin);
    } else if (part == Part::constraints) {
      reader->constraint(line, origin);
    }
  }
  finish();
  return claims;
}

}  // namespace schemaudit

#include "analyzer/engine/proposed_policies.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>

#include "analyzer/model/config_text.h"

namespace schemaudit {

namespace {

constexpr std::size_t kFewestTables = 4;

bool is_table(const Relation& relation) {
  return !relation.is_view() && !relation.partition_of;
}

std::string of(std::size_t some, std::size_t all, const std::string& what) {
  return (some == all ? "All " + std::to_string(all)
                      : std::to_string(some) + " of " + std::to_string(all)) +
         " " + what;
}

/// Enough to be a habit: four fifths.
bool is_habit(std::size_t some, std::size_t all) {
  return some >= 2 && some * 5 >= all * 4;
}

/// Not what every table has of its own, nor what refers to others.
bool may_be_standard(const std::string& column) {
  return column != "id" && !column.ends_with("_id") && column != "name";
}

class Survey {
 public:
  explicit Survey(const Schema& schema) : globs_(schema) {
    for (const Relation& relation : schema.relations)
      if (is_table(relation) && !relation.columns.empty()) tables_.push_back(&relation);
  }

  std::vector<ProposedPolicy> propose() const {
    std::vector<ProposedPolicy> found;
    if (tables_.size() < kFewestTables) return found;
    add_standard_columns(found);
    add_soft_delete(found);
    add_timestamps(found);
    add_naming(found);
    return found;
  }

 private:
  void add_standard_columns(std::vector<ProposedPolicy>& found) const {
    std::map<std::string, std::size_t> with;
    for (const Relation* table : tables_)
      for (const Column& column : table->columns)
        if (may_be_standard(column.name)) ++with[column.name];
    std::string columns, names;
    std::size_t least = tables_.size();
    for (const auto& [name, count] : with) {
      if (!is_habit(count, tables_.size()) || name == "deleted_at") continue;
      columns +=
          (columns.empty() ? "" : ", ") + toml_key(name) + " = " + toml_string(usual_type(name));
      names += (names.empty() ? "" : " and ") + name;
      least = std::min(least, count);
    }
    if (columns.empty()) return;
    found.push_back({of(least, tables_.size(), "tables have " + names + "."),
                     "[policy.standard_columns]\ncolumns = { " + columns + " }"});
  }

  /// Of all that have the column, where they agree; else empty, which takes any.
  std::string usual_type(const std::string& name) const {
    std::string type;
    bool not_null = true;
    for (const Relation* table : tables_) {
      const Column* column = table->find_column(name);
      if (!column) continue;
      if (!column->type) return {};
      if (!type.empty() && type != column->type->normal) return {};
      type = column->type->normal;
      not_null = not_null && column->nullable.has_value() && !*column->nullable;
    }
    return type + (not_null && !type.empty() ? " not null" : "");
  }

  void add_soft_delete(std::vector<ProposedPolicy>& found) const {
    for (const char* name : {"deleted_at", "deleted", "is_deleted", "archived_at"}) {
      std::string tables;
      std::size_t count = 0;
      for (const Relation* table : tables_) {
        if (!table->find_column(name)) continue;
        ++count;
        tables += (tables.empty() ? "" : ", ") + toml_string(globs_.of(table->name));
      }
      if (count < 2) continue;
      found.push_back({of(count, tables_.size(),
                          "tables have " + std::string(name) + ". Are their rows never deleted?"),
                       "[policy.soft_delete]\ncolumn = \"" + std::string(name) + "\"\ntables = " +
                           (count == tables_.size() ? std::string("\"*\"") : "[" + tables + "]")});
      return;
    }
  }

  void add_timestamps(std::vector<ProposedPolicy>& found) const {
    std::size_t with_zone = 0, without = 0;
    for (const Relation* table : tables_)
      for (const Column& column : table->columns) {
        if (!column.type) continue;
        if (column.type->normal.find("with time zone") != std::string::npos) ++with_zone;
        if (column.type->normal.find("timestamp") != std::string::npos &&
            column.type->normal.find("without time zone") != std::string::npos)
          ++without;
      }
    if (with_zone < 4 || !is_habit(with_zone, with_zone + without)) return;
    found.push_back({of(with_zone, with_zone + without, "columns with a time have its zone."),
                     "[policy.types]\nforbid = [\"timestamp\"]"});
  }

  void add_naming(std::vector<ProposedPolicy>& found) const {
    auto all = [&](const std::function<bool(const std::string&)>& fits) {
      return std::all_of(tables_.begin(), tables_.end(), [&](const Relation* table) {
        return fits(table->name.name) &&
               std::all_of(table->columns.begin(), table->columns.end(),
                           [&](const Column& column) { return fits(column.name); });
      });
    };
    const bool snake = all([](const std::string& name) {
      return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::islower(c) || std::isdigit(c) || c == '_';
      });
    });
    if (!snake) return;
    const auto plural = static_cast<std::size_t>(
        std::count_if(tables_.begin(), tables_.end(), [](const Relation* table) {
          return table->name.name.ends_with("s") && !table->name.name.ends_with("ss");
        }));
    std::string toml = "[policy.naming]\ntables = \"snake_case\"\ncolumns = \"snake_case\"";
    std::string why = "All tables and columns are in snake_case";
    if (is_habit(plural, tables_.size())) {
      toml += "\ntable_number = \"plural\"";
      why += ", and " + std::to_string(plural) + " of " + std::to_string(tables_.size()) +
             " tables have a plural name";
    }
    found.push_back({why + ".", toml});
  }

  std::vector<const Relation*> tables_;
  TableGlobs globs_;
};

}  // namespace

std::vector<ProposedPolicy> propose_policies(const Schema& schema) {
  return Survey(schema).propose();
}

}  // namespace schemaudit

#include "schema_docs/claim_merge.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

namespace {

std::string base_of(const std::string& type) {
  std::size_t end = type.find_first_of("([");
  std::string base = type.substr(0, end);
  for (const std::string zone : {" without time zone", " with time zone"})
    if (base.size() > zone.size() &&
        base.compare(base.size() - zone.size(), zone.size(), zone) == 0)
      base.resize(base.size() - zone.size());
  while (!base.empty() && base.back() == ' ') base.pop_back();
  return base;
}

bool states_zone(const std::string& text) {
  std::string folded = fold_case(text);
  return folded.find("zone") != std::string::npos || folded.find("tz") != std::string::npos;
}

bool has_modifier(const std::string& type) {
  return type.find('(') != std::string::npos;
}
bool is_array(const std::string& type) {
  return type.find("[]") != std::string::npos;
}

/// Whether both may be said of one column: what a loose type leaves out it does not deny.
bool types_agree(const Type& a, const Type& b) {
  if (a.normal.empty() || b.normal.empty() || a.normal == b.normal) return true;
  if (!a.loose && !b.loose) return false;
  if (base_of(a.normal) != base_of(b.normal) || is_array(a.normal) != is_array(b.normal))
    return false;
  bool zones = a.normal.find("zone") != std::string::npos;
  bool zone_open = (a.loose && !states_zone(a.text)) || (b.loose && !states_zone(b.text));
  bool zone_differs = (a.normal.find(" with time") != std::string::npos) !=
                      (b.normal.find(" with time") != std::string::npos);
  if (zones && zone_differs && !zone_open) return false;
  if (has_modifier(a.normal) && has_modifier(b.normal)) return a.normal == b.normal || zone_differs;
  return !(has_modifier(a.normal) && !b.loose) && !(has_modifier(b.normal) && !a.loose);
}

Column* find_column(Relation& relation, const std::string& name) {
  if (Column* exact = relation.find_column(name)) return exact;
  Column* found = nullptr;
  for (Column& column : relation.columns) {
    if (snake_key(column.name) != snake_key(name)) continue;
    if (found) return nullptr;
    found = &column;
  }
  return found;
}

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
  for (std::string& name : a) name = snake_key(name);
  for (std::string& name : b) name = snake_key(name);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// tbls lists the indexes of keys among the others; `unique(email)` may repeat what the column
/// says already.
void name_what_indexes_carry_out(Relation& relation) {
  auto same_columns = [](const Index& index, const KeyConstraint& key) {
    std::vector<std::string> columns;
    for (const IndexKey& part : index.keys) {
      if (!part.column) return false;
      columns.push_back(*part.column);
    }
    return same_set(columns, key.columns);
  };
  auto carries_out = [&](const Index& index, const KeyConstraint& key) {
    return index.unique == true && !key.name.empty() && index.name == key.name &&
           same_columns(index, key);
  };
  for (Index& index : relation.indexes) {
    if (relation.primary_key && carries_out(index, *relation.primary_key))
      index.constraint = index.name;
    for (const KeyConstraint& key : relation.unique_constraints)
      if (carries_out(index, key)) index.constraint = index.name;
  }
  auto repeats = [&](const Index& index) {
    return index.name.empty() && index.unique == true && !index.predicate.has_value() &&
           std::any_of(relation.unique_constraints.begin(), relation.unique_constraints.end(),
                       [&](const KeyConstraint& key) { return same_columns(index, key); });
  };
  relation.indexes.erase(std::remove_if(relation.indexes.begin(), relation.indexes.end(), repeats),
                         relation.indexes.end());
}

/// Conditions that stood beside the columns were read before the columns' types were known.
void read_by_types(Relation& relation) {
  const ColumnTypes types = column_types_of(relation);
  auto read_again = [&](Expression& expression) {
    Expression again = normalise_expression(expression.text, types);
    if (again.decided) expression.normal = std::move(again.normal);
  };
  for (CheckConstraint& check : relation.checks)
    if (check.expression.decided) read_again(check.expression);
  for (Index& index : relation.indexes) {
    if (index.predicate.has_value() && index.predicate->decided)
      read_again(index.predicate.value());
    for (IndexKey& key : index.keys)
      if (key.expression && key.expression->decided) read_again(*key.expression);
  }
  for (Column& column : relation.columns)
    if (column.generated.has_value() && column.generated->expression.decided)
      read_again(column.generated.value().expression);
}

/// Whether each of the two has columns that the other lacks.
bool are_two(const Relation& relation, const TableClaim& claim) {
  auto claims = [&](const Column& column) {
    return std::any_of(claim.columns.begin(), claim.columns.end(), [&](const ColumnClaim& stated) {
      return snake_key(stated.column.name) == snake_key(column.name);
    });
  };
  std::size_t shared = 0;
  for (const Column& column : relation.columns) shared += claims(column) ? 1 : 0;
  return shared < relation.columns.size() && shared < claim.columns.size();
}

/// `users(id) ON DELETE CASCADE`
std::string reference_text(const ForeignKey& key) {
  std::string text = to_string(key.target);
  if (!key.target_columns.empty()) text += "(" + join_identifiers(key.target_columns) + ")";
  if (key.on_delete) text += " ON DELETE " + std::string(to_string(*key.on_delete));
  if (key.on_update) text += " ON UPDATE " + std::string(to_string(*key.on_update));
  return text;
}

std::string columns_text(const std::vector<std::string>& columns) {
  return "(" + join_identifiers(columns) + ")";
}

}  // namespace

ClaimMerge::ClaimMerge(Schema& schema, std::vector<Problem>& problems)
    : schema_(schema), problems_(problems) {
  schema_.sorted = false;
  for (const Relation& relation : schema_.relations) {
    names_.add(relation.name);
    sql_coverage_.push_back(relation.coverage);
    whole_.push_back(relation.coverage);
    complete_at_.push_back(relation.coverage.columns ? relation.origin : Origin{});
    defined_in_.emplace_back();
    if (relation.coverage.columns) defined_in_.back().insert(relation.origin.uri);
  }
}

std::optional<QualifiedName> ClaimMerge::resolve(const QualifiedName& written) const {
  NameMatch match = names_.match(written);
  if (match.matches.size() != 1) return std::nullopt;
  return names_.at(match.matches[0]);
}

Relation* ClaimMerge::relation_for(const TableClaim& claim) {
  NameMatch match = names_.match(claim.name);
  if (match.matches.size() > 1) {
    Problem problem;
    problem.kind = ProblemKind::ambiguous_name;
    problem.origin = claim.origin;
    problem.object = {"table", claim.name.schema, claim.name.name, claim.name.name};
    std::string names;
    for (std::size_t index : match.matches)
      names += (names.empty() ? "" : ", ") + to_string(names_.at(index));
    problem.message = "The name " + to_string(claim.name) + " fits several tables: " + names +
                      ". Write the one that is meant as the database has it.";
    problem.key = "name " + to_string(claim.name);
    problem.related = schema_.relations[match.matches[0]].origin;
    problems_.push_back(std::move(problem));
    return nullptr;
  }
  if (match.matches.size() == 1) {
    std::size_t index = match.matches[0];
    Relation& relation = schema_.relations[index];
    // One document that describes `job` and `jobs`, each with its columns, means two tables.
    // So do two whole descriptions of which each has columns that the other lacks.
    bool two_tables = match.distance == 2 && !claim.columns.empty() &&
                      (defined_in_[index].contains(claim.origin.uri) ||
                       (claim.complete && whole_[index].columns && are_two(relation, claim)));
    if (!two_tables) {
      if (relation.name.schema.empty() && !claim.name.schema.empty())
        relation.name.schema = claim.name.schema;
      names_.set_schema(index, relation.name.schema);
      return &relation;
    }
  }
  Relation relation;
  relation.name = claim.name;
  relation.kind = claim.kind;
  relation.origin = claim.origin;
  names_.add(relation.name);
  schema_.relations.push_back(std::move(relation));
  sql_coverage_.emplace_back();
  whole_.emplace_back();
  complete_at_.emplace_back();
  defined_in_.emplace_back();
  return &schema_.relations.back();
}

std::optional<QualifiedName> ClaimMerge::add(TableClaim claim) {
  Relation* relation = relation_for(claim);
  if (!relation) return std::nullopt;
  std::size_t index = static_cast<std::size_t>(relation - schema_.relations.data());
  if (relation->comment.is_unknown() && claim.comment.is_known()) relation->comment = claim.comment;
  if (!claim.columns.empty() && !claim.annotation) defined_in_[index].insert(claim.origin.uri);
  merge_columns(*relation, claim);
  merge_constraints(*relation, claim);
  if (claim.partition_key && !relation->partition_key)
    relation->partition_key = claim.partition_key;
  for (Index& stated : claim.indexes) {
    auto same = [&](const Index& known) {
      if (!stated.name.empty() && known.name == stated.name) return true;
      if (!stated.name.empty() && !known.name.empty()) return false;
      return known.keys == stated.keys &&
             (stated.method.empty() || known.method.empty() || known.method == stated.method);
    };
    if (std::none_of(relation->indexes.begin(), relation->indexes.end(), same))
      relation->indexes.push_back(std::move(stated));
  }
  Coverage& whole = whole_[index];
  const Coverage& stated = claim.stated_whole;
  whole.columns |= claim.complete || stated.columns;
  whole.primary_key |= stated.primary_key;
  whole.unique_constraints |= stated.unique_constraints;
  whole.foreign_keys |= stated.foreign_keys;
  whole.checks |= stated.checks;
  whole.exclusions |= stated.exclusions;
  whole.indexes |= stated.indexes;
  whole.triggers |= stated.triggers;
  return relation->name;
}

void ClaimMerge::merge_columns(Relation& relation, TableClaim& claim) {
  std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
  bool complete_before = whole_[index].columns;
  if (complete_before && claim.complete)
    for (const Column& column : relation.columns) {
      bool listed =
          std::any_of(claim.columns.begin(), claim.columns.end(), [&](const auto& stated) {
            return snake_key(stated.column.name) == snake_key(column.name);
          });
      if (!listed && !column.inherited)
        contradict(relation, "column", column.name, claim.origin, column.origin,
                   "This list of the columns of " + to_string(relation.name) + " lacks " +
                       quote_identifier(column.name) + ", which another statement of it has.");
    }
  for (ColumnClaim& stated : claim.columns) merge_column(relation, stated, claim);
  if (claim.complete && complete_at_[index].uri.empty()) complete_at_[index] = claim.origin;
}

void ClaimMerge::merge_column(Relation& relation, ColumnClaim& stated, const TableClaim& claim) {
  std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
  Column& column = stated.column;
  if (!column.type && !stated.named_type.empty()) column.type = named_type(stated.named_type);
  Column* known = find_column(relation, column.name);
  if (!known) {
    if (whole_[index].columns) {
      contradict(relation, "column", column.name, column.origin, complete_at_[index],
                 "The column " + quote_identifier(column.name) +
                     " stands here, and the complete "
                     "statement of " +
                     to_string(relation.name) + " does not have it.");
      return;
    }
    relation.columns.push_back(column);
    known = &relation.columns.back();
  } else {
    if (known->type && column.type && !types_agree(*known->type, *column.type))
      contradict(relation, "column", known->name, column.origin, known->origin,
                 "The column " + quote_identifier(known->name) + " of " + to_string(relation.name) +
                     " has the type " + column.type->text + " here, and " + known->type->text +
                     " elsewhere.");
    else if (known->nullable && column.nullable && *known->nullable != *column.nullable)
      contradict(relation, "column", known->name, column.origin, known->origin,
                 "The column " + quote_identifier(known->name) + " of " + to_string(relation.name) +
                     (*column.nullable ? " may be NULL here, and is NOT NULL elsewhere."
                                       : " is NOT NULL here, and may be NULL elsewhere."));
    if (!known->type) known->type = column.type;
    if (!known->nullable) known->nullable = column.nullable;
    if (known->default_value.is_unknown()) known->default_value = column.default_value;
    if (known->identity.is_unknown()) known->identity = column.identity;
    if (known->generated.is_unknown()) known->generated = column.generated;
    if (known->comment.is_unknown()) known->comment = column.comment;
    if (!known->documented_values) known->documented_values = column.documented_values;
  }
  std::string name = known->name;
  if (stated.primary_key && !relation.primary_key) {
    // Several columns marked PK are one key, in the order of their rows.
    KeyConstraint key;
    key.origin = column.origin;
    for (const ColumnClaim& other : claim.columns)
      if (other.primary_key) key.columns.push_back(other.column.name);
    add_key(relation, key, claim);
  }
  if (stated.unique) {
    KeyConstraint key;
    key.columns = {name};
    key.origin = column.origin;
    bool only_primary = relation.primary_key && relation.primary_key->columns == key.columns;
    bool by_index =
        std::any_of(relation.indexes.begin(), relation.indexes.end(), [&](const auto& i) {
          return i.unique == true && i.keys.size() == 1 && i.keys[0].column == name;
        });
    if (!only_primary && !by_index) add_key(relation, std::move(key), claim);
  }
  if (stated.foreign_key) {
    ForeignKey key = *stated.foreign_key;
    key.columns = {name};
    add_foreign_key(relation, std::move(key), claim);
  }
  if (stated.other_reference) add_other_reference(relation, stated, name, claim);
  for (CheckConstraint& check : stated.checks) add_check(relation, std::move(check), claim);
}

void ClaimMerge::add_other_reference(Relation& relation, const ColumnClaim& stated,
                                     const std::string& column, const TableClaim& claim) {
  ForeignKey other = *stated.other_reference;
  other.columns = {column};
  other.origin = stated.column.origin;
  const ForeignKey& first = *stated.foreign_key;
  if (singular_key(first.target.name) != singular_key(other.target.name)) {
    add_foreign_key(relation, std::move(other), claim);
    return;
  }
  contradict(relation, "column", column, other.origin, {},
             "The column " + quote_identifier(column) + " of " + to_string(relation.name) +
                 " refers to " + reference_text(first) + " here, and to " + reference_text(other) +
                 " in the same place.");
}

void ClaimMerge::merge_constraints(Relation& relation, TableClaim& claim) {
  if (claim.primary_key) {
    if (!relation.primary_key) {
      std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
      if (sql_coverage_[index].primary_key)
        contradict(relation, "constraint", claim.primary_key->name, claim.primary_key->origin,
                   relation.origin,
                   "PRIMARY KEY " + columns_text(claim.primary_key->columns) +
                       " stands here, and the statement of " + to_string(relation.name) +
                       " does not have it.");
      else
        relation.primary_key = claim.primary_key;
    } else if (!same_set(relation.primary_key->columns, claim.primary_key->columns)) {
      contradict(relation, "constraint", claim.primary_key->name, claim.primary_key->origin,
                 relation.primary_key->origin,
                 "The primary key of " + to_string(relation.name) + " is " +
                     columns_text(claim.primary_key->columns) + " here, and " +
                     columns_text(relation.primary_key->columns) + " elsewhere.");
    } else if (relation.primary_key->name.empty()) {
      relation.primary_key->name = claim.primary_key->name;
    }
  }
  for (KeyConstraint& key : claim.unique_constraints) add_key(relation, std::move(key), claim);
  for (ForeignKey& key : claim.foreign_keys) add_foreign_key(relation, std::move(key), claim);
  for (CheckConstraint& check : claim.checks) add_check(relation, std::move(check), claim);
  if (relation.exclusions.empty()) relation.exclusions = std::move(claim.exclusions);
}

std::optional<Type> ClaimMerge::named_type(const std::string& written) const {
  std::string core = written;
  while (core.ends_with("[]")) core.resize(core.size() - 2);
  const QualifiedName name = parse_table_name(core);
  auto defines = [&](const auto& types) {
    return std::any_of(types.begin(), types.end(),
                       [&](const auto& type) { return may_be_same(type.name, name); });
  };
  if (!defines(schema_.enums) && !defines(schema_.domains)) return std::nullopt;
  return Type{written, to_string(name) + written.substr(core.size()), true};
}

void ClaimMerge::add_key(Relation& relation, KeyConstraint key, const TableClaim& claim) {
  std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
  bool primary = std::any_of(claim.columns.begin(), claim.columns.end(), [&](const auto& column) {
    return column.primary_key && column.column.origin == key.origin;
  });
  if (primary) {
    if (!relation.primary_key && !sql_coverage_[index].primary_key) relation.primary_key = key;
    return;
  }
  if (relation.primary_key && same_set(relation.primary_key->columns, key.columns)) return;
  for (KeyConstraint& known : relation.unique_constraints) {
    if (!same_set(known.columns, key.columns)) continue;
    if (known.name.empty()) known.name = key.name;
    return;
  }
  if (sql_coverage_[index].unique_constraints) {
    bool by_index =
        std::any_of(relation.indexes.begin(), relation.indexes.end(), [&](const Index& i) {
          std::vector<std::string> columns;
          for (const IndexKey& part : i.keys)
            if (part.column) columns.push_back(*part.column);
          return i.unique == true && same_set(columns, key.columns);
        });
    if (by_index) return;
    contradict(relation, "constraint", key.name, key.origin, relation.origin,
               "UNIQUE " + columns_text(key.columns) + " stands here, and the statement of " +
                   to_string(relation.name) + " does not have it.");
    return;
  }
  relation.unique_constraints.push_back(std::move(key));
}

void ClaimMerge::add_foreign_key(Relation& relation, ForeignKey key, const TableClaim&) {
  std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
  if (std::optional<QualifiedName> target = resolve(key.target)) key.target = *target;
  for (ForeignKey& known : relation.foreign_keys) {
    if (!same_set(known.columns, key.columns)) continue;
    if (singular_key(known.target.name) != singular_key(key.target.name)) continue;
    if (known.name.empty()) known.name = key.name;
    if (!known.on_delete) known.on_delete = key.on_delete;
    if (!known.on_update) known.on_update = key.on_update;
    if (known.target_columns.empty()) known.target_columns = key.target_columns;
    return;
  }
  if (sql_coverage_[index].foreign_keys) {
    contradict(relation, "constraint", key.name, key.origin, relation.origin,
               "A foreign key " + columns_text(key.columns) + " to " + to_string(key.target) +
                   " stands here, and the statement of " + to_string(relation.name) +
                   " does not have it.");
    return;
  }
  relation.foreign_keys.push_back(std::move(key));
}

void ClaimMerge::add_check(Relation& relation, CheckConstraint check, const TableClaim&) {
  std::size_t index = static_cast<std::size_t>(&relation - schema_.relations.data());
  for (CheckConstraint& known : relation.checks) {
    bool same = known.expression.decided && check.expression.decided &&
                known.expression.normal == check.expression.normal;
    if (!same && !(known.name == check.name && !check.name.empty())) continue;
    if (known.name.empty()) known.name = check.name;
    return;
  }
  if (!check.expression.decided) return;
  if (sql_coverage_[index].checks) {
    contradict(relation, "constraint", check.name.empty() ? check.expression.text : check.name,
               check.origin, relation.origin,
               "CHECK (" + check.expression.text + ") stands here, and the statement of " +
                   to_string(relation.name) + " does not have it.");
    return;
  }
  relation.checks.push_back(std::move(check));
}

void ClaimMerge::contradict(const Relation& relation, const std::string& kind,
                            const std::string& name, const Origin& at, const Origin& first,
                            std::string message) {
  Problem problem;
  problem.kind = ProblemKind::contradiction;
  problem.origin = at;
  problem.object = {kind, relation.name.schema, relation.name.name, name};
  problem.message = std::move(message);
  problem.key = kind + " " + name;
  if (first.from_file()) problem.related = first;
  problems_.push_back(std::move(problem));
}

void ClaimMerge::finish() {
  for (std::size_t i = 0; i < schema_.relations.size(); ++i) {
    Relation& relation = schema_.relations[i];
    name_what_indexes_carry_out(relation);
    if (!sql_coverage_[i].columns) read_by_types(relation);
    Coverage& coverage = relation.coverage;
    const Coverage& whole = whole_[i];
    coverage.columns |= whole.columns;
    // A list of columns that names a key names all of that kind.
    bool listed = coverage.columns && !sql_coverage_[i].columns;
    coverage.primary_key |= whole.primary_key || (listed && relation.primary_key);
    coverage.unique_constraints |=
        whole.unique_constraints || (listed && !relation.unique_constraints.empty());
    coverage.foreign_keys |= whole.foreign_keys || (listed && !relation.foreign_keys.empty());
    coverage.checks |= whole.checks || (listed && !relation.checks.empty());
    coverage.exclusions |= whole.exclusions || (listed && !relation.exclusions.empty());
    coverage.indexes |= whole.indexes || (coverage.columns && !relation.indexes.empty());
    coverage.triggers |= whole.triggers;
  }
}

}  // namespace schemaudit

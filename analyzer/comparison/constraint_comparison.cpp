#include "analyzer/comparison/constraint_comparison.h"

#include <algorithm>
#include <set>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/pairing.h"

namespace schemaudit {

namespace {

using Columns = std::vector<std::string>;

bool same_set(Columns a, Columns b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

bool share_any(const Columns& a, const Columns& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) {
    return std::find(b.begin(), b.end(), name) != b.end();
  });
}

/// Unknown on either side is no difference.
template <typename T>
bool agree(const std::optional<T>& a, const std::optional<T>& b) {
  return !a || !b || *a == *b;
}

/// Columns of an index that makes them unique for every row, or nothing.
Columns unique_columns(const Index& index) {
  if (!index.unique.value_or(false) || index.predicate.has_value()) return {};
  if (index.valid == std::optional(false)) return {};
  Columns columns;
  for (const IndexKey& key : index.keys) {
    if (!key.column) return {};
    columns.push_back(*key.column);
  }
  return columns;
}

class Constraints {
 public:
  Constraints(const RelationPair& pair, const Schema& left, const Schema& right,
              const FindRelation& find_relation, Ledger& ledger)
      : pair_(pair),
        left_schema_(left),
        right_schema_(right),
        find_relation_(find_relation),
        ledger_(ledger) {}

  void compare() {
    primary_key();
    unique();
    foreign_keys();
    checks();
    exclusions();
    documented_values();
  }

 private:
  const Relation& left() const { return *pair_.left; }
  const Relation& right() const { return *pair_.right; }

  void primary_key() {
    const std::optional<KeyConstraint>& a = left().primary_key;
    const std::optional<KeyConstraint>& b = right().primary_key;
    if (!a && !b) {
      if (left().coverage.primary_key)
        ledger_.holds(Aspect::primary_key, {object_in(pair_, "table", right().name.name),
                                            "no primary key", left().origin});
      return;
    }
    if (!a) {
      if (left().coverage.primary_key && pair_.left_knows(b->columns))
        unstated(Aspect::primary_key, b->name, definition_of(*b, true), b->origin);
      return;
    }
    Columns columns = pair_.right_columns(a->columns);
    // Its column is absent: that has been said.
    if (columns.empty())
      return folded(Aspect::primary_key, a->name, definition_of(*a, true), a->origin);
    if (!b) return absent(Aspect::primary_key, a->name, definition_of(*a, true), a->origin);
    if (same_set(columns, b->columns) && agree(a->deferrable, b->deferrable))
      return same(Aspect::primary_key, *a, *b, definition_of(*a, true));
    if (!pair_.left_knows(b->columns)) return;
    changed(Aspect::primary_key, a->name, b->name, definition_of(*a, true), definition_of(*b, true),
            a->origin, b->origin);
  }

  bool unique_somehow(const Columns& columns) const {
    if (right().primary_key && same_set(columns, right().primary_key->columns)) return true;
    return std::any_of(right().indexes.begin(), right().indexes.end(), [&](const Index& index) {
      return same_set(columns, unique_columns(index));
    });
  }

  /// The left has a unique index, or a primary key, where the right has a constraint.
  bool left_has_unique(const Columns& columns) const {
    for (const Index& index : left().indexes)
      if (same_set(pair_.right_columns(unique_columns(index)), columns)) return true;
    return left().primary_key &&
           same_set(pair_.right_columns(left().primary_key->columns), columns);
  }

  void unique() {
    std::vector<const KeyConstraint*> claims;
    for (const KeyConstraint& key : left().unique_constraints)
      if (!pair_.right_columns(key.columns).empty())
        claims.push_back(&key);
      else
        folded(Aspect::unique_constraint, key.name, definition_of(key, false), key.origin);
    auto same_meaning = [&](const KeyConstraint& a, const KeyConstraint& b) {
      return same_set(pair_.right_columns(a.columns), b.columns) &&
             a.nulls_not_distinct == b.nulls_not_distinct && agree(a.deferrable, b.deferrable) &&
             agree(a.initially_deferred, b.initially_deferred);
    };
    auto same_element = [&](const KeyConstraint& a, const KeyConstraint& b) {
      return share_any(pair_.right_columns(a.columns), b.columns);
    };
    Pairing<KeyConstraint> pairing =
        pair_up(claims, pointers_to(right().unique_constraints), same_meaning, same_element);
    for (const auto& [a, b] : pairing.same)
      same(Aspect::unique_constraint, *a, *b, definition_of(*a, false));
    for (const auto& [a, b] : pairing.changed) {
      // Words such as `unique` say which columns, and no more.
      bool only_words = !a->deferrable;
      if (only_words && same_set(pair_.right_columns(a->columns), b->columns))
        same(Aspect::unique_constraint, *a, *b, definition_of(*a, false));
      else
        changed(Aspect::unique_constraint, a->name, b->name, definition_of(*a, false),
                definition_of(*b, false), a->origin, b->origin);
    }
    for (const KeyConstraint* a : pairing.left_only) {
      if (unique_somehow(pair_.right_columns(a->columns)))
        ledger_.holds(Aspect::unique_constraint,
                      stated(a->name, definition_of(*a, false), a->origin));
      else
        absent(Aspect::unique_constraint, a->name, definition_of(*a, false), a->origin);
    }
    if (!left().coverage.unique_constraints) return;
    for (const KeyConstraint* b : pairing.right_only)
      if (pair_.left_knows(b->columns) && !left_has_unique(b->columns))
        unstated(Aspect::unique_constraint, b->name, definition_of(*b, false), b->origin);
  }

  bool same_target(const ForeignKey& a, const ForeignKey& b) const {
    if (!may_be_same(right_name(find_relation_, a.target), b.target)) return false;
    if (a.target_columns.empty() || b.target_columns.empty()) return true;
    return a.target_columns == b.target_columns;
  }

  /// A foreign key to a table or column that the right lacks went with it: that has been said.
  bool target_is_there(const ForeignKey& key) const {
    NamedRelation target = find_relation_(key.target);
    if (!target.left) return true;
    if (!target.right) return false;
    return std::all_of(
        key.target_columns.begin(), key.target_columns.end(), [&](const std::string& column) {
          return target.right->find_column(column) || !target.left->find_column(column);
        });
  }

  void foreign_keys() {
    std::vector<const ForeignKey*> claims;
    for (const ForeignKey& key : left().foreign_keys)
      if (!pair_.right_columns(key.columns).empty())
        claims.push_back(&key);
      else
        folded(Aspect::foreign_key, key.name, definition_of(key), key.origin);
    std::vector<const ForeignKey*> facts;
    for (const ForeignKey& key : right().foreign_keys)
      if (!key.inherited) facts.push_back(&key);

    auto same_meaning = [&](const ForeignKey& a, const ForeignKey& b) {
      return pair_.right_columns(a.columns) == b.columns && same_target(a, b) &&
             agree(a.on_delete, b.on_delete) && agree(a.on_update, b.on_update) &&
             agree(a.validated, b.validated) && agree(a.deferrable, b.deferrable) &&
             agree(a.initially_deferred, b.initially_deferred) &&
             (!a.on_delete || (a.match == b.match && a.on_delete_columns == b.on_delete_columns));
    };
    auto same_element = [&](const ForeignKey& a, const ForeignKey& b) {
      return share_any(pair_.right_columns(a.columns), b.columns);
    };
    Pairing<ForeignKey> pairing = pair_up(claims, facts, same_meaning, same_element);
    for (const auto& [a, b] : pairing.same) same(Aspect::foreign_key, *a, *b, definition_of(*a));
    for (const auto& [a, b] : pairing.changed)
      changed(Aspect::foreign_key, a->name, b->name, definition_of(*a), definition_of(*b),
              a->origin, b->origin);
    for (const ForeignKey* a : pairing.left_only)
      if (target_is_there(*a))
        absent(Aspect::foreign_key, a->name, definition_of(*a), a->origin);
      else
        folded(Aspect::foreign_key, a->name, definition_of(*a), a->origin);
    if (!left().coverage.foreign_keys) return;
    for (const ForeignKey* b : pairing.right_only)
      if (pair_.left_knows(b->columns))
        unstated(Aspect::foreign_key, b->name, definition_of(*b), b->origin);
  }

  void checks() {
    std::vector<const CheckConstraint*> claims, facts;
    for (const CheckConstraint& check : left().checks) {
      bool absent_column =
          std::any_of(check.columns.begin(), check.columns.end(), [&](const std::string& column) {
            return pair_.right_column(column).empty() && left().find_column(column) != nullptr;
          });
      if (absent_column)
        folded(Aspect::check_constraint, check.name, definition_of(check), check.origin);
      else
        claims.push_back(&check);
    }
    for (const CheckConstraint& check : right().checks) facts.push_back(&check);

    auto same_meaning = [&](const CheckConstraint& a, const CheckConstraint& b) {
      return a.expression.decided && b.expression.decided &&
             pair_.in_right_names(a.expression.normal) == b.expression.normal &&
             agree(a.validated, b.validated) && a.no_inherit == b.no_inherit;
    };
    auto same_element = [&](const CheckConstraint& a, const CheckConstraint& b) {
      Columns columns = pair_.right_columns(a.columns);
      return !columns.empty() && same_set(columns, b.columns);
    };
    Pairing<CheckConstraint> pairing = pair_up(claims, facts, same_meaning, same_element);
    for (const auto& [a, b] : pairing.same) {
      same(Aspect::check_constraint, *a, *b, definition_of(*a));
      for (const std::string& column : b->columns) checked_columns_.insert(column);
    }
    for (const auto& [a, b] : pairing.changed) {
      for (const std::string& column : b->columns) checked_columns_.insert(column);
      if (!a->expression.decided || !b->expression.decided) {
        ledger_.undecided(Aspect::check_constraint, stated(a->name, definition_of(*a), a->origin));
        continue;
      }
      changed(Aspect::check_constraint, a->name, b->name, definition_of(*a), definition_of(*b),
              a->origin, b->origin);
    }
    bool undecided_right =
        std::any_of(pairing.right_only.begin(), pairing.right_only.end(),
                    [](const CheckConstraint* check) { return !check->expression.decided; });
    for (const CheckConstraint* a : pairing.left_only) {
      for (const std::string& column : a->columns)
        checked_columns_.insert(pair_.right_column(column));
      if (!a->expression.decided || undecided_right)
        ledger_.undecided(Aspect::check_constraint, stated(a->name, definition_of(*a), a->origin));
      else
        absent(Aspect::check_constraint, a->name, definition_of(*a), a->origin);
    }
    if (!left().coverage.checks) return;
    bool undecided_left =
        std::any_of(pairing.left_only.begin(), pairing.left_only.end(),
                    [](const CheckConstraint* check) { return !check->expression.decided; });
    for (const CheckConstraint* b : pairing.right_only) {
      if (!pair_.left_knows(b->columns)) continue;
      if (stands_for_a_type(*b)) continue;
      if (undecided_left || !b->expression.decided)
        ledger_.undecided();
      else if (!stated_in_words(*b))
        unstated(Aspect::check_constraint, b->name, definition_of(*b), b->origin);
    }
  }

  /// A CHECK that lists the values of a column whose type differs already: one disagreement.
  bool stands_for_a_type(const CheckConstraint& check) const {
    if (!check.allowed) return false;
    for (const auto& [name, right_column] : pair_.columns) {
      if (right_column != check.allowed->column) continue;
      const Column* claimed = left().find_column(name);
      if (!claimed || !claimed->type) return false;
      for (const EnumType& type : left_schema_.enums)
        if (type.name.name == claimed->type->normal ||
            to_string(type.name) == claimed->type->normal)
          return true;
    }
    return false;
  }

  /// Values listed beside the column say what the CHECK says; documented_values() judges them.
  bool stated_in_words(const CheckConstraint& check) const {
    if (!check.allowed) return false;
    for (const Column& column : left().columns)
      if (column.documented_values && pair_.right_column(column.name) == check.allowed->column)
        return true;
    return false;
  }

  void exclusions() {
    auto same_meaning = [&](const ExclusionConstraint& a, const ExclusionConstraint& b) {
      if (a.method != b.method || a.elements.size() != b.elements.size()) return false;
      for (std::size_t i = 0; i < a.elements.size(); ++i)
        if (pair_.in_right_names(a.elements[i].key.normal) != b.elements[i].key.normal ||
            a.elements[i].op != b.elements[i].op)
          return false;
      if (a.predicate.has_value() != b.predicate.has_value()) return false;
      return !a.predicate.has_value() || a.predicate->normal == b.predicate->normal;
    };
    auto same_element = [](const ExclusionConstraint&, const ExclusionConstraint&) {
      return false;
    };
    Pairing<ExclusionConstraint> pairing =
        pair_up(pointers_to(left().exclusions), pointers_to(right().exclusions), same_meaning,
                same_element);
    for (const auto& [a, b] : pairing.same) same(Aspect::other_object, *a, *b, definition_of(*a));
    for (const auto& [a, b] : pairing.changed)
      changed(Aspect::other_object, a->name, b->name, definition_of(*a), definition_of(*b),
              a->origin, b->origin);
    for (const ExclusionConstraint* a : pairing.left_only)
      absent(Aspect::other_object, a->name, definition_of(*a), a->origin);
    if (!left().coverage.exclusions) return;
    for (const ExclusionConstraint* b : pairing.right_only)
      unstated(Aspect::other_object, b->name, definition_of(*b), b->origin);
  }

  const EnumType* enum_of(const Column& column) const {
    if (!column.type) return nullptr;
    for (const EnumType& type : right_schema_.enums)
      if (to_string(type.name) == column.type->normal || type.name.name == column.type->normal)
        return &type;
    return nullptr;
  }

  void documented_values() {
    for (const Column& column : left().columns) {
      if (!column.documented_values) continue;
      std::string name = pair_.right_column(column.name);
      if (name.empty() || checked_columns_.count(name)) continue;
      bool compared = false;
      std::set<std::string> documented(column.documented_values->begin(),
                                       column.documented_values->end());
      const Column& live = *right().find_column(name);
      if (const EnumType* type = enum_of(live)) {
        compare_values(Aspect::enum_labels, column, documented, type->labels, "enum",
                       type->name.name, type->origin);
        continue;
      }
      for (const CheckConstraint& check : right().checks) {
        if (!check.allowed || check.allowed->column != name) continue;
        compare_values(Aspect::check_constraint, column, documented, check.allowed->values,
                       "constraint", check.name, check.origin);
        compared = true;
      }
      if (!compared)
        ledger_.note(Aspect::check_constraint, ClaimOutcome::unknown,
                     {object_in(pair_, "column", name), "the values " + shown_values(documented),
                      column.origin});
    }
  }

  static std::string shown_values(const std::set<std::string>& values) {
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "'" : ", '") + value + "'";
    return text;
  }

  void compare_values(Aspect aspect, const Column& column, const std::set<std::string>& documented,
                      const std::vector<std::string>& actual, const std::string& kind,
                      const std::string& name, const Origin& origin) {
    std::set<std::string> allowed(actual.begin(), actual.end());
    if (documented == allowed)
      return ledger_.holds(aspect, {object_in(pair_, kind, name),
                                    "the values " + shown_values(documented), column.origin});
    Disagreement disagreement;
    disagreement.aspect = aspect;
    disagreement.object = object_in(pair_, kind, name);
    disagreement.message = "the values of " + to_string(right().name) + "." +
                           quote_identifier(column.name) + " are " + shown_values(documented) +
                           " in " + ledger_.options().left_name + " and " + shown_values(allowed) +
                           " in " + ledger_.options().right_name;
    disagreement.left = shown_values(documented);
    disagreement.right = shown_values(allowed);
    disagreement.left_origin = column.origin;
    disagreement.right_origin = origin;
    disagreement.key = "values of " + column.name;
    ledger_.differs(std::move(disagreement));
  }

  static std::string called(const std::string& name, const std::string& definition) {
    return name.empty() ? definition : quote_identifier(name) + ", " + definition + ",";
  }

  std::string table() const { return to_string(right().name); }

  template <typename Element>
  void same(Aspect aspect, const Element& a, const Element& b, const std::string& definition) {
    ledger_.holds(aspect, stated(b.name.empty() ? a.name : b.name, definition, a.origin));
    if (a.name.empty() || b.name.empty() || a.name == b.name) return;
    Disagreement disagreement = base(aspect, b.name, b.name);
    disagreement.message = "constraint " + quote_identifier(a.name) + " of " + table() +
                           " is called " + quote_identifier(b.name) + " in " +
                           ledger_.options().right_name;
    disagreement.left = a.name;
    disagreement.right = b.name;
    disagreement.left_origin = a.origin;
    disagreement.right_origin = b.origin;
    disagreement.name_only = true;
    ledger_.differs(std::move(disagreement));
  }

  Stated stated(const std::string& name, const std::string& definition,
                const Origin& origin) const {
    return {object_in(pair_, "constraint", name.empty() ? definition : name), definition, origin};
  }

  void folded(Aspect aspect, const std::string& name, const std::string& definition,
              const Origin& origin) {
    ledger_.note(aspect, ClaimOutcome::folded, stated(name, definition, origin));
  }

  Disagreement base(Aspect aspect, const std::string& name, const std::string& key) const {
    Disagreement disagreement;
    disagreement.aspect = aspect;
    disagreement.object = object_in(pair_, "constraint", name);
    disagreement.key = key;
    return disagreement;
  }

  void absent(Aspect aspect, const std::string& name, const std::string& definition,
              const Origin& origin) {
    Disagreement disagreement = base(aspect, name.empty() ? definition : name, definition);
    disagreement.message = "constraint " + called(name, definition) + " of " + table() + " is in " +
                           ledger_.options().left_name + ", but not in " +
                           ledger_.options().right_name;
    disagreement.left = definition;
    disagreement.left_origin = origin;
    ledger_.differs(std::move(disagreement));
  }

  void unstated(Aspect aspect, const std::string& name, const std::string& definition,
                const Origin& origin) {
    Disagreement disagreement = base(aspect, name, definition);
    disagreement.message = "constraint " + called(name, definition) + " of " + table() + " is in " +
                           ledger_.options().right_name + ", but not in " +
                           ledger_.options().left_name;
    disagreement.right = definition;
    disagreement.left_origin = left().origin;
    disagreement.right_origin = origin;
    ledger_.differs(std::move(disagreement));
  }

  void changed(Aspect aspect, const std::string& left_name, const std::string& right_name,
               const std::string& left_definition, const std::string& right_definition,
               const Origin& left_origin, const Origin& right_origin) {
    Disagreement disagreement =
        base(aspect, right_name.empty() ? left_name : right_name, left_definition);
    disagreement.message =
        "constraint " + quote_identifier(right_name.empty() ? left_name : right_name) + " of " +
        table() + " is " + left_definition + " in " + ledger_.options().left_name + " and " +
        right_definition + " in " + ledger_.options().right_name;
    disagreement.left = left_definition;
    disagreement.right = right_definition;
    disagreement.left_origin = left_origin;
    disagreement.right_origin = right_origin;
    ledger_.differs(std::move(disagreement));
  }

  const RelationPair& pair_;
  const Schema& left_schema_;
  const Schema& right_schema_;
  const FindRelation& find_relation_;
  Ledger& ledger_;
  /// Right columns whose CHECK the left states itself.
  std::set<std::string> checked_columns_;
};

}  // namespace

void compare_constraints(const RelationPair& pair, const Schema& left, const Schema& right,
                         const FindRelation& find_relation, Ledger& ledger) {
  Constraints(pair, left, right, find_relation, ledger).compare();
}

}  // namespace schemaudit

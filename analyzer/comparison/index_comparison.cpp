#include "analyzer/comparison/index_comparison.h"

#include <algorithm>
#include <array>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/pairing.h"

namespace schemaudit {

bool is_default_operator_class(std::string_view name) {
  constexpr std::array<std::string_view, 24> kDefaults = {
      "array_ops", "bool_ops", "bpchar_ops",    "bytea_ops",       "char_ops", "cidr_ops",
      "date_ops",  "enum_ops", "float4_ops",    "float8_ops",      "inet_ops", "int2_ops",
      "int4_ops",  "int8_ops", "interval_ops",  "jsonb_ops",       "name_ops", "numeric_ops",
      "range_ops", "text_ops", "timestamp_ops", "timestamptz_ops", "uuid_ops", "tsvector_ops"};
  return name.empty() || std::find(kDefaults.begin(), kDefaults.end(), name) != kDefaults.end() ||
         name == "varchar_ops" || name == "time_ops" || name == "timetz_ops";
}

namespace {

/// Of an extension's class a document seldom says the schema, which a catalog always does.
std::string_view without_schema(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool same_class(const std::string& a, const std::string& b) {
  const bool both_qualified = a.find('.') != std::string::npos && b.find('.') != std::string::npos;
  return a == b || (!both_qualified && without_schema(a) == without_schema(b)) ||
         (is_default_operator_class(a) && is_default_operator_class(b));
}

class Indexes {
 public:
  Indexes(const RelationPair& pair, Ledger& ledger) : pair_(pair), ledger_(ledger) {}

  void compare() {
    std::vector<const Index*> claims, facts;
    for (const Index& index : pair_.left->indexes)
      if (stands_on_known_columns(index))
        claims.push_back(&index);
      else
        ledger_.note(Aspect::index, ClaimOutcome::folded, stated(index));
    for (const Index& index : pair_.right->indexes) facts.push_back(&index);

    Pairing<Index> pairing = pair_up(
        claims, facts, [&](const Index& a, const Index& b) { return same_meaning(a, b); },
        [&](const Index& a, const Index& b) { return same_keys(a, b) && b.constraint.empty(); });
    for (const auto& [a, b] : pairing.same) {
      ledger_.holds(Aspect::index, stated(*a));
      bool names_differ = !a->name.empty() && a->name != b->name && b->constraint.empty();
      if (names_differ) renamed(*a, *b);
    }
    for (const auto& [a, b] : pairing.changed) {
      if (undecided(*a) || undecided(*b))
        ledger_.undecided(Aspect::index, stated(*a));
      else
        changed(*a, *b);
    }
    for (const Index* a : pairing.left_only) {
      if (made_unique_by_constraint(*a))
        ledger_.holds(Aspect::index, stated(*a));
      else
        absent(*a);
    }
    if (!pair_.left->coverage.indexes) return;
    for (const Index* b : pairing.right_only)
      if (b->constraint.empty() && !stated_as_constraint(*b) && left_knows(*b)) unstated(*b);
  }

 private:
  static bool undecided(const Index& index) {
    if (index.predicate.has_value() && !index.predicate->decided) return true;
    return std::any_of(index.keys.begin(), index.keys.end(), [](const IndexKey& key) {
      return key.expression && !key.expression->decided;
    });
  }

  /// An index on a column that the right lacks went with it: that has been said.
  bool stands_on_known_columns(const Index& index) const {
    if (index.predicate.has_value() && pair_.reads_absent_column(index.predicate->normal))
      return false;
    for (const std::string& column : index.include)
      if (pair_.left->find_column(column) && pair_.right_column(column).empty()) return false;
    return std::all_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) {
      if (key.expression) return !pair_.reads_absent_column(key.expression->normal);
      return !key.column || !pair_.right_column(*key.column).empty() ||
             !pair_.left->find_column(*key.column);
    });
  }

  bool left_knows(const Index& index) const {
    if (index.predicate.has_value() && pair_.reads_unstated_column(index.predicate->normal))
      return false;
    std::vector<std::string> columns = index.include;
    for (const IndexKey& key : index.keys) {
      if (key.column) columns.push_back(*key.column);
      if (key.expression && pair_.reads_unstated_column(key.expression->normal)) return false;
    }
    return pair_.left_knows(columns);
  }

  bool same_key(const IndexKey& a, const IndexKey& b) const {
    if (a.column.has_value() != b.column.has_value()) return false;
    if (a.column) return pair_.right_column(*a.column) == *b.column;
    return a.expression && b.expression && a.expression->decided && b.expression->decided &&
           pair_.in_right_names(a.expression->normal) == b.expression->normal;
  }

  bool same_keys(const Index& a, const Index& b) const {
    return std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(),
                      [&](const IndexKey& x, const IndexKey& y) { return same_key(x, y); });
  }

  bool same_meaning(const Index& a, const Index& b) const {
    if (!a.method.empty() && a.method != b.method) return false;
    if (a.unique && b.unique && *a.unique != *b.unique) return false;
    if (a.nulls_not_distinct != b.nulls_not_distinct || !same_keys(a, b)) return false;
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      const IndexKey &x = a.keys[i], &y = b.keys[i];
      if (!same_class(x.operator_class, y.operator_class) || x.descending != y.descending ||
          x.nulls_first != y.nulls_first ||
          (!x.collation.empty() && !y.collation.empty() && x.collation != y.collation))
        return false;
    }
    if (pair_.right_columns(a.include) != b.include) return false;
    if (a.predicate.is_unknown()) return true;
    if (a.predicate.has_value() != b.predicate.has_value()) return false;
    return !a.predicate.has_value() ||
           (a.predicate->decided && b.predicate->decided &&
            pair_.in_right_names(a.predicate->normal) == b.predicate->normal);
  }

  std::vector<std::string> plain_columns(const Index& index) const {
    std::vector<std::string> columns;
    for (const IndexKey& key : index.keys) {
      if (!key.column) return {};
      columns.push_back(*key.column);
    }
    std::sort(columns.begin(), columns.end());
    return columns;
  }

  /// A unique index that the left states is kept where the right has a constraint instead.
  bool made_unique_by_constraint(const Index& index) const {
    if (!index.unique.value_or(false) || index.predicate.has_value()) return false;
    std::vector<std::string> columns = pair_.right_columns(plain_columns(index));
    std::sort(columns.begin(), columns.end());
    if (columns.empty()) return false;
    return std::any_of(pair_.right->indexes.begin(), pair_.right->indexes.end(),
                       [&](const Index& other) {
                         return !other.constraint.empty() && other.unique.value_or(false) &&
                                plain_columns(other) == columns;
                       });
  }

  /// The left states UNIQUE (a) or a primary key, the right keeps it by an index.
  bool stated_as_constraint(const Index& index) const {
    if (!index.unique.value_or(false) || index.predicate.has_value()) return false;
    std::vector<std::string> columns = plain_columns(index);
    if (columns.empty()) return false;
    auto same = [&](const std::vector<std::string>& left) {
      std::vector<std::string> mapped = pair_.right_columns(left);
      std::sort(mapped.begin(), mapped.end());
      return mapped == columns;
    };
    if (pair_.left->primary_key && same(pair_.left->primary_key->columns)) return true;
    return std::any_of(pair_.left->unique_constraints.begin(), pair_.left->unique_constraints.end(),
                       [&](const KeyConstraint& key) { return same(key.columns); });
  }

  Disagreement base(const std::string& name, const std::string& key) const {
    Disagreement disagreement;
    disagreement.aspect = Aspect::index;
    disagreement.object = object_in(pair_, "index", name);
    disagreement.key = key;
    return disagreement;
  }

  Stated stated(const Index& index) const {
    const std::string definition = definition_of(index);
    return {object_in(pair_, "index", index.name.empty() ? definition : index.name), definition,
            index.origin};
  }

  std::string on_table() const { return " on " + to_string(pair_.right->name); }

  void renamed(const Index& a, const Index& b) {
    Disagreement disagreement = base(b.name, b.name);
    disagreement.message = "index " + quote_identifier(a.name) + on_table() + " is called " +
                           quote_identifier(b.name) + " in " + ledger_.options().right_name;
    disagreement.left = a.name;
    disagreement.right = b.name;
    disagreement.left_origin = a.origin;
    disagreement.right_origin = b.origin;
    disagreement.name_only = true;
    ledger_.differs(std::move(disagreement));
  }

  void changed(const Index& a, const Index& b) {
    Disagreement disagreement = base(b.name, definition_of(a));
    disagreement.message = "index " + quote_identifier(b.name) + on_table() + " is " +
                           definition_of(a) + " in " + ledger_.options().left_name + " and " +
                           definition_of(b) + " in " + ledger_.options().right_name;
    disagreement.left = definition_of(a);
    disagreement.right = definition_of(b);
    disagreement.left_origin = a.origin;
    disagreement.right_origin = b.origin;
    ledger_.differs(std::move(disagreement));
  }

  void absent(const Index& a) {
    Disagreement disagreement = base(a.name.empty() ? definition_of(a) : a.name, definition_of(a));
    disagreement.message =
        (a.name.empty() ? definition_of(a)
                        : "index " + quote_identifier(a.name) + ", " + definition_of(a) + ",") +
        on_table() + " is in " + ledger_.options().left_name + ", but not in " +
        ledger_.options().right_name;
    disagreement.left = definition_of(a);
    disagreement.left_origin = a.origin;
    ledger_.differs(std::move(disagreement));
  }

  void unstated(const Index& b) {
    Disagreement disagreement = base(b.name, definition_of(b));
    disagreement.message = "index " + quote_identifier(b.name) + ", " + definition_of(b) + "," +
                           on_table() + " is in " + ledger_.options().right_name + ", but not in " +
                           ledger_.options().left_name;
    disagreement.right = definition_of(b);
    disagreement.left_origin = pair_.left->origin;
    disagreement.right_origin = b.origin;
    ledger_.differs(std::move(disagreement));
  }

  const RelationPair& pair_;
  Ledger& ledger_;
};

}  // namespace

void compare_indexes(const RelationPair& pair, Ledger& ledger) {
  Indexes(pair, ledger).compare();
}

}  // namespace schemaudit

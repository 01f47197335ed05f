#include "schema_docs/writing/reading_back.h"

#include <algorithm>
#include <set>

#include "schema_docs/documents.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/sql_text.h"
#include "schema_docs/writing/stated_elements.h"

namespace schemaudit {

namespace {

std::string without_schema(const std::string& type) {
  std::size_t open = std::min(type.find('('), type.size());
  std::size_t dot = type.rfind('.', open);
  return dot == std::string::npos ? type : type.substr(dot + 1);
}

bool same_type(const Type& stated, const Type& built) {
  if (without_schema(stated.normal) == without_schema(built.normal)) return true;
  // Words leave open what they do not say.
  return stated.loose && built.normal.find('(') != std::string::npos &&
         stated.normal.find('(') == std::string::npos &&
         type_base(stated.normal) == type_base(built.normal);
}

class Reader {
 public:
  Reader(const Relation& stated, const Relation& built, const Schema& schema)
      : stated_(stated), built_(built), schema_(schema) {}

  ReadBack compare() {
    columns();
    keys();
    foreign_keys();
    checks();
    exclusions();
    indexes();
    if (built_.partition_key && !stated_.partition_key) unsaid("how it is partitioned");
    if (built_.partition_key && stated_.partition_key && stated_.partition_key->decided &&
        built_.partition_key->decided &&
        stated_.partition_key->normal != built_.partition_key->normal)
      wrong("how it is partitioned");
    return std::move(result_);
  }

 private:
  void wrong(std::string what) { result_.wrong.push_back(std::move(what)); }
  void unsaid(std::string what) { result_.unsaid.push_back(std::move(what)); }

  void columns() {
    if (!stated_.coverage.columns) wrong("that these are all columns");
    for (const Column& column : stated_.columns)
      if (!built_.find_column(column.name)) wrong("a column " + column.name);
    for (const Column& column : built_.columns) {
      const Column* stated = stated_.find_column(column.name);
      if (!stated) {
        wrong("the column " + column.name);
        continue;
      }
      if (!stated->type) {
        unsaid("the type of " + column.name);
      } else if (column.type && !same_type(*stated->type, *column.type)) {
        wrong("the type of " + column.name);
      }
      if (!stated->nullable)
        unsaid("the nullability of " + column.name);
      else if (column.nullable && *stated->nullable != *column.nullable)
        wrong("the nullability of " + column.name);
      filling(*stated, column);
      if (stated->documented_values) values(*stated, column);
    }
  }

  void filling(const Column& stated, const Column& built) {
    if (built.identity.has_value() || built.generated.has_value()) {
      bool same = built.identity.has_value()
                      ? stated.identity == built.identity
                      : stated.generated.has_value() && stated.generated->expression.normal ==
                                                            built.generated->expression.normal;
      if (same) return;
      bool says_other = stated.identity.has_value() || stated.generated.has_value() ||
                        stated.default_value.has_value();
      says_other ? wrong("what fills " + built.name) : unsaid("what fills " + built.name);
      return;
    }
    if (stated.identity.has_value() || stated.generated.has_value())
      return wrong("what fills " + built.name);
    // What is not known, or may not be told, is nothing to say.
    if (built.default_value.is_unknown() && !stated.default_value.has_value()) return;
    if (stated.default_value.is_unknown()) return unsaid("the default of " + built.name);
    bool none = !built.default_value.has_value() || built.default_value->normal == "null";
    if (stated.default_value.is_none() != none) {
      bool says_null = stated.default_value.has_value() && stated.default_value->normal == "null";
      if (!(none && says_null)) wrong("the default of " + built.name);
      return;
    }
    if (none) return;
    const Expression &a = stated.default_value.value(), &b = built.default_value.value();
    bool sequences = a.normal.starts_with("nextval(") && b.normal.starts_with("nextval(");
    if (a.decided && b.decided ? a.normal != b.normal && !sequences : a.text != b.text)
      wrong("the default of " + built.name);
  }

  void values(const Column& stated, const Column& built) {
    std::set<std::string> said(stated.documented_values->begin(), stated.documented_values->end());
    auto same = [&](const std::vector<std::string>& list) {
      return said == std::set<std::string>(list.begin(), list.end());
    };
    if (const EnumType* type = enum_of(built, schema_)) {
      if (!same(type->labels)) wrong("the values of " + built.name);
      return;
    }
    for (const CheckConstraint& check : built_.checks)
      if (check.allowed && check.allowed->column == built.name && !same(check.allowed->values))
        wrong("the values of " + built.name);
  }

  static std::vector<std::string> sorted(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  }

  void keys() {
    if (built_.primary_key && !stated_.primary_key)
      unsaid("the primary key");
    else if (stated_.primary_key && !built_.primary_key)
      wrong("a primary key");
    else if (built_.primary_key &&
             sorted(built_.primary_key->columns) != sorted(stated_.primary_key->columns))
      wrong("the primary key");
    auto same = [](const KeyConstraint& a, const KeyConstraint& b) {
      return sorted(a.columns) == sorted(b.columns) &&
             a.deferrable.value_or(false) == b.deferrable.value_or(false) &&
             a.nulls_not_distinct == b.nulls_not_distinct;
    };
    pair(stated_.unique_constraints, built_.unique_constraints, same, "a unique constraint");
  }

  void foreign_keys() {
    std::vector<ForeignKey> own;
    for (const ForeignKey& key : built_.foreign_keys)
      if (!key.inherited) own.push_back(key);
    auto action = [](const std::optional<ReferentialAction>& taken) {
      return taken.value_or(ReferentialAction::no_action);
    };
    auto same = [&](const ForeignKey& a, const ForeignKey& b) {
      return a.columns == b.columns && may_be_same(a.target, b.target) &&
             (a.target_columns.empty() || b.target_columns.empty() ||
              a.target_columns == b.target_columns) &&
             action(a.on_delete) == action(b.on_delete) &&
             action(a.on_update) == action(b.on_update) && a.match == b.match &&
             a.deferrable.value_or(false) == b.deferrable.value_or(false);
    };
    pair(stated_.foreign_keys, own, same, "a foreign key");
  }

  void checks() {
    auto same = [](const CheckConstraint& a, const CheckConstraint& b) {
      return a.expression.decided && b.expression.decided
                 ? a.expression.normal == b.expression.normal
                 : a.expression.text == b.expression.text;
    };
    pair(stated_.checks, built_.checks, same, "a check");
  }

  void exclusions() {
    if (stated_.exclusions.size() != built_.exclusions.size()) unsaid("an exclusion constraint");
  }

  void indexes() {
    std::vector<Index> plain;
    for (const Index* index : plain_indexes(built_)) plain.push_back(*index);
    std::vector<Index> stated;
    for (const Index* index : plain_indexes(stated_)) stated.push_back(*index);
    auto same = [](const Index& a, const Index& b) {
      if (a.name != b.name || a.keys.size() != b.keys.size()) return false;
      if (a.unique.value_or(false) != b.unique.value_or(false) || a.method != b.method)
        return false;
      if (a.predicate.has_value() != b.predicate.has_value()) return false;
      return !a.predicate.has_value() || !a.predicate->decided || !b.predicate->decided ||
             a.predicate->normal == b.predicate->normal;
    };
    pair(stated, plain, same, "an index");
  }

  template <typename Element, typename Same>
  void pair(const std::vector<Element>& stated, const std::vector<Element>& built, const Same& same,
            const std::string& what) {
    auto in = [&](const std::vector<Element>& list, const Element& one) {
      return std::any_of(list.begin(), list.end(),
                         [&](const Element& other) { return same(one, other); });
    };
    for (const Element& one : stated)
      if (!in(built, one)) wrong(what + " " + one.name);
    for (const Element& one : built)
      if (!in(stated, one)) unsaid(what + " " + one.name);
  }

  const Relation& stated_;
  const Relation& built_;
  const Schema& schema_;
  ReadBack result_;
};

}  // namespace

ReadBack read_back(const std::string& uri, std::string_view text, const Relation& built,
                   const Schema& schema) {
  DocumentSet set;
  set.add({uri, std::string(text), DocumentState::current});
  const SourceResult read = set.finish();
  ReadBack result;
  const Relation* stated = nullptr;
  for (const Relation& relation : read.schema.relations) {
    if (snake_key(relation.name.name) == snake_key(built.name.name) && !stated)
      stated = &relation;
    else
      result.wrong.push_back("a table " + to_string(relation.name));
  }
  if (!stated) {
    result.wrong.push_back("the table itself");
    return result;
  }
  ReadBack compared = Reader(*stated, built, schema).compare();
  result.wrong.insert(result.wrong.end(), compared.wrong.begin(), compared.wrong.end());
  result.unsaid = std::move(compared.unsaid);
  for (const Problem& problem : read.problems) result.wrong.push_back(problem.message);
  if (!read.documents.empty() && read.documents.front().proposed_state)
    result.wrong.push_back("the state of the document");
  return result;
}

}  // namespace schemaudit

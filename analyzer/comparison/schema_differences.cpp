#include "analyzer/comparison/schema_differences.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/traits.h"

namespace schemaudit {

namespace {

/// Where the elements of a list stand: in a table, in a schema, or in the database.
struct Place {
  std::string schema;
  std::string table;
  bool is_view = false;
  /// The table itself, for elements without a place of their own.
  Origin from_origin, to_origin;
};

std::string called(const ObjectRef& object, const std::string& name) {
  if (object.kind == "grant")
    return "grant to " + name + " on " + quote_identifier(object.schema) + "." +
           quote_identifier(object.table);
  std::string text = object.kind + " ";
  if (!object.schema.empty()) text += quote_identifier(object.schema) + ".";
  if (!object.table.empty() && object.kind != "table" && object.kind != "view")
    text += quote_identifier(object.table) + ".";
  // A function's name is its signature already.
  return text + (object.kind == "function" ? name : quote_identifier(object.name));
}

/// Elements that may keep their meaning under another name.
bool may_be_renamed(const std::string& kind) {
  return kind == "constraint" || kind == "index" || kind == "trigger" || kind == "policy";
}

class WholeComparison {
 public:
  WholeComparison(const Schema& from, const Schema& to, const SideNames& names)
      : from_(from), to_(to), names_(names) {}

  SchemaDifferences run() {
    list<Namespace>(from_.namespaces, to_.namespaces);
    list<Extension>(from_.extensions, to_.extensions);
    list_in_schemas(from_.enums, to_.enums);
    list_in_schemas(from_.domains, to_.domains);
    list_in_schemas(from_.other_types, to_.other_types);
    relations();
    list_in_schemas(without_orphans(from_, to_), without_orphans(to_, from_));
    functions();
    return std::move(result_);
  }

 private:
  using Elements = std::vector<Element>;

  template <typename Object>
  void list(const std::vector<Object>& from, const std::vector<Object>& to) {
    Elements a, b;
    for (const Object& object : from) a.push_back(element_of(object));
    for (const Object& object : to) b.push_back(element_of(object));
    pair_up_by_name(a, b, {}, true, true);
  }

  /// Objects by schema, each schema in turn, so that names alone tell them apart.
  template <typename Object>
  void list_in_schemas(const std::vector<Object>& from, const std::vector<Object>& to) {
    std::map<std::string, std::pair<Elements, Elements>> schemas;
    for (const Object& object : from)
      schemas[object.name.schema].first.push_back(element_of(object));
    for (const Object& object : to)
      schemas[object.name.schema].second.push_back(element_of(object));
    for (const auto& [schema, sides] : schemas) {
      Place place;
      place.schema = schema;
      pair_up_by_name(sides.first, sides.second, place, true, true);
    }
  }

  /// The sequences of one side but those whose table or column the other side lacks: that is
  /// said of the column.
  static std::vector<Sequence> without_orphans(const Schema& of, const Schema& other) {
    std::vector<Sequence> sequences;
    for (const Sequence& sequence : of.sequences) {
      bool namesake =
          std::any_of(other.sequences.begin(), other.sequences.end(),
                      [&](const Sequence& candidate) { return candidate.name == sequence.name; });
      if (sequence.owned_by_table.has_value() && !namesake) {
        const Relation* owner = other.find_relation(sequence.owned_by_table.value());
        if (!owner || !owner->find_column(sequence.owned_by_column)) continue;
      }
      sequences.push_back(sequence);
    }
    return sequences;
  }

  void functions() {
    // By name and argument types; those of other schemas are told without it by some.
    auto grouped = [](const Schema& schema) {
      std::map<QualifiedName, Elements> groups;
      for (const Function& function : schema.functions)
        groups[function.name].push_back(element_of(function));
      return groups;
    };
    std::map<QualifiedName, Elements> from = grouped(from_), to = grouped(to_);
    std::set<QualifiedName> all;
    for (const auto& group : from) all.insert(group.first);
    for (const auto& group : to) all.insert(group.first);
    for (const QualifiedName& name : all) {
      Place place;
      place.schema = name.schema;
      pair_up_by_name(from[name], to[name], place, true, true);
    }
  }

  void relations() {
    std::map<QualifiedName, std::pair<const Relation*, const Relation*>> pairs;
    for (const Relation& relation : from_.relations) pairs[relation.name].first = &relation;
    for (const Relation& relation : to_.relations) pairs[relation.name].second = &relation;
    for (const auto& [name, pair] : pairs) {
      const Relation *a = pair.first, *b = pair.second;
      Place place;
      place.schema = name.schema;
      place.table = name.name;
      if (!a || !b) {
        Elements one = {element_of(a ? *a : *b)};
        pair_up_by_name(a ? one : Elements{}, a ? Elements{} : one, place, true, true);
        continue;
      }
      place.is_view = a->is_view() && b->is_view();
      place.from_origin = a->origin;
      place.to_origin = b->origin;
      compare_pair(element_of(*a), element_of(*b), place);
      relation(*a, *b, place);
    }
  }

  template <typename Object, typename... More>
  static void add(Elements& elements, const std::vector<Object>& objects, More... more) {
    for (const Object& object : objects) elements.push_back(element_of(object, more...));
  }

  static Elements constraints_of(const Relation& relation) {
    Elements elements;
    if (relation.primary_key) elements.push_back(element_of(*relation.primary_key, true));
    add(elements, relation.unique_constraints, false);
    add(elements, relation.foreign_keys);
    add(elements, relation.checks);
    add(elements, relation.exclusions);
    return elements;
  }

  template <typename Object>
  void part(const std::vector<Object>& from, const std::vector<Object>& to, const Place& place,
            bool from_is_whole, bool to_is_whole) {
    Elements a, b;
    add(a, from);
    add(b, to);
    pair_up_by_name(a, b, place, from_is_whole, to_is_whole);
  }

  void relation(const Relation& a, const Relation& b, const Place& place) {
    from_columns_ = names_of(a);
    to_columns_ = names_of(b);
    part(a.columns, b.columns, place, a.coverage.columns, b.coverage.columns);
    auto whole = [](const Coverage& coverage) {
      return coverage.primary_key && coverage.unique_constraints && coverage.foreign_keys &&
             coverage.checks && coverage.exclusions;
    };
    pair_up_by_name(constraints_of(a), constraints_of(b), place, whole(a.coverage),
                    whole(b.coverage));
    part(plain_indexes(a, b), plain_indexes(b, a), place, a.coverage.indexes, b.coverage.indexes);
    part(a.triggers, b.triggers, place, a.coverage.triggers, b.coverage.triggers);
    part(a.policies, b.policies, place, a.coverage.policies, b.coverage.policies);
    part(a.grants, b.grants, place, a.coverage.grants, b.coverage.grants);
    from_columns_.clear();
    to_columns_.clear();
  }

  static std::set<std::string> names_of(const Relation& relation) {
    std::set<std::string> names;
    for (const Column& column : relation.columns) names.insert(column.name);
    return names;
  }

  /// The indexes of one side but those that carry out a constraint and have no namesake on the
  /// other: that is said of the constraint.
  static std::vector<Index> plain_indexes(const Relation& of, const Relation& other) {
    std::vector<Index> indexes;
    for (const Index& index : of.indexes) {
      bool named =
          std::any_of(other.indexes.begin(), other.indexes.end(),
                      [&](const Index& candidate) { return candidate.name == index.name; });
      if (index.constraint.empty() || named) indexes.push_back(index);
    }
    return indexes;
  }

  /// `from_is_whole`: what the list of FROM lacks is not there, as opposed to unknown.
  void pair_up_by_name(const Elements& from, const Elements& to, const Place& place,
                       bool from_is_whole, bool to_is_whole) {
    std::unordered_map<std::string, const Element*> by_name;
    for (const Element& b : to) by_name[key_of(b)] = &b;
    std::vector<const Element*> from_only, to_only;
    std::set<const Element*> taken;
    for (const Element& a : from) {
      auto found = by_name.find(key_of(a));
      if (found == by_name.end()) {
        from_only.push_back(&a);
        continue;
      }
      taken.insert(found->second);
      compare_pair(a, *found->second, place);
    }
    for (const Element& b : to)
      if (!taken.count(&b)) to_only.push_back(&b);
    for (const Element*& a : from_only) {
      auto same = std::find_if(to_only.begin(), to_only.end(), [&](const Element* b) {
        return b && may_be_renamed(a->kind) && mean_the_same(*a, *b);
      });
      if (same == to_only.end()) continue;
      renamed(*a, **same, place);
      a = *same = nullptr;
    }
    for (const Element* a : from_only)
      if (a) only_one_side(*a, place, to_is_whole, true);
    for (const Element* b : to_only)
      if (b) only_one_side(*b, place, from_is_whole, false);
  }

  static std::string key_of(const Element& element) {
    if (element.kind != "function") return element.name;
    // The schemas of argument types are not always told.
    std::string key;
    for (char c : element.name) {
      if (c == '.') key.resize(key.find_last_of(", (", key.size()) + 1);
      if (c != '.') key += c;
    }
    return key;
  }

  static bool mean_the_same(const Element& a, const Element& b) {
    if (a.traits.size() != b.traits.size()) return false;
    for (std::size_t i = 0; i < a.traits.size(); ++i) {
      if (a.traits[i].aspect != b.traits[i].aspect) return false;
      if (a.traits[i].aspect == "comment") continue;
      Agreement agreement = compare_traits(a.traits[i], b.traits[i]);
      if (agreement != Agreement::same && agreement != Agreement::unknown) return false;
    }
    return true;
  }

  /// Whether it stands on a column that only this side has: that has been said.
  bool goes_with_its_column(const Element& element, bool in_from) const {
    const std::set<std::string>& own = in_from ? from_columns_ : to_columns_;
    const std::set<std::string>& other = in_from ? to_columns_ : from_columns_;
    return std::any_of(
        element.columns.begin(), element.columns.end(),
        [&](const std::string& column) { return own.count(column) && !other.count(column); });
  }

  ObjectRef object_of(const Element& element, const Place& place) const {
    if (element.kind == "function") {
      // Overloaded ones are told apart by the signature, which the message has.
      std::string name = element.name.substr(0, element.name.find('('));
      std::string schema = quote_identifier(place.schema) + ".";
      if (name.starts_with(schema)) name.erase(0, schema.size());
      if (name.size() > 1 && name.front() == '"') name = name.substr(1, name.size() - 2);
      return {element.kind, place.schema, {}, name};
    }
    return {element.kind, place.schema, place.table, element.name};
  }

  std::string name_of(const Element& element, const Place& place) const {
    std::string schema = quote_identifier(place.schema) + ".";
    if (element.kind == "function" && element.name.starts_with(schema))
      return element.name.substr(schema.size());
    return element.name;
  }

  void compare_pair(const Element& a, const Element& b, const Place& place) {
    ++result_.compared;
    bool other_kind = a.traits.size() != b.traits.size();
    for (std::size_t i = 0; !other_kind && i < a.traits.size(); ++i)
      other_kind = a.traits[i].aspect != b.traits[i].aspect;
    if (other_kind) {
      ++result_.compared;
      differs("definition", a, b, a.definition, b.definition, place);
      return;
    }
    for (std::size_t i = 0; i < a.traits.size(); ++i) {
      const Trait &x = a.traits[i], &y = b.traits[i];
      switch (compare_traits(x, y)) {
        case Agreement::same:
          ++result_.compared;
          break;
        case Agreement::different:
          ++result_.compared;
          differs(x.aspect, a, b, x.shown, y.shown, place);
          break;
        case Agreement::unknown:
          if (x.counts_when_unknown && y.counts_when_unknown)
            leave_open(OpenFact::Why::unknown, x.aspect, &a, &b, shown(x), shown(y), place);
          break;
        case Agreement::undecided:
          leave_open(OpenFact::Why::undecided, x.aspect, &a, &b, shown(x), shown(y), place);
          break;
      }
    }
  }

  /// Unset where the side does not know the fact.
  static std::optional<std::string> shown(const Trait& trait) {
    if (trait.state == Trait::State::unknown) return std::nullopt;
    return trait.shown;
  }

  /// One of `a` and `b` may be null: that side does not have the element.
  void leave_open(OpenFact::Why why, const std::string& aspect, const Element* a, const Element* b,
                  std::optional<std::string> from, std::optional<std::string> to,
                  const Place& place) {
    const Element& known = a ? *a : *b;
    const bool view_column = place.is_view && known.kind == "column";
    const std::string what = (view_column ? "view column" : known.kind) + " " + aspect;
    if (why == OpenFact::Why::undecided)
      ++result_.undecided;
    else
      ++(view_column ? result_.unknown_view_columns : result_.unknown);
    ++result_.not_compared[what];
    OpenFact fact{why, aspect, object_of(known, place), std::move(from), std::move(to), {}, {}};
    fact.from_origin = a ? a->origin : place.from_origin;
    fact.to_origin = b ? b->origin : place.to_origin;
    result_.open_facts.push_back(std::move(fact));
  }

  void only_one_side(const Element& element, const Place& place, bool other_is_whole,
                     bool in_from) {
    if (element.kind != "column" && goes_with_its_column(element, in_from)) return;
    if (!other_is_whole) {
      const std::optional<std::string> stated = element.definition, nothing;
      return leave_open(OpenFact::Why::unknown, "presence", in_from ? &element : nullptr,
                        in_from ? nullptr : &element, in_from ? stated : nothing,
                        in_from ? nothing : stated, place);
    }
    ++result_.compared;
    Difference difference;
    difference.aspect = "presence";
    difference.object = object_of(element, place);
    (in_from ? difference.from : difference.to) = element.definition;
    difference.from_origin = in_from ? element.origin : place.from_origin;
    difference.to_origin = in_from ? place.to_origin : element.origin;
    difference.message = called(difference.object, name_of(element, place)) + " is in " +
                         (in_from ? names_.from : names_.to) + ", but not in " +
                         (in_from ? names_.to : names_.from);
    result_.differences.push_back(std::move(difference));
  }

  void renamed(const Element& a, const Element& b, const Place& place) {
    ++result_.compared;
    Difference difference = base("name", a, b, place);
    difference.from = a.name;
    difference.to = b.name;
    difference.name_only = true;
    difference.message = called(difference.object, a.name) + " is called " +
                         quote_identifier(b.name) + " in " + names_.to;
    result_.differences.push_back(std::move(difference));
  }

  void differs(const std::string& aspect, const Element& a, const Element& b,
               const std::string& from, const std::string& to, const Place& place) {
    Difference difference = base(aspect, a, b, place);
    difference.from = from;
    difference.to = to;
    difference.message = aspect + " of " + called(difference.object, name_of(a, place)) + " is " +
                         from + " in " + names_.from + " and " + to + " in " + names_.to;
    result_.differences.push_back(std::move(difference));
  }

  Difference base(const std::string& aspect, const Element& a, const Element& b,
                  const Place& place) const {
    Difference difference;
    difference.aspect = aspect;
    difference.object = object_of(a, place);
    bool of_table = a.kind == "grant";
    difference.from_origin = of_table ? place.from_origin : a.origin;
    difference.to_origin = of_table ? place.to_origin : b.origin;
    return difference;
  }

  const Schema& from_;
  const Schema& to_;
  const SideNames& names_;
  SchemaDifferences result_;
  /// Of the relation that is compared at the moment.
  std::set<std::string> from_columns_, to_columns_;
};

}  // namespace

SchemaDifferences compare_whole(const Schema& from, const Schema& to, const SideNames& names) {
  return WholeComparison(from, to, names).run();
}

}  // namespace schemaudit

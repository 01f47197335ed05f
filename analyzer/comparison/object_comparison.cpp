#include "analyzer/comparison/object_comparison.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "analyzer/comparison/definitions.h"
#include "analyzer/comparison/pairing.h"
#include "analyzer/comparison/trait_values.h"
#include "analyzer/comparison/type_match.h"

namespace schemaudit {

namespace {

template <typename List>
auto find_object(const List& list, const QualifiedName& name) {
  return std::find_if(list.begin(), list.end(),
                      [&](const auto& object) { return may_be_same(object.name, name); });
}

/// One object that both sides may have: what to call it, and where it stands.
struct Subject {
  Aspect aspect = Aspect::other_object;
  ObjectRef object;
  /// `trigger touch of public.users`
  std::string called;
  Origin left_origin, right_origin;
};

void write_absent(Ledger& ledger, const Subject& subject, const std::string& definition) {
  Disagreement disagreement;
  disagreement.aspect = subject.aspect;
  disagreement.object = subject.object;
  disagreement.key = subject.object.kind;
  disagreement.message = subject.called + " is in " + ledger.options().left_name + ", but not in " +
                         ledger.options().right_name;
  disagreement.left = definition;
  disagreement.left_origin = subject.left_origin;
  ledger.differs(std::move(disagreement));
}

void write_unstated(Ledger& ledger, const Subject& subject, const std::string& definition) {
  Disagreement disagreement;
  disagreement.aspect = subject.aspect;
  disagreement.object = subject.object;
  disagreement.key = subject.object.kind;
  disagreement.message = subject.called + " is in " + ledger.options().right_name +
                         ", but not in " + ledger.options().left_name;
  disagreement.right = definition;
  disagreement.left_origin = subject.left_origin;
  disagreement.right_origin = subject.right_origin;
  ledger.differs(std::move(disagreement));
}

void write_changed(Ledger& ledger, const Subject& subject, const std::string& left,
                   const std::string& right, bool name_only = false) {
  Disagreement disagreement;
  disagreement.aspect = subject.aspect;
  disagreement.object = subject.object;
  disagreement.key = subject.object.kind + " " + left;
  disagreement.message = subject.called + " is " + left + " in " + ledger.options().left_name +
                         " and " + right + " in " + ledger.options().right_name;
  disagreement.left = left;
  disagreement.right = right;
  disagreement.left_origin = subject.left_origin;
  disagreement.right_origin = subject.right_origin;
  disagreement.name_only = name_only;
  ledger.differs(std::move(disagreement));
}

class RelationObjects {
 public:
  RelationObjects(const RelationPair& pair, const FindRelation& find_relation, Ledger& ledger)
      : pair_(pair), find_relation_(find_relation), ledger_(ledger) {}

  void compare() {
    kind();
    triggers();
    policies();
    row_security();
    partitioning();
    definition();
  }

 private:
  const Relation& left() const { return *pair_.left; }
  const Relation& right() const { return *pair_.right; }

  Stated about_table(std::string text) const {
    return {object_in(pair_, right().is_view() ? "view" : "table", right().name.name),
            std::move(text), left().origin};
  }

  Subject subject(const std::string& kind, const std::string& name) const {
    Subject subject;
    subject.object = object_in(pair_, kind, name);
    subject.called = kind + " " + quote_identifier(name) + " of " + to_string(right().name);
    subject.left_origin = left().origin;
    subject.right_origin = right().origin;
    return subject;
  }

  void kind() {
    // Prose and column tables do not say which kind of table it is; SQL that says VIEW does.
    bool claims_kind = left().kind != RelationKind::table;
    if (!claims_kind && !right().is_view()) return;
    if (left().kind == right().kind)
      return ledger_.holds(Aspect::other_object,
                           about_table("a " + std::string(to_string(left().kind))));
    if (!claims_kind && !left().coverage.checks) return;
    Subject about = subject("table", right().name.name);
    about.called = to_string(right().name);
    write_changed(ledger_, about, "a " + std::string(to_string(left().kind)),
                  "a " + std::string(to_string(right().kind)));
  }

  void triggers() {
    auto same_meaning = [&](const Trigger& a, const Trigger& b) {
      return pair_.in_right_names(a.definition) == b.definition &&
             may_be_same(a.function, b.function) &&
             a.enabled.value_or(true) == b.enabled.value_or(true);
    };
    auto never = [](const Trigger&, const Trigger&) { return false; };
    std::vector<const Trigger*> facts;
    for (const Trigger& trigger : right().triggers)
      if (!trigger.inherited) facts.push_back(&trigger);
    Pairing<Trigger> pairing = pair_up(pointers_to(left().triggers), facts, same_meaning, never);
    for (const auto& [a, b] : pairing.same) {
      ledger_.holds(Aspect::other_object,
                    {object_in(pair_, "trigger", b->name), definition_of(*a), a->origin});
      if (a->name == b->name) continue;
      Subject about = subject("trigger", b->name);
      about.left_origin = a->origin;
      write_changed(ledger_, about, "called " + quote_identifier(a->name),
                    "called " + quote_identifier(b->name), true);
    }
    for (const auto& [a, b] : pairing.changed) {
      Subject about = subject("trigger", b->name);
      about.left_origin = a->origin;
      write_changed(ledger_, about, definition_of(*a), definition_of(*b));
    }
    for (const Trigger* a : pairing.left_only) {
      Subject about = subject("trigger", a->name);
      about.left_origin = a->origin;
      write_absent(ledger_, about, definition_of(*a));
    }
    if (!left().coverage.triggers) return;
    for (const Trigger* b : pairing.right_only)
      write_unstated(ledger_, subject("trigger", b->name), definition_of(*b));
  }

  static bool same_expression(const Fact<Expression>& a, const Fact<Expression>& b) {
    if (a.has_value() != b.has_value()) return false;
    if (!a.has_value() || !a->decided || !b->decided) return true;
    return a->normal == b->normal;
  }

  void policies() {
    auto same_meaning = [&](const Policy& a, const Policy& b) {
      std::vector<std::string> roles =
          a.roles.empty() ? std::vector<std::string>{"public"} : a.roles;
      std::vector<std::string> others =
          b.roles.empty() ? std::vector<std::string>{"public"} : b.roles;
      return a.command == b.command && a.permissive == b.permissive && roles == others &&
             same_expression(a.using_expression, b.using_expression) &&
             same_expression(a.check_expression, b.check_expression);
    };
    auto never = [](const Policy&, const Policy&) { return false; };
    Pairing<Policy> pairing =
        pair_up(pointers_to(left().policies), pointers_to(right().policies), same_meaning, never);
    for (const auto& [a, b] : pairing.same) {
      ledger_.holds(Aspect::other_object,
                    {object_in(pair_, "policy", b->name), definition_of(*a), a->origin});
      if (a->name == b->name) continue;
      Subject about = subject("policy", b->name);
      about.left_origin = a->origin;
      write_changed(ledger_, about, "called " + quote_identifier(a->name),
                    "called " + quote_identifier(b->name), true);
    }
    for (const auto& [a, b] : pairing.changed) {
      Subject about = subject("policy", b->name);
      about.left_origin = a->origin;
      write_changed(ledger_, about, definition_of(*a), definition_of(*b));
    }
    for (const Policy* a : pairing.left_only) {
      Subject about = subject("policy", a->name);
      about.left_origin = a->origin;
      write_absent(ledger_, about, definition_of(*a));
    }
    if (!left().coverage.policies && left().policies.empty()) return;
    for (const Policy* b : pairing.right_only)
      write_unstated(ledger_, subject("policy", b->name), definition_of(*b));
  }

  void row_security() {
    if (!left().row_security || !right().row_security) return;
    if (*left().row_security == *right().row_security)
      return ledger_.holds(
          Aspect::other_object,
          about_table(*left().row_security ? "row level security on" : "row level security off"));
    Subject about = subject("table", right().name.name);
    about.called = "row level security of " + to_string(right().name);
    write_changed(ledger_, about, *left().row_security ? "on" : "off",
                  *right().row_security ? "on" : "off");
  }

  void partitioning() {
    if (left().partition_key && right().partition_key && left().partition_key->decided &&
        right().partition_key->decided) {
      if (pair_.in_right_names(left().partition_key->normal) == right().partition_key->normal) {
        ledger_.holds(Aspect::other_object,
                      about_table("partitioned by " + left().partition_key->text));
      } else {
        Subject about = subject("table", right().name.name);
        about.called = "the partitioning of " + to_string(right().name);
        write_changed(ledger_, about, left().partition_key->text, right().partition_key->text);
      }
    }
    if (!left().partition_of) return;
    Subject about = subject("table", right().name.name);
    about.called = "partition " + to_string(right().name);
    if (!right().partition_of)
      return write_changed(ledger_, about,
                           "a partition of " + to_string(left().partition_of->parent),
                           "a table of its own");
    bool same_bound = !left().partition_of->bound.decided || !right().partition_of->bound.decided ||
                      left().partition_of->bound.normal == right().partition_of->bound.normal;
    if (same_bound && may_be_same(right_name(find_relation_, left().partition_of->parent),
                                  right().partition_of->parent))
      return ledger_.holds(Aspect::other_object,
                           about_table("a partition of " + to_string(left().partition_of->parent)));
    auto shown = [](const PartitionOf& partition) {
      return "of " + to_string(partition.parent) + " " + partition.bound.text;
    };
    write_changed(ledger_, about, shown(*left().partition_of), shown(*right().partition_of));
  }

  void definition() {
    if (!left().definition || !right().definition) return;
    if (!left().definition->decided || !right().definition->decided)
      return ledger_.undecided(Aspect::other_object, about_table("its query"));
    if (left().definition->normal == right().definition->normal)
      return ledger_.holds(Aspect::other_object, about_table("its query"));
    Subject about = subject("view", right().name.name);
    about.called = "view " + to_string(right().name);
    write_changed(ledger_, about, "defined as " + collapsed(left().definition->text),
                  "defined as " + collapsed(right().definition->text));
  }

  const RelationPair& pair_;
  const FindRelation& find_relation_;
  Ledger& ledger_;
};

class SchemaObjects {
 public:
  SchemaObjects(const Schema& left, const Schema& right, Ledger& ledger)
      : left_(left), right_(right), ledger_(ledger) {}

  void compare() {
    enums();
    domains();
    functions();
    extensions();
    sequences();
    other_types();
  }

 private:
  template <typename Object>
  static Subject subject(const std::string& kind, const Object& object) {
    Subject subject;
    subject.object = {kind, object.name.schema, "", object.name.name};
    subject.called = kind + " " + to_string(object.name);
    subject.left_origin = object.origin;
    return subject;
  }

  /// Whether a column of this type has been reported for its type already.
  bool column_speaks_for(const QualifiedName& type) const {
    for (const Disagreement& said : ledger_.comparison().disagreements)
      if (said.aspect == Aspect::column_type && said.left &&
          (*said.left == type.name || *said.left == to_string(type)))
        return true;
    return false;
  }

  static std::string labels_of(const EnumType& type) {
    std::string text;
    for (const std::string& label : type.labels) text += (text.empty() ? "'" : ", '") + label + "'";
    return text;
  }

  void enums() {
    for (const EnumType& a : left_.enums) {
      Subject about = subject("enum", a);
      about.aspect = Aspect::enum_labels;
      auto b = find_object(right_.enums, a.name);
      if (b == right_.enums.end()) {
        if (!column_speaks_for(a.name)) write_absent(ledger_, about, labels_of(a));
        continue;
      }
      about.object.schema = b->name.schema;
      about.right_origin = b->origin;
      if (a.labels == b->labels)
        ledger_.holds(Aspect::enum_labels, {about.object, labels_of(a), a.origin});
      else
        write_changed(ledger_, about, labels_of(a), labels_of(*b));
    }
  }

  void domains() {
    for (const Domain& a : left_.domains) {
      Subject about = subject("domain", a);
      auto b = find_object(right_.domains, a.name);
      if (b == right_.domains.end()) {
        if (!column_speaks_for(a.name))
          write_absent(ledger_, about, a.base ? a.base->normal : std::string("a domain"));
        continue;
      }
      about.object.schema = b->name.schema;
      std::string left_text = describe(a), right_text = describe(*b);
      if (comparable(a) != comparable(*b))
        write_changed(ledger_, about, left_text, right_text);
      else
        ledger_.holds(Aspect::other_object, {about.object, left_text, a.origin});
    }
  }

  static std::string describe(const Domain& domain) {
    std::string text = domain.base ? domain.base->normal : "";
    if (domain.nullable == std::optional(false)) text += " NOT NULL";
    if (domain.default_value.has_value()) text += " DEFAULT " + domain.default_value->text;
    for (const CheckConstraint& check : domain.checks) text += " " + definition_of(check);
    return text;
  }

  static std::string comparable(const Domain& domain) {
    std::set<std::string> checks;
    for (const CheckConstraint& check : domain.checks) checks.insert(check.expression.normal);
    std::string text = domain.base ? domain.base->normal : "";
    if (domain.nullable == std::optional(false)) text += " NOT NULL";
    if (domain.default_value.has_value()) text += " DEFAULT " + domain.default_value->normal;
    for (const std::string& check : checks) text += " CHECK " + check;
    return text;
  }

  bool same_arguments(const Function& a, const Function& b) const {
    return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(),
                      b.arguments.end(),
                      [&](const Type& x, const Type& y) { return same_type(x, y, right_); });
  }

  void functions() {
    for (const Function& a : left_.functions) {
      Subject about = subject("function", a);
      about.called = "function " + (a.arguments_known ? signature_of(a) : to_string(a.name));
      const Function* match = nullptr;
      const Function* namesake = nullptr;
      for (const Function& b : right_.functions) {
        if (!may_be_same(a.name, b.name)) continue;
        namesake = &b;
        if (!a.arguments_known || same_arguments(a, b)) match = &b;
      }
      if (!match && !namesake) {
        write_absent(ledger_, about, signature_of(a));
        continue;
      }
      about.object.schema = namesake->name.schema;
      if (!match) {
        write_changed(ledger_, about, signature_of(a), signature_of(*namesake));
        continue;
      }
      about.right_origin = match->origin;
      if (a.returns && match->returns && !same_type(*a.returns, *match->returns, right_) &&
          !a.returns->normal.starts_with("SETOF") && match->returns->normal != "record") {
        write_changed(ledger_, about, "returning " + a.returns->normal,
                      "returning " + match->returns->normal);
      } else if (a.body.has_value() && match->body.has_value() &&
                 collapsed(a.body.value()) != collapsed(match->body.value())) {
        write_changed(ledger_, about, "defined as " + collapsed(a.body.value()),
                      "defined as " + collapsed(match->body.value()));
      } else if (a.security_definer && match->security_definer && a.body.has_value() &&
                 *a.security_definer != *match->security_definer) {
        auto say = [](bool definer) {
          return std::string(definer ? "SECURITY DEFINER" : "SECURITY INVOKER");
        };
        write_changed(ledger_, about, say(*a.security_definer), say(*match->security_definer));
      } else {
        ledger_.holds(Aspect::other_object, {about.object, signature_of(a), a.origin});
      }
    }
  }

  void extensions() {
    for (const Extension& a : left_.extensions) {
      bool found = std::any_of(right_.extensions.begin(), right_.extensions.end(),
                               [&](const Extension& b) { return a.name == b.name; });
      Subject about;
      about.object = {"extension", "", "", a.name};
      if (found) {
        ledger_.holds(Aspect::other_object, {about.object, quote_identifier(a.name), a.origin});
        continue;
      }
      about.called = "extension " + quote_identifier(a.name);
      about.left_origin = a.origin;
      write_absent(ledger_, about, "CREATE EXTENSION " + quote_identifier(a.name));
    }
  }

  void sequences() {
    for (const Sequence& a : left_.sequences) {
      Subject about = subject("sequence", a);
      auto b = find_object(right_.sequences, a.name);
      if (b == right_.sequences.end()) {
        write_absent(ledger_, about, "CREATE SEQUENCE " + to_string(a.name));
        continue;
      }
      about.object.schema = b->name.schema;
      auto differ = [](const std::optional<std::int64_t>& x, const std::optional<std::int64_t>& y) {
        return x && y && *x != *y;
      };
      auto shown = [](const Sequence& sequence) {
        std::string text = "a sequence";
        if (sequence.start) text += " starting at " + std::to_string(*sequence.start);
        if (sequence.increment) text += " in steps of " + std::to_string(*sequence.increment);
        return text;
      };
      if (differ(a.start, b->start) || differ(a.increment, b->increment) ||
          differ(a.minimum, b->minimum) || differ(a.maximum, b->maximum) ||
          (a.cycle && b->cycle && *a.cycle != *b->cycle))
        write_changed(ledger_, about, shown(a), shown(*b));
      else
        ledger_.holds(Aspect::other_object, {about.object, shown(a), a.origin});
    }
  }

  void other_types() {
    for (const OtherType& a : left_.other_types) {
      Subject about = subject("type", a);
      auto b = find_object(right_.other_types, a.name);
      if (b == right_.other_types.end())
        write_absent(ledger_, about, a.definition.empty() ? to_string(a.name) : a.definition);
      else if (a.kind == OtherTypeKind::composite && b->kind == a.kind && !b->definition.empty() &&
               a.definition != b->definition)
        write_changed(ledger_, about, a.definition, b->definition);
      else
        ledger_.holds(
            Aspect::other_object,
            {about.object, a.definition.empty() ? to_string(a.name) : a.definition, a.origin});
    }
  }

  const Schema& left_;
  const Schema& right_;
  Ledger& ledger_;
};

}  // namespace

void compare_relation_objects(const RelationPair& pair, const FindRelation& find_relation,
                              Ledger& ledger) {
  RelationObjects(pair, find_relation, ledger).compare();
}

void compare_schema_objects(const Schema& left, const Schema& right, Ledger& ledger) {
  SchemaObjects(left, right, ledger).compare();
}

}  // namespace schemaudit

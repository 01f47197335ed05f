#include "analyzer/sql/replay/domains.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/type_objects.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

/// The parts of a domain that one constraint sets.
class DomainConstraints {
 public:
  DomainConstraints(Run& run, ObjectId domain) : run_(run), domain_(domain) {}

  void set_default(PgQuery__Node* node, int location) {
    auto is_null = [](const PgQuery__Node* value) {
      while (value && value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        value = value->type_cast->arg;
      return !value || (value->node_case == PG_QUERY__NODE__NODE_A_CONST && value->a_const->isnull);
    };
    std::optional<StoredExpression> stored;
    std::vector<Need> needs;
    if (!is_null(node)) {
      std::string text = location > 0
                             ? text_of_default(run_.text.text, static_cast<std::size_t>(location))
                             : shown_text(*node);
      stored = store_expression(run_, *node, std::move(text), {}, needs);
    }
    auto& detail = run_.catalog.edit_detail<DomainDetail>(domain_);
    detail.default_value = std::move(stored);
    const ObjectId base = detail.base.type;
    std::erase_if(run_.catalog.edit(domain_).needs, [&](const Need& need) {
      return need.kind == NeedKind::normal && need.object != base;
    });
    for (const Need& need : needs) run_.catalog.depend(domain_, need);
  }

  void add_check(const PgQuery__Constraint& constraint) {
    const Object& domain = run_.catalog.at(domain_);
    std::string name = constraint.conname ? constraint.conname : "";
    if (name.empty())
      name = choose_constraint_name(run_.catalog, domain.name, {}, "check", domain.schema, {});
    else if (find(name))
      refuse(
          "constraint " + quoted(name) + " for domain " + quoted(domain.name) + " already exists",
          constraint.location);
    Object object = new_object(run_, Kind::constraint, domain.schema, name);
    object.origin = run_.origin_at(constraint.location);
    ConstraintDetail detail;
    detail.table = domain_;
    detail.validated = constraint.skip_validation == 0;
    ExpressionScope scope;
    scope.domain_value = true;
    if (constraint.raw_expr)
      detail.check = store_expression(
          run_, *constraint.raw_expr,
          text_in_parentheses(run_.text.text, static_cast<std::size_t>(constraint.location)), scope,
          object.needs);
    object.needs.push_back({domain_, 0, NeedKind::automatic, 0});
    object.detail = std::move(detail);
    ObjectId check = run_.catalog.add(std::move(object));
    run_.catalog.edit_detail<DomainDetail>(domain_).constraints.push_back(check);
  }

  ObjectId find(std::string_view name) const {
    for (ObjectId check : run_.catalog.detail<DomainDetail>(domain_).constraints)
      if (const Object* object = run_.catalog.find(check); object && object->name == name)
        return check;
    return kNoObject;
  }

 private:
  Run& run_;
  ObjectId domain_;
};

[[noreturn]] void refuse_domain_constraint(const PgQuery__Constraint& constraint) {
  const char* what = "specifying constraint deferrability";
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      refuse("unique constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      refuse("primary key constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      refuse("exclusion constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      refuse("foreign key constraints not possible for domains", constraint.location);
    default:
      refuse(std::string(what) + " not supported for domains", constraint.location);
  }
}

}  // namespace

void create_domain(Run& run, const PgQuery__CreateDomainStmt& create) {
  QualifiedName name = name_of(create.n_domainname, create.domainname);
  ObjectId schema = creation_schema(run, name.schema);
  require_free_type_name(run, schema, name.name);
  Object object = new_object(run, Kind::domain, schema, name.name);
  DomainDetail detail;
  detail.base = resolve_type(run, *create.type_name);
  need_type(object.needs, detail.base);
  if (const Object* base = run.catalog.find(detail.base.type); base && !detail.base.is_array)
    if (const auto* below = std::get_if<DomainDetail>(&base->detail))
      detail.default_value = below->default_value;
  bool nullability_stated = false, default_stated = false;
  for (std::size_t i = 0; i < create.n_constraints; ++i) {
    const PgQuery__Constraint& constraint = *create.constraints[i]->constraint;
    bool is_not_null = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;
    if (!is_not_null && constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_NULL) continue;
    if (nullability_stated && detail.not_null != is_not_null)
      refuse("conflicting NULL/NOT NULL constraints", constraint.location);
    nullability_stated = true;
    detail.not_null = is_not_null;
  }
  object.detail = std::move(detail);
  ObjectId domain = run.catalog.add(std::move(object));
  DomainConstraints constraints(run, domain);
  for (std::size_t i = 0; i < create.n_constraints; ++i) {
    const PgQuery__Constraint& constraint = *create.constraints[i]->constraint;
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (default_stated) refuse("multiple default expressions", constraint.location);
        default_stated = true;
        constraints.set_default(constraint.raw_expr, constraint.location);
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        if (constraint.is_no_inherit)
          refuse("check constraints for domains cannot be marked NO INHERIT", constraint.location);
        constraints.add_check(constraint);
        break;
      default:
        refuse_domain_constraint(constraint);
    }
  }
  run.changed(ChangeKind::create, domain);
}

void alter_domain(Run& run, const PgQuery__AlterDomainStmt& alter) {
  QualifiedName name = name_of(alter.n_type_name, alter.type_name);
  ObjectId domain = type_of_kind(run, name, Kind::domain, "a domain");
  DomainConstraints constraints(run, domain);
  const char what = alter.subtype && *alter.subtype ? *alter.subtype : '\0';
  switch (what) {
    case 'T':
      constraints.set_default(alter.def, 0);
      run.changed(alter.def ? ChangeKind::set_default : ChangeKind::drop_default, domain);
      return;
    case 'N':
    case 'O':
      // The values of columns are looked at; those inside of others cannot be.
      if (what == 'O' && !run.catalog.detail<DomainDetail>(domain).not_null)
        require_unused(run, domain, false);
      run.catalog.edit_detail<DomainDetail>(domain).not_null = what == 'O';
      run.changed(what == 'O' ? ChangeKind::set_not_null : ChangeKind::drop_not_null, domain);
      return;
    case 'C': {
      const PgQuery__Constraint& constraint = *alter.def->constraint;
      if (constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
        refuse_domain_constraint(constraint);
      constraints.add_check(constraint);
      if (!constraint.skip_validation) require_unused(run, domain, false);
      run.changed(ChangeKind::add_constraint, domain).not_valid = constraint.skip_validation != 0;
      return;
    }
    default:
      break;
  }
  ObjectId constraint = constraints.find(alter.name);
  if (!constraint) {
    if (what == 'X' && alter.missing_ok) return;
    refuse("constraint " + quoted(alter.name) + " of domain " + quoted(name.name) +
           " does not exist");
  }
  if (what == 'X') {
    std::erase(run.catalog.edit_detail<DomainDetail>(domain).constraints, constraint);
    run.catalog.erase(constraint);
    run.changed(ChangeKind::drop_constraint, domain).conditional = alter.missing_ok != 0;
  } else {
    require_unused(run, domain, false);
    run.catalog.edit_detail<ConstraintDetail>(constraint).validated = true;
    run.changed(ChangeKind::validate_constraint, domain);
  }
}

}  // namespace schemaudit::replay

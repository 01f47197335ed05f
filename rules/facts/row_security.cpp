#include "rules/facts/row_security.h"

#include <algorithm>

#include "rules/facts/condition_truth.h"

namespace schemaudit {

namespace {

bool is_true(const Fact<Expression>& expression) {
  return expression.has_value() && expression->decided && always_true(expression->normal);
}

bool can_open(const Relation& relation, const Policy& policy) {
  return policy.permissive && relation.row_security.value_or(false) &&
         !is_narrowed(relation, policy);
}

}  // namespace

bool is_for_everyone(const Policy& policy) {
  return std::find(policy.roles.begin(), policy.roles.end(), "public") != policy.roles.end();
}

bool opens_writes(const Relation& relation, const Policy& policy) {
  if (policy.command == PolicyCommand::select || policy.command == PolicyCommand::insert)
    return false;
  // Without WITH CHECK the server holds new rows to USING.
  return can_open(relation, policy) &&
         (is_true(policy.using_expression) || is_true(policy.check_expression));
}

bool opens_inserts(const Relation& relation, const Policy& policy) {
  return policy.command == PolicyCommand::insert && can_open(relation, policy) &&
         is_true(policy.check_expression);
}

bool is_narrowed(const Relation& relation, const Policy& policy) {
  return std::any_of(relation.policies.begin(), relation.policies.end(), [&](const Policy& other) {
    return !other.permissive &&
           (other.command == PolicyCommand::all || policy.command == PolicyCommand::all ||
            other.command == policy.command);
  });
}

std::string conditions_text(const Policy& policy) {
  std::string text;
  if (policy.using_expression.has_value()) text = "USING (" + policy.using_expression->text + ")";
  if (policy.check_expression.has_value())
    text += (text.empty() ? "" : " ") + ("WITH CHECK (" + policy.check_expression->text + ")");
  return text;
}

bool is_granted_to_others(const Relation& relation) {
  return std::any_of(relation.grants.begin(), relation.grants.end(), [&](const Grant& grant) {
    return grant.grantee != relation.owner && !grant.privileges.empty();
  });
}

}  // namespace schemaudit

// Whose rows are whose, by [policy.tenancy].
//
//   Tenancy tenancy(context.schema, policy);
//   if (tenancy.in_scope(relation) && !tenancy.is_owned(relation)) ...
//
// A table is owned through the policy's column, or, where the policy says so, through foreign
// keys that are never NULL and lead to an owned table. The tables that the column's foreign keys
// refer to are the tenants themselves; without such keys, the table that is called like the column.
#pragma once

#include <set>
#include <string>

#include "rules/rule.h"

namespace schemaudit {

class Tenancy {
 public:
  Tenancy(const Schema& schema, const TenancyPolicy& policy);

  /// Of the policy, standing for itself, and not a table of tenants.
  bool in_scope(const Relation& relation) const;
  bool is_tenant_table(const Relation& relation) const;
  /// The column of the policy; nullptr where the table lacks it.
  const Column* column(const Relation& relation) const;
  bool is_owned(const Relation& relation) const;

 private:
  void find_tenant_tables();
  void find_owned_tables();

  const Schema& schema_;
  const TenancyPolicy& policy_;
  std::set<QualifiedName> tenants_;
  std::set<QualifiedName> owned_;
};

}  // namespace schemaudit

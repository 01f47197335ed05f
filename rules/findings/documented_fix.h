// The statement that gives the live database a constraint or index which the docs state and it
// lacks.
//
//   ALTER TABLE public.users ADD CONSTRAINT users_email_key UNIQUE (email);
//
// Unset where the docs leave something out that the statement needs.
#pragma once

#include <optional>

#include "rules/rule.h"

namespace schemaudit {

std::optional<Fix> fix_absent_check(const RuleContext& context, const Disagreement& disagreement);
std::optional<Fix> fix_absent_unique(const RuleContext& context, const Disagreement& disagreement);
std::optional<Fix> fix_absent_index(const RuleContext& context, const Disagreement& disagreement);

}  // namespace schemaudit

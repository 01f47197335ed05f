#include "analyzer/engine/applied_steps.h"

#include <algorithm>
#include <set>

namespace schemaudit {

namespace {

MigrationChain* declared_chain(AuditInput& input) {
  for (SourceResult& source : input.sources)
    if (source.role == Role::declared && source.chain) return &*source.chain;
  return nullptr;
}

bool holds(const AppliedMigrations& applied, const std::string& version) {
  return std::any_of(
      applied.migrations.begin(), applied.migrations.end(),
      [&](const AppliedMigration& each) { return is_same_version(each.version, version); });
}

/// Everything that leads to the last ones: by links where the steps have them, else by order.
void mark_up_to_last(MigrationChain& chain, const AppliedMigrations& applied) {
  const bool linked = std::any_of(chain.steps.begin(), chain.steps.end(),
                                  [](const MigrationStep& step) { return !step.parents.empty(); });
  if (!linked) {
    bool is_applied = !applied.migrations.empty();
    const bool known =
        std::any_of(chain.steps.begin(), chain.steps.end(),
                    [&](const MigrationStep& step) { return holds(applied, step.version); });
    for (MigrationStep& step : chain.steps) {
      if (known || applied.migrations.empty()) step.applied = is_applied;
      if (holds(applied, step.version)) is_applied = false;
    }
    return;
  }
  // Parents stand before their children.
  std::set<std::string> reached;
  for (auto step = chain.steps.rbegin(); step != chain.steps.rend(); ++step) {
    step->applied = reached.count(step->version) > 0 || holds(applied, step->version);
    if (*step->applied) reached.insert(step->parents.begin(), step->parents.end());
  }
}

}  // namespace

const AppliedMigrations* applied_of(const AuditInput& input, const MigrationChain& chain) {
  const SourceResult* live = input.source(Role::live);
  if (!live) return nullptr;
  for (const AppliedMigrations& applied : live->applied)
    if (applied.tool == chain.tool && applied.error.empty()) return &applied;
  return nullptr;
}

std::string mark_applied_steps(AuditInput& input) {
  MigrationChain* chain = declared_chain(input);
  if (!chain) return {};
  const std::string& last = input.config.applied;
  if (last == "none") {
    for (MigrationStep& step : chain->steps) step.applied = false;
    return {};
  }
  if (!last.empty()) {
    AppliedMigrations stated;
    stated.migrations = {{last, "", true}};
    if (std::none_of(chain->steps.begin(), chain->steps.end(), [&](const MigrationStep& step) {
          return is_same_version(step.version, last);
        }))
      return "sources.applied is " + last + ", and no migration has that version";
    mark_up_to_last(*chain, stated);
    return {};
  }
  const AppliedMigrations* applied = applied_of(input, *chain);
  if (!applied) return {};
  if (applied->only_last) {
    mark_up_to_last(*chain, *applied);
    return {};
  }
  for (MigrationStep& step : chain->steps) step.applied = holds(*applied, step.version);
  return {};
}

}  // namespace schemaudit

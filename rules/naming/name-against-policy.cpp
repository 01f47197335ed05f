#include <map>
#include <optional>
#include <regex>
#include <string>
#include <utility>

#include "rules/facts/english_number.h"
#include "rules/facts/name_words.h"
#include "rules/facts/schema_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule name_against_policy;

namespace {

std::string expression_for(const std::string& pattern) {
  if (pattern == "snake_case") return "[a-z][a-z0-9]*(_[a-z0-9]+)*";
  if (pattern == "camelCase") return "[a-z][a-zA-Z0-9]*";
  if (pattern == "PascalCase") return "[A-Z][a-zA-Z0-9]*";
  return pattern;
}

using Patterns = std::map<std::string, std::regex, std::less<>>;

Finding unreadable(const SchemaContext& context, const std::string& kind,
                   const NamingPolicy::Pattern& pattern, const std::regex_error& error) {
  Finding finding = start_finding(context, name_against_policy.info,
                                  {"config", {}, {}, "policy.naming." + kind}, {}, pattern.origin);
  finding.behind.reset();
  finding.message = "policy.naming." + kind + " is \"" + pattern.text +
                    "\", which is no regular expression (" + error.what() +
                    "): no name was held against it. Mend the pattern, or write snake_case, "
                    "camelCase or PascalCase.";
  finding.key = "no regular expression";
  return finding;
}

Patterns compile(const SchemaContext& context, const NamingPolicy& policy, RuleOutcome& outcome) {
  Patterns patterns;
  for (const auto& [kind, pattern] : policy.patterns) {
    try {
      patterns.emplace(kind, std::regex(expression_for(pattern.text)));
    } catch (const std::regex_error& error) {
      outcome.findings.push_back(unreadable(context, kind, pattern, error));
    }
  }
  return patterns;
}

Finding breach(const SchemaContext& context, const SchemaName& name, const Origin& policy) {
  Finding finding =
      start_finding(context, name_against_policy.info, name.object, name.origin, policy);
  finding.evidence.of(context.role) = name.text;
  finding.key = name.key;
  return finding;
}

/// `plural`, where policy.naming.table_number wants the other one; empty where it is as wanted, or
/// where that is not certain.
std::string wrong_number(const std::string& wanted, const std::string& table) {
  const std::vector<std::string> words = words_of(table);
  if (words.empty()) return {};
  if (wanted == "singular" && is_certainly_plural(words.back())) return "plural";
  if (wanted == "plural" && is_certainly_singular(words.back())) return "singular";
  return {};
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<NamingPolicy>& policy = context.policy().naming;
  if (!policy) {
    outcome.not_run = "no [policy.naming] in the config";
    return outcome;
  }
  const Patterns patterns = compile(context, *policy, outcome);
  auto is_ruled = [&](std::string_view kind, const std::string&) {
    return patterns.find(kind) != patterns.end() ||
           (kind == "tables" && !policy->table_number.empty());
  };
  for (const SchemaName& name : schema_names(context.schema, is_ruled)) {
    auto pattern = patterns.find(name.kind);
    if (pattern != patterns.end()) {
      ++outcome.checked;
      if (!std::regex_match(name.text, pattern->second)) {
        const NamingPolicy::Pattern& stated = policy->patterns.at(std::string(name.kind));
        Finding finding = breach(context, name, stated.origin);
        finding.message = describe(name) + " is not named as policy.naming." +
                          std::string(name.kind) + " asks (\"" + stated.text + "\").";
        outcome.findings.push_back(std::move(finding));
      }
    }
    if (name.kind != "tables" || policy->table_number.empty()) continue;
    if (pattern == patterns.end()) ++outcome.checked;
    const std::string wrong = wrong_number(policy->table_number, name.text);
    if (wrong.empty()) continue;
    Finding finding = breach(context, name, policy->origin);
    finding.message = describe(name) + " is named in the " + wrong +
                      ", and policy.naming.table_number asks for the " + policy->table_number + ".";
    finding.key = "number";
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule name_against_policy{{.id = "name-against-policy",
                                .severity = Severity::low,
                                .category = "naming",
                                .needs_policy = true,
                                .summary = "A name that policy.naming does not allow.",
                                .docs = R"md(## What it does
For `[policy.naming]`, holds every name against the pattern of its kind: `snake_case`, `camelCase`,
`PascalCase`, or a regular expression that the whole name has to match. The kinds are `schemas`,
`tables`, `columns`, `views`, `primary_keys`, `unique`, `foreign_keys`, `checks`, `indexes`,
`sequences`, `enums`, `functions`, `triggers` and `policies`. `table_number = "singular"` or
`"plural"` asks for the last word of tables' names in that number.

## Why it matters
Names that follow a rule can be guessed, and a script can find what belongs together.

## Example
```sql
CREATE TABLE "userAccounts" (id bigint PRIMARY KEY);
```
```toml
[policy.naming]
tables = "snake_case"
primary_keys = "[a-z0-9_]+_pkey"
```

## Use instead
```sql
CREATE TABLE user_accounts (id bigint PRIMARY KEY);
```
```toml
[policy.naming]
tables = "snake_case"
primary_keys = "[a-z0-9_]+_pkey"
```

## Limits
Names that PostgreSQL chose (`users_pkey`) are names like others. Partitions and what is in them,
what a child inherits, and objects of extensions are not judged. Singular and plural are those of
English, and only a certain one is reported: `news`, `status` and `metadata` pass for both.
)md"},
                               check};

}  // namespace schemaudit

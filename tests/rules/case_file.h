// Literate cases: a markdown file in which each `## heading` is one audit, told by its fences.
//
//   ````markdown docs/users.md    a document (four backticks, since documents hold fences)
//   ```sql                        the live database, run on a real PostgreSQL
//   ```sql role                   more SQL; the audit then connects as the role `reader`
//   ```sql declared               a SQL file of the project, as declared.sql
//   ```sql before                 what made an earlier state, to compare with
//   ```sql migrations/1_a.sql     a file of the folder of migrations; also of other languages
//   ```python models/a.py         models; also models/a.prisma
//   ```toml                       the config, as schemaudit.toml
//   ```baseline                   known findings: `fingerprint rule object` on each line
//   ```findings                   all that the audit says, one line each
//
// See CONTRIBUTING.md, "Add a rule".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemaudit {

struct LiterateCase {
  std::string heading;
  /// Name and text, in order.
  std::vector<std::pair<std::string, std::string>> documents;
  std::optional<std::string> sql;
  std::optional<std::string> role_sql;
  std::optional<std::string> declared_sql;
  std::optional<std::string> before_sql;
  /// Path and text, in order.
  std::vector<std::pair<std::string, std::string>> migrations;
  /// Path and text, in order.
  std::vector<std::pair<std::string, std::string>> models;
  std::optional<std::string> config;
  std::optional<std::string> baseline;
  std::optional<std::string> findings;
  /// Lines of the fences around `findings`, from 0.
  std::size_t findings_begin = 0;
  std::size_t findings_end = 0;
  /// What is wrong with the case itself; empty where it is good.
  std::string fault;
};

std::vector<LiterateCase> read_cases(std::string_view text);

/// The text with the findings of each case replaced; `findings` has one entry for each case of
/// `cases`, which read_cases(text) gave.
std::string with_findings(std::string_view text, const std::vector<LiterateCase>& cases,
                          const std::vector<std::string>& findings);

}  // namespace schemaudit

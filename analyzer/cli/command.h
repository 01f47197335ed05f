// One subcommand: it adds itself to the parser and says how it ended.
//
//   void add_audit_command(CLI::App& app, int& exit_code);
//
// Each lives in a file of its own; main.cpp lists them.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace schemaudit {

/// The exit codes of the contract (docs/exit-codes.md).
constexpr int kPass = 0;
constexpr int kFindings = 1;
constexpr int kUsage = 2;
constexpr int kIncomplete = 3;

void add_audit_command(CLI::App& app, int& exit_code);
void add_baseline_command(CLI::App& app, int& exit_code);
void add_merge_command(CLI::App& app, int& exit_code);
void add_init_command(CLI::App& app, int& exit_code);
void add_diff_command(CLI::App& app, int& exit_code);
void add_snapshot_command(CLI::App& app, int& exit_code);
void add_rehearse_command(CLI::App& app, int& exit_code);
void add_verify_command(CLI::App& app, int& exit_code);
void add_doc_command(CLI::App& app, int& exit_code);
void add_rules_command(CLI::App& app, int& exit_code);
void add_explain_command(CLI::App& app, int& exit_code);
void add_json_schema_command(CLI::App& app, int& exit_code);
/// Hidden: what a package installs beside the program.
void add_generate_command(CLI::App& app, int& exit_code);
/// `command` is what stood behind `--`, taken out before the parser saw it.
void add_scratch_command(CLI::App& app, int& exit_code, std::vector<std::string> command);

}  // namespace schemaudit

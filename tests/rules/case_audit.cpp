#include "tests/rules/case_audit.h"

#include <array>
#include <cstdio>
#include <exception>
#include <sstream>
#include <stdexcept>

#include "analyzer/engine/applied_steps.h"
#include "analyzer/engine/audit.h"
#include "analyzer/engine/config_file.h"
#include "analyzer/migrations/migrations.h"
#include "analyzer/models/prisma_schema.h"
#include "analyzer/models/sqlalchemy_document.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/live_questions.h"
#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/replay.h"
#include "rules/rule.h"
#include "schema_docs/documents.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {

namespace {

std::vector<std::string> ids_of_all_rules() {
  std::vector<std::string> ids;
  for (const Rule* rule : all_rules()) ids.emplace_back(rule->info.id);
  return ids;
}

DocumentState state_of(const std::string& uri, const Config& config) {
  DocumentState state = DocumentState::current;
  for (const DocsPath& path : config.docs)
    if (matches_glob(path.glob, uri)) state = path.state;
  return state;
}

SourceResult read_case_documents(const LiterateCase& literate, const Config& config) {
  DocumentSet set;
  for (const auto& document : literate.documents)
    set.add({document.first, document.second, state_of(document.first, config)});
  SourceResult documents = set.finish();
  documents.name = "docs";
  return documents;
}

SourceResult replayed(const std::string& sql, const std::string& uri, Role role) {
  Replay replay;
  replay.run({sql, uri});
  SourceResult source = replay.finish();
  source.role = role;
  source.kind = "sql";
  source.name = uri;
  return source;
}

/// What one of the readers in Python prints of a folder with these files.
std::string printed_by(const std::string& reader, const std::string& named,
                       const std::vector<std::pair<std::string, std::string>>& files) {
  TemporaryFolder folder;
  for (const auto& [path, text] : files) folder.write(path, text);
  const std::string command = "cd '" + folder.path() +
                              "' && python3 -I '" SCHEMAUDIT_SOURCE_DIR "/analyzer/" + reader +
                              "' " + named;
  std::string printed;
  FILE* output = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (std::size_t count = std::fread(buffer.data(), 1, buffer.size(), output))
    printed.append(buffer.data(), count);
  ::pclose(output);
  return printed;
}

MigrationFiles folder_of(const LiterateCase& literate) {
  MigrationFiles files;
  files.folder = "migrations";
  files.parents = {"migrations"};
  for (const auto& [path, text] : literate.migrations)
    files.files.push_back({path.substr(path.find('/') + 1), path, text});
  if (needs_alembic_reader(files))
    files.revisions = printed_by("migrations/alembic_reader", "migrations", literate.migrations);
  return files;
}

SourceResult models_of(const LiterateCase& literate) {
  ModelStatements models;
  std::vector<PrismaFile> prisma;
  std::vector<std::pair<std::string, std::string>> python;
  for (const auto& [path, text] : literate.models)
    if (path.ends_with(".prisma"))
      prisma.push_back({path, text});
    else
      python.emplace_back(path, text);
  if (!python.empty()) {
    std::string error;
    std::optional<ModelStatements> read =
        read_sqlalchemy_document(printed_by("models/sqlalchemy_reader", "models", python), error);
    if (!read) throw std::runtime_error(error);
    append(models, std::move(*read));
  }
  if (!prisma.empty()) append(models, read_prisma_schema(prisma));
  SourceResult source = replay_models(models);
  source.kind = "models";
  source.name = "models";
  return source;
}

Baseline baseline_of(const std::string& text) {
  Baseline baseline;
  baseline.file = "baseline.json";
  std::istringstream lines(text);
  BaselineEntry entry;
  while (lines >> entry.fingerprint >> entry.rule && std::getline(lines >> std::ws, entry.object)) {
    entry.line = 3 + static_cast<int>(baseline.entries.size());
    baseline.entries.push_back(entry);
  }
  return baseline;
}

/// The role `reader` belongs to the whole server; it gets its rights per database.
void make_reader(const std::string& database) {
  static bool made = false;
  if (!made) test_server().run(database, "CREATE ROLE reader LOGIN");
  made = true;
}

/// Adds the live source and what it says of the documents' queries; a fault where it fails.
std::string read_live(const LiterateCase& literate, AuditInput& input) {
  const FreshDatabase fresh;
  const std::string& database = fresh.conninfo;
  test_server().run(database, literate.sql.value_or(""));
  LiveOptions options;
  options.conninfo = database;
  if (literate.role_sql) {
    make_reader(database);
    test_server().run(database, *literate.role_sql);
    options.conninfo = test_server().conninfo(database_name(database), "reader");
  }
  options.schemas = input.config.schemas;
  options.ignore = input.config.ignore;
  if (const SourceResult* documents = input.source(Role::documented))
    for (const DocumentReading& document : documents->documents)
      options.queries.insert(options.queries.end(), document.queries.begin(),
                             document.queries.end());
  LiveReading live = introspect(options);
  if (!live.source) return live.error;
  input.sources.push_back(std::move(*live.source));
  input.queries_prepared = true;
  input.broken_queries = std::move(live.broken_queries);
  input.prepared_queries = live.prepared_queries;
  if (has_live_questions(input.config))
    input.live_answers = ask_live(options.conninfo, input.config);
  return {};
}

}  // namespace

CaseAudit audit_case(const LiterateCase& literate) {
  if (!literate.fault.empty()) return {{}, literate.fault};
  AuditInput input;
  if (literate.config) {
    ConfigReading config =
        read_config(*literate.config, "schemaudit.toml", ids_of_all_rules(),
                    [](const std::string& text) { return PolicyType{normal_type_text(text)}; });
    if (!config.error.empty()) return {{}, config.error};
    input.config = std::move(config.config);
  }
  try {
    if (!literate.documents.empty())
      input.sources.push_back(read_case_documents(literate, input.config));
    if (literate.declared_sql)
      input.sources.push_back(replayed(*literate.declared_sql, "declared.sql", Role::declared));
    if (!literate.migrations.empty()) {
      MigrationReading reading = read_migrations(folder_of(literate));
      if (!reading.refused.empty()) return {{}, reading.refused};
      input.sources.push_back(replay_migrations(reading, "migrations"));
      // Unless a case says otherwise, none of its steps has run anywhere yet.
      if (input.config.applied.empty() && !literate.sql) input.config.applied = "none";
    }
    if (!literate.models.empty()) input.sources.push_back(models_of(literate));
    if (literate.baseline) input.baseline = baseline_of(*literate.baseline);
    if (literate.before_sql)
      input.sources.push_back(replayed(*literate.before_sql, "before.sql", Role::before));
    if (literate.sql)
      if (std::string fault = read_live(literate, input); !fault.empty()) return {{}, fault};
    if (std::string wrong = mark_applied_steps(input); !wrong.empty()) return {{}, wrong};
    AuditRun run;
    run.run.started_at = "2026-01-01T00:00:00Z";
    return {run_audit(input, run), {}};
  } catch (const std::exception& failure) {
    return {{}, failure.what()};
  }
}

std::string told_by(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    std::string object = to_string(finding.object);
    std::string place = "-";
    if (!finding.locations.empty()) {
      Origin at = finding.locations.front().origin;
      at.column = 0;
      place = to_string(at);
    }
    if (finding.state == FindingState::waived) text += "waived ";
    if (finding.state == FindingState::baseline) text += "known ";
    text += std::string(to_string(finding.severity)) + " " + finding.rule + " " +
            (object.empty() ? "-" : object) + " " + place + " " + finding.message + "\n";
  }
  for (const Question& question : report.questions)
    text += "question " + question.rule + " " + std::to_string(question.count) + "\n";
  for (const std::string& reason : report.incomplete_because) text += "incomplete " + reason + "\n";
  return text;
}

}  // namespace schemaudit

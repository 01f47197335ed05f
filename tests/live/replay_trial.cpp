#include "tests/live/replay_trial.h"

#include <algorithm>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/postgres/introspect.h"
#include "tests/support/test_server.h"

namespace schemaudit {

namespace {

constexpr std::size_t kMostShrinkTries = 120;

/// What stands in quotes, and in brackets behind, is of one sequence only.
std::string without_names(const std::string& message) {
  std::string kept;
  bool inside = false;
  for (char c : message.substr(0, message.find(" ("))) {
    if (c == '"') inside = !inside;
    if (!inside) kept += c;
  }
  return kept;
}

bool is_refusal(ProblemKind kind) {
  return kind == ProblemKind::refused || kind == ProblemKind::invalid_sql;
}

}  // namespace

ReplayTrial::ReplayTrial(std::string conninfo, std::string role)
    : conninfo_(std::move(conninfo)), role_(std::move(role)), server_(conninfo_) {
  server_.run("SET statement_timeout TO '20s'");
  start_again();
}

void ReplayTrial::start_again() {
  replay_ = std::make_unique<Replay>();
  for (const std::string& statement : statements_) replay_->run({statement, "sequence.sql"});
  SourceResult result = replay_->current();
  problems_ = result.problems.size();
  schema_ = std::move(result.schema);
}

void ReplayTrial::run(const std::string& statement) {
  if (mismatch_) return;
  ++counts_.statements;
  replay_->run({statement, "sequence.sql"});
  SourceResult result = replay_->current();
  std::string refusal, doubt;
  for (std::size_t i = problems_; i < result.problems.size(); ++i)
    (is_refusal(result.problems[i].kind) ? refusal : doubt) = result.problems[i].message;
  if (!doubt.empty()) {
    ++counts_.unanalysed;
    unanalysed_.push_back(statement + "\n    " + doubt);
    return start_again();
  }
  problems_ = result.problems.size();
  schema_ = std::move(result.schema);
  statements_.push_back(statement);
  ServerSession::Answer answer = server_.run(statement);
  if (!refusal.empty()) ++counts_.refused;
  if (answer.accepted == refusal.empty()) return;
  if (answer.accepted)
    mismatch_ = ReplayMismatch{"replay refuses: " + without_names(refusal),
                               "the server accepts what the replay refuses: " + refusal};
  else
    mismatch_ = ReplayMismatch{
        "server refuses: " + without_names(answer.message),
        "the replay accepts what the server refuses: " + answer.sqlstate + " " + answer.message};
}

std::string ReplayTrial::column_order(const Schema& live) const {
  for (const Relation& relation : schema_.relations) {
    const Relation* other = live.find_relation(relation.name);
    if (!other || !relation.coverage.columns) continue;
    bool same = std::equal(relation.columns.begin(), relation.columns.end(), other->columns.begin(),
                           other->columns.end(),
                           [](const Column& a, const Column& b) { return a.name == b.name; });
    if (!same) return "the columns of " + to_string(relation.name) + " stand in another order";
  }
  return {};
}

void ReplayTrial::compare() {
  if (mismatch_ || server_.in_transaction()) return;
  LiveOptions options;
  options.conninfo = conninfo_;
  options.schemas = {"*"};
  LiveReading reading = introspect(options);
  if (!reading.source) {
    mismatch_ = ReplayMismatch{"introspection", reading.error};
    return;
  }
  const Schema& live = reading.source->schema;
  SchemaDifferences found = compare_whole(schema_, live, {"the replay", "the server"});
  counts_.compared += found.compared;
  counts_.unknown += found.unknown;
  counts_.undecided += found.undecided;
  if (!found.differences.empty()) {
    const Difference& first = found.differences.front();
    ReplayMismatch mismatch;
    mismatch.kind = "differs: " + first.object.kind + " " + first.aspect;
    for (const Difference& difference : found.differences)
      mismatch.text += difference.message +
                       "\n      replay: " + difference.from.value_or("(nothing)") +
                       "\n      server: " + difference.to.value_or("(nothing)") + "\n  ";
    mismatch_ = std::move(mismatch);
    return;
  }
  if (std::string order = column_order(live); !order.empty())
    mismatch_ = ReplayMismatch{"column order", order};
}

std::vector<std::string> shrunk(const std::vector<std::string>& statements, const std::string& kind,
                                const std::string& role) {
  std::vector<std::string> kept = statements;
  std::size_t tries = 0;
  auto shows = [&](const std::vector<std::string>& some) {
    ++tries;
    ReplayTrial trial(fresh_database(), role);
    for (const std::string& statement : some) trial.run(statement);
    trial.compare();
    return trial.mismatch() && trial.mismatch()->kind == kind;
  };
  for (std::size_t size = std::max<std::size_t>(kept.size() / 2, 1); tries < kMostShrinkTries;) {
    bool shorter = false;
    for (std::size_t end = kept.size(); end > 0 && tries < kMostShrinkTries;) {
      std::size_t begin = end > size ? end - size : 0;
      std::vector<std::string> some(kept.begin(),
                                    kept.begin() + static_cast<std::ptrdiff_t>(begin));
      some.insert(some.end(), kept.begin() + static_cast<std::ptrdiff_t>(end), kept.end());
      if (shows(some)) {
        kept = std::move(some);
        shorter = true;
      }
      end = begin;
    }
    if (size == 1 && !shorter) break;
    size = std::max<std::size_t>(size / 2, 1);
  }
  return kept;
}

}  // namespace schemaudit

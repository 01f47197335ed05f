// One sequence of statements, run on the replay and on a server side by side.
//
//   ReplayTrial trial(fresh_database(), "postgres");
//   trial.run("CREATE TABLE t (id int)");
//   trial.compare();
//   if (trial.mismatch()) print(trial.mismatch()->text);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/postgres/server_session.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

struct ReplayMismatch {
  /// Without the names in it: tells whether a shorter sequence shows the same.
  std::string kind;
  std::string text;
};

class ReplayTrial {
 public:
  /// `role` runs the statements on both sides.
  ReplayTrial(std::string conninfo, std::string role);

  /// Both sides have to accept it, or to refuse it. What the replay cannot follow is not run.
  void run(const std::string& statement);
  /// The two schemas have to be equal. Waits for the end of an open transaction.
  void compare();

  /// The first one; nothing is run after it.
  const std::optional<ReplayMismatch>& mismatch() const { return mismatch_; }
  const Schema& schema() const { return schema_; }
  const std::vector<std::string>& statements() const { return statements_; }
  bool in_transaction() const { return server_.in_transaction(); }

  struct Counts {
    std::size_t statements = 0, refused = 0, unanalysed = 0;
    std::size_t compared = 0, unknown = 0, undecided = 0;
  };
  const Counts& counts() const { return counts_; }
  const std::vector<std::string>& unanalysed() const { return unanalysed_; }

 private:
  void start_again();
  std::string column_order(const Schema& live) const;

  std::string conninfo_, role_;
  ServerSession server_;
  std::unique_ptr<Replay> replay_;
  Schema schema_;
  std::size_t problems_ = 0;
  std::vector<std::string> statements_, unanalysed_;
  std::optional<ReplayMismatch> mismatch_;
  Counts counts_;
};

/// The same statements without those that are not needed to show the mismatch.
std::vector<std::string> shrunk(const std::vector<std::string>& statements, const std::string& kind,
                                const std::string& role);

}  // namespace schemaudit

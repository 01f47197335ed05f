// One connection, on which each question is a transaction of its own, read-only and rolled back.
//
//   ReadOnlySession session("postgresql://app@db/shop");
//   LiveAnswer answer = session.ask("select count(*) from users", {}, 5000, 10);
//   if (!answer.error.empty()) ...   // timed out, refused: nothing is proven
//
// A question is declared as a cursor through the extended protocol: a second statement, or one
// that is no query, is refused by the server itself. The role's search_path holds, as in psql. Row
// security is off, which makes the server refuse to answer where it would hide rows from the role.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyzer/model/live_answers.h"

namespace schemaudit {

class ReadOnlySession {
 public:
  /// `conninfo` as LiveOptions::conninfo. Where no connection can be had, every answer says so.
  explicit ReadOnlySession(const std::string& conninfo, int connect_timeout_seconds = 10);
  ~ReadOnlySession();
  ReadOnlySession(const ReadOnlySession&) = delete;
  ReadOnlySession& operator=(const ReadOnlySession&) = delete;

  /// `parameters` are $1 and so on; up to `rows` rows are kept, and all are counted.
  LiveAnswer ask(const std::string& query, const std::vector<std::string>& parameters,
                 int timeout_ms, std::size_t rows);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit

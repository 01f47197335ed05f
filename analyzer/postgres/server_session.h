// One connection on which statements are run one by one, as psql runs what is typed.
//
//   ServerSession session(conninfo);
//   ServerSession::Answer answer = session.run("CREATE TABLE t (id int)");
//   if (!answer.accepted) print(answer.sqlstate, answer.message);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

class ServerSession {
 public:
  explicit ServerSession(const std::string& conninfo);
  ~ServerSession();
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  static constexpr const char* kConnectionLost = "08006";

  struct Answer {
    bool accepted = false;
    /// Of what was refused; kConnectionLost where the server is gone.
    std::string sqlstate;
    std::string message;
    /// The constraint and the column that the server names in its refusal.
    std::string constraint, column;
    /// Of a query: its rows as text, NULL unset.
    std::vector<std::vector<std::optional<std::string>>> rows;
  };
  Answer run(const std::string& sql);

  /// Whether a transaction is open, be it failed or not.
  bool in_transaction() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit

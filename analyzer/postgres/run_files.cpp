#include "analyzer/postgres/run_files.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string_view>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/model/secret_names.h"
#include "analyzer/postgres/watched_statement.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/step_transaction.h"

namespace schemaudit {

namespace {

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ResultCloser {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, ConnectionCloser>;
using Result = std::unique_ptr<PGresult, ResultCloser>;

/// Places of offsets that only grow: one walk over the text for all of them.
class PlacesInOrder {
 public:
  explicit PlacesInOrder(const SqlText& text)
      : text_(text), line_(text.first_line), column_(text.first_column) {}

  Origin of(std::size_t offset) {
    if (offset < at_) return text_.origin(offset);
    for (; at_ < std::min(offset, text_.text.size()); ++at_) {
      unsigned char c = static_cast<unsigned char>(text_.text[at_]);
      if (c == '\n') {
        ++line_;
        column_ = text_.first_column;
      } else if ((c & 0xC0) != 0x80) {
        ++column_;
      }
    }
    return {text_.uri, line_, column_};
  }

 private:
  const SqlText& text_;
  std::size_t at_ = 0;
  int line_, column_;
};

/// The first words of a statement, folded, without its comments.
std::vector<std::string> head_of(std::string_view statement, std::size_t count) {
  std::vector<std::string> words;
  std::size_t at = 0;
  Token token;
  while (words.size() < count && next_token(statement, at, token)) {
    if (token.kind == TokenKind::comment) continue;
    words.push_back(token.kind == TokenKind::word ? fold_case(token.in(statement))
                                                  : std::string(token.in(statement)));
  }
  return words;
}

bool has_word(std::string_view statement, std::string_view word) {
  std::size_t at = 0;
  Token token;
  while (next_token(statement, at, token))
    if (token.kind == TokenKind::word && is_word(token, statement, word)) return true;
  return false;
}

/// Databases, roles, tablespaces and the server's settings are shared by all databases.
bool reaches_beyond_database(std::string_view statement) {
  std::vector<std::string> head = head_of(statement, 2);
  if (head.size() < 2) return false;
  const std::string &verb = head[0], &noun = head[1];
  constexpr std::array<std::string_view, 7> kShared = {
      "database", "role", "user", "group", "tablespace", "subscription", "system"};
  if (verb == "create" || verb == "alter" || verb == "drop")
    // CREATE USER MAPPING belongs to a database.
    return std::find(kShared.begin(), kShared.end(), noun) != kShared.end() &&
           !(noun == "user" && has_word(statement, "mapping"));
  if (verb == "comment")
    return has_word(statement, "database") || has_word(statement, "role") ||
           has_word(statement, "tablespace");
  if (verb == "reassign") return true;
  if (verb == "drop" && noun == "owned") return true;
  // GRANT role TO role; privileges are granted ON something.
  return (verb == "grant" || verb == "revoke") && !has_word(statement, "on");
}

bool ends_transaction(const std::string& verb) {
  return verb == "commit" || verb == "end" || verb == "rollback" || verb == "abort";
}

bool controls_transaction(const std::string& verb) {
  return ends_transaction(verb) || verb == "begin" || verb == "start" || verb == "savepoint" ||
         verb == "release" || verb == "prepare";
}

std::string field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value ? value : "";
}

constexpr std::string_view kUndefinedObject = "42704", kSyntaxError = "42601";

/// `role "app" does not exist` -> app
std::string missing_role(const std::string& message) {
  constexpr std::string_view kHead = "role \"", kTail = "\" does not exist";
  if (!message.starts_with(kHead) || !message.ends_with(kTail)) return {};
  return message.substr(kHead.size(), message.size() - kHead.size() - kTail.size());
}

/// Where the server points at, which counts the characters of the statement from 1.
std::size_t after_characters(const std::string& text, std::size_t begin, std::size_t position) {
  std::size_t at = begin;
  for (; position > 1; --position) do
      ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

class Runner {
 public:
  Runner(const std::string& conninfo, const RunFilesOptions& options)
      : conninfo_(conninfo), options_(options), connection_(PQconnectdb(conninfo.c_str())) {}

  FileRun run(const std::vector<SqlText>& files) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      // libpq's message may quote the whole conninfo.
      run_.error = "the scratch database cannot be opened";
      return std::move(run_);
    }
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    Result(PQexec(connection_.get(), "SET client_encoding TO 'UTF8'"));
    // The names of missing roles are read from messages.
    Result(PQexec(connection_.get(), "SET lc_messages TO 'C'"));
    run_.role = PQuser(connection_.get());
    if (options_.watch) watch_ = std::make_unique<StatementWatch>(connection_.get());
    if (options_.one_transaction) Result(PQexec(connection_.get(), "BEGIN"));
    for (const SqlText& file : files) {
      run_file(file);
      if (!run_.error.empty()) return std::move(run_);
    }
    if (options_.one_transaction) {
      if (transaction_begun_.from_file() && !stopped())
        tell(ProblemKind::refused, transaction_begun_, std::string(kUnendedBegin));
      end_transaction(files);
    } else if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE && !stopped()) {
      tell(ProblemKind::refused, transaction_begun_, std::string(kNeverCommitted));
    }
    return std::move(run_);
  }

 private:
  void run_file(const SqlText& file) {
    const std::string_view text = file.text;
    PlacesInOrder places(file);
    std::vector<Piece> pieces = cut_pieces(text);
    for (std::size_t i = 0; i < pieces.size() && run_.error.empty() && !stopped(); ++i) {
      const Piece& piece = pieces[i];
      if (piece.kind == Piece::Kind::copy_data) continue;
      Origin origin = places.of(piece.begin);
      if (piece.kind == Piece::Kind::psql) {
        std::string command(piece.in(text));
        pass_over(command, origin);
        // `\copy ... from stdin` takes the lines behind it, which were cut as if they were SQL.
        if (command.starts_with("\\copy") &&
            fold_case(command).find("from stdin") != std::string::npos) {
          std::size_t data_end = std::min(text.find("\n\\.", piece.end), text.size());
          while (i + 1 < pieces.size() && pieces[i + 1].begin <= data_end + 1) ++i;
        }
        continue;
      }
      ++run_.statements.total;
      if (piece.kind == Piece::Kind::shell) {
        ++run_.statements.invalid;
        tell(ProblemKind::invalid_sql, origin, "this is a shell command, not SQL");
        continue;
      }
      std::string_view data;
      if (i + 1 < pieces.size() && pieces[i + 1].kind == Piece::Kind::copy_data)
        data = pieces[i + 1].in(text);
      statement(std::string(piece.in(text)), data, origin, file, piece.begin);
    }
  }

  /// A command of psql. Most format output; some would have run SQL.
  void pass_over(const std::string& command, const Origin& origin) {
    std::string word = command.substr(0, command.find_first_of(" \t\r"));
    if (word == "\\i" || word == "\\ir" || word == "\\include" || word == "\\include_relative")
      tell(ProblemKind::unanalysed, origin,
           word + " is not followed: name the files themselves, in a list (sql:@FILE)");
    else if (word == "\\gexec")
      tell(ProblemKind::unanalysed, origin,
           "\\gexec runs statements that a query makes: they are not run here");
    else if (word == "\\if" || word == "\\elif" || word == "\\else" || word == "\\endif")
      tell(ProblemKind::unanalysed, origin,
           word + " runs statements on a condition; they are run as if it were not there");
    else if (word == "\\!")
      tell(ProblemKind::unanalysed, origin, "\\! runs a program, which is not run here");
    // What an empty session connects to is where everything is made.
    else if ((word == "\\c" || word == "\\connect") && has_made_something_)
      tell(ProblemKind::unanalysed, origin,
           word + " goes to another database; what follows is run in this one");
  }

  void statement(const std::string& sql, std::string_view copy_data, const Origin& origin,
                 const SqlText& file, std::size_t offset) {
    if (!options_.own_server && reaches_beyond_database(sql)) {
      ++run_.statements.refused;
      tell(ProblemKind::refused, origin,
           "not run: it would change the server beyond the scratch database");
      return;
    }
    std::vector<std::string> head = head_of(sql, 1);
    const std::string verb = head.empty() ? std::string() : head.front();
    if (verb != "set" && verb != "select" && !reaches_beyond_database(sql))
      has_made_something_ = true;
    if (watch_) {
      watched_statement(sql, copy_data, origin, verb, file, offset);
      return;
    }
    bool was_idle = PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
    // After an error in a transaction the statement cannot be tried again without a savepoint.
    bool guarded = options_.own_server && !controls_transaction(verb) &&
                   PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS;
    if (guarded) Result(PQexec(connection_.get(), "SAVEPOINT schemaudit_statement"));
    Result result = execute(sql, copy_data);
    bool may_retry = guarded || (options_.own_server && was_idle);
    while (may_retry && result && make_missing_role(*result, guarded))
      result = execute(sql, copy_data);
    bool failed = !result || PQresultStatus(result.get()) == PGRES_FATAL_ERROR ||
                  PQresultStatus(result.get()) == PGRES_BAD_RESPONSE;
    const bool made_before = failed && result && is_role_of_ours(*result);
    if (guarded && made_before)
      Result(PQexec(connection_.get(), "ROLLBACK TO SAVEPOINT schemaudit_statement"));
    if (guarded && (!failed || made_before))
      Result(PQexec(connection_.get(), "RELEASE SAVEPOINT schemaudit_statement"));
    if (is_lost(origin)) return;
    if (was_idle && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE)
      transaction_begun_ = origin;
    if (!failed || made_before) {
      ++run_.statements.replayed;
      return;
    }
    refused(*result, origin, file, offset);
  }

  bool is_lost(const Origin& origin) {
    if (PQstatus(connection_.get()) == CONNECTION_OK) return false;
    run_.error =
        "the server ended the connection at " + to_string(origin) + ": what follows was not run";
    return true;
  }

  bool stopped() const {
    return options_.stop_at_error && run_.statements.refused + run_.statements.invalid > 0;
  }

  void watched_statement(const std::string& sql, std::string_view copy_data, const Origin& origin,
                         const std::string& verb, const SqlText& file, std::size_t offset) {
    const bool controls = controls_transaction(verb);
    const bool was_open = PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
    auto run = [&] {
      return watch_->run(sql, controls, [&] { return execute(sql, copy_data).release(); });
    };
    StatementRun seen = run();
    // A role that only the real server has.
    while (options_.own_server && seen.sqlstate == kUndefinedObject &&
           make_role(missing_role(seen.message)))
      seen = run();
    if (is_lost(origin)) return;
    seen.origin = seen.sqlstate == kSyntaxError
                      ? file.origin(after_characters(file.text, offset, seen.position))
                      : origin;
    seen.verb = verb;
    if (controls) note_transaction(origin, was_open, verb);
    if (seen.accepted)
      ++run_.statements.replayed;
    else if (seen.sqlstate == kSyntaxError)
      ++run_.statements.invalid;
    else
      ++run_.statements.refused;
    run_.watched.push_back(std::move(seen));
  }

  /// After a statement that begins or ends a transaction: which of them the text has begun itself.
  void note_transaction(const Origin& origin, bool was_open, const std::string& verb) {
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) {
      const bool undone = was_open && (verb == "rollback" || verb == "abort");
      if (undone && (!transaction_begun_.from_file() || ran_before_begin_))
        tell(ProblemKind::refused, origin, std::string(kUndoesStep));
      transaction_begun_ = {};
    } else if ((verb == "begin" || verb == "start") && !transaction_begun_.from_file()) {
      transaction_begun_ = origin;
      ran_before_begin_ = was_open && !run_.watched.empty();
    }
  }

  void end_transaction(const std::vector<SqlText>& files) {
    if (stopped()) {
      Result(PQexec(connection_.get(), "ROLLBACK"));
      return;
    }
    Result ended(PQexec(connection_.get(), "COMMIT"));
    if (PQresultStatus(ended.get()) == PGRES_COMMAND_OK || files.empty()) return;
    if (is_lost(files.back().origin(files.back().text.size()))) return;
    // What is deferred is checked here, and belongs to no single statement.
    ++run_.statements.refused;
    StatementRun seen;
    seen.origin = files.back().origin(files.back().text.size());
    seen.sqlstate = field(ended.get(), PG_DIAG_SQLSTATE);
    seen.message = redact(
        "COMMIT: " + field(ended.get(), PG_DIAG_MESSAGE_PRIMARY) + " (" +
        without_secret_values(field(ended.get(), PG_DIAG_MESSAGE_DETAIL), seen.sqlstate) + ")");
    run_.watched.push_back(std::move(seen));
  }

  Result execute(const std::string& sql, std::string_view copy_data) {
    Result result(PQexec(connection_.get(), sql.c_str()));
    ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_IN) {
      // From behind the line of the statement to before `\.`.
      std::size_t begin = copy_data.find('\n');
      copy_data.remove_prefix(begin == std::string_view::npos ? copy_data.size() : begin + 1);
      if (copy_data.ends_with("\\.")) copy_data.remove_suffix(2);
      for (std::size_t at = 0; at < copy_data.size(); at += kChunk) {
        std::string_view chunk = copy_data.substr(at, kChunk);
        if (PQputCopyData(connection_.get(), chunk.data(), static_cast<int>(chunk.size())) != 1)
          break;
      }
      PQputCopyEnd(connection_.get(), nullptr);
      result.reset(PQgetResult(connection_.get()));
    } else if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
      char* row = nullptr;
      while (PQgetCopyData(connection_.get(), &row, 0) > 0) PQfreemem(row);
      result.reset(PQgetResult(connection_.get()));
    } else {
      return result;
    }
    while (Result more{PQgetResult(connection_.get())}) {
    }
    return result;
  }

  /// True where the statement failed for want of a role, which is there now.
  bool make_missing_role(const PGresult& failed, bool guarded) {
    if (field(&failed, PG_DIAG_SQLSTATE) != kUndefinedObject) return false;
    std::string role = missing_role(field(&failed, PG_DIAG_MESSAGE_PRIMARY));
    if (!guarded) return make_role(role);
    // In the same transaction: it would not see before its end what another one makes.
    Result(PQexec(connection_.get(), "ROLLBACK TO SAVEPOINT schemaudit_statement"));
    if (!make_role(role, connection_.get())) return false;
    Result(PQexec(connection_.get(), "SAVEPOINT schemaudit_statement"));
    return true;
  }

  /// On a connection of its own: the session may have become somebody who cannot make roles.
  bool make_role(const std::string& role) {
    if (role.empty()) return false;
    if (!roles_connection_) {
      roles_connection_ = Connection(PQconnectdb(conninfo_.c_str()));
      PQsetNoticeProcessor(
          roles_connection_.get(), [](void*, const char*) {}, nullptr);
    }
    return make_role(role, roles_connection_.get());
  }

  bool make_role(const std::string& role, PGconn* connection) {
    if (role.empty()) return false;
    std::unique_ptr<char, void (*)(void*)> quoted(
        PQescapeIdentifier(connection, role.c_str(), role.size()), PQfreemem);
    if (!quoted) return false;
    std::string sql = "CREATE ROLE " + std::string(quoted.get());
    Result made(PQexec(connection, sql.c_str()));
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) return false;
    roles_.insert(role);
    return true;
  }

  /// CREATE ROLE of a role that was made here because a statement before named it.
  bool is_role_of_ours(const PGresult& failed) const {
    if (field(&failed, PG_DIAG_SQLSTATE) != "42710") return false;
    std::string message = field(&failed, PG_DIAG_MESSAGE_PRIMARY);
    return std::any_of(roles_.begin(), roles_.end(), [&](const std::string& role) {
      return message == "role \"" + role + "\" already exists";
    });
  }

  void refused(const PGresult& result, const Origin& origin, const SqlText& file,
               std::size_t offset) {
    std::string sqlstate = field(&result, PG_DIAG_SQLSTATE);
    std::string message =
        without_secret_literal(field(&result, PG_DIAG_MESSAGE_PRIMARY), sqlstate, file.text);
    if (sqlstate == kSyntaxError) {
      ++run_.statements.invalid;
      const std::string position = field(&result, PG_DIAG_STATEMENT_POSITION);
      tell(ProblemKind::invalid_sql,
           file.origin(
               after_characters(file.text, offset, position.empty() ? 0 : std::stoul(position))),
           message);
      return;
    }
    ++run_.statements.refused;
    std::string detail = without_secret_values(field(&result, PG_DIAG_MESSAGE_DETAIL), sqlstate);
    std::string hint = field(&result, PG_DIAG_MESSAGE_HINT);
    if (!detail.empty()) message += " (" + detail + ")";
    if (!hint.empty() && sqlstate == "58P01") message += " (" + hint + ")";
    tell(ProblemKind::refused, origin, "the server refuses it: " + message);
  }

  void tell(ProblemKind kind, const Origin& origin, const std::string& message) {
    Problem problem;
    problem.kind = kind;
    problem.origin = origin;
    problem.message = redact(message);
    run_.problems.push_back(std::move(problem));
  }

  static constexpr std::size_t kChunk = 1 << 20;

  std::string conninfo_;
  RunFilesOptions options_;
  Connection connection_;
  Connection roles_connection_;
  std::unique_ptr<StatementWatch> watch_;
  /// Anything but settings and what is shared by all databases.
  bool has_made_something_ = false;
  FileRun run_;
  std::set<std::string> roles_;
  /// The BEGIN of the text itself that is open.
  Origin transaction_begun_;
  /// Statements that stand before it in the same transaction, which is then a tool's.
  bool ran_before_begin_ = false;
};

}  // namespace

FileRun run_files(const std::string& conninfo, const std::vector<SqlText>& files,
                  const RunFilesOptions& options) {
  return Runner(conninfo, options).run(files);
}

}  // namespace schemaudit

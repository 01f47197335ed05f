#include "analyzer/sql/replay.h"

#include <algorithm>

#include "analyzer/model/redact.h"
#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/recovery.h"
#include "analyzer/sql/replay/parsed_batches.h"
#include "analyzer/sql/replay/run.h"
#include "analyzer/sql/replay/schema_of.h"
#include "analyzer/sql/replay/script_commands.h"
#include "analyzer/sql/replay/session_statements.h"
#include "analyzer/sql/replay/statement_kinds.h"
#include "analyzer/sql/waiver_comments.h"

namespace schemaudit {

using namespace replay;

struct Replay::State {
  Session session;
  SourceResult result;

  void start() {
    Object schema;
    schema.kind = Kind::schema;
    schema.name = "public";
    schema.comment = "standard public schema";
    schema.detail = NamespaceDetail{"", true, std::nullopt};
    session.last_given = session.catalog.add(std::move(schema));
  }
};

namespace {

std::string first_line(std::string_view text) {
  return redact(std::string(text.substr(0, std::min(text.find('\n'), text.size()))));
}

/// Runs one text; lives as long as one Replay::run().
class TextRun {
 public:
  TextRun(Session& session, SourceResult& result, const SqlText& text)
      : session_(session), result_(result), text_(text), lines_(text) {}

  void run() {
    std::vector<Piece> pieces = cut_pieces(text_.text);
    ParsedBatches batches(text_.text, pieces);
    while (std::optional<ParsedBatch> batch = batches.next()) {
      if (pieces[batch->from].kind != Piece::Kind::sql) {
        command(pieces[batch->from]);
        continue;
      }
      for (std::size_t i = batch->from; i < batch->to; ++i)
        if (batch->tree)
          run_statement(*batch->tree, i - batch->from, pieces[i], batch->begin);
        else
          run_piece(pieces[i]);
    }
    note_open_comment(pieces.empty() ? 0 : pieces.back().end);
  }

 private:
  /// A comment that is never closed takes in all statements behind it.
  void note_open_comment(std::size_t behind_last) {
    Token last;
    for (Token token; next_token(text_.text, behind_last, token);) last = token;
    if (last.kind != TokenKind::comment || last.end() < text_.text.size()) return;
    const std::string_view comment = last.in(text_.text);
    if (!comment.starts_with("/*")) return;
    int depth = 0;
    for (std::size_t i = 0; i + 1 < comment.size(); ++i) {
      if (comment[i] == '/' && comment[i + 1] == '*') {
        ++depth;
        ++i;
      } else if (comment[i] == '*' && comment[i + 1] == '/') {
        --depth;
        ++i;
      }
    }
    if (depth <= 0) return;
    Piece piece;
    piece.begin = last.offset;
    piece.end = last.end();
    refuse_syntax(piece, {"unterminated /* comment", 0});
  }

  void command(const Piece& piece) {
    if (piece.kind == Piece::Kind::copy_data) return;
    std::optional<std::string> doubt =
        piece.kind == Piece::Kind::psql ? doubt_about_psql_command(piece.in(text_.text), session_)
                                        : std::optional<std::string>("a line that is no SQL");
    if (!doubt) return;
    ++result_.statements.total;
    ++result_.statements.unanalysed;
    session_.has_unknown_objects = true;
    add_problem(ProblemKind::unanalysed, piece, lines_.origin(piece.begin), *doubt, {});
  }

  void run_piece(const Piece& piece) {
    Tree tree = parse_sql(piece.in(text_.text));
    if (!tree.ok()) return refuse_syntax(piece, tree.error);
    for (std::size_t i = 0; i < tree.size(); ++i) run_statement(tree, i, piece, piece.begin);
  }

  void run_statement(const Tree& tree, std::size_t index, const Piece& piece, std::size_t begin) {
    if (!tree.raw(index).stmt) return;
    PgQuery__Node& node = *tree.raw(index).stmt;
    StatementText text{&text_, begin, std::string_view(text_.text).substr(begin, piece.end - begin),
                       &lines_};
    std::size_t ordinal = result_.statements.total++;
    Run run{session_,        session_.catalog,           text,
            tree.arena(),    lines_.origin(piece.begin), ordinal,
            result_.changes, result_.problems,           piece.in(text_.text)};
    if (session_.failed_at && !ends_failure(node))
      return fail(piece, run,
                  {"the transaction has failed at " + to_string(*session_.failed_at) +
                       ", and everything before its end is refused",
                   0,
                   {},
                   ProblemKind::refused});
    const StatementKind* kind = statement_kind(node);
    if (!kind || (kind->treatment == Treatment::unanalysed && !kind->run)) {
      ++result_.statements.unanalysed;
      session_.has_unknown_objects = true;
      add_problem(ProblemKind::unanalysed, piece, run.origin,
                  std::string(kind ? kind->name : "this statement") +
                      " may change the schema in ways that are not followed",
                  {});
      return;
    }
    if (session_.encoding != ClientEncoding::utf8 && has_non_ascii(run.source)) {
      if (session_.encoding == ClientEncoding::other)
        return fail(piece, run,
                    {"its text is in the encoding that client_encoding names, which is not decoded",
                     0,
                     {},
                     ProblemKind::unanalysed});
      decode_latin1(node, tree.arena());
    }
    std::size_t changes = result_.changes.size();
    Catalog::Mark mark = session_.catalog.mark();
    try {
      if (kind->run) kind->run(run, node);
      if (kind->treatment == Treatment::no_effect)
        ++result_.statements.without_effect;
      else
        ++result_.statements.replayed;
      if (session_.blocks.empty()) session_.catalog.settle();
    } catch (const Refusal& refusal) {
      session_.catalog.undo_to(mark);
      if (session_.blocks.empty()) session_.catalog.settle();
      result_.changes.resize(changes);
      fail(piece, run, refusal);
    } catch (const std::exception& fault) {
      // Ours, not the statement's: it is not followed, and the rest goes on.
      session_.catalog.undo_to(mark);
      if (session_.blocks.empty()) session_.catalog.settle();
      result_.changes.resize(changes);
      fail(piece, run,
           {std::string("this statement could not be followed: ") + fault.what(),
            0,
            {},
            ProblemKind::unanalysed});
    }
  }

  void fail(const Piece& piece, const Run& run, const Refusal& refusal) {
    Origin at = refusal.location > 0 ? run.origin_at(refusal.location) : run.origin;
    if (refusal.kind == ProblemKind::unanalysed) {
      ++result_.statements.unanalysed;
      session_.has_unknown_objects = true;
      Change change;
      change.kind = ChangeKind::unanalysed;
      change.origin = run.origin;
      change.statement = run.statement;
      change.object = refusal.object;
      result_.changes.push_back(std::move(change));
      return add_problem(ProblemKind::unanalysed, piece, at, refusal.message, refusal.object);
    }
    ++result_.statements.refused;
    fail_transaction(at);
    add_problem(ProblemKind::refused, piece, at, "PostgreSQL would refuse this: " + refusal.message,
                refusal.object);
  }

  void fail_transaction(const Origin& at) {
    if (session_.in_block() && !session_.failed_at) session_.failed_at = at;
  }

  void refuse_syntax(const Piece& piece, const SyntaxError& error) {
    ++result_.statements.total;
    std::string_view text = piece.in(text_.text);
    Origin at = lines_.origin(piece.begin + std::min(error.offset, text.size()));
    if (std::string newer = newer_syntax(text); !newer.empty()) {
      ++result_.statements.unanalysed;
      session_.has_unknown_objects = true;
      return add_problem(ProblemKind::newer_syntax, piece, at,
                         newer + " is newer than the grammar this program knows", {});
    }
    if (std::string placeholder = template_placeholder(text); !placeholder.empty()) {
      ++result_.statements.unanalysed;
      session_.has_unknown_objects = true;
      return add_problem(ProblemKind::unanalysed, piece, at,
                         "the statement is a template: " + placeholder +
                             " has to be filled in before PostgreSQL can read it",
                         {});
    }
    ++result_.statements.invalid;
    fail_transaction(at);
    add_problem(ProblemKind::invalid_sql, piece, at, error.message, {});
  }

  void add_problem(ProblemKind kind, const Piece& piece, Origin at, std::string message,
                   ObjectRef object) {
    Problem problem;
    problem.kind = kind;
    problem.origin = std::move(at);
    problem.message = std::move(message);
    problem.object = std::move(object);
    problem.excerpt = first_line(piece.in(text_.text));
    problem.key = problem.excerpt;
    result_.problems.push_back(std::move(problem));
  }

  Session& session_;
  SourceResult& result_;
  const SqlText& text_;
  LineIndex lines_;
};

SourceResult with_schema(SourceResult result, const Session& session) {
  result.role = Role::declared;
  result.kind = "sql";
  result.schema = schema_of(session);
  return result;
}

}  // namespace

Replay::Replay() : state_(std::make_unique<State>()) {
  state_->start();
}

Replay::~Replay() = default;

void Replay::run(const SqlText& text) {
  run_with_deep_stack(text.text.size(),
                      [&] { TextRun(state_->session, state_->result, text).run(); });
  for (InlineWaiver& waiver : waivers_in_sql(text))
    state_->result.waivers.push_back(std::move(waiver));
}

SourceResult Replay::current() const {
  return with_schema(state_->result, state_->session);
}

void Replay::begin_step() {
  replay::begin_step(state_->session, state_->result.changes);
}

void Replay::end_step(bool commits) {
  replay::end_step(state_->session, commits, state_->result.changes, state_->result.problems);
}

SourceResult Replay::finish() {
  replay::end_step(state_->session, false, state_->result.changes, state_->result.problems);
  return with_schema(std::move(state_->result), state_->session);
}

std::size_t Replay::statements() const {
  return state_->result.statements.total;
}

}  // namespace schemaudit

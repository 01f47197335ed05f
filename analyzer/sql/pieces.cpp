#include "analyzer/sql/pieces.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "analyzer/sql/lexer.h"

namespace schemaudit {

namespace {

constexpr std::array<std::string_view, 46> kStatementWords = {
    "abort",    "alter",   "analyze", "begin",    "call",      "checkpoint", "close",
    "cluster",  "comment", "commit",  "copy",     "create",    "deallocate", "declare",
    "delete",   "discard", "do",      "drop",     "end",       "execute",    "explain",
    "fetch",    "grant",   "import",  "insert",   "listen",    "load",       "lock",
    "merge",    "move",    "notify",  "prepare",  "reassign",  "refresh",    "reindex",
    "release",  "reset",   "revoke",  "rollback", "savepoint", "select",     "set",
    "truncate", "update",  "vacuum",  "with"};

constexpr std::array<std::string_view, 6> kConstraintWords = {"constraint", "check",   "unique",
                                                              "primary",    "foreign", "exclude"};

constexpr std::array<std::string_view, 30> kShellWords = {
    "psql",   "pg_dump", "pg_restore", "createdb", "dropdb", "docker", "alembic", "npx",
    "npm",    "cd",      "export",     "sudo",     "python", "pip",    "bash",    "curl",
    "rake",   "rails",   "make",       "git",      "dbmate", "flyway", "goose",   "diesel",
    "prisma", "initdb",  "pg_ctl",     "cp",       "mkdir",  "source"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

/// `PGPASSWORD=x psql ...`, `$ psql`, `./run.sh`, `docker exec ...`
bool begins_shell_line(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, line_end(text, at) - at);
  if (line.starts_with("$ ") || line.starts_with("./")) return true;
  std::size_t word = 0;
  while (word < line.size() && ((line[word] >= 'A' && line[word] <= 'Z') || line[word] == '_' ||
                                (line[word] >= '0' && line[word] <= '9')))
    ++word;
  if (word > 0 && word + 1 < line.size() && line[word] == '=' && line[word + 1] != ' ' &&
      line.find(' ', word) != std::string_view::npos)
    return true;
  std::string first = first_word(line);
  return contains(kShellWords, first) && first.size() < line.size() && line[first.size()] == ' ';
}

std::size_t end_of_shell_line(std::string_view text, std::size_t at) {
  std::size_t end = line_end(text, at);
  while (end < text.size() && end > at && text[end - 1] == '\\') end = line_end(text, end + 1);
  return end;
}

/// Whether a line break with nothing but white space on the next line lies in between.
bool blank_line_between(std::string_view text, std::size_t from, std::size_t to) {
  return std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                    text.begin() + static_cast<std::ptrdiff_t>(to), '\n') > 1;
}

bool line_break_between(std::string_view text, std::size_t from, std::size_t to) {
  return text.substr(from, to - from).find('\n') != std::string_view::npos;
}

}  // namespace

std::string first_word(std::string_view text) {
  std::size_t at = 0;
  Token token;
  while (next_token(text, at, token)) {
    if (token.kind == TokenKind::comment) continue;
    return token.kind == TokenKind::word ? fold_case(token.in(text)) : std::string();
  }
  return {};
}

bool begins_statement(std::string_view word) {
  return contains(kStatementWords, word) || word == "values" || word == "table" || word == "show" ||
         word == "start" || word == "security" || word == "unlisten";
}

bool has_elision(std::string_view text) {
  int dots = 0;
  std::size_t last = 0;
  for (const Token& token : tokenize(text)) {
    bool dot = token.kind == TokenKind::symbol && text[token.offset] == '.';
    dots = dot && (dots == 0 || token.offset == last) ? dots + 1 : (dot ? 1 : 0);
    last = token.end();
    if (dots >= 3) return true;
    if (token.kind == TokenKind::word && token.in(text).find("\xE2\x80\xA6") != std::string::npos)
      return true;
  }
  return false;
}

std::vector<Piece> cut_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  Piece piece;
  bool open = false;
  bool comments_open = false;
  int parentheses = 0;
  int atomic = 0;
  std::string previous_word;

  auto close = [&](bool terminated) {
    if (open) {
      piece.terminated = terminated;
      pieces.push_back(piece);
    }
    open = comments_open = false;
    parentheses = atomic = 0;
    previous_word.clear();
  };

  std::size_t at = 0;
  Token token;
  while (next_token(text, at, token)) {
    if (!open) {
      if (token.kind == TokenKind::comment) {
        if (!comments_open) piece.comments_begin = token.offset;
        comments_open = true;
        continue;
      }
      bool psql = text[token.offset] == '\\';
      if (psql || begins_shell_line(text, token.offset)) {
        piece.kind = psql ? Piece::Kind::psql : Piece::Kind::shell;
        piece.begin = token.offset;
        piece.end = at =
            psql ? line_end(text, token.offset) : end_of_shell_line(text, token.offset);
        if (!comments_open) piece.comments_begin = piece.begin;
        open = true;
        close(true);
        continue;
      }
      if (text[token.offset] == ';') {
        comments_open = false;
        continue;
      }
      piece.kind = Piece::Kind::sql;
      piece.begin = token.offset;
      if (!comments_open) piece.comments_begin = piece.begin;
      open = true;
    }
    if (token.kind == TokenKind::comment) continue;

    if (token.kind == TokenKind::symbol) {
      char symbol = text[token.offset];
      if (symbol == '(') ++parentheses;
      if (symbol == ')' && parentheses > 0) --parentheses;
      if (symbol == '\\' && parentheses == 0) {
        // A psql command that ends a statement: `SELECT ... \gexec`.
        close(true);
        at = token.offset;
        continue;
      }
      if (symbol == ';' && parentheses == 0 && atomic == 0) {
        bool copies = first_word(piece.in(text)) == "copy" &&
                      fold_case(piece.in(text)).find("from stdin") != std::string::npos;
        close(true);
        if (copies) {
          std::size_t data_end = text.find("\n\\.", at);
          Piece data{Piece::Kind::copy_data, at,
                     data_end == std::string_view::npos ? text.size() : data_end + 3, at, true};
          at = data.end;
          pieces.push_back(data);
        }
        continue;
      }
    } else if (token.kind == TokenKind::word) {
      // SQL-standard function bodies hold semicolons: BEGIN ATOMIC ... END.
      std::string word = fold_case(token.in(text));
      if (word == "atomic" && previous_word == "begin") atomic = 1;
      if (atomic > 0 && word == "case") ++atomic;
      if (atomic > 0 && word == "end") --atomic;
      previous_word = std::move(word);
    }
    piece.end = token.end();
  }
  close(false);
  return pieces;
}

std::vector<Piece> cut_lines(std::string_view text, const Piece& piece) {
  std::vector<Piece> parts;
  Piece part = piece;
  bool open = false;
  bool comments_open = false;
  int parentheses = 0;
  std::size_t last_end = piece.comments_begin;

  std::size_t at = piece.comments_begin;
  Token token;
  while (at < piece.end && next_token(text, at, token)) {
    bool fresh_line = token.offset == 0 || line_break_between(text, last_end, token.offset);
    if (open && parentheses == 0 && fresh_line) {
      std::string word = token.kind == TokenKind::word ? fold_case(token.in(text)) : std::string();
      bool cut = token.kind == TokenKind::comment ||
                 blank_line_between(text, last_end, token.offset) ||
                 contains(kConstraintWords, word) ||
                 (begins_statement(word) && word != "set" && word != "with" && word != "select" &&
                  word != "values" && word != "table" && word != "execute");
      // `word word` on a line of its own, as a column is written.
      if (!cut && token.kind == TokenKind::word) {
        std::string_view before = text.substr(part.begin, part.end - part.begin);
        cut = !begins_statement(first_word(before)) &&
              !contains(kConstraintWords, first_word(before));
      }
      if (cut) {
        parts.push_back(part);
        open = comments_open = false;
      }
    }
    if (!open) {
      if (token.kind == TokenKind::comment) {
        if (!comments_open) part.comments_begin = token.offset;
        comments_open = true;
        last_end = token.end();
        continue;
      }
      part.begin = token.offset;
      if (!comments_open) part.comments_begin = part.begin;
      open = true;
    }
    if (token.kind == TokenKind::symbol) {
      if (text[token.offset] == '(') ++parentheses;
      if (text[token.offset] == ')' && parentheses > 0) --parentheses;
    }
    if (token.kind != TokenKind::comment) part.end = token.end();
    last_end = token.end();
  }
  if (open) parts.push_back(part);
  return parts;
}

}  // namespace schemaudit

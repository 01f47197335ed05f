// Random expressions, each with several ways to write it and several ways to change it.
//
//   ExpressionMaker maker(7);
//   WrittenExpression made = maker.condition(3);
//   std::string one = maker.write(made), another = maker.write(made);   // the same to a server
//   std::string other = maker.write(maker.mutated(made));               // not the same
#pragma once

#include <random>
#include <string>
#include <vector>

namespace schemaudit {

/// A piece of SQL: `spellings` are ways to write it, with $1, $2 for its parts; `changed` are
/// ways to write something else.
struct WrittenExpression {
  std::vector<std::string> spellings;
  std::vector<std::string> changed;
  std::vector<WrittenExpression> parts;
};

/// A default: the type of its column beside it.
struct WrittenDefault {
  std::string type;
  WrittenExpression expression;
};

class ExpressionMaker {
 public:
  explicit ExpressionMaker(unsigned seed) : random_(seed) {}

  /// The types and columns that the expressions use, as statements.
  static const char* types();
  static const char* columns();

  WrittenExpression condition(int depth);
  WrittenDefault default_value();

  /// In one of its ways, with white space and letter case as they come.
  std::string write(const WrittenExpression& expression);
  /// With one of its pieces changed.
  WrittenExpression mutated(const WrittenExpression& expression);

 private:
  using Piece = WrittenExpression;

  int number(int below);
  const std::string& one_of(const std::vector<std::string>& choices);
  Piece column(const std::vector<std::string>& alike);
  Piece comparison(Piece left, Piece right);

  Piece simple_condition();
  Piece integer(int depth);
  Piece integer_constant(bool untyped);
  Piece numeric(int depth);
  Piece numeric_constant();
  Piece text(int depth);
  Piece text_constant();
  Piece date();
  Piece date_constant(bool untyped);
  Piece timestamp_constant(bool untyped);
  Piece zoned_constant(bool untyped);
  Piece interval_constant(bool untyped);
  Piece word_list(const std::string& column, bool numbers);

  std::string written(const WrittenExpression& expression);
  std::string disguised(const std::string& sql);

  std::mt19937 random_;
};

}  // namespace schemaudit

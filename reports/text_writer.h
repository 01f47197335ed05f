// Lines for a terminal: indented, wrapped, painted, and safe whatever they hold.
//
//   TextWriter writer(style);
//   writer.line(2, {{"HIGH", Paint::high}, {" undocumented-table"}});
//   writer.block(6, finding.fix->text);
//
// Everything written goes through visible_text.h, so that no name from a database can move the
// cursor, set the window's title or speak to a CI runner.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/renderer.h"

namespace schemaudit {

enum class Paint { plain, strong, faint, good, critical, high, medium, low, info, place };

Paint paint_of(Severity severity);

struct StyledText {
  std::string text;
  Paint paint = Paint::plain;

  StyledText(std::string words, Paint colour = Paint::plain)  // NOLINT: reads as a value
      : text(std::move(words)), paint(colour) {}
  StyledText(std::string_view words, Paint colour = Paint::plain)  // NOLINT
      : StyledText(std::string(words), colour) {}
  StyledText(const char* words, Paint colour = Paint::plain)  // NOLINT
      : StyledText(std::string(words), colour) {}
};

class TextWriter {
 public:
  explicit TextWriter(const TextStyle& style) : style_(style) {}

  void blank();
  /// A blank line, then a heading.
  void section(std::string_view title);
  /// Wrapped at the style's width; further lines are indented by `hang` more.
  void line(int indent, const std::vector<StyledText>& spans, int hang = 2);
  /// Line by line as it is, never wrapped: code to copy.
  void block(int indent, std::string_view text);

  std::string take() { return std::move(text_); }

 private:
  struct Character {
    std::string_view bytes;
    Paint paint = Paint::plain;
  };
  void write_physical(int indent, const Character* first, const Character* last);

  TextStyle style_;
  std::string text_;
};

}  // namespace schemaudit

#include "reports/text_writer.h"

#include <algorithm>

#include "reports/runner_commands.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

constexpr int kNarrowest = 40;

std::string_view colour_code(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::strong:
      return "\x1b[1m";
    case Paint::faint:
      return "\x1b[2m";
    case Paint::good:
      return "\x1b[1;32m";
    case Paint::critical:
      return "\x1b[1;31m";
    case Paint::high:
      return "\x1b[31m";
    case Paint::medium:
      return "\x1b[33m";
    case Paint::low:
      return "\x1b[34m";
    case Paint::info:
      return "\x1b[2m";
    case Paint::place:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

Paint paint_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return Paint::info;
    case Severity::low:
      return Paint::low;
    case Severity::medium:
      return Paint::medium;
    case Severity::high:
      return Paint::high;
    case Severity::critical:
      return Paint::critical;
  }
  return Paint::plain;
}

void TextWriter::blank() {
  text_ += '\n';
}

void TextWriter::section(std::string_view title) {
  blank();
  line(0, {{title, Paint::strong}});
}

void TextWriter::line(int indent, const std::vector<StyledText>& spans, int hang) {
  std::vector<std::string> visible;
  for (const StyledText& span : spans) visible.push_back(visible_line(span.text));
  std::vector<Character> characters;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::string_view text = visible[i];
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = code_point_at(text, at).length;
      characters.push_back({text.substr(at, length), spans[i].paint});
      at += length;
    }
  }

  const auto is_space = [](const Character& character) { return character.bytes == " "; };
  const Character* next = characters.data();
  const Character* const end = characters.data() + characters.size();
  bool first = true;
  do {
    const int margin = first ? indent : indent + hang;
    const auto room = static_cast<std::ptrdiff_t>(std::max(style_.width, kNarrowest) - margin);
    const Character* stop = end;
    if (style_.width > 0 && end - next > room) {
      stop = next + room;
      while (stop > next && !is_space(*stop)) --stop;
      // A word longer than the line stays whole, so that it can be copied.
      if (stop == next) stop = std::find_if(next + 1, end, is_space);
    }
    write_physical(margin, next, stop);
    next = std::find_if_not(stop, end, is_space);
    first = false;
  } while (next != end);
}

void TextWriter::block(int indent, std::string_view text) {
  const std::string visible = visible_block(text);
  std::string_view rest = visible;
  while (!rest.empty() && rest.back() == '\n') rest.remove_suffix(1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string safe = without_runner_commands(std::string(rest.substr(0, end)));
    if (!safe.empty()) text_ += std::string(static_cast<std::size_t>(indent), ' ') + safe;
    text_ += '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void TextWriter::write_physical(int indent, const Character* first, const Character* last) {
  while (first != last && (last - 1)->bytes == " ") --last;
  if (first != last) text_ += std::string(static_cast<std::size_t>(indent), ' ');
  std::string plain;
  for (const Character* at = first; at != last; ++at) plain += at->bytes;
  const std::string safe = without_runner_commands(plain);
  if (!style_.color || safe != plain) {
    text_ += safe + '\n';
    return;
  }
  Paint current = Paint::plain;
  for (const Character* at = first; at != last; ++at) {
    if (at->paint != current) {
      if (!colour_code(current).empty()) text_ += "\x1b[0m";
      text_ += colour_code(at->paint);
      current = at->paint;
    }
    text_ += at->bytes;
  }
  if (!colour_code(current).empty()) text_ += "\x1b[0m";
  text_ += '\n';
}

}  // namespace schemaudit

#include "analyzer/sql/text.h"

#include <algorithm>

namespace schemaudit {

namespace {

/// What stands behind the last line belongs to it.
Origin place_of_line(const std::vector<Origin>& places, std::size_t line) {
  return places[std::min(line, places.size() - 1)];
}

}  // namespace

Origin SqlText::origin(std::size_t offset) const {
  offset = std::min(offset, text.size());
  if (!line_places.empty()) {
    const auto begin = text.begin();
    const auto line = std::count(begin, begin + static_cast<std::ptrdiff_t>(offset), '\n');
    return place_of_line(line_places, static_cast<std::size_t>(line));
  }
  Origin at{uri, first_line, first_column};
  if (is_made) return at;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') {
      ++at.line;
      at.column = first_column;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return at;
}

LineIndex::LineIndex(const SqlText& text) : text_(&text), line_begins_{0} {
  for (std::size_t at = text.text.find('\n'); at != std::string::npos;
       at = text.text.find('\n', at + 1))
    line_begins_.push_back(at + 1);
}

Origin LineIndex::origin(std::size_t offset) const {
  if (text_->is_made) return {text_->uri, text_->first_line, text_->first_column};
  offset = std::min(offset, text_->text.size());
  auto line = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset) - 1;
  if (!text_->line_places.empty())
    return place_of_line(text_->line_places, static_cast<std::size_t>(line - line_begins_.begin()));
  Origin at{text_->uri, text_->first_line + static_cast<int>(line - line_begins_.begin()),
            text_->first_column};
  const bool goes_on = last_column_ > 0 && last_line_ == *line && last_offset_ <= offset;
  if (goes_on) at.column = last_column_;
  for (std::size_t i = goes_on ? last_offset_ : *line; i < offset; ++i)
    if ((static_cast<unsigned char>(text_->text[i]) & 0xC0) != 0x80) ++at.column;
  last_line_ = *line;
  last_offset_ = offset;
  last_column_ = at.column;
  return at;
}

}  // namespace schemaudit

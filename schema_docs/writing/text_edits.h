// Changes to the lines of a text that leave every other byte as it is: a byte-order mark, line
// ends of either kind, trailing spaces, and a last line without an end.
//
//   TextEdits edits;
//   edits.replace(12, "| id | bigint |");
//   edits.insert_before(13, {"| email | text |"});
//   std::string changed = edits.apply(text);
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// The lines of a text, each without its end; the first is line 1.
class DocumentLines {
 public:
  explicit DocumentLines(std::string_view text);

  int count() const { return static_cast<int>(lines_.size()); }
  /// Empty where there is no such line.
  std::string_view line(int number) const;
  /// `\n`, `\r\n`, or nothing for a last line without an end.
  std::string_view end_of(int number) const;
  /// What most lines end with; `\n` for a text of one line.
  std::string_view usual_end() const { return usual_end_; }

 private:
  struct Line {
    std::string_view text, end;
  };
  std::vector<Line> lines_;
  std::string_view usual_end_ = "\n";
};

class TextEdits {
 public:
  /// The line keeps its end.
  void replace(int line, std::string text);
  void remove(int line);
  /// Line count() + 1 is the end of the text. What is inserted at one place stays in order.
  void insert_before(int line, const std::vector<std::string>& lines);

  bool empty() const { return changed_.empty() && inserted_.empty(); }
  /// Whether an edit replaces or removes the line.
  bool touches(int line) const { return changed_.count(line) > 0; }
  std::string apply(std::string_view text) const;

 private:
  struct Change {
    bool removed = false;
    std::string text;
  };
  std::map<int, Change> changed_;
  std::map<int, std::vector<std::string>> inserted_;
};

/// As `diff -u` prints it, with three lines of context; empty where the two are equal. `before`
/// is unset for a file that is new.
std::string unified_diff(std::string_view name, const std::string* before, std::string_view after);

}  // namespace schemaudit

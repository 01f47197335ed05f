// Counts how facts are written, one occurrence a vote, and takes what most say.
//
//   StyleVotes votes;
//   votes.column_table(block, shape, lines, 1);
//   votes.settle(style);
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/column_table.h"
#include "schema_docs/markdown.h"
#include "schema_docs/writing/document_style.h"

namespace schemaudit {

/// What was seen, and how often.
class Votes {
 public:
  void add(const std::string& what, int weight = 1) { counts_[what] += weight; }
  bool empty() const { return counts_.empty(); }
  /// The most frequent; of equals the first in order. `otherwise` where there are none.
  std::string winner(const std::string& otherwise) const;
  /// Whether `true` has more votes than `false`.
  bool says_yes(bool otherwise) const;
  void add(bool yes, int weight) { add(std::string(yes ? "true" : "false"), weight); }

 private:
  std::map<std::string, int> counts_;
};

class StyleVotes {
 public:
  void column_table(const Block& table, const ColumnTableShape& shape,
                    const std::vector<std::string>& lines, int weight);
  void list(const Block& list, const std::vector<std::string>& lines, int weight);
  void sql(const Block& fence, int weight);

  /// Sets what was voted on and leaves the rest.
  void settle(DocumentStyle& style) const;

 private:
  void words(std::string_view source, std::string_view plain, bool type_first, CellRole role,
             int weight);
  void reference(std::string_view phrase, std::string_view target, int weight);
  void type(const std::string& written, const std::string& normal, int weight);

  std::map<std::string, Votes> votes_;
  std::map<std::string, Votes> types_;
  std::map<PhraseKind, Votes> where_;
  /// By header: the table that shows it.
  Votes headers_;
  std::map<std::string, ColumnTableStyle> tables_;
};

}  // namespace schemaudit

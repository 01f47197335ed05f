// Parses a large text ahead of its replay, on a thread of its own: parsing takes as long as all
// that follows. Private to analyzer/sql.
//
//   ParsedBatches batches(text.text, pieces);
//   while (std::optional<ParsedBatch> batch = batches.next()) ...
//
// A batch is some statements that stand one after the other, parsed at once, for starting the
// parser costs more than a short statement; or one piece that is no SQL. Batches come in the
// order of the text, whatever thread made them.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit::replay {

struct ParsedBatch {
  /// Pieces [from, to).
  std::size_t from = 0, to = 0;
  /// Where in the text the parsed part begins.
  std::size_t begin = 0;
  /// Has one statement for each piece; unset where the grammar refuses one of them, which are then
  /// to be parsed one by one.
  std::optional<Tree> tree;
};

class ParsedBatches {
 public:
  /// Both have to outlive it.
  ParsedBatches(std::string_view text, const std::vector<Piece>& pieces);
  ~ParsedBatches();
  ParsedBatches(const ParsedBatches&) = delete;
  ParsedBatches& operator=(const ParsedBatches&) = delete;

  /// Unset after the last one. What the parsing thread threw (no memory, no thread) comes out here.
  std::optional<ParsedBatch> next();

 private:
  std::optional<ParsedBatch> parse_next();
  void parse_ahead();

  std::string_view text_;
  const std::vector<Piece>& pieces_;
  /// The first piece of the batch to be parsed next.
  std::size_t at_ = 0;

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ParsedBatch> ready_;
  bool done_ = false;
  bool stop_ = false;
  std::exception_ptr failure_;
};

}  // namespace schemaudit::replay

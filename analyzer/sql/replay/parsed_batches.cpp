#include "analyzer/sql/replay/parsed_batches.h"

#include <utility>

#include "analyzer/sql/deep_stack.h"

namespace schemaudit::replay {

namespace {

constexpr std::size_t kBatchBytes = 32 * 1024;
/// Below this a thread costs more than it saves.
constexpr std::size_t kWorthAThread = 256 * 1024;
/// How many batches may wait: enough to keep both sides busy, few enough for memory.
constexpr std::size_t kMostAhead = 8;

}  // namespace

ParsedBatches::ParsedBatches(std::string_view text, const std::vector<Piece>& pieces)
    : text_(text), pieces_(pieces) {
  if (text.size() < kWorthAThread) return;
  thread_ = std::thread([this] {
    try {
      run_with_deep_stack(text_.size(), [this] { parse_ahead(); });
    } catch (...) {
      std::lock_guard<std::mutex> lock(mutex_);
      failure_ = std::current_exception();
      done_ = true;
      changed_.notify_all();
    }
  });
}

ParsedBatches::~ParsedBatches() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::optional<ParsedBatch> ParsedBatches::next() {
  if (!thread_.joinable()) return parse_next();
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty() || done_; });
  if (ready_.empty() && failure_) std::rethrow_exception(failure_);
  if (ready_.empty()) return std::nullopt;
  std::optional<ParsedBatch> batch = std::move(ready_.front());
  ready_.pop_front();
  lock.unlock();
  changed_.notify_all();
  return batch;
}

void ParsedBatches::parse_ahead() {
  for (;;) {
    std::optional<ParsedBatch> batch = parse_next();
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return ready_.size() < kMostAhead || stop_; });
    if (stop_) return;
    if (batch)
      ready_.push_back(std::move(*batch));
    else
      done_ = true;
    bool done = done_;
    lock.unlock();
    changed_.notify_all();
    if (done) return;
  }
}

std::optional<ParsedBatch> ParsedBatches::parse_next() {
  if (at_ >= pieces_.size()) return std::nullopt;
  ParsedBatch batch;
  batch.from = at_++;
  batch.begin = pieces_[batch.from].begin;
  if (pieces_[batch.from].kind == Piece::Kind::sql)
    while (at_ < pieces_.size() && pieces_[at_].kind == Piece::Kind::sql &&
           pieces_[at_].end - batch.begin <= kBatchBytes)
      ++at_;
  batch.to = at_;
  if (batch.to - batch.from < 2) return batch;
  Tree tree = parse_sql(text_.substr(batch.begin, pieces_[batch.to - 1].end - batch.begin));
  if (tree.ok() && tree.size() == batch.to - batch.from) batch.tree = std::move(tree);
  return batch;
}

}  // namespace schemaudit::replay

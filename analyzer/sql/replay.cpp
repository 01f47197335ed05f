#include "analyzer/sql/replay.h"

namespace schemaudit {

struct Replay::State {
  ReplayOptions options;
};

Replay::Replay(ReplayOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}
Replay::~Replay() = default;

void Replay::run(const SqlText&) {}

SourceResult Replay::finish() {
  return {};
}

}  // namespace schemaudit

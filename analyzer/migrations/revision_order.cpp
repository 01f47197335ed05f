#include "analyzer/migrations/revision_order.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace schemaudit {

namespace {

Origin place_of(const Revision& revision) {
  return {revision.file, revision.line, 1};
}

ChainFault fault_of(ChainFaultKind kind, const Revision& revision, std::string message) {
  ChainFault fault;
  fault.kind = kind;
  fault.version = revision.id;
  fault.message = std::move(message);
  fault.origin = place_of(revision);
  return fault;
}

class Orderer {
 public:
  explicit Orderer(const std::vector<Revision>& revisions) : revisions_(revisions) {}

  RevisionOrder order() {
    for (const Revision& revision : revisions_) add(revision);
    for (const auto& [id, revision] : by_id_) link(*revision);
    run();
    find_heads();
    return std::move(result_);
  }

 private:
  void add(const Revision& revision) {
    auto [known, fresh] = by_id_.emplace(revision.id, &revision);
    if (fresh) return;
    ChainFault fault =
        fault_of(ChainFaultKind::duplicate_version, revision,
                 "Two revisions have the id " + revision.id + "; Alembic takes one of them.");
    fault.related = {place_of(*known->second)};
    result_.faults.push_back(std::move(fault));
  }

  void link(const Revision& revision) {
    for (const std::vector<std::string>* names : {&revision.parents, &revision.depends_on})
      for (const std::string& parent : *names) {
        const bool is_parent = names == &revision.parents;
        if (!by_id_.count(parent)) {
          result_.faults.push_back(
              fault_of(ChainFaultKind::missing_parent, revision,
                       "Revision " + revision.id + " follows " + parent +
                           ", and no file has that revision: Alembic cannot load the folder."));
          continue;
        }
        before_[revision.id].insert(parent);
        after_[parent].insert(revision.id);
        if (is_parent) followed_.insert(parent);
      }
  }

  /// Always the first by file of those whose parents have all run.
  void run() {
    auto by_file = [](const Revision* a, const Revision* b) {
      return std::tie(a->file, a->id) < std::tie(b->file, b->id);
    };
    std::set<const Revision*, decltype(by_file)> ready(by_file);
    std::map<std::string, std::size_t> waiting;
    for (const auto& [id, revision] : by_id_) {
      waiting[id] = before_[id].size();
      if (before_[id].empty()) ready.insert(revision);
    }
    while (!ready.empty()) {
      const Revision* next = *ready.begin();
      ready.erase(ready.begin());
      result_.revisions.push_back(next);
      for (const std::string& child : after_[next->id])
        if (--waiting[child] == 0) ready.insert(by_id_[child]);
    }
    const Revision* first = nullptr;
    std::string circle;
    for (const auto& [id, left] : waiting) {
      if (left == 0) continue;
      if (!first) first = by_id_[id];
      circle += (circle.empty() ? "" : ", ") + id;
    }
    if (first)
      result_.faults.push_back(fault_of(ChainFaultKind::cycle, *first,
                                        "These revisions wait for each other, and none of them "
                                        "can run: " +
                                            circle + "."));
  }

  void find_heads() {
    std::vector<const Revision*> heads;
    for (const Revision* revision : result_.revisions)
      if (!followed_.count(revision->id)) heads.push_back(revision);
    for (const Revision* head : heads) result_.heads.push_back(head->id);
    std::sort(result_.heads.begin(), result_.heads.end());
    // What hangs on a parent that is missing is no branch.
    const bool is_torn = std::any_of(
        result_.faults.begin(), result_.faults.end(),
        [](const ChainFault& fault) { return fault.kind == ChainFaultKind::missing_parent; });
    if (heads.size() < 2 || is_torn) return;
    std::string names;
    for (const std::string& head : result_.heads) names += (names.empty() ? "" : ", ") + head;
    ChainFault fault =
        fault_of(ChainFaultKind::several_heads, *heads.back(),
                 "The chain has " + std::to_string(heads.size()) + " heads (" + names +
                     "): `alembic upgrade head` refuses until a merge "
                     "joins them.");
    for (const Revision* head : heads)
      if (head != heads.back()) fault.related.push_back(place_of(*head));
    result_.faults.push_back(std::move(fault));
  }

  const std::vector<Revision>& revisions_;
  std::map<std::string, const Revision*> by_id_;
  std::map<std::string, std::set<std::string>> before_, after_;
  std::set<std::string> followed_;
  RevisionOrder result_;
};

}  // namespace

RevisionOrder order_revisions(const std::vector<Revision>& revisions) {
  return Orderer(revisions).order();
}

}  // namespace schemaudit

#include "analyzer/migrations/rehearsal/drop_only.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "analyzer/model/redact.h"
#include "analyzer/postgres/server_session.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

/// Of five: 120 orders.
constexpr std::size_t kMostPermuted = 5;

/// Everything that goes with a table of the policy is the policy's own.
bool is_own(const IsolationPolicy& policy, const Change& change) {
  const std::string& table = change.object.table.empty() ? change.object.name : change.object.table;
  return policy.tables.matches({change.object.schema, table});
}

bool makes_tables_of(const IsolationPolicy& policy, const Migration& migration) {
  Replay replay;
  for (const SqlText& text : migration.up) replay.run(text);
  const std::vector<Relation> made = replay.current().schema.relations;
  return std::any_of(made.begin(), made.end(), [&](const Relation& relation) {
    return policy.tables.matches(relation.name);
  });
}

struct BackStatement {
  std::string sql;
  Origin origin;
};

std::vector<BackStatement> drops_of(const std::vector<SqlText>& texts) {
  std::vector<BackStatement> statements;
  for (const SqlText& text : texts)
    for (const Piece& piece : cut_pieces(text.text))
      if (piece.kind == Piece::Kind::sql && first_word(piece.in(text.text)) == "drop")
        statements.push_back({std::string(piece.in(text.text)), text.origin(piece.begin)});
  return statements;
}

}  // namespace

std::vector<SqlText> rollback_of(const IsolationPolicy& policy,
                                 const MigrationReading& migrations) {
  std::vector<SqlText> texts;
  if (std::any_of(migrations.migrations.begin(), migrations.migrations.end(),
                  [&](const Migration& migration) { return makes_tables_of(policy, migration); }))
    texts = migrations.way_back;
  for (std::size_t at = migrations.migrations.size(); at-- > 0;) {
    const Migration& migration = migrations.migrations[at];
    if (makes_tables_of(policy, migration))
      texts.insert(texts.end(), migration.down.begin(), migration.down.end());
  }
  return texts;
}

std::vector<RehearsalFault> beyond_drops(const IsolationPolicy& policy,
                                         const std::vector<SqlText>& ups,
                                         const std::vector<SqlText>& back) {
  std::vector<RehearsalFault> faults;
  Replay replay;
  for (const SqlText& text : ups) replay.run(text);
  const std::size_t first = replay.statements();
  for (const SqlText& text : back) replay.run(text);
  for (const Change& change : replay.current().changes) {
    if (change.statement < first) continue;
    const bool own = is_own(policy, change);
    if (own && change.kind == ChangeKind::drop && !change.cascade) continue;
    RehearsalFault fault;
    fault.kind = FaultKind::beyond_own_tables;
    fault.origin = change.origin;
    fault.object = change.object;
    fault.message = "the rollback of isolation policy " + policy.name + " is to be drop-only, and ";
    if (!own)
      fault.message += "this reaches " + to_string(change.object) + ", which is none of its tables";
    else if (change.cascade)
      fault.message += "this drops " + to_string(change.object) +
                       " with CASCADE, which takes whatever depends on it along";
    else
      fault.message += "this does more to " + to_string(change.object) + " than drop it (" +
                       std::string(to_string(change.kind)) + ")";
    faults.push_back(std::move(fault));
  }
  return faults;
}

DropOrders try_drop_orders(const std::string& conninfo, const std::vector<SqlText>& back) {
  const std::vector<BackStatement> drops = drops_of(back);
  DropOrders orders;
  ServerSession session(conninfo);
  std::set<std::size_t> told;
  auto try_order = [&](const std::vector<std::size_t>& order) {
    if (!orders.error.empty()) return;
    ++orders.tried;
    session.run("BEGIN");
    std::string before;
    for (std::size_t at : order) {
      ServerSession::Answer answer = session.run(drops[at].sql);
      if (answer.sqlstate == ServerSession::kConnectionLost) {
        orders.error = "the drops could not be tried in every order: the connection was lost";
        return;
      }
      if (!answer.accepted) {
        if (told.insert(at).second) {
          RehearsalFault fault;
          fault.kind = FaultKind::order_matters;
          fault.origin = drops[at].origin;
          fault.message = "this drop is refused " +
                          (before.empty() ? std::string("as the first of them")
                                          : "after those of line " + before) +
                          ": " + redact(answer.message);
          orders.refused.push_back(std::move(fault));
        }
        break;
      }
      before += (before.empty() ? "" : ", ") + std::to_string(drops[at].origin.line);
    }
    session.run("ROLLBACK");
  };
  std::vector<std::size_t> order(drops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (drops.size() <= kMostPermuted) {
    do try_order(order);
    while (std::next_permutation(order.begin(), order.end()));
    return orders;
  }
  for (std::size_t at : order) try_order({at});
  return orders;
}

}  // namespace schemaudit

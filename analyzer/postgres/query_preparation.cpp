#include "analyzer/postgres/query_preparation.h"

#include <string>
#include <utility>

#include "analyzer/postgres/server_refusal.h"

namespace schemaudit {

namespace {

bool is_broken_query(const std::string& sqlstate) {
  // Neither a lacking privilege nor a placeholder of unknown type is the query's fault.
  return sqlstate != kInsufficientPrivilege && sqlstate != "42P18" &&
         (sqlstate.rfind("42", 0) == 0 || sqlstate == "22P02");
}

/// Where in the document character `position` (from 1) of its SQL stands.
Origin place_in(const DocumentedQuery& query, std::size_t position) {
  Origin at = query.origin;
  for (char c : query.sql) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    if (position <= 1) break;
    --position;
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

}  // namespace

void prepare_queries(CatalogSession& session, const std::vector<DocumentedQuery>& queries,
                     LiveReading& reading) {
  if (queries.empty()) return;
  session.change_settings("set_config('search_path', '\"$user\", public', true)");
  for (const DocumentedQuery& query : queries) {
    try {
      session.try_to_prepare(query.sql);
      ++reading.prepared_queries;
    } catch (const ServerRefusal& refusal) {
      // The connection is gone, and with it all that could follow.
      if (refusal.sqlstate.empty()) throw;
      if (is_broken_query(refusal.sqlstate)) {
        BrokenQuery broken;
        broken.query = query;
        broken.error = refusal.what();
        broken.sqlstate = refusal.sqlstate;
        broken.at = place_in(query, refusal.position);
        reading.broken_queries.push_back(std::move(broken));
      } else if (refusal.sqlstate != kInsufficientPrivilege) {
        // What a role may not read is told elsewhere.
        Problem problem;
        problem.kind = ProblemKind::unreadable;
        problem.origin = query.origin;
        problem.message = "this query could not be prepared: " + std::string(refusal.what());
        reading.unprepared.push_back(std::move(problem));
      }
    }
  }
}

}  // namespace schemaudit

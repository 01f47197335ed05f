#include "analyzer/sql/replay/session_statements.h"

#include <algorithm>

#include "analyzer/sql/replay/client_encoding.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/step_transaction.h"

namespace schemaudit::replay {

namespace {

const std::vector<std::string> kDefaultPath = {"$user", "public"};

std::string constant_text(const PgQuery__Node* node) {
  while (node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
  if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST) return {};
  if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL) return node->a_const->sval->sval;
  return {};
}

/// `app, "Other", public` as one string holds it.
std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  bool quoted_name = false, any = false;
  auto close = [&] {
    if (any) names.push_back(name);
    name.clear();
    any = false;
  };
  for (char c : text) {
    if (c == '"') {
      quoted_name = !quoted_name;
      any = true;
    } else if (c == ',' && !quoted_name) {
      close();
    } else if (quoted_name || (c != ' ' && c != '\t' && c != '\n')) {
      name += quoted_name || c < 'A' || c > 'Z' ? c : static_cast<char>(c + 32);
      any = true;
    }
  }
  close();
  return names;
}

void set_path(Session& session, std::vector<std::string> path, bool local) {
  if (local && session.blocks.empty()) return;
  if (local && !session.search_path_after) session.search_path_after = session.search_path;
  if (!local && session.search_path_after) session.search_path_after = path;
  session.search_path = std::move(path);
}

void set_role(Session& session, std::string role, bool local) {
  if (local && session.blocks.empty()) return;
  if (local && !session.role_after) session.role_after = session.role;
  session.role = std::move(role);
}

void restore_local(Session& session) {
  if (session.search_path_after) session.search_path = *session.search_path_after;
  if (session.role_after) session.role = *session.role_after;
  session.search_path_after.reset();
  session.role_after.reset();
}

void roll_back(Session& session, std::size_t block, std::vector<Change>& changes) {
  changes.resize(session.blocks[block].changes);
  session.catalog.undo_to(session.blocks[block].mark);
  session.search_path = session.blocks[block].search_path;
  session.role = session.blocks[block].role;
  session.default_grants = session.blocks[block].default_grants;
  session.failed_at.reset();
  if (!session.catalog.find(session.temporary_schema)) session.temporary_schema = kNoObject;
}

void undo_transaction(Session& session, std::vector<Change>& changes) {
  roll_back(session, 0, changes);
  session.blocks.clear();
  session.search_path_after.reset();
  session.role_after.reset();
  session.catalog.settle();
}

void open_block(Session& session, const std::string& savepoint,
                const std::vector<Change>& changes) {
  session.blocks.push_back({session.catalog.mark(), savepoint, session.search_path, session.role,
                            session.default_grants, changes.size()});
}

/// Of a failed transaction nothing is kept, whatever ends it.
void end_transaction(Session& session, bool commits, std::vector<Change>& changes) {
  if (session.blocks.empty()) return;
  if (!commits || session.failed_at) return undo_transaction(session, changes);
  session.blocks.clear();
  restore_local(session);
  session.catalog.settle();
}

Problem about_transaction(const Origin& at, std::string_view message) {
  Problem problem;
  problem.kind = ProblemKind::refused;
  problem.origin = at;
  problem.message = message;
  return problem;
}

/// ROLLBACK takes back more than what the text has begun.
bool undoes_step(const Session& session) {
  const Session::Block& block = session.blocks.front();
  return !block.begun || block.changes_before_begin > block.changes;
}

}  // namespace

void begin_step(Session& session, const std::vector<Change>& changes) {
  if (session.blocks.empty()) open_block(session, {}, changes);
}

void end_step(Session& session, bool commits, std::vector<Change>& changes,
              std::vector<Problem>& problems) {
  // Of one that has failed it is told already.
  if (session.in_block() && !session.failed_at)
    problems.push_back(about_transaction(*session.blocks.front().begun,
                                         commits ? kUnendedBegin : kNeverCommitted));
  end_transaction(session, commits, changes);
}

bool ends_failure(const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT) return false;
  switch (node.transaction_stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
      return true;
    default:
      return false;
  }
}

void set_variable(Run& run, const PgQuery__VariableSetStmt& set) {
  const std::string name = fold_case(set.name ? set.name : "");
  if (set.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
    run.session.search_path = kDefaultPath;
    return;
  }
  bool to_default = set.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT ||
                    set.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET;
  if (name == "search_path") {
    std::vector<std::string> path;
    for (std::size_t i = 0; i < set.n_args; ++i) path.push_back(constant_text(set.args[i]));
    // SET search_path TO '' searches no schema.
    std::erase(path, "");
    set_path(run.session, to_default ? kDefaultPath : path, set.is_local);
  } else if (name == "check_function_bodies") {
    std::string value = set.n_args > 0 ? fold_case(constant_text(set.args[0])) : "on";
    run.session.check_function_bodies =
        to_default || !(value == "off" || value == "false" || value == "no" || value == "0");
  } else if (name == "client_encoding" || name == "names") {
    run.session.encoding = client_encoding(set.n_args > 0 ? constant_text(set.args[0]) : "");
  } else if (name == "role" || name == "session_authorization") {
    std::string role = set.n_args > 0 ? constant_text(set.args[0]) : std::string();
    if (to_default || role == "none") role.clear();
    set_role(run.session, role, set.is_local);
  }
}

void transaction(Run& run, const PgQuery__TransactionStmt& statement) {
  Session& session = run.session;
  const std::string savepoint = statement.savepoint_name ? statement.savepoint_name : "";
  auto find_savepoint = [&]() -> std::size_t {
    for (std::size_t i = session.blocks.size(); i-- > 1;)
      if (session.blocks[i].savepoint == savepoint) return i;
    refuse("savepoint " + quoted(savepoint) + " does not exist");
  };
  switch (statement.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      // A second BEGIN only warns.
      if (session.in_block()) break;
      ++session.transactions;
      // The one that the tool has begun goes on as the text's own.
      if (session.blocks.empty()) open_block(session, {}, run.changes);
      session.blocks.front().begun = run.origin;
      session.blocks.front().changes_before_begin = run.changes.size();
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
      end_transaction(session, true, run.changes);
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
      if (!session.blocks.empty() && undoes_step(session))
        run.problems.push_back(about_transaction(run.origin, kUndoesStep));
      end_transaction(session, false, run.changes);
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
      if (session.blocks.empty()) refuse("SAVEPOINT can only be used in transaction blocks");
      open_block(session, savepoint, run.changes);
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
      if (session.blocks.empty())
        refuse("RELEASE SAVEPOINT can only be used in transaction blocks");
      session.blocks.resize(find_savepoint());
      break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO: {
      if (session.blocks.empty())
        refuse("ROLLBACK TO SAVEPOINT can only be used in transaction blocks");
      std::size_t block = find_savepoint();
      roll_back(session, block, run.changes);
      session.blocks.resize(block + 1);
      break;
    }
    default:
      break;
  }
}

void discard(Run& run, const PgQuery__DiscardStmt& statement) {
  if (statement.target == PG_QUERY__DISCARD_MODE__DISCARD_ALL) {
    run.session.search_path = kDefaultPath;
    run.session.role.clear();
  }
}

bool set_by_query(Run& run, const PgQuery__SelectStmt& query) {
  if (query.n_target_list != 1 || query.n_from_clause != 0) return false;
  const PgQuery__Node* target = query.target_list[0];
  if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET || !target->res_target->val ||
      target->res_target->val->node_case != PG_QUERY__NODE__NODE_FUNC_CALL)
    return false;
  const PgQuery__FuncCall& call = *target->res_target->val->func_call;
  if (name_of(call.n_funcname, call.funcname).name != "set_config" || call.n_args != 3)
    return false;
  const PgQuery__Node* local = call.args[2];
  bool is_local = local->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                  local->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
                  local->a_const->boolval->boolval;
  if (constant_text(call.args[0]) == "search_path")
    set_path(run.session, split_path(constant_text(call.args[1])), is_local);
  return true;
}

}  // namespace schemaudit::replay

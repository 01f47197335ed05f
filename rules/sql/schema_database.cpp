#include "rules/sql/schema_database.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "rules/sql/schema_rows.h"
#include "rules/sql/schema_tables.h"

namespace schemaudit {

namespace {

using Clock = std::chrono::steady_clock;
using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

constexpr std::size_t kMostRows = 100000;
constexpr int kLongestValue = 16 << 20;
constexpr std::int64_t kMostMemory = std::int64_t{2} << 30;

std::string sql_name(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

/// What a view of a role needs; `built` stands for whichever of three there is.
struct RoleViews {
  std::string prefix;
  /// Empty: none was given.
  std::string role;
  std::string what;
};

std::vector<RoleViews> role_views(const AuditInput& input) {
  std::vector<RoleViews> views;
  std::string built;
  for (Role role : {Role::live, Role::declared, Role::modelled, Role::documented, Role::before}) {
    const std::string name(to_string(role));
    const bool given = input.source(role) != nullptr;
    const bool builds = role != Role::documented && role != Role::before;
    if (given && builds && built.empty()) built = name;
    views.push_back({name, given ? name : "", "the " + name + " schema"});
  }
  views.push_back({"built", built, "a live, declared or modelled schema"});
  return views;
}

}  // namespace

struct SchemaDatabase::State {
  sqlite3* database = nullptr;
  /// Views of roles that were not given, and what they lack.
  std::map<std::string, std::string> not_given;
  Clock::time_point deadline;
  /// Which of them the query reads, while it is prepared.
  std::set<std::string> missing;

  ~State() { sqlite3_close(database); }

  [[noreturn]] void fail() const {
    throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database));
  }

  void execute(const std::string& sql) const {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

  Statement prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail();
    return {statement, sqlite3_finalize};
  }

  void create_tables() const {
    for (const SqlTable& table : sql_tables()) {
      std::string columns;
      for (const SqlColumn& column : table.columns)
        columns += (columns.empty() ? "" : ", ") + sql_name(column.name) + " " +
                   (column.type == "boolean" ? "integer" : std::string(column.type));
      execute("create table " + sql_name(table.name) + " (" + columns + ")");
    }
  }

  /// By which rules join: ids, tables, and names of what has no table.
  void create_indexes() const {
    for (const SqlTable& table : sql_tables()) {
      bool in_table = false;
      auto create = [&](std::string_view by, const std::string& columns) {
        execute("create index " + sql_name(std::string(table.name) + " by " + std::string(by)) +
                " on " + sql_name(table.name) + " (" + columns + ")");
      };
      for (const SqlColumn& column : table.columns) {
        if (column.name == "id" || column.name.ends_with("_id"))
          create(column.name, sql_name(column.name));
        if (column.name == "table_name") create(column.name, "table_name, schema");
        in_table = in_table || column.name == "table_name";
        if (column.name == "name" && (!in_table || table.name == "columns"))
          create(column.name, "name");
      }
    }
    execute("analyze");
  }

  void create_views(const AuditInput& input) {
    for (const SqlSubset& subset : sql_subsets())
      execute("create view " + sql_name(subset.name) + " as select * from relations where " +
              std::string(subset.condition));
    for (const RoleViews& views : role_views(input)) {
      auto create = [&](std::string_view name, const std::string& from) {
        const std::string view = views.prefix + "_" + std::string(name);
        execute("create view " + sql_name(view) + " as select * from " + from + " role = '" +
                views.role + "'");
        if (views.role.empty()) not_given[view] = views.what;
      };
      for (const SqlTable& table : sql_tables())
        create(table.name, sql_name(table.name) + " where");
      for (const SqlSubset& subset : sql_subsets())
        create(subset.name, "relations where " + std::string(subset.condition) + " and");
    }
  }

  void fill(const AuditInput& input) const {
    std::map<std::string, Statement, std::less<>> inserts;
    for (const SqlTable& table : sql_tables()) {
      std::string marks;
      for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
      inserts.emplace(table.name,
                      prepare("insert into " + sql_name(table.name) + " values (" + marks + ")"));
    }
    execute("begin");
    write_rows(input, [&](std::string_view table, const std::vector<Cell>& row) {
      sqlite3_stmt* insert = inserts.find(table)->second.get();
      if (sqlite3_bind_parameter_count(insert) != static_cast<int>(row.size()))
        throw std::logic_error("a row of " + std::string(table) + " has other columns");
      for (std::size_t i = 0; i < row.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        if (const auto* number = std::get_if<std::int64_t>(&row[i]))
          sqlite3_bind_int64(insert, at, *number);
        else if (const auto* text = std::get_if<std::string>(&row[i]))
          sqlite3_bind_text(insert, at, text->data(), static_cast<int>(text->size()),
                            SQLITE_STATIC);
        else
          sqlite3_bind_null(insert, at);
      }
      if (sqlite3_step(insert) != SQLITE_DONE) fail();
      sqlite3_reset(insert);
    });
    execute("commit");
  }

  /// From here on nothing but reading is allowed.
  void lock_up() {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kLongestValue);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    sqlite3_set_authorizer(database, authorize, this);
    sqlite3_progress_handler(
        database, 1000,
        [](void* self) { return Clock::now() > static_cast<State*>(self)->deadline ? 1 : 0; },
        this);
  }

  static int authorize(void* self, int action, const char* first, const char* second, const char*,
                       const char* view) {
    State& state = *static_cast<State*>(self);
    switch (action) {
      case SQLITE_SELECT:
      case SQLITE_RECURSIVE:
        return SQLITE_OK;
      case SQLITE_READ:
        for (const char* name : {first, view}) {
          auto lacking = state.not_given.find(name ? name : "");
          if (lacking != state.not_given.end()) state.missing.insert(lacking->second);
        }
        return SQLITE_OK;
      case SQLITE_FUNCTION:
        return second && std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
      default:
        return SQLITE_DENY;
    }
  }
};

SchemaDatabase::SchemaDatabase(const AuditInput& input) : state_(new State) {
  sqlite3_hard_heap_limit64(kMostMemory);
  if (sqlite3_open_v2(":memory:", &state_->database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK)
    state_->fail();
  state_->create_tables();
  state_->create_views(input);
  state_->fill(input);
  state_->create_indexes();
  state_->lock_up();
}

SchemaDatabase::~SchemaDatabase() = default;

SqlResult SchemaDatabase::run(const std::string& query, int timeout_ms) {
  SqlResult result;
  sqlite3* database = state_->database;
  state_->missing.clear();
  state_->deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  auto failed = [&](int code) {
    result.rows.clear();
    result.error = sqlite3_errmsg(database);
    if (code == SQLITE_INTERRUPT)
      result.error = "it took longer than " + std::to_string(timeout_ms / 1000) +
                     " s; give it an index-friendly join or a higher timeout";
    if (code == SQLITE_AUTH) result.error = "it may only read: SELECT, VALUES or WITH";
    return result;
  };
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  int code = sqlite3_prepare_v2(database, query.c_str(), -1, &made, &rest);
  Statement statement(made, sqlite3_finalize);
  if (code != SQLITE_OK) return failed(code);
  if (!statement || !sqlite3_stmt_readonly(made)) return failed(SQLITE_AUTH);
  sqlite3_stmt* second = nullptr;
  code = sqlite3_prepare_v2(database, rest, -1, &second, nullptr);
  Statement more(second, sqlite3_finalize);
  if (code != SQLITE_OK || more) {
    result.error = "it holds more than one statement";
    return result;
  }
  for (int c = 0; c < sqlite3_column_count(made); ++c)
    result.columns.emplace_back(sqlite3_column_name(made, c));
  for (const std::string& what : state_->missing)
    result.not_given += (result.not_given.empty() ? "" : " and ") + what;
  if (!result.not_given.empty()) return result;
  while ((code = sqlite3_step(made)) == SQLITE_ROW) {
    if (result.rows.size() == kMostRows) {
      result.rows.clear();
      result.error = "it gave more than " + std::to_string(kMostRows) + " rows";
      return result;
    }
    std::vector<std::optional<std::string>> row;
    for (int c = 0; c < sqlite3_column_count(made); ++c) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(made, c));
      row.push_back(text ? std::optional<std::string>(std::string(
                               text, static_cast<std::size_t>(sqlite3_column_bytes(made, c))))
                         : std::nullopt);
    }
    result.rows.push_back(std::move(row));
  }
  return code == SQLITE_DONE ? result : failed(code);
}

}  // namespace schemaudit

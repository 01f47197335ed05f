#include "analyzer/postgres/scratch_database.h"

#include <libpq-fe.h>

#include <random>
#include <vector>

#include "analyzer/model/names.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/scratch_server.h"
#include "analyzer/postgres/scratch_sweeper.h"

namespace schemaudit {

namespace {

constexpr int kConnectTimeout = 10;

std::string random_prefix() {
  std::random_device source;
  std::string name = "schemaudit_scratch_";
  for (int i = 0; i < 16; ++i) name += "0123456789abcdef"[source() % 16];
  return name + "_";
}

/// What the server said, first line, without the password; empty where it did it.
std::string run_alone(const std::string& conninfo, const std::string& sql) {
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection(
      PQconnectdb(with_defaults(conninfo, kConnectTimeout).c_str()), PQfinish);
  std::string said;
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    said = PQerrorMessage(connection.get());
  } else {
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                          PQclear);
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return {};
    said = PQresultErrorMessage(result.get());
  }
  said = without_password(said.substr(0, said.find('\n')), conninfo, connection.get());
  return said.empty() ? "the server gave no reason" : said;
}

}  // namespace

struct ScratchDatabases::State {
  std::string url;
  /// One for each database: roles belong to a server, and what one text makes another must not
  /// find.
  std::vector<std::unique_ptr<ScratchServer>> servers;
  /// Of the user's server.
  std::string conninfo;
  std::unique_ptr<ScratchSweeper> sweeper;
  /// Of the names of all databases that are made here.
  std::string prefix = random_prefix();
  std::size_t made = 0;

  std::string new_name() { return prefix + std::to_string(++made); }

  /// A database of the same server from which others are made and dropped.
  std::string maintenance_of(const ScratchDatabase& database) const {
    return conninfo.empty() ? with_database(database.conninfo, "postgres") : conninfo;
  }
};

ScratchDatabases::ScratchDatabases(std::string url) : state_(std::make_unique<State>()) {
  state_->url = std::move(url);
}

ScratchDatabases::~ScratchDatabases() = default;

bool ScratchDatabases::own_server() const {
  return state_->url.empty();
}

ScratchDatabase ScratchDatabases::make() {
  ScratchDatabase database;
  if (own_server()) {
    ScratchStart start = ScratchServer::start();
    if (!start.server) {
      database.error = start.error;
      return database;
    }
    state_->servers.push_back(std::move(start.server));
    try {
      database.name = "scratch";
      database.conninfo = state_->servers.back()->create_database(database.name);
    } catch (const std::exception& failure) {
      database.error = std::string("the scratch server cannot make a database: ") + failure.what();
    }
    return database;
  }
  Conninfo understood = understand_url(state_->url);
  if (!understood.value) {
    database.error = "--scratch-url: " + understood.error;
    database.usage_error = true;
    return database;
  }
  state_->conninfo = *understood.value;
  const std::string name = state_->new_name();
  if (!state_->sweeper)
    state_->sweeper = std::make_unique<ScratchSweeper>(state_->conninfo, state_->prefix);
  // template0 holds nothing but what PostgreSQL brings.
  std::string refused =
      run_alone(state_->conninfo, "CREATE DATABASE " + name + " TEMPLATE template0");
  if (!refused.empty()) {
    database.error = "no scratch database can be made on " + describe_conninfo(state_->conninfo) +
                     ": " + refused + "; its role needs CREATEDB";
    return database;
  }
  database.name = name;
  database.conninfo = with_database(with_defaults(state_->conninfo, kConnectTimeout), name);
  return database;
}

ScratchDatabase ScratchDatabases::copy(const ScratchDatabase& original) {
  ScratchDatabase database;
  const std::string name = state_->new_name();
  const std::string create =
      "CREATE DATABASE " + name + " TEMPLATE " + quote_identifier(original.name);
  // Three times as fast for small databases; before PostgreSQL 15 the only way, and not spelled.
  std::string refused = run_alone(state_->maintenance_of(original), create + " STRATEGY file_copy");
  if (!refused.empty()) refused = run_alone(state_->maintenance_of(original), create);
  if (!refused.empty()) {
    database.error = "the scratch database cannot be copied: " + refused;
    return database;
  }
  database.name = name;
  database.conninfo = with_database(original.conninfo, name);
  return database;
}

void ScratchDatabases::drop(const ScratchDatabase& database) {
  if (database.name.empty()) return;
  run_alone(state_->maintenance_of(database),
            "DROP DATABASE IF EXISTS " + quote_identifier(database.name));
}

}  // namespace schemaudit

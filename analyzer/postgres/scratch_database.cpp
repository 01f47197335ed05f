#include "analyzer/postgres/scratch_database.h"

#include <libpq-fe.h>

#include <random>
#include <vector>

#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/scratch_server.h"

namespace schemaudit {

namespace {

constexpr int kConnectTimeout = 10;

std::string random_name() {
  std::random_device source;
  std::string name = "schemaudit_scratch_";
  for (int i = 0; i < 16; ++i) name += "0123456789abcdef"[source() % 16];
  return name;
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
  said = without_password(said.substr(0, said.find('\n')), conninfo);
  return said.empty() ? "the server gave no reason" : said;
}

}  // namespace

struct ScratchDatabases::State {
  std::string url;
  /// One for each database: roles belong to a server, and what one text makes another must not
  /// find.
  std::vector<std::unique_ptr<ScratchServer>> servers;
  /// On the user's server: what to drop.
  std::string conninfo;
  std::vector<std::string> made;
};

ScratchDatabases::ScratchDatabases(std::string url) : state_(std::make_unique<State>()) {
  state_->url = std::move(url);
}

ScratchDatabases::~ScratchDatabases() {
  for (const std::string& name : state_->made)
    run_alone(state_->conninfo, "DROP DATABASE IF EXISTS " + name);
}

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
      database.conninfo = state_->servers.back()->create_database("scratch");
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
  const std::string name = random_name();
  // template0 holds nothing but what PostgreSQL brings.
  std::string refused =
      run_alone(state_->conninfo, "CREATE DATABASE " + name + " TEMPLATE template0");
  if (!refused.empty()) {
    database.error = "no scratch database can be made on " + describe_conninfo(state_->conninfo) +
                     ": " + refused + "; its role needs CREATEDB";
    return database;
  }
  state_->made.push_back(name);
  database.conninfo = with_database(with_defaults(state_->conninfo, kConnectTimeout), name);
  return database;
}

}  // namespace schemaudit

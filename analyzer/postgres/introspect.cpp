#include "analyzer/postgres/introspect.h"

#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/schema_digest.h"
#include "analyzer/postgres/catalog_reader.h"
#include "analyzer/postgres/catalog_session.h"
#include "analyzer/postgres/conninfo.h"
#include "analyzer/postgres/query_preparation.h"
#include "analyzer/postgres/replaced_names.h"
#include "analyzer/postgres/server_refusal.h"

namespace schemaudit {

namespace {

/// An object that goes or gets another name while it is looked at spoils a reading; the next one
/// knows it as it is by then.
constexpr int kMostReadings = 3;

std::string advice_for(const std::string& message) {
  auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  if (says("password authentication failed") || says("no password supplied"))
    return "; check the user and the password (PGPASSWORD or ~/.pgpass)";
  if (says("does not exist")) return "; check the name in the URL";
  if (says("Connection refused") || says("No such file")) return "; is the server running there?";
  if (says("could not translate host name")) return "; check the host name";
  if (says("lock timeout"))
    return "; another session holds a lock on a table or view that has to be read: try again";
  if (says("timeout") || says("timed out")) return "; the host did not answer in time";
  return "";
}

/// One snapshot.
void read_catalogs(CatalogSession& session, const LiveOptions& options, const std::string& name,
                   LiveReading& reading) {
  const CatalogRow facts = session.open_snapshot(
      "current_setting('server_version'), d.datname, current_user, "
      "pg_encoding_to_char(d.encoding)");
  SourceResult source;
  source.role = Role::live;
  source.kind = "db";
  source.name = name;
  source.server =
      ServerFacts{facts.text(0), session.version, facts.text(1), facts.text(2), facts.text(3)};
  CatalogReader(session, options, source).read();
  // Of what was read, whoever read it.
  source.digest = schema_digest(source.schema);
  if (options.progress && !options.queries.empty()) options.progress("documented queries");
  prepare_queries(session, options.queries, reading);
  source.problems.insert(source.problems.end(), reading.unprepared.begin(),
                         reading.unprepared.end());
  const std::vector<ReplacedName> replaced = replaced_names(session);
  if (!replaced.empty() && have_changed(session, replaced))
    throw ServerRefusal("the schema is being altered, and was read " +
                            std::to_string(kMostReadings) +
                            " times with names of before and after; try again when that is over",
                        kAlteredMeanwhile);
  session.close();
  reading.statements = session.statements;
  reading.source = std::move(source);
}

}  // namespace

LiveReading introspect(const LiveOptions& options) {
  LiveReading reading;
  Conninfo understood = understand_url(options.conninfo);
  if (!understood.value) {
    reading.error = understood.error;
    reading.usage_error = true;
    return reading;
  }
  const std::string name = describe_conninfo(*understood.value);
  try {
    CatalogSession session(*understood.value,
                           {options.connect_timeout_seconds, options.statement_timeout_seconds});
    for (int attempt = 1; !reading.source; ++attempt) {
      try {
        reading = {};
        read_catalogs(session, options, name, reading);
      } catch (const ServerRefusal& refusal) {
        const bool is_spoilt =
            refusal.sqlstate == kInternalError || refusal.sqlstate == kAlteredMeanwhile;
        if (!is_spoilt || attempt == kMostReadings) throw;
      }
    }
  } catch (const std::exception& error) {
    const std::string message = without_password(error.what(), *understood.value);
    reading = {};
    reading.error = "cannot read " + name + ": " + message + advice_for(message);
  }
  return reading;
}

}  // namespace schemaudit

// What stands in SQL files and is no SQL: psql's commands and templates. Private to analyzer/sql.
//
//   doubt_about_psql_command("\\i more.sql", session)         "\i reads another file, ..."
//   template_placeholder("DROP TABLE {{ schema }}.users")     {{ schema }}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Why a psql command leaves doubt about the schema (`\i` reads another file); unset where it
/// leaves none (`\echo`, `\restrict`, `\copy`).
std::optional<std::string> doubt_about_psql_command(std::string_view command,
                                                    const Session& session);

/// The first placeholder of a template in a statement: `{{ schema }}`, `${SCHEMA}`, `<%= x %>`,
/// psql's `:name`; empty where there is none.
std::string template_placeholder(std::string_view text);

}  // namespace schemaudit::replay

// Runs the queries that the config has for the live database: every [[check]], and one for each
// row that an isolation policy requires.
//
//   LiveAnswers answers = ask_live("postgresql://app@db/shop", config);
//   if (!answers.checks[0].error.empty()) ...   // timed out, refused: nothing is proven
//
// Each runs in a read-only transaction, alone, under its time limit, and is rolled back. It is
// declared as a cursor through the extended protocol: a second statement, or one that is no
// query, is refused by the server itself. The role's search_path holds, as in psql. Row security
// is off, which makes the server refuse to answer where it would hide rows from the role.
#pragma once

#include <string>

#include "analyzer/model/config.h"
#include "analyzer/model/live_answers.h"

namespace schemaudit {

/// Whether there is anything to ask.
bool has_live_questions(const Config& config);

/// `conninfo` as LiveOptions::conninfo. Where no connection can be had, every answer says so.
LiveAnswers ask_live(const std::string& conninfo, const Config& config,
                     int connect_timeout_seconds = 10);

}  // namespace schemaudit

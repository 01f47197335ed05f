// What the replay makes of a few statements.
//
//   EXPECT_EQ(refusal("DROP TABLE nowhere"), "table \"nowhere\" does not exist");
//   table(schema_after("CREATE TABLE a (id int)"), "a").columns
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "analyzer/sql/replay.h"

namespace schemaudit {

inline SourceResult replayed(const std::string& sql) {
  Replay replay;
  replay.run({sql, "schema.sql"});
  return replay.finish();
}

inline Schema schema_after(const std::string& sql) {
  SourceResult result = replayed(sql);
  for (const Problem& problem : result.problems) ADD_FAILURE() << problem.message;
  return result.schema;
}

/// The one refusal, without the words that all begin with.
inline std::string refusal(const std::string& sql) {
  SourceResult result = replayed(sql);
  if (result.problems.size() != 1) return std::to_string(result.problems.size()) + " problems";
  const std::string& message = result.problems[0].message;
  return message.substr(message.find(": ") + 2);
}

inline const Relation& table(const Schema& schema, const std::string& name) {
  const Relation* found = schema.find_relation({"public", name});
  if (found) return *found;
  ADD_FAILURE() << "no table " << name;
  static const Relation kNone;
  return kNone;
}

}  // namespace schemaudit

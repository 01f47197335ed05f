// SQL of any bytes, run after a schema that it can change.
#include "analyzer/sql/replay.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  schemaudit::Replay replay;
  replay.run(
      {"CREATE TYPE mood AS ENUM ('a', 'b');"
       "CREATE TABLE t (id bigint PRIMARY KEY, m mood DEFAULT 'a', x text CHECK (x <> ''));"
       "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d);"
       "CREATE TABLE c (t_id bigint REFERENCES t ON DELETE CASCADE) INHERITS (t);"
       "CREATE VIEW v AS SELECT id, x FROM t;",
       "before.sql"});
  replay.run({std::string(reinterpret_cast<const char*>(data), size), "fuzz.sql"});
  replay.finish();
  return 0;
}

// The SQL of real projects that lies beside this checkout (../shared/corpora), each as the files
// that build its schema, in order, without the ways back and without what its own tool strips.
//
//   for (const SqlCorpus& corpus : sql_corpora()) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/text.h"

namespace schemaudit {

struct SqlCorpus {
  std::string name;
  /// Their paths are relative to ../shared/corpora, and their lines are those of the files: what
  /// is left out of a file is blank.
  std::vector<SqlText> files;
};

/// Those that have to be equal to the database they build.
std::vector<SqlCorpus> sql_corpora();
/// The folders of migrations that the corpora of these names were cut out of, relative to
/// ../shared/corpora, with what the tool is called.
struct MigrationCorpus {
  std::string name, folder, tool;
};
std::vector<MigrationCorpus> migration_corpora();
/// Their schema is made in DO blocks.
std::vector<SqlCorpus> corpora_of_blocks();
/// Those that need more than the server of a test has.
std::vector<SqlCorpus> corpora_beyond_this_server();
/// The files that undo what a corpus of migrations made, newest first.
std::vector<SqlText> ways_back(const std::string& corpus);

/// psql itself runs the files, in one session that goes on after errors; its exit code.
int build_with_psql(const SqlCorpus& corpus, const std::string& db);

/// The same without the statements that change rows, and without psql's \copy.
SqlCorpus without_rows(SqlCorpus corpus);

/// Line of the statement of `text` in which `line` and `column` stand.
int statement_line(const SqlText& text, int line, int column);

}  // namespace schemaudit

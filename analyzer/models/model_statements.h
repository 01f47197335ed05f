// What a reader of models tells: the SQL that the models stand for, with the place of every line
// of it, and what of the models only running them would tell.
//
//   ModelStatements models = read_sqlalchemy_document(printed);
//   SourceResult modelled = replay_models(models);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/source.h"

namespace schemaudit {

struct ModelStatement {
  /// One statement with its semicolon. A column or constraint of CREATE TABLE has its own line.
  std::string sql;
  /// One for each line of `sql`.
  std::vector<Origin> places;
};

/// A fact that the statements do not tell truly, because it could not be read.
struct UnknownInModel {
  QualifiedName table;
  /// Empty where the whole table is meant.
  std::string column;
  /// Of a column: `type`, `default`, `nullable`, `primary_key`, `unique`, `index`,
  /// `autoincrement`, `comment`, `options` (any of these), `constraints`, `column` (whether there
  /// is such a column). Of a table: `columns`, `constraints`, `indexes`, `primary_key`,
  /// `constraint_name`, `names`, `schema`, `comment`, `options`, `table`.
  std::string what;
};

struct ModelStatements {
  /// All files that were read, as the user would type them, in the order in which they were read.
  std::vector<std::string> files;
  /// Schemas that the statements expect to be there.
  std::vector<std::string> schemas;
  /// In the order in which they can be run.
  std::vector<ModelStatement> statements;
  std::vector<UnknownInModel> unknown;
  std::vector<Problem> problems;
};

/// Adds what another reader tells behind it.
void append(ModelStatements& to, ModelStatements more);

/// The schema that the statements would make in an empty database with the usual extensions.
/// `kind`, `name` and `digest` are for the caller to set.
SourceResult replay_models(const ModelStatements& models);

/// A schema that stands for models. They say nothing of triggers, policies, grants, owners and row
/// security, and the result does not cover them.
SourceResult as_models(SourceResult source);

}  // namespace schemaudit

#include <algorithm>
#include <map>

#include "analyzer/model/quoted_name.h"
#include "analyzer/models/model_statements.h"
#include "analyzer/models/unknown_facts.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

/// Models expect what their columns use to be installed, and say nothing of it.
constexpr std::string_view kUsualExtensions[] = {"btree_gin", "btree_gist", "citext",   "hstore",
                                                 "intarray",  "isn",        "ltree",    "pg_trgm",
                                                 "pgcrypto",  "unaccent",   "uuid-ossp"};

SqlText what_is_there(const ModelStatements& models) {
  SqlText text;
  for (const std::string& schema : models.schemas)
    text.text += "CREATE SCHEMA IF NOT EXISTS " + quoted_name(schema) + ";\n";
  for (std::string_view extension : kUsualExtensions)
    text.text += "CREATE EXTENSION IF NOT EXISTS " + quoted_name(extension) + ";\n";
  text.is_made = true;
  return text;
}

SqlText text_of(const std::vector<ModelStatement>& statements) {
  SqlText text;
  for (const ModelStatement& statement : statements) {
    text.text += statement.sql + "\n";
    text.line_places.insert(text.line_places.end(), statement.places.begin(),
                            statement.places.end());
  }
  return text;
}

/// A table whose statement was refused (a default that calls a function of the project's own) is
/// there all the same: as far as its text alone tells.
void add_refused_tables(const ModelStatements& models, SourceResult& result) {
  ClaimReader claims;
  for (const ModelStatement& statement : models.statements) claims.read(text_of({statement}), {});
  bool added = false;
  for (Relation& relation : claims.schema().relations) {
    if (relation.name.schema.empty()) relation.name.schema = "public";
    const std::vector<Relation>& known = result.schema.relations;
    if (std::any_of(known.begin(), known.end(),
                    [&](const Relation& each) { return each.name == relation.name; }))
      continue;
    result.schema.relations.push_back(std::move(relation));
    added = true;
  }
  if (added) result.schema.sort();
}

void leave_to_the_database(Schema& schema) {
  for (Relation& relation : schema.relations) {
    relation.coverage = {.columns = true,
                         .primary_key = true,
                         .unique_constraints = true,
                         .foreign_keys = true,
                         .checks = true,
                         .exclusions = true,
                         .indexes = true};
    relation.row_security.reset();
    relation.row_security_forced.reset();
    relation.owner.clear();
  }
  schema.extensions.clear();
}

}  // namespace

void append(ModelStatements& to, ModelStatements more) {
  auto move_all = [](auto& target, auto& source) {
    target.insert(target.end(), std::make_move_iterator(source.begin()),
                  std::make_move_iterator(source.end()));
  };
  move_all(to.files, more.files);
  move_all(to.schemas, more.schemas);
  move_all(to.statements, more.statements);
  move_all(to.unknown, more.unknown);
  move_all(to.problems, more.problems);
}

SourceResult replay_models(const ModelStatements& models) {
  Replay replay;
  replay.run(what_is_there(models));
  replay.run(text_of(models.statements));
  SourceResult result = replay.finish();
  const bool any_refused =
      std::any_of(result.problems.begin(), result.problems.end(),
                  [](const Problem& problem) { return problem.kind == ProblemKind::refused; });
  if (any_refused) add_refused_tables(models, result);
  result = as_models(std::move(result));
  forget_unknown_facts(models.unknown, result.schema);
  result.problems.insert(result.problems.end(), models.problems.begin(), models.problems.end());
  return result;
}

SourceResult as_models(SourceResult source) {
  leave_to_the_database(source.schema);
  source.role = Role::modelled;
  // They are how the models are told here, not something that anybody will run.
  source.changes.clear();
  source.statements = {};
  return source;
}

}  // namespace schemaudit

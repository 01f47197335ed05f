#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/migrations/alembic_revisions.h"
#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/revision_order.h"
#include "analyzer/model/digest.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

/// Answers what revisions ask of the catalog, as it is after the statements so far.
class CatalogAtStep {
 public:
  void run(const SqlText& text) {
    replay_.run(text);
    fresh_ = false;
  }

  /// Unset for a kind of object that is not looked up here.
  std::optional<bool> holds(const CatalogQuestion& question) {
    for (const auto* parts : {&question.all, &question.any}) {
      if (parts->empty()) continue;
      const bool wanted = parts == &question.any;
      std::optional<bool> result = !wanted;
      for (const CatalogQuestion& part : *parts) {
        std::optional<bool> answer = holds(part);
        if (!answer) return std::nullopt;
        if (*answer == wanted) result = wanted;
      }
      return result;
    }
    std::optional<bool> there = is_there(question);
    if (there) there = *there == question.exists;
    return there;
  }

 private:
  std::optional<bool> is_there(const CatalogQuestion& question) {
    const Schema& schema = current();
    const std::string in = question.schema.empty() ? "public" : question.schema;
    if (question.kind == "table") {
      const Relation* relation = schema.find_relation({in, question.name});
      return relation && !relation->is_view();
    }
    const Relation* table = schema.find_relation({in, question.table});
    if (question.kind == "column") return table && table->find_column(question.name);
    if (question.kind == "index" && table)
      return std::any_of(table->indexes.begin(), table->indexes.end(),
                         [&](const Index& index) { return index.name == question.name; });
    if (question.kind == "type")
      return schema.find_enum({in, question.name}) || schema.find_domain({in, question.name});
    if (question.kind == "schema")
      return std::any_of(schema.namespaces.begin(), schema.namespaces.end(),
                         [&](const Namespace& space) { return space.name == question.name; });
    if (question.kind == "sequence")
      return std::any_of(schema.sequences.begin(), schema.sequences.end(),
                         [&](const Sequence& sequence) {
                           return sequence.name == QualifiedName{in, question.name};
                         });
    return std::nullopt;
  }

  const Schema& current() {
    if (!fresh_) schema_ = replay_.current().schema;
    fresh_ = true;
    return schema_;
  }

  Replay replay_;
  Schema schema_;
  bool fresh_ = false;
};

/// One direction of a revision as SQL, its questions answered.
struct Direction {
  std::vector<SqlText> texts;
  std::vector<Problem> problems;
  bool empty = true;
  bool in_transaction = true;
};

class DirectionMaker {
 public:
  DirectionMaker(CatalogAtStep& catalog, std::set<std::string>& made, const std::string& uri,
                 bool runs)
      : catalog_(catalog), made_(made), uri_(uri), runs_(runs) {}

  Direction make(const std::vector<RevisionOperation>& operations) {
    for (const RevisionOperation& operation : operations) add(operation);
    return std::move(direction_);
  }

 private:
  void add(const RevisionOperation& operation) {
    direction_.empty = false;
    switch (operation.kind) {
      case RevisionOperation::Kind::sql:
        return add_sql(operation);
      case RevisionOperation::Kind::rows:
        return;
      case RevisionOperation::Kind::unanalysed:
        return add_problem(operation);
      case RevisionOperation::Kind::condition: {
        std::optional<bool> holds = catalog_.holds(operation.condition);
        if (!holds) return add_problem(operation);
        for (const RevisionOperation& each : *holds ? operation.then : operation.otherwise)
          add(each);
      }
    }
  }

  void add_sql(const RevisionOperation& operation) {
    for (const CatalogQuestion& type : operation.unless) {
      const std::string name = type.schema + "." + type.name;
      if (operation.unless_made ? made_.count(name) > 0 : catalog_.holds(type).value_or(false))
        return;
      made_.insert(name);
    }
    SqlText text{operation.sql, uri_, std::max(1, operation.line), std::max(1, operation.column)};
    text.is_made = operation.text_line == 0;
    if (!text.is_made) {
      text.first_line = operation.text_line;
      text.first_column = 1;
    }
    if (operation.autocommit) direction_.in_transaction = false;
    if (runs_) catalog_.run(text);
    direction_.texts.push_back(std::move(text));
  }

  void add_problem(const RevisionOperation& operation) {
    Problem problem;
    problem.kind = ProblemKind::unanalysed;
    problem.origin = {uri_, std::max(1, operation.line), std::max(1, operation.column)};
    problem.message =
        operation.reason.empty() ? "an operation that only running can tell" : operation.reason;
    std::string tables;
    for (const std::string& table : operation.may_touch)
      tables += (tables.empty() ? "" : ", ") + table;
    if (!tables.empty()) problem.message += "; it may change " + tables;
    direction_.problems.push_back(std::move(problem));
  }

  CatalogAtStep& catalog_;
  std::set<std::string>& made_;
  const std::string& uri_;
  const bool runs_;
  Direction direction_;
};

ChainFault unread(const Revision& revision, const Revision::Fault& fault) {
  ChainFault made;
  made.kind = ChainFaultKind::not_understood;
  made.version = revision.id.empty() ? revision.file : revision.id;
  made.message = revision.file + " " + fault.message;
  made.origin = {revision.file, fault.line, 1};
  return made;
}

}  // namespace

/// The revisions in the order in which `alembic upgrade heads` runs them.
MigrationReading read_alembic(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::alembic;
  RevisionsReading read = read_revisions(files.revisions);
  if (!read.error.empty()) {
    reading.refused = files.folder + ": " + read.error;
    return reading;
  }
  std::map<std::string, const MigrationFile*> texts;
  for (const MigrationFile& file : files.files) texts[file.uri] = &file;

  RevisionOrder order = order_revisions(read.revisions);
  reading.heads = std::move(order.heads);
  reading.faults = std::move(order.faults);
  for (const std::vector<Revision>* list : {&read.revisions, &read.unread})
    for (const Revision& revision : *list)
      for (const Revision::Fault& fault : revision.faults)
        reading.faults.push_back(unread(revision, fault));

  for (const Revision& revision : read.unread)
    for (const Revision::Fault& fault : revision.faults) {
      Problem problem;
      problem.kind = ProblemKind::unreadable;
      problem.origin = {revision.file, fault.line, 1};
      problem.message = fault.message;
      reading.problems.push_back(std::move(problem));
    }

  CatalogAtStep catalog;
  std::set<std::string> made;
  for (const Revision* revision : order.revisions) {
    Migration migration;
    MigrationStep& step = migration.step;
    step.version = revision->id;
    step.name = revision->message;
    step.parents = revision->parents;
    if (auto text = texts.find(revision->file); text != texts.end())
      step.digest = sha256_hex(text->second->text);
    Direction up = DirectionMaker(catalog, made, revision->file, true).make(revision->upgrade);
    step.up = {{revision->file, std::max(revision->line, revision->upgrade_line), 1},
               up.empty,
               up.in_transaction};
    migration.up = std::move(up.texts);
    reading.problems.insert(reading.problems.end(), up.problems.begin(), up.problems.end());
    if (revision->downgrade_line > 0) {
      // Asked of the catalog as the step leaves it, which is what its way back begins with.
      Direction down =
          DirectionMaker(catalog, made, revision->file, false).make(revision->downgrade);
      step.down = MigrationScript{
          {revision->file, revision->downgrade_line, 1}, down.empty, down.in_transaction};
      migration.down = std::move(down.texts);
    }
    reading.migrations.push_back(std::move(migration));
  }
  return reading;
}

}  // namespace schemaudit

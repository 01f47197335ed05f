// Takes what one statement states into a Schema of claims. Private to analyzer/sql.
//
//   ClaimStatements statements(reader, reading, options);
//   statements.apply(*tree.statements()[0], text);   // ALTER TABLE users ALTER email SET NOT NULL
//   // reader.schema() has a table users whose column email is not null, and no more of it
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/table_elements.h"

namespace schemaudit {

class ClaimStatements {
 public:
  ClaimStatements(ClaimReader& reader, SqlReading& reading, const SqlReadOptions& options)
      : reader_(reader), reading_(reading), options_(options) {}

  /// Returns the relations it made claims about.
  std::vector<QualifiedName> apply(const PgQuery__Node& node, const StatementText& statement);

  /// A constraint that stands alone, for `table`.
  void apply_fragment(const QualifiedName& table, ParsedConstraint constraint,
                      const std::string& shown);
  /// A column definition that stands alone.
  void apply_column_fragment(const QualifiedName& table, ParsedColumn column);

  /// A CREATE TABLE that the grammar refused, from the parts that could be read.
  void apply_recovered(Relation relation, const Origin& origin);

 private:
  void create_table(const PgQuery__CreateStmt& create, const StatementText& statement);
  void create_index(const PgQuery__IndexStmt& create, const StatementText& statement);
  void alter_table(const PgQuery__AlterTableStmt& alter, const StatementText& statement);
  void alter_command(Relation& relation, const PgQuery__AlterTableCmd& command,
                     const StatementText& statement);
  void create_type(const PgQuery__Node& node, const StatementText& statement);
  void create_view(const PgQuery__Node& node, const StatementText& statement);
  void comment(const PgQuery__CommentStmt& comment);
  void rename(const PgQuery__RenameStmt& rename);

  void add_relation(Relation relation, const Origin& origin);
  void add_constraint(Relation& relation, ParsedConstraint constraint);
  /// `is_new`: the relation has no column of that name, which the caller knows.
  void add_column(Relation& relation, ParsedColumn column, bool is_new = false);
  Relation& relation_for(const QualifiedName& name, const Origin& origin);
  Relation* find(const QualifiedName& name);
  void refer(const QualifiedName& target, const Origin& origin, std::string from);
  void refer_to_extension(const std::string& operator_class, const Origin& origin);
  void state(const std::string& kind, const QualifiedName& name, const Origin& origin);
  void contradict(const ObjectRef& object, const Origin& at, const Origin& first,
                  std::string message, std::string key);

  ClaimReader& reader_;
  SqlReading& reading_;
  const SqlReadOptions& options_;
  std::vector<QualifiedName> touched_;
};

}  // namespace schemaudit

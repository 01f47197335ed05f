// Merges what documents state outside of SQL into the schema that their SQL stated: names that
// are spelled differently become one relation, what is new is added, what differs is reported.
//
//   ClaimMerge merge(schema, problems);
//   merge.add(claim);
//   merge.finish();      sets what each relation's claims cover
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzer/model/source.h"
#include "schema_docs/table_claim.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

class ClaimMerge {
 public:
  ClaimMerge(Schema& schema, std::vector<Problem>& problems);

  /// The relation's name in the schema; unset where the written name fits several.
  std::optional<QualifiedName> add(TableClaim claim);

  /// The relation that a written name means; unset where none or several do.
  std::optional<QualifiedName> resolve(const QualifiedName& written) const;
  /// Whether one or several of the tables may be meant.
  bool knows(const QualifiedName& written) const { return !names_.match(written).matches.empty(); }

  void finish();

 private:
  Relation* relation_for(const TableClaim& claim);
  void merge_columns(Relation& relation, TableClaim& claim);
  void merge_column(Relation& relation, ColumnClaim& stated, const TableClaim& claim);
  void merge_constraints(Relation& relation, TableClaim& claim);
  /// The type of that name, where the documents define one.
  std::optional<Type> named_type(const std::string& written) const;
  void add_key(Relation& relation, KeyConstraint key, const TableClaim& claim);
  /// A second reference that the words of one column name.
  void add_other_reference(Relation& relation, const ColumnClaim& stated, const std::string& column,
                           const TableClaim& claim);
  void add_foreign_key(Relation& relation, ForeignKey key, const TableClaim& claim);
  void add_check(Relation& relation, CheckConstraint check, const TableClaim& claim);
  void contradict(const Relation& relation, const std::string& kind, const std::string& name,
                  const Origin& at, const Origin& first, std::string message);

  Schema& schema_;
  /// In the order of schema_.relations.
  NameIndex names_;
  std::vector<Problem>& problems_;
  /// By index in schema_.relations: what SQL or an earlier complete claim stated in full.
  std::vector<Coverage> sql_coverage_;
  std::vector<Coverage> whole_;
  /// Where all columns were stated first, for the relations of which they are.
  std::vector<Origin> complete_at_;
  /// Documents that define columns of the relation under its own name.
  std::vector<std::set<std::string>> defined_in_;
};

}  // namespace schemaudit

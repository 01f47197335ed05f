// Fills a Schema from pg_catalog, which shows everything to everyone, and compares what
// information_schema shows this role with it.
//
//   CatalogReader reader(session, options, source);
//   reader.read();              // source.schema, source.left_out, source.visibility
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "analyzer/postgres/catalog_rows.h"
#include "analyzer/postgres/catalog_session.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/sql/normal_form.h"

namespace schemaudit {

class CatalogReader {
 public:
  CatalogReader(CatalogSession& session, const LiveOptions& options, SourceResult& source)
      : session_(session), options_(options), source_(source) {}

  void read();

 private:
  using Oid = long;

  void read_namespaces_and_members();
  void read_relations();
  void read_columns();
  void read_constraints();
  void read_indexes();
  void read_triggers_policies_grants();
  void read_inheritance();
  void read_types();
  void read_sequences();
  void read_functions();
  void read_dependencies();
  void read_visibility();
  void read_applied_migrations();
  void tell_what_was_locked();

  bool wanted(const std::string& schema, const std::string& kind, Oid oid, const char* classname);
  bool ignored(const QualifiedName& name);
  void leave_out(const std::string& what, const std::string& why);
  Relation* relation(Oid oid);
  std::vector<std::string> columns(Oid relation, const std::vector<long>& numbers);
  Expression expression(const std::string& text, const Relation* relation);
  /// Before PostgreSQL 14 extract() is stored as date_part(): nobody can tell which was written.
  Expression as_stored(Expression expression) const;
  /// Of one that is there: of field `i`, or undecided where that is null, because others have
  /// locked what it reads.
  Expression expression_beside_locks(const CatalogRow& row, std::size_t i, const Relation& owner);
  /// Of what format_type() gives.
  static Type type_of(const std::string& formatted);
  Expression default_of(const std::string& text, const std::string& type);
  Fact<std::string> comment(const CatalogRow& row, std::size_t i);

  CatalogSession& session_;
  const LiveOptions& options_;
  SourceResult& source_;
  /// Class name and OID of what extensions own, with the extension.
  std::map<std::pair<std::string, Oid>, std::string> members_;
  std::set<std::string> schemas_;
  std::map<std::pair<std::string, std::string>, std::size_t> left_out_;
  std::unordered_map<Oid, std::size_t> index_of_;
  std::unordered_map<Oid, QualifiedName> names_;
  std::unordered_map<Oid, std::unordered_map<long, std::string>> attributes_;
  std::unordered_map<Oid, std::string> constraint_of_index_;
  std::unordered_map<Oid, std::vector<std::string>> exclusion_operators_;
  std::unordered_map<Oid, std::pair<std::size_t, std::size_t>> exclusion_of_index_;
  std::map<std::pair<std::string, std::string>, Expression> defaults_;
  /// Relations and functions of which something was not read beside the locks of others.
  std::set<std::string> locked_;
};

}  // namespace schemaudit

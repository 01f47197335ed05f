// Random DDL for a database that is seen through its Schema.
//
//   DdlGenerator generator(7);
//   std::string first = generator.next(Schema());
//   std::string second = generator.next(schema_after_the_first);
//
// Most statements fit what is there; some name what is not, repeat what is, or drop what others
// need, so that a server refuses them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "tests/live/ddl_words.h"

namespace schemaudit {

class DdlGenerator {
 public:
  explicit DdlGenerator(std::uint64_t seed) : words_(seed) {}

  std::string next(const Schema& now);

 private:
  // ddl_generator.cpp
  const Relation* a_table();
  const Relation* a_table_of(RelationKind kind);
  const Relation* a_view();
  std::vector<std::string> column_names(const Relation& table);
  std::string a_column(const Relation& table);
  std::string reference(const QualifiedName& name);
  std::string named(const Relation& relation) { return reference(relation.name); }
  std::string new_relation_name();
  std::string drop_behavior();
  std::string session_statement();
  std::string comment();
  std::string drop();
  std::string rename();
  std::string move();
  std::string schema_statement();
  std::string grant();

  // ddl_create_table.cpp
  std::string create_table();
  std::string partitioned_table();
  std::string partition();
  std::string bound(const Relation& parent);
  std::string column_definition(const std::string& name, std::vector<Column>& made);
  std::string table_elements();
  std::string table_constraint(const std::vector<Column>& columns, const Relation* self);
  std::string reference_clause(const std::string& type);
  std::string foreign_key(const std::vector<Column>& columns, const Relation* self);
  std::string constraint_name();
  std::string deferrability();
  std::string like_clause();

  // ddl_alter_table.cpp
  std::string alter_table();
  std::string alter_command(const Relation& table);
  std::string inheritance_command(const Relation& table);
  std::string attach_or_detach();

  // ddl_objects.cpp
  std::string create_index();
  std::string index_statement();
  std::string create_type();
  std::string alter_type();
  std::string domain_statement();
  std::string sequence_statement();
  std::string create_view();
  std::string function_statement();
  std::string trigger_statement();
  std::string policy_statement();

  DdlWords words_;
  const Schema* now_ = nullptr;
};

}  // namespace schemaudit

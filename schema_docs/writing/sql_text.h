// Elements of a schema as the SQL that states them, short as people write it and exact enough to
// be read back as the same.
//
//   SqlWriter writer(schema, SqlWording{});
//   writer.foreign_key(key)     FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE
//   writer.create_table(users, false)  CREATE TABLE users (, `    id bigint PRIMARY KEY,`, ...
//
// Names are quoted where PostgreSQL's grammar needs it, key words included. A constraint that has
// the name that PostgreSQL itself would give it is left without.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// How a team writes types: `varchar(20)` or `CHARACTER VARYING(20)`.
struct TypeWording {
  /// By the base of the normal form: `character varying` -> `varchar`.
  std::map<std::string, std::string> words;
  bool upper = false;

  /// `names` are those of enums, domains and the like, whose case is kept.
  std::string write(const Type& type) const;
};

struct SqlWording {
  TypeWording types;
  bool lower_keywords = false;
  std::string indent = "    ";
  /// Types stand below each other.
  bool aligned = false;
  /// Objects of `public` are written without their schema, always.
  bool qualified = false;
  bool constraint_names = false;
};

/// Quoted where the grammar would not take it bare.
std::string sql_identifier(std::string_view name);

/// `'it''s'`
std::string sql_literal(std::string_view text);

/// Without casts and parentheses that do not change what it means.
std::string short_expression(const Expression& expression, const Relation* relation = nullptr,
                             std::string_view context_type = {});

/// As the condition's text has them, which a comparison sorts.
std::vector<std::string> values_in_order(const AllowedValues& allowed, std::string_view text);

class SqlWriter {
 public:
  SqlWriter(const Schema& schema, SqlWording wording)
      : schema_(schema), wording_(std::move(wording)) {}

  const SqlWording& wording() const { return wording_; }

  std::string name(const QualifiedName& name) const;
  std::string type(const Column& column) const;
  /// `DEFAULT now()`, `GENERATED ALWAYS AS IDENTITY`; empty where nothing fills it.
  std::string filling(const Column& column) const;
  /// The value behind DEFAULT; empty where there is none.
  std::string default_value(const Column& column) const;

  /// Without `CONSTRAINT name`.
  std::string key(const KeyConstraint& key, bool primary) const;
  std::string foreign_key(const ForeignKey& key) const;
  /// From REFERENCES on.
  std::string references(const ForeignKey& key) const;
  std::string check(const CheckConstraint& check, const Relation& relation) const;
  std::string exclusion(const ExclusionConstraint& exclusion) const;
  /// `CONSTRAINT name ` where the name says more than its table and columns do; else empty.
  std::string constraint_name(const std::string& given, std::string_view default_name) const;
  std::string index(const Relation& relation, const Index& index) const;
  /// `email, lower(name) DESC`
  std::string index_keys(const Index& index) const;
  std::string trigger(const Relation& relation, const Trigger& trigger) const;
  std::string enumeration(const EnumType& type) const;
  std::string domain(const Domain& domain) const;

  /// A column of CREATE TABLE with the constraints that stand on it alone, without a comma.
  std::string column(const Relation& relation, const Column& column) const;
  /// The lines of a whole statement; comments on columns stand behind them.
  std::vector<std::string> create_table(const Relation& relation, bool with_comments) const;
  std::vector<std::string> comments_on(const Relation& relation) const;

  /// Constraints of the table that column() does not write, each as an element of CREATE TABLE.
  std::vector<std::string> table_constraints(const Relation& relation) const;

  /// A key word in the case that the team writes.
  std::string word(std::string_view upper) const;

 private:
  std::string list(const std::vector<std::string>& names) const;

  const Schema& schema_;
  SqlWording wording_;
};

/// `jobs_owner_id_fkey`: what PostgreSQL calls a constraint that is given no name.
std::string default_constraint_name(const Relation& relation,
                                    const std::vector<std::string>& columns,
                                    std::string_view ending);

/// Indexes that no constraint makes by itself, and that are not a partition's part of another.
std::vector<const Index*> plain_indexes(const Relation& relation);

/// `timestamp with time zone` of `timestamp(3) with time zone[]`.
std::string type_base(std::string_view normal);

}  // namespace schemaudit

// What statements about types, views, comments and names state.
#include <algorithm>

#include "analyzer/sql/claim_statements.h"

namespace schemaudit {

void ClaimStatements::create_type(const PgQuery__Node& node, const StatementText& statement) {
  Schema& schema = reader_.schema_;
  Origin origin = statement.origin(0);
  if (node.node_case == PG_QUERY__NODE__NODE_CREATE_ENUM_STMT) {
    const PgQuery__CreateEnumStmt& create = *node.create_enum_stmt;
    EnumType type;
    type.name = name_of(create.n_type_name, create.type_name);
    type.labels = strings_of(create.n_vals, create.vals);
    type.origin = origin;
    for (const EnumType& known : schema.enums) {
      if (!may_be_same(known.name, type.name)) continue;
      if (known.labels != type.labels)
        contradict({"enum", type.name.schema, "", type.name.name}, origin, known.origin,
                   "enum " + to_string(type.name) + " is created twice, with other labels",
                   type.name.name);
      return;
    }
    schema.enums.push_back(std::move(type));
  } else if (node.node_case == PG_QUERY__NODE__NODE_ALTER_ENUM_STMT) {
    const PgQuery__AlterEnumStmt& alter = *node.alter_enum_stmt;
    QualifiedName name = name_of(alter.n_type_name, alter.type_name);
    for (EnumType& known : schema.enums) {
      if (!may_be_same(known.name, name)) continue;
      std::vector<std::string>& labels = known.labels;
      if (alter.old_val && *alter.old_val) {
        std::replace(labels.begin(), labels.end(), std::string(alter.old_val),
                     std::string(alter.new_val));
      } else {
        auto at = std::find(labels.begin(), labels.end(),
                            std::string(alter.new_val_neighbor ? alter.new_val_neighbor : ""));
        if (at != labels.end() && alter.new_val_is_after) ++at;
        labels.insert(at, alter.new_val);
      }
    }
  } else if (node.node_case == PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT) {
    const PgQuery__CreateDomainStmt& create = *node.create_domain_stmt;
    Domain domain;
    domain.name = name_of(create.n_domainname, create.domainname);
    domain.origin = origin;
    domain.nullable = true;
    domain.default_value = Fact<Expression>::none();
    if (create.type_name) {
      std::string normal = type_normal(*create.type_name);
      domain.base = Type{normal, normal, false};
    }
    ColumnTypes value_type = [&domain](std::string_view) -> std::string_view {
      return domain.base ? std::string_view(domain.base->normal) : std::string_view();
    };
    for (std::size_t i = 0; i < create.n_constraints; ++i) {
      const PgQuery__Constraint& constraint = *create.constraints[i]->constraint;
      if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL) domain.nullable = false;
      if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT && constraint.raw_expr)
        domain.default_value = expression_from(
            *constraint.raw_expr, shown_text(*constraint.raw_expr),
            {{}, domain.base ? std::string_view(domain.base->normal) : std::string_view()});
      std::optional<ParsedConstraint> parsed = constraint_from(constraint, value_type, statement);
      if (parsed && std::holds_alternative<CheckConstraint>(parsed->constraint))
        domain.checks.push_back(std::get<CheckConstraint>(std::move(parsed->constraint)));
    }
    schema.domains.push_back(std::move(domain));
  } else if (node.node_case == PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT) {
    const PgQuery__CompositeTypeStmt& create = *node.composite_type_stmt;
    OtherType type;
    type.name = name_of(*create.typevar);
    type.origin = origin;
    type.definition = "(";
    for (std::size_t i = 0; i < create.n_coldeflist; ++i) {
      const PgQuery__ColumnDef& column = *create.coldeflist[i]->column_def;
      if (i > 0) type.definition += ", ";
      type.definition += quote_identifier(column.colname) + " " + type_normal(*column.type_name);
    }
    type.definition += ")";
    schema.other_types.push_back(std::move(type));
  } else {
    OtherType type;
    type.kind = OtherTypeKind::range;
    type.name = name_of(node.create_range_stmt->n_type_name, node.create_range_stmt->type_name);
    type.origin = origin;
    schema.other_types.push_back(std::move(type));
  }
}

void ClaimStatements::create_view(const PgQuery__Node& node, const StatementText& statement) {
  Relation relation;
  const PgQuery__Node* query = nullptr;
  if (node.node_case == PG_QUERY__NODE__NODE_VIEW_STMT) {
    const PgQuery__ViewStmt& create = *node.view_stmt;
    if (create.view->relpersistence && *create.view->relpersistence == 't') return;
    relation.name = name_of(*create.view);
    relation.kind = RelationKind::view;
    query = create.query;
  } else {
    const PgQuery__CreateTableAsStmt& create = *node.create_table_as_stmt;
    if (!create.into || !create.into->rel) return;
    if (create.into->rel->relpersistence && *create.into->rel->relpersistence == 't') return;
    relation.name = name_of(*create.into->rel);
    if (create.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
      relation.kind = RelationKind::materialized_view;
      query = create.query;
    }
  }
  relation.origin = statement.origin(0);
  if (query) {
    bool decided = true;
    std::string normal = normal_of_query(*query, decided);
    relation.definition = Expression{std::string(statement.text), decided ? normal : "", decided};
  }
  Origin origin = relation.origin;
  add_relation(std::move(relation), origin);
}

void ClaimStatements::comment(const PgQuery__CommentStmt& comment) {
  Fact<std::string> text = comment.comment && *comment.comment
                               ? Fact<std::string>(std::string(comment.comment))
                               : Fact<std::string>::none();
  if (comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
      comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW) {
    if (Relation* relation = find(name_of_object(comment.object))) relation->comment = text;
  } else if (comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN && comment.object &&
             comment.object->node_case == PG_QUERY__NODE__NODE_LIST &&
             comment.object->list->n_items >= 2) {
    const PgQuery__List& parts = *comment.object->list;
    Relation* relation = find(name_of(parts.n_items - 1, parts.items));
    Column* column =
        relation ? relation->find_column(string_of(parts.items[parts.n_items - 1])) : nullptr;
    if (column) column->comment = text;
  }
}

void ClaimStatements::rename(const PgQuery__RenameStmt& rename) {
  if (!rename.relation) return;
  Relation* relation = find(name_of(*rename.relation));
  if (!relation) return;
  if (rename.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) {
    relation->name.name = rename.newname;
  } else if (rename.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN && rename.subname) {
    if (Column* column = relation->find_column(rename.subname)) column->name = rename.newname;
  }
}

}  // namespace schemaudit

#include "analyzer/sql/replay/rename.h"

#include <algorithm>

#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/not_null_constraints.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/routine_lookup.h"

namespace schemaudit::replay {

namespace {

/// The expressions of an index's constraint are the index's: what users() gives for an object,
/// and the indexes of constraints among them.
std::vector<ObjectId> readers_of(const Catalog& catalog, ObjectId id) {
  std::vector<ObjectId> readers = catalog.users(id);
  for (std::size_t i = 0, count = readers.size(); i < count; ++i)
    if (const auto* constraint = std::get_if<ConstraintDetail>(&catalog.at(readers[i]).detail))
      if (constraint->index) readers.push_back(constraint->index);
  // A partition key's expressions are the table's own.
  readers.push_back(id);
  return readers;
}

void note_rename(Run& run, ObjectId id, const std::string& name) {
  run.changed(ChangeKind::rename, id).new_name = name;
}

/// A view's query gives its columns their names.
void name_in_query(Run& run, ObjectId view) {
  RelationDetail& detail = run.catalog.edit_relation(view);
  if (!detail.definition || detail.definition->undecided) return;
  std::vector<std::string> names;
  for (const Attribute& attribute : detail.attributes) names.push_back(attribute.name);
  TreeArena arena;
  PgQuery__Node* node = unpack_tree(*detail.definition->tree, arena);
  if (!node || node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return;
  name_columns(run, *node->select_stmt, names);
  detail.definition->tree = pack_tree(*node);
  if (std::string text = shown_text(*node); !text.empty())
    detail.definition->text = std::move(text);
}

}  // namespace

void rename_column(Run& run, ObjectId table, int column, const std::string& name) {
  const std::string before = run.catalog.relation(table).attributes[column - 1].name;
  if (find_attribute(run.catalog.relation(table), name))
    refuse("column " + quoted(name) + " of relation " + quoted(run.catalog.at(table).name) +
           " already exists");
  run.catalog.edit_relation(table).attributes[column - 1].name = name;
  const bool of_view = is_view(run.catalog.at(table).kind);
  if (of_view) name_in_query(run, table);
  const QualifiedName table_name = run.catalog.name(table);
  for (ObjectId reader : readers_of(run.catalog, table)) {
    if (of_view && reader == table) continue;
    const Object& object = run.catalog.at(reader);
    bool reads = reader == table || std::holds_alternative<IndexDetail>(object.detail) ||
                 std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
                   return need.object == table && (need.column == column || need.column == 0);
                 });
    if (!reads) continue;
    if (is_table(object.kind) && reader != table) continue;
    for_each_expression(run.catalog.edit(reader), [&](StoredExpression& expression) {
      rename_column_in(expression, table_name, before, name);
    });
  }
  for (ObjectId child : run.catalog.children(table))
    if (int own = find_attribute(run.catalog.relation(child), before))
      rename_column(run, child, own, name);
}

void rename_object(Run& run, ObjectId id, ObjectId schema, const std::string& name) {
  QualifiedName before = run.catalog.name(id);
  run.catalog.rename(id, schema, name);
  QualifiedName after = run.catalog.name(id);
  const bool of_relation = has_columns(run.catalog.at(id).kind);
  for (ObjectId reader : readers_of(run.catalog, id))
    for_each_expression(run.catalog.edit(reader), [&](StoredExpression& expression) {
      rename_object_in(expression, before, after, of_relation);
    });
}

void require_kind(const Object& object, PgQuery__ObjectType stated) {
  const auto require = [&](Kind kind, const char* what) {
    if (object.kind != kind) refuse(quoted(object.name) + " is not a " + what);
  };
  if (stated == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE) require(Kind::sequence, "sequence");
  if (stated == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW) require(Kind::view, "view");
  if (stated == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW)
    require(Kind::materialized_view, "materialized view");
  if (stated == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE)
    require(Kind::foreign_table, "foreign table");
}

namespace {

class RenameStatement {
 public:
  RenameStatement(Run& run, const PgQuery__RenameStmt& rename)
      : run_(run), rename_(rename), name_(rename.newname), old_(rename.subname) {}

  void apply() {
    switch (rename_.rename_type) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return relation();
      case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        return column();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        return constraint();
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return domain_constraint();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return type();
      case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return schema();
      case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
      case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return routine();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return part_of_table(Kind::trigger);
      case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return part_of_table(Kind::policy);
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return part_of_table(Kind::rule);
      default:
        return other();
    }
  }

 private:
  void relation() {
    ObjectId id = find_relation(run_, name_of(*rename_.relation));
    if (!id && rename_.missing_ok) return;
    if (!id) id = relation_named(run_, *rename_.relation);
    if (!id) refuse("permission denied: it is a system catalog");
    const Object& object = run_.catalog.at(id);
    require_kind(object, rename_.rename_type);
    if (object.kind == Kind::composite_type)
      refuse(quoted(object.name) + " is a composite type: use ALTER TYPE instead");
    bool row_type = is_type(object.kind);
    ObjectId schema = object.schema;
    note_rename(run_, id, name_);
    require_free_relation_name(run_, schema, name_, row_type);
    if (object.kind == Kind::index) {
      // The constraint that it carries out has its name.
      ObjectId constraint = std::get<IndexDetail>(object.detail).constraint;
      if (constraint) {
        require_free_constraint_name(run_, std::get<IndexDetail>(object.detail).table, name_);
        run_.catalog.rename(constraint, schema, name_);
      }
    }
    rename_object(run_, id, schema, name_);
  }

  void column() {
    ObjectId id = kNoObject;
    if (rename_.relation) {
      if (rename_.missing_ok && !find_relation(run_, name_of(*rename_.relation))) return;
      id = relation_named(run_, *rename_.relation);
    }
    if (!id || !has_columns(run_.catalog.at(id).kind))
      refuse("cannot rename columns of relation " +
             quoted(rename_.relation ? rename_.relation->relname : ""));
    int number = column_named(run_, id, old_);
    const RelationDetail& relation = run_.catalog.relation(id);
    if (relation.attributes[number - 1].inherited > 0)
      refuse("cannot rename inherited column " + quoted(old_));
    if (relation.of_type) refuse("cannot rename column of typed table");
    if (!run_.catalog.children(id).empty() && !rename_.relation->inh)
      refuse("inherited column " + quoted(old_) + " must be renamed in child tables too");
    for (ObjectId child : run_.catalog.children(id)) {
      int own = find_attribute(run_.catalog.relation(child), old_);
      if (own && run_.catalog.relation(child).attributes[own - 1].inherited > 1)
        refuse("cannot rename inherited column " + quoted(old_));
    }
    Change& change = run_.column_changed(ChangeKind::rename_column, id, old_);
    change.new_name = name_;
    rename_column(run_, id, number, name_);
    // Tables OF a composite type have its columns.
    if (run_.catalog.at(id).kind == Kind::composite_type)
      for (ObjectId user : run_.catalog.users(id)) {
        const auto* table = std::get_if<RelationDetail>(&run_.catalog.at(user).detail);
        if (!table || table->of_type != id) continue;
        if (rename_.behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
          refuse("cannot alter type " + quoted(run_.catalog.at(id).name) +
                 " because it is the type of a typed table");
        if (int own = find_attribute(*table, old_)) rename_column(run_, user, own, name_);
      }
  }

  void constraint() {
    if (rename_.missing_ok && !find_relation(run_, name_of(*rename_.relation))) return;
    ObjectId table = relation_named(run_, *rename_.relation);
    if (!table) refuse("permission denied: it is a system catalog");
    // The server says it of constraints in the words that it has for columns.
    if (run_.catalog.relation(table).of_type) refuse("cannot rename column of typed table");
    ObjectId id = find_constraint(run_.catalog, table, old_);
    if (const int column = id ? 0 : column_with_not_null(run_, table, old_))
      return rename_not_null(run_, table, column, name_);
    if (!id)
      refuse("constraint " + quoted(old_) + " for table " + quoted(run_.catalog.at(table).name) +
             " does not exist");
    const ConstraintDetail detail = run_.catalog.detail<ConstraintDetail>(id);
    if (detail.kind == ConstraintKind::check && detail.inherited > 0)
      refuse("cannot rename inherited constraint " + quoted(old_));
    note_rename(run_, id, name_);
    rename_constraint(table, id);
  }

  void rename_constraint(ObjectId table, ObjectId id) {
    const ConstraintDetail detail = run_.catalog.detail<ConstraintDetail>(id);
    require_free_constraint_name(run_, table, name_);
    ObjectId schema = run_.catalog.at(id).schema;
    if (detail.index) {
      require_free_relation_name(run_, schema, name_, false);
      run_.catalog.rename(detail.index, schema, name_);
    }
    run_.catalog.rename(id, schema, name_);
    if (detail.kind != ConstraintKind::check || detail.no_inherit) return;
    if (!run_.catalog.children(table).empty() && !rename_.relation->inh)
      refuse("inherited constraint " + quoted(old_) + " must be renamed in child tables too");
    for (ObjectId child : run_.catalog.children(table))
      if (ObjectId own = find_constraint(run_.catalog, child, old_)) rename_constraint(child, own);
  }

  void domain_constraint() {
    ObjectId domain = find_type(run_, name_of_object(rename_.object));
    if (!domain || run_.catalog.at(domain).kind != Kind::domain)
      not_found(run_, "type " + quoted(name_of_object(rename_.object).name) + " does not exist");
    const std::vector<ObjectId>& constraints =
        run_.catalog.detail<DomainDetail>(domain).constraints;
    for (ObjectId id : constraints) {
      if (run_.catalog.at(id).name != old_) continue;
      for (ObjectId other : constraints)
        if (run_.catalog.at(other).name == name_)
          refuse("constraint " + quoted(name_) + " for domain " +
                 quoted(run_.catalog.at(domain).name) + " already exists");
      note_rename(run_, id, name_);
      run_.catalog.rename(id, run_.catalog.at(id).schema, name_);
      return;
    }
    refuse("constraint " + quoted(old_) + " for domain " + quoted(run_.catalog.at(domain).name) +
           " does not exist");
  }

  void type() {
    QualifiedName name = name_of_object(rename_.object);
    ObjectId id = find_type(run_, name);
    if (!id) not_found(run_, "type " + quoted(to_string(name)) + " does not exist");
    Kind kind = run_.catalog.at(id).kind;
    if (is_table(kind) || is_view(kind)) refuse(quoted(name.name) + " is a table's row type");
    if (rename_.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && kind != Kind::domain)
      refuse(quoted(name.name) + " is not a domain");
    ObjectId schema = run_.catalog.at(id).schema;
    note_rename(run_, id, name_);
    if (run_.catalog.find_type(schema, name_)) refuse("type " + quoted(name_) + " already exists");
    if (kind == Kind::composite_type) require_free_relation_name(run_, schema, name_, true);
    rename_object(run_, id, schema, name_);
  }

  void schema() {
    ObjectId id = schema_named(run_, old_.empty() ? name_of_object(rename_.object).name : old_);
    if (run_.catalog.find_schema(name_)) refuse("schema " + quoted(name_) + " already exists");
    if (name_.starts_with("pg_")) refuse("unacceptable schema name " + quoted(name_));
    const std::string before = run_.catalog.at(id).name;
    note_rename(run_, id, name_);
    std::vector<std::pair<ObjectId, QualifiedName>> inside;
    run_.catalog.for_each([&](const Object& object) {
      if (object.schema == id) inside.emplace_back(object.id, run_.catalog.name(object.id));
    });
    run_.catalog.rename(id, kNoObject, name_);
    for (const auto& each : inside) {
      const QualifiedName& name = each.second;
      const bool is_relation = has_columns(run_.catalog.at(each.first).kind);
      for (ObjectId reader : readers_of(run_.catalog, each.first))
        for_each_expression(run_.catalog.edit(reader), [&](StoredExpression& expression) {
          rename_object_in(expression, name, {name_, name.name}, is_relation);
        });
    }
  }

  void routine() {
    if (!rename_.object || rename_.object->node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
      return;
    ObjectId id = routine_named(run_, *rename_.object->object_with_args, rename_.missing_ok);
    if (!id) return;
    ObjectId schema = run_.catalog.at(id).schema;
    note_rename(run_, id, name_);
    require_free_signature(schema, name_, id);
    rename_object(run_, id, schema, name_);
  }

  void require_free_signature(ObjectId schema, const std::string& name, ObjectId id) const {
    for (ObjectId other : run_.catalog.find_routines(schema, name))
      if (run_.catalog.detail<RoutineDetail>(other).arguments ==
          run_.catalog.detail<RoutineDetail>(id).arguments)
        refuse("function " + name + " with the same argument types already exists in schema " +
               quoted(run_.catalog.schema_name(schema)));
  }

  void part_of_table(Kind kind) {
    if (rename_.missing_ok && !find_relation(run_, name_of(*rename_.relation))) return;
    ObjectId table = relation_named(run_, *rename_.relation);
    if (!table) refuse("permission denied: it is a system catalog");
    ObjectId found = kNoObject;
    for (ObjectId user : run_.catalog.users(table)) {
      const Object& object = run_.catalog.at(user);
      if (object.kind != kind) continue;
      bool own = std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
        return need.object == table && need.kind != NeedKind::normal;
      });
      if (!own) continue;
      if (object.name == name_)
        refuse(std::string(kind_name(kind)) + " " + quoted(name_) + " for relation " +
               quoted(run_.catalog.at(table).name) + " already exists");
      if (object.name == old_) found = user;
    }
    if (!found) {
      if (rename_.missing_ok) return;
      refuse(std::string(kind_name(kind)) + " " + quoted(old_) + " for table " +
             quoted(run_.catalog.at(table).name) + " does not exist");
    }
    if (const auto* trigger = std::get_if<TriggerDetail>(&run_.catalog.at(found).detail);
        trigger && trigger->parent)
      refuse("cannot rename trigger " + quoted(old_) + " on table " +
             quoted(run_.catalog.at(table).name) + ": it is a part of the partitioned table's");
    note_rename(run_, found, name_);
    std::vector<ObjectId> all = {found};
    for (std::size_t i = 0; i < all.size(); ++i) {
      run_.catalog.rename(all[i], run_.catalog.at(all[i]).schema, name_);
      for (ObjectId user : run_.catalog.users(all[i]))
        if (const auto* part = std::get_if<TriggerDetail>(&run_.catalog.at(user).detail))
          if (part->parent == all[i]) all.push_back(user);
    }
  }

  /// Roles, databases, operators and the like: no part of a Schema, but of the catalog's names.
  void other() {
    QualifiedName name = rename_.object ? name_of_object(rename_.object) : QualifiedName{"", old_};
    for (ObjectId schema : search_schemas(run_.session))
      for (ObjectId id : run_.catalog.all_named(NameSpace::other, schema, name.name)) {
        run_.catalog.rename(id, schema, name_);
        return;
      }
  }

  Run& run_;
  const PgQuery__RenameStmt& rename_;
  std::string name_, old_;
};

}  // namespace

void rename_statement(Run& run, const PgQuery__RenameStmt& rename) {
  RenameStatement(run, rename).apply();
}

}  // namespace schemaudit::replay

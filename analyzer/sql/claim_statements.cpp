#include "analyzer/sql/claim_statements.h"

#include <algorithm>
#include <unordered_set>

#include "analyzer/sql/function_statement.h"
#include "analyzer/sql/partition_clauses.h"
#include "analyzer/sql/sequence_options.h"

namespace schemaudit {

namespace {

/// Set comparison: `UNIQUE (a, b)` and `UNIQUE (b, a)` demand the same.
bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

ObjectRef in_table(const Relation& relation, std::string kind, std::string name) {
  return {std::move(kind), relation.name.schema, relation.name.name, std::move(name)};
}

/// Operator classes that come with an extension: what a document has to create first.
std::string extension_of(std::string_view operator_class) {
  if (operator_class == "gin_trgm_ops" || operator_class == "gist_trgm_ops") return "pg_trgm";
  if (operator_class.starts_with("vector_") || operator_class.starts_with("halfvec_"))
    return "vector";
  return {};
}

/// What index expressions and generated columns may not call, as the grammar alone can tell:
/// PostgreSQL demands IMMUTABLE functions there (manual, CREATE INDEX).
bool is_volatile_value(std::string_view normal) {
  for (std::string_view value :
       {"current_user", "session_user", "current_catalog", "current_schema", "current_date",
        "now()", "localtimestamp", "current_time", "localtime"})
    if (normal == value) return true;
  return false;
}

}  // namespace

std::vector<QualifiedName> ClaimStatements::apply(const PgQuery__Node& node,
                                                  const StatementText& statement) {
  touched_.clear();
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      create_table(*node.create_stmt, statement);
      break;
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      if (node.create_foreign_table_stmt->base_stmt) {
        create_table(*node.create_foreign_table_stmt->base_stmt, statement);
        if (!touched_.empty())
          if (Relation* relation = find(touched_.back()))
            relation->kind = RelationKind::foreign_table;
      }
      break;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      create_index(*node.index_stmt, statement);
      break;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      alter_table(*node.alter_table_stmt, statement);
      break;
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      create_type(node, statement);
      break;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      create_view(node, statement);
      break;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT: {
      const PgQuery__CreateTrigStmt& create = *node.create_trig_stmt;
      Origin origin = statement.origin(0);
      refer(name_of(*create.relation), origin, std::string("trigger ") + create.trigname);
      relation_for(name_of(*create.relation), origin)
          .triggers.push_back(trigger_from(create, {}, statement));
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT: {
      const PgQuery__CreatePolicyStmt& create = *node.create_policy_stmt;
      relation_for(name_of(*create.table), statement.origin(0))
          .policies.push_back(policy_from(create, statement));
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT: {
      Function function = function_from(*node.create_function_stmt, statement);
      std::vector<Function>& functions = reader_.schema_.functions;
      auto same = std::find_if(functions.begin(), functions.end(), [&](const Function& other) {
        return may_be_same(other.name, function.name) &&
               std::equal(other.arguments.begin(), other.arguments.end(),
                          function.arguments.begin(), function.arguments.end(),
                          [](const Type& a, const Type& b) { return a.normal == b.normal; });
      });
      if (same != functions.end())
        *same = std::move(function);
      else
        functions.push_back(std::move(function));
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: {
      Sequence sequence;
      sequence.name = name_of(*node.create_seq_stmt->sequence);
      sequence.origin = statement.origin(0);
      // What CREATE SEQUENCE leaves out has its default (PostgreSQL manual, CREATE SEQUENCE).
      sequence.increment = 1;
      sequence.cycle = false;
      apply_sequence_options(node.create_seq_stmt->n_options, node.create_seq_stmt->options,
                             sequence);
      reader_.schema_.sequences.push_back(std::move(sequence));
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT: {
      Extension extension;
      extension.name = node.create_extension_stmt->extname;
      extension.origin = statement.origin(0);
      state("extension", {"", extension.name}, extension.origin);
      std::vector<Extension>& extensions = reader_.schema_.extensions;
      bool known = std::any_of(extensions.begin(), extensions.end(), [&](const Extension& other) {
        return other.name == extension.name;
      });
      if (!known) extensions.push_back(std::move(extension));
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
      reader_.schema_.namespaces.push_back(
          {node.create_schema_stmt->schemaname, {}, statement.origin(0)});
      break;
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
      comment(*node.comment_stmt);
      break;
    case PG_QUERY__NODE__NODE_RENAME_STMT:
      rename(*node.rename_stmt);
      break;
    default:
      break;
  }
  return touched_;
}

void ClaimStatements::create_table(const PgQuery__CreateStmt& create,
                                   const StatementText& statement) {
  if (create.relation->relpersistence && *create.relation->relpersistence == 't') return;
  Relation relation;
  relation.name = name_of(*create.relation);
  relation.origin = statement.origin(0);
  relation.unlogged = create.relation->relpersistence && *create.relation->relpersistence == 'u';
  relation.coverage.columns = true;
  relation.coverage.primary_key = true;
  relation.coverage.unique_constraints = true;
  relation.coverage.foreign_keys = true;
  relation.coverage.checks = true;
  relation.coverage.exclusions = true;

  // Types first: a CHECK may read a column that stands further down.
  Relation typed;
  for (std::size_t i = 0; i < create.n_table_elts; ++i) {
    const PgQuery__Node& element = *create.table_elts[i];
    if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
      typed.columns.push_back(
          column_from(*element.column_def, relation.name.name, statement).column);
  }
  ColumnTypes types = column_types_of(typed);

  // Looking each one up among those before it would take a wide table quadratic time.
  std::unordered_set<std::string> names;
  for (std::size_t i = 0; i < create.n_table_elts; ++i) {
    const PgQuery__Node& element = *create.table_elts[i];
    switch (element.node_case) {
      case PG_QUERY__NODE__NODE_COLUMN_DEF: {
        ParsedColumn column =
            column_from(*element.column_def, relation.name.name, statement, types);
        const bool is_new = names.insert(column.column.name).second;
        add_column(relation, std::move(column), is_new);
        break;
      }
      case PG_QUERY__NODE__NODE_CONSTRAINT:
        if (std::optional<ParsedConstraint> constraint =
                constraint_from(*element.constraint, types, statement))
          add_constraint(relation, std::move(*constraint));
        break;
      case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE: {
        // What LIKE copies is the other table's business: this one claims what it names itself.
        relation.coverage = {};
        if (const Relation* other = find(name_of(*element.table_like_clause->relation)))
          for (const Column& column : other->columns)
            if (names.insert(column.name).second) relation.columns.push_back(column);
        break;
      }
      default:
        break;
    }
  }
  for (std::size_t i = 0; i < create.n_inh_relations; ++i) {
    QualifiedName parent = name_of(*create.inh_relations[i]->range_var);
    refer(parent, statement.origin(0), "table " + to_string(relation.name));
    if (create.partbound)
      relation.partition_of = PartitionOf{parent, partition_bound(*create.partbound)};
    else
      relation.inherits.push_back(parent);
    relation.coverage = {};
  }
  if (create.of_typename) relation.coverage = {};
  if (create.partspec) {
    relation.kind = RelationKind::partitioned_table;
    relation.partition_key = partition_key(*create.partspec, types, relation.columns);
  }
  Origin origin = relation.origin;
  add_relation(std::move(relation), origin);
}

void ClaimStatements::add_relation(Relation relation, const Origin& origin) {
  touched_.push_back(relation.name);
  TableReading row;
  row.table = relation.name;
  row.origin = origin;
  row.form = "sql";
  row.columns = relation.columns.size();
  row.constraints = (relation.primary_key ? 1 : 0) + relation.unique_constraints.size() +
                    relation.foreign_keys.size() + relation.checks.size() +
                    relation.exclusions.size();
  row.complete = relation.coverage.columns;
  reading_.tables.push_back(row);
  for (const ForeignKey& key : relation.foreign_keys)
    if (!may_be_same(key.target, relation.name))
      refer(key.target, key.origin, "a foreign key of " + to_string(relation.name));

  Relation* known = find(relation.name);
  if (!known) {
    state("relation", relation.name, origin);
    reader_.schema_.relations.push_back(std::move(relation));
    reader_.schema_.sorted = false;
    return;
  }
  if (!known->coverage.columns) {
    // So far only spoken of: indexes, comments and the like that stood before it are kept.
    state("relation", relation.name, origin);
    relation.indexes.insert(relation.indexes.end(), known->indexes.begin(), known->indexes.end());
    relation.triggers.insert(relation.triggers.end(), known->triggers.begin(),
                             known->triggers.end());
    relation.policies.insert(relation.policies.end(), known->policies.begin(),
                             known->policies.end());
    if (relation.comment.is_unknown()) relation.comment = known->comment;
    if (!relation.row_security) relation.row_security = known->row_security;
    *known = std::move(relation);
    return;
  }
  // Stated again: the first stands, and what the second says differently is a contradiction.
  for (const Column& column : relation.columns) {
    const Column* first = known->find_column(column.name);
    std::string said;
    if (!first)
      said = "has a column " + quote_identifier(column.name) + " that the first statement lacks";
    else if (first->type && column.type && first->type->normal != column.type->normal)
      said = "gives " + quote_identifier(column.name) + " the type " + column.type->normal +
             ", before it was " + first->type->normal;
    else if (first->nullable && column.nullable && *first->nullable != *column.nullable)
      said = "says that " + quote_identifier(column.name) +
             (*column.nullable ? " may be NULL" : " is NOT NULL") + ", before it was otherwise";
    if (!said.empty())
      contradict(in_table(*known, "column", column.name), column.origin,
                 first ? first->origin : known->origin,
                 "table " + to_string(known->name) + " is stated again and " + said, said);
  }
}

void ClaimStatements::apply_recovered(Relation relation, const Origin& origin) {
  touched_.clear();
  add_relation(std::move(relation), origin);
}

void ClaimStatements::add_column(Relation& relation, ParsedColumn parsed, bool is_new) {
  const std::string name = parsed.column.name;
  if (parsed.primary_key && parsed.primary_key_constraint)
    relation.primary_key = *parsed.primary_key_constraint;
  if (parsed.unique && parsed.unique_constraint)
    relation.unique_constraints.push_back(*parsed.unique_constraint);
  if (parsed.foreign_key) relation.foreign_keys.push_back(*parsed.foreign_key);
  for (CheckConstraint& check : parsed.checks) relation.checks.push_back(std::move(check));
  if (Column* known = is_new ? nullptr : relation.find_column(name))
    *known = std::move(parsed.column);
  else
    relation.columns.push_back(std::move(parsed.column));
}

void ClaimStatements::add_constraint(Relation& relation, ParsedConstraint parsed) {
  auto keep = [](auto& list, auto element, auto same) {
    for (auto& known : list) {
      if (!same(known, element)) continue;
      if (known.name.empty()) known.name = element.name;
      return;
    }
    list.push_back(std::move(element));
  };
  if (KeyConstraint* key = std::get_if<KeyConstraint>(&parsed.constraint)) {
    if (parsed.primary_key) {
      for (const std::string& column : key->columns)
        if (Column* known = relation.find_column(column)) known->nullable = false;
      relation.primary_key = std::move(*key);
    } else {
      keep(relation.unique_constraints, std::move(*key),
           [](const KeyConstraint& a, const KeyConstraint& b) {
             return same_columns(a.columns, b.columns);
           });
    }
  } else if (ForeignKey* foreign = std::get_if<ForeignKey>(&parsed.constraint)) {
    keep(relation.foreign_keys, std::move(*foreign), [](const ForeignKey& a, const ForeignKey& b) {
      return a.columns == b.columns && may_be_same(a.target, b.target);
    });
  } else if (CheckConstraint* check = std::get_if<CheckConstraint>(&parsed.constraint)) {
    keep(relation.checks, std::move(*check),
         [](const CheckConstraint& a, const CheckConstraint& b) {
           return a.expression.decided && b.expression.decided &&
                  a.expression.normal == b.expression.normal;
         });
  } else if (ExclusionConstraint* exclusion =
                 std::get_if<ExclusionConstraint>(&parsed.constraint)) {
    relation.exclusions.push_back(std::move(*exclusion));
  }
}

void ClaimStatements::apply_fragment(const QualifiedName& table, ParsedConstraint parsed,
                                     const std::string& shown) {
  touched_.clear();
  Relation* relation = find(table);
  if (!relation) {
    const Origin& origin =
        std::visit([](const auto& c) -> const Origin& { return c.origin; }, parsed.constraint);
    add_constraint(relation_for(table, origin), std::move(parsed));
    return;
  }
  auto counts = [](const Relation& r) {
    return r.unique_constraints.size() + r.foreign_keys.size() + r.checks.size() +
           r.exclusions.size();
  };
  Relation before = *relation;
  std::size_t count_before = counts(*relation);
  const auto& constraint = parsed.constraint;
  Origin origin = std::visit([](const auto& c) { return c.origin; }, constraint);
  std::string name = std::visit([](const auto& c) { return c.name; }, constraint);
  bool key_differs =
      parsed.primary_key && before.primary_key &&
      !same_columns(before.primary_key->columns, std::get<KeyConstraint>(constraint).columns);
  bool undecided = std::holds_alternative<CheckConstraint>(constraint) &&
                   !std::get<CheckConstraint>(constraint).expression.decided;
  if (undecided) return;
  add_constraint(*relation, std::move(parsed));
  bool added = counts(*relation) > count_before || key_differs ||
               (relation->primary_key && !before.primary_key);
  if (!added || !before.coverage.checks) return;
  // A complete CREATE TABLE stands elsewhere and lacks it: the document contradicts itself, and
  // which of the two is meant cannot be told. The table's own statement is kept.
  *relation = std::move(before);
  contradict(in_table(*relation, "constraint", name.empty() ? shown : name), origin,
             relation->origin,
             (name.empty() ? shown : "constraint " + quote_identifier(name)) +
                 " is stated here, but the statement of table " + to_string(relation->name) +
                 " does not have it",
             shown);
}

void ClaimStatements::apply_column_fragment(const QualifiedName& table, ParsedColumn column) {
  touched_.clear();
  Relation* relation = find(table);
  if (relation && relation->coverage.columns) return;
  Origin origin = column.column.origin;
  // Alone it does not say what it leaves out.
  column.column.nullable =
      column.column.nullable == std::optional(false) ? column.column.nullable : std::nullopt;
  if (column.column.default_value.is_none()) column.column.default_value = {};
  if (column.column.identity.is_none()) column.column.identity = {};
  if (column.column.generated.is_none()) column.column.generated = {};
  add_column(relation_for(table, origin), std::move(column));
}

void ClaimStatements::create_index(const PgQuery__IndexStmt& create,
                                   const StatementText& statement) {
  QualifiedName table = name_of(*create.relation);
  Origin origin = statement.origin(0);
  refer(table, origin, "index " + std::string(create.idxname));
  Relation* relation = find(table);
  Index index =
      index_from(create, relation ? column_types_of(*relation) : ColumnTypes(), statement);
  for (const IndexKey& key : index.keys)
    if (!key.operator_class.empty()) refer_to_extension(key.operator_class, origin);

  auto volatile_key = std::find_if(index.keys.begin(), index.keys.end(), [](const IndexKey& key) {
    return key.expression && is_volatile_value(key.expression->normal);
  });
  if (volatile_key != index.keys.end()) {
    Problem problem;
    problem.kind = ProblemKind::invalid_sql;
    problem.origin = origin;
    problem.object = {"index", table.schema, table.name, index.name};
    problem.message = "index " + quote_identifier(index.name) + " is on " +
                      volatile_key->expression->text +
                      ", which PostgreSQL reads as a function, not a column, and refuses in an "
                      "index; a column of that name has to be quoted";
    problem.key = index.name;
    reading_.problems.push_back(std::move(problem));
    return;
  }

  Relation& target = relation_for(table, origin);
  std::string key = "index " + (index.name.empty() ? std::string() : index.name);
  auto stated = reader_.stated_at_.find(key);
  if (!index.name.empty() && stated != reader_.stated_at_.end()) {
    auto same = std::find_if(target.indexes.begin(), target.indexes.end(),
                             [&](const Index& other) { return other.name == index.name; });
    bool identical = same != target.indexes.end() && same->method == index.method &&
                     same->keys == index.keys && same->unique == index.unique;
    bool same_document = stated->second.uri == origin.uri;
    if ((same_document && !create.if_not_exists) || !identical)
      contradict(in_table(target, "index", index.name), origin, stated->second,
                 "index " + quote_identifier(index.name) +
                     (identical ? " is created twice" : " is created twice, differently") +
                     "; first at line " + std::to_string(stated->second.line),
                 index.name);
    return;
  }
  if (!index.name.empty()) reader_.stated_at_.emplace(key, origin);
  target.indexes.push_back(std::move(index));
}

void ClaimStatements::alter_table(const PgQuery__AlterTableStmt& alter,
                                  const StatementText& statement) {
  if (alter.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
      alter.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE)
    return;
  QualifiedName name = name_of(*alter.relation);
  refer(name, statement.origin(0), "ALTER TABLE");
  Relation& relation = relation_for(name, statement.origin(0));
  for (std::size_t i = 0; i < alter.n_cmds; ++i)
    if (alter.cmds[i]->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
      alter_command(relation, *alter.cmds[i]->alter_table_cmd, statement);
}

void ClaimStatements::alter_command(Relation& relation, const PgQuery__AlterTableCmd& command,
                                    const StatementText& statement) {
  Column* column = relation.find_column(command.name ? command.name : "");
  auto claimed_column = [&]() -> Column& {
    if (column) return *column;
    Column added;
    added.name = command.name;
    added.origin = statement.origin(0);
    relation.columns.push_back(std::move(added));
    return relation.columns.back();
  };
  auto remove = [](auto& list, std::string_view name) {
    std::erase_if(list, [&](const auto& element) { return element.name == name; });
  };
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: {
      if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) break;
      ParsedColumn parsed = column_from(*command.def->column_def, relation.name.name, statement);
      if (parsed.foreign_key)
        refer(parsed.foreign_key->target, parsed.foreign_key->origin,
              "a foreign key of " + to_string(relation.name));
      add_column(relation, std::move(parsed));
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      remove(relation.columns, command.name);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      claimed_column().nullable = false;
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      claimed_column().nullable = true;
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: {
      Column& target = claimed_column();
      target.default_value = Fact<Expression>::none();
      if (command.def)
        target.default_value = expression_from(
            *command.def, shown_text(*command.def),
            {{}, target.type ? std::string_view(target.type->normal) : std::string_view()});
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF &&
          command.def->column_def->type_name) {
        std::string normal = type_normal(*command.def->column_def->type_name);
        claimed_column().type = Type{normal, normal, false};
      }
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
      if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) break;
      std::optional<ParsedConstraint> parsed =
          constraint_from(*command.def->constraint, column_types_of(relation), statement);
      if (!parsed) break;
      if (const ForeignKey* key = std::get_if<ForeignKey>(&parsed->constraint))
        refer(key->target, key->origin, "a foreign key of " + to_string(relation.name));
      add_constraint(relation, std::move(*parsed));
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      remove(relation.unique_constraints, command.name);
      remove(relation.foreign_keys, command.name);
      remove(relation.checks, command.name);
      remove(relation.exclusions, command.name);
      if (relation.primary_key && relation.primary_key->name == command.name)
        relation.primary_key.reset();
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      relation.row_security = true;
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      relation.row_security = false;
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
      relation.row_security_forced = true;
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
          command.def->partition_cmd->name && command.def->partition_cmd->bound)
        relation_for(name_of(*command.def->partition_cmd->name), statement.origin(0)).partition_of =
            PartitionOf{relation.name, partition_bound(*command.def->partition_cmd->bound)};
      break;
    default:
      break;
  }
}

Relation* ClaimStatements::find(const QualifiedName& name) {
  for (Relation& relation : reader_.schema_.relations)
    if (may_be_same(relation.name, name)) return &relation;
  return nullptr;
}

Relation& ClaimStatements::relation_for(const QualifiedName& name, const Origin& origin) {
  touched_.push_back(name);
  if (Relation* known = find(name)) return *known;
  Relation relation;
  relation.name = name;
  relation.origin = origin;
  reader_.schema_.relations.push_back(std::move(relation));
  reader_.schema_.sorted = false;
  return reader_.schema_.relations.back();
}

void ClaimStatements::state(const std::string& kind, const QualifiedName& name,
                            const Origin& origin) {
  reader_.stated_at_.emplace(kind + " " + name.name, origin);
}

void ClaimStatements::refer(const QualifiedName& target, const Origin& origin, std::string from) {
  if (reader_.stated_at_.contains("relation " + target.name)) return;
  reader_.pending_.push_back({target, "relation", origin, std::move(from)});
}

void ClaimStatements::refer_to_extension(const std::string& operator_class, const Origin& origin) {
  std::string extension = extension_of(operator_class);
  if (extension.empty() || reader_.stated_at_.contains("extension " + extension)) return;
  reader_.pending_.push_back(
      {{"", extension}, "extension", origin, "operator class " + operator_class});
}

void ClaimStatements::contradict(const ObjectRef& object, const Origin& at, const Origin& first,
                                 std::string message, std::string key) {
  Problem problem;
  problem.kind = ProblemKind::contradiction;
  problem.origin = at;
  problem.object = object;
  problem.message = std::move(message);
  problem.key = std::move(key);
  problem.related = first;
  reading_.problems.push_back(std::move(problem));
}

}  // namespace schemaudit

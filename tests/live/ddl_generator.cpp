#include "tests/live/ddl_generator.h"

#include <algorithm>

namespace schemaudit {

const Relation* DdlGenerator::a_table() {
  std::vector<const Relation*> tables;
  for (const Relation& relation : now_->relations)
    if (!relation.is_view()) tables.push_back(&relation);
  return tables.empty() ? nullptr : words_.one_of(tables);
}

const Relation* DdlGenerator::a_table_of(RelationKind kind) {
  std::vector<const Relation*> tables;
  for (const Relation& relation : now_->relations)
    if (relation.kind == kind) tables.push_back(&relation);
  return tables.empty() ? nullptr : words_.one_of(tables);
}

const Relation* DdlGenerator::a_view() {
  std::vector<const Relation*> views;
  for (const Relation& relation : now_->relations)
    if (relation.is_view()) views.push_back(&relation);
  return views.empty() ? nullptr : words_.one_of(views);
}

std::vector<std::string> DdlGenerator::column_names(const Relation& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

std::string DdlGenerator::a_column(const Relation& table) {
  if (table.columns.empty() || words_.chance(3)) return words_.new_name();
  return words_.one_of(table.columns).name;
}

std::string DdlGenerator::reference(const QualifiedName& name) {
  if (words_.chance(2)) return DdlWords::identifier(words_.new_name());
  if (name.schema == "public" && words_.chance(40)) return DdlWords::identifier(name.name);
  return DdlWords::qualified(name);
}

std::string DdlGenerator::new_relation_name() {
  QualifiedName name{"", words_.new_name()};
  if (words_.chance(15) && !now_->namespaces.empty())
    name.schema = words_.one_of(now_->namespaces).name;
  return DdlWords::qualified(name);
}

std::string DdlGenerator::drop_behavior() {
  return words_.word({"", "", " CASCADE", " CASCADE", " RESTRICT"});
}

std::string DdlGenerator::next(const Schema& now) {
  now_ = &now;
  struct Choice {
    std::size_t weight;
    std::string (DdlGenerator::*make)();
  };
  static const std::vector<Choice> kChoices = {{14, &DdlGenerator::create_table},
                                               {5, &DdlGenerator::partitioned_table},
                                               {9, &DdlGenerator::partition},
                                               {34, &DdlGenerator::alter_table},
                                               {5, &DdlGenerator::attach_or_detach},
                                               {9, &DdlGenerator::create_index},
                                               {3, &DdlGenerator::index_statement},
                                               {5, &DdlGenerator::create_type},
                                               {4, &DdlGenerator::alter_type},
                                               {4, &DdlGenerator::domain_statement},
                                               {5, &DdlGenerator::sequence_statement},
                                               {5, &DdlGenerator::create_view},
                                               {4, &DdlGenerator::function_statement},
                                               {5, &DdlGenerator::trigger_statement},
                                               {4, &DdlGenerator::policy_statement},
                                               {5, &DdlGenerator::comment},
                                               {7, &DdlGenerator::drop},
                                               {7, &DdlGenerator::rename},
                                               {3, &DdlGenerator::move},
                                               {2, &DdlGenerator::schema_statement},
                                               {4, &DdlGenerator::session_statement},
                                               {2, &DdlGenerator::grant}};
  std::size_t total = 0;
  for (const Choice& choice : kChoices) total += choice.weight;
  for (;;) {
    std::size_t at = words_.below(total);
    std::size_t i = 0;
    while (at >= kChoices[i].weight) at -= kChoices[i++].weight;
    // A maker for which nothing is there yet makes nothing.
    std::string made = (this->*kChoices[i].make)();
    if (!made.empty()) return made;
  }
}

std::string DdlGenerator::session_statement() {
  switch (words_.below(10)) {
    case 0:
      return "BEGIN";
    case 1:
      return "COMMIT";
    case 2:
      return "ROLLBACK";
    case 3:
      return "SAVEPOINT " + words_.word({"s1", "s2"});
    case 4:
      return "ROLLBACK TO SAVEPOINT " + words_.word({"s1", "s2"});
    case 5:
      return "RELEASE SAVEPOINT " + words_.word({"s1", "s2"});
    case 6:
      return "SET search_path TO " + DdlWords::identifier(words_.one_of(now_->namespaces).name) +
             words_.word({"", ", public", ", nowhere, public"});
    case 7:
      return words_.word(
          {"RESET search_path", "SET search_path TO DEFAULT", "SET LOCAL search_path TO public"});
    default:
      return "SET search_path TO public";
  }
}

std::string DdlGenerator::comment() {
  const Relation* table = a_table();
  if (!table) return {};
  std::string on;
  switch (words_.below(9)) {
    case 0:
      on = "TABLE " + named(*table);
      break;
    case 1:
    case 2:
      on = "COLUMN " + DdlWords::qualified(table->name) + "." +
           DdlWords::identifier(a_column(*table));
      break;
    case 3:
      if (table->indexes.empty()) return {};
      on = "INDEX " + reference({table->name.schema, words_.one_of(table->indexes).name});
      break;
    case 4:
      if (table->checks.empty()) return {};
      on = "CONSTRAINT " + DdlWords::identifier(words_.one_of(table->checks).name) + " ON " +
           named(*table);
      break;
    case 5:
      if (now_->enums.empty()) return {};
      on = "TYPE " + reference(words_.one_of(now_->enums).name);
      break;
    case 6:
      if (now_->sequences.empty()) return {};
      on = "SEQUENCE " + reference(words_.one_of(now_->sequences).name);
      break;
    case 7:
      on = "SCHEMA " + DdlWords::identifier(words_.one_of(now_->namespaces).name);
      break;
    default:
      if (const Relation* view = a_view())
        on = (view->kind == RelationKind::view ? "VIEW " : "MATERIALIZED VIEW ") + named(*view);
      else
        return {};
  }
  return "COMMENT ON " + on + " IS " +
         words_.word({"'what it is'", "'it''s \xC3\xA4'", "''", "NULL"});
}

std::string DdlGenerator::drop() {
  std::string what, name;
  auto take = [&](const char* kind, const QualifiedName& object) {
    what = kind;
    name = reference(object);
  };
  switch (words_.below(10)) {
    case 0:
    case 1:
    case 2:
      if (const Relation* table = a_table()) take("TABLE", table->name);
      break;
    case 3:
      if (const Relation* view = a_view())
        take(view->kind == RelationKind::view ? "VIEW" : "MATERIALIZED VIEW", view->name);
      break;
    case 4:
      if (const Relation* table = a_table(); table && !table->indexes.empty())
        take("INDEX", {table->name.schema, words_.one_of(table->indexes).name});
      break;
    case 5:
      if (!now_->sequences.empty()) take("SEQUENCE", words_.one_of(now_->sequences).name);
      break;
    case 6:
      if (!now_->enums.empty()) take("TYPE", words_.one_of(now_->enums).name);
      break;
    case 7:
      if (!now_->domains.empty())
        take(words_.chance(80) ? "DOMAIN" : "TYPE", words_.one_of(now_->domains).name);
      break;
    case 8:
      if (!now_->other_types.empty()) take("TYPE", words_.one_of(now_->other_types).name);
      break;
    default:
      if (!now_->functions.empty()) take("FUNCTION", words_.one_of(now_->functions).name);
      break;
  }
  if (what.empty()) return {};
  std::string list = name;
  if (what == "TABLE" && words_.chance(15)) list += ", " + named(*a_table());
  return "DROP " + what + (words_.chance(25) ? " IF EXISTS " : " ") + list + drop_behavior();
}

std::string DdlGenerator::rename() {
  const std::string name = DdlWords::identifier(words_.new_name());
  const Relation* table = a_table();
  if (!table) return {};
  switch (words_.below(11)) {
    case 0:
    case 1:
      return "ALTER TABLE " + named(*table) + " RENAME TO " + name;
    case 2:
    case 3:
    case 4:
      return "ALTER TABLE " + std::string(words_.chance(6) ? "ONLY " : "") + named(*table) +
             " RENAME COLUMN " + DdlWords::identifier(a_column(*table)) + " TO " + name;
    case 5:
    case 6: {
      std::vector<std::string> names;
      for (const CheckConstraint& check : table->checks) names.push_back(check.name);
      for (const ForeignKey& key : table->foreign_keys) names.push_back(key.name);
      for (const KeyConstraint& key : table->unique_constraints) names.push_back(key.name);
      if (table->primary_key) names.push_back(table->primary_key->name);
      if (names.empty()) return {};
      return "ALTER TABLE " + named(*table) + " RENAME CONSTRAINT " +
             DdlWords::identifier(words_.one_of(names)) + " TO " + name;
    }
    case 7:
      if (table->indexes.empty()) return {};
      return "ALTER INDEX " + reference({table->name.schema, words_.one_of(table->indexes).name}) +
             " RENAME TO " + name;
    case 8:
      if (now_->sequences.empty()) return {};
      return "ALTER SEQUENCE " + reference(words_.one_of(now_->sequences).name) + " RENAME TO " +
             name;
    case 9:
      if (!now_->enums.empty() && words_.chance(50))
        return "ALTER TYPE " + reference(words_.one_of(now_->enums).name) + " RENAME TO " + name;
      if (now_->domains.empty()) break;
      return "ALTER DOMAIN " + reference(words_.one_of(now_->domains).name) + " RENAME TO " + name;
    default:
      if (const Relation* view = a_view()) {
        std::string kind = view->kind == RelationKind::view ? "VIEW " : "MATERIALIZED VIEW ";
        if (view->columns.empty() || words_.chance(50))
          return "ALTER " + kind + named(*view) + " RENAME TO " + name;
        return "ALTER " + kind + named(*view) + " RENAME COLUMN " +
               DdlWords::identifier(a_column(*view)) + " TO " + name;
      }
      break;
  }
  return {};
}

std::string DdlGenerator::move() {
  const std::string to =
      " SET SCHEMA " + DdlWords::identifier(words_.one_of(now_->namespaces).name);
  switch (words_.below(5)) {
    case 0:
      if (!now_->enums.empty())
        return "ALTER TYPE " + reference(words_.one_of(now_->enums).name) + to;
      return {};
    case 1:
      if (!now_->sequences.empty())
        return "ALTER SEQUENCE " + reference(words_.one_of(now_->sequences).name) + to;
      return {};
    case 2:
      if (const Relation* view = a_view())
        return std::string("ALTER ") +
               (view->kind == RelationKind::view ? "VIEW " : "MATERIALIZED VIEW ") + named(*view) +
               to;
      return {};
    default:
      if (const Relation* table = a_table()) return "ALTER TABLE " + named(*table) + to;
      return {};
  }
}

std::string DdlGenerator::schema_statement() {
  const std::string name = DdlWords::identifier(words_.one_of(now_->namespaces).name);
  switch (words_.below(6)) {
    case 0:
      // Not the one in which most things stand.
      if (name == "public") return {};
      return "DROP SCHEMA " + name + drop_behavior();
    case 1:
      if (name == "public") return {};
      return "ALTER SCHEMA " + name + " RENAME TO " + DdlWords::identifier(words_.new_name());
    default:
      if (now_->namespaces.size() > 3) return {};
      return "CREATE SCHEMA " + std::string(words_.chance(30) ? "IF NOT EXISTS " : "") +
             DdlWords::identifier(words_.new_name());
  }
}

std::string DdlGenerator::grant() {
  const Relation* table = a_table();
  if (!table) return {};
  const std::string privileges =
      words_.word({"SELECT", "INSERT, UPDATE", "ALL", "REFERENCES", "SELECT, DELETE"});
  return words_.chance(70) ? "GRANT " + privileges + " ON " + named(*table) + " TO PUBLIC"
                           : "REVOKE " + privileges + " ON " + named(*table) + " FROM PUBLIC";
}

}  // namespace schemaudit

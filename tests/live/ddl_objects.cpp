// Indexes, types, sequences, views, functions, triggers and policies.
#include <algorithm>

#include "tests/live/ddl_generator.h"

namespace schemaudit {

std::string DdlGenerator::create_index() {
  const Relation* table = words_.chance(95) ? a_table() : a_view();
  if (!table || table->columns.empty()) return {};
  std::string method =
      words_.word({"", "", "", "", "", " USING btree", " USING hash", " USING brin"});
  for (const Column& column : table->columns)
    if (column.type && words_.chance(40) && column.type->normal.ends_with("[]"))
      return "CREATE INDEX ON " + named(*table) + " USING gin (" +
             DdlWords::identifier(column.name) + ")";
  std::string keys;
  const std::size_t count = method.ends_with("hash") ? 1 : 1 + words_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const Column& column = words_.one_of(table->columns);
    // Of types that users make it has no classes.
    if (method.ends_with("brin") && (!column.type || column.type->normal.starts_with("public.") ||
                                     family_of(column.type->normal, *now_) == "enum"))
      return {};
    std::string key = DdlWords::identifier(words_.chance(2) ? words_.new_name() : column.name);
    if (std::string expression = words_.expression(table->columns, *now_);
        words_.chance(20) && !expression.empty() && method.empty())
      key = expression;
    else if (column.type && column.type->normal == "text" && words_.chance(20) && method.empty())
      key += words_.word({" text_pattern_ops", " text_ops", " COLLATE \"C\""});
    else if (column.type && column.type->normal == "jsonb" && method.ends_with("gin"))
      key += words_.word({"", " jsonb_path_ops"});
    if (method.empty())
      key += words_.word({"", "", "", " DESC", " DESC NULLS LAST", " ASC NULLS FIRST", " ASC"});
    keys += (keys.empty() ? "" : ", ") + key;
  }
  std::string statement = "CREATE " + words_.word({"", "", "UNIQUE "}) + "INDEX ";
  if (words_.chance(40))
    statement +=
        (words_.chance(15) ? "IF NOT EXISTS " : "") + DdlWords::identifier(words_.new_name()) + " ";
  statement += "ON " + std::string(words_.chance(4) ? "ONLY " : "") + named(*table) + method +
               " (" + keys + ")";
  if (method.empty() && words_.chance(12))
    statement += " INCLUDE (" + DdlWords::list(words_.some_of(column_names(*table), 2)) + ")";
  if (words_.chance(6) && statement.starts_with("CREATE UNIQUE"))
    statement += " NULLS NOT DISTINCT";
  if (words_.chance(18)) statement += " WHERE " + words_.condition(table->columns, *now_);
  return statement;
}

std::string DdlGenerator::index_statement() {
  const Relation* table = a_table();
  if (!table || table->indexes.empty()) return {};
  const std::string index = reference({table->name.schema, words_.one_of(table->indexes).name});
  // A part of a partitioned table's index, where there is one.
  if (table->partition_of && words_.chance(50))
    if (const Relation* parent = now_->find_relation(table->partition_of->parent);
        parent && !parent->indexes.empty())
      return "ALTER INDEX " +
             reference({parent->name.schema, words_.one_of(parent->indexes).name}) +
             " ATTACH PARTITION " + index;
  return words_.word({"ALTER INDEX " + index + " RESET (fillfactor)", "REINDEX INDEX " + index,
                      "DROP INDEX " + index});
}

std::string DdlGenerator::create_type() {
  const std::string name = new_relation_name();
  switch (words_.below(4)) {
    case 0: {
      std::string list;
      std::vector<std::string> names = words_.some_of({"x", "y", "Two Words", "select"}, 3);
      for (const std::string& column : names)
        list +=
            (list.empty() ? "" : ", ") + DdlWords::identifier(column) + " " + words_.type(*now_);
      return "CREATE TYPE " + name + " AS (" + list + ")";
    }
    case 1:
      // Long names of several bytes a letter are cut within a letter for their multirange.
      return "CREATE TYPE range" + std::to_string(words_.below(20)) + " AS RANGE (subtype = " +
             words_.word({"int", "float8", "date", "text", "timestamptz", "numeric"}) + ")";
    default: {
      std::string labels;
      std::vector<std::string> chosen =
          words_.some_of({"new", "open", "it's", "Done", "\xC3\xBC", "a b", "x"}, 4);
      for (const std::string& label : chosen)
        labels += (labels.empty() ? "" : ", ") + DdlWords::literal(label);
      return "CREATE TYPE " + name + " AS ENUM (" + labels + ")";
    }
  }
}

std::string DdlGenerator::alter_type() {
  if (!now_->enums.empty() && words_.chance(65)) {
    const EnumType& type = words_.one_of(now_->enums);
    std::string label = type.labels.empty() ? "none" : words_.one_of(type.labels);
    std::string added = words_.word({"late", "early", "new", "more", "it''s"});
    std::string head = "ALTER TYPE " + reference(type.name);
    if (words_.chance(35))
      return head + " RENAME VALUE " + DdlWords::literal(label) + " TO '" + added + "'";
    return head + " ADD VALUE " + (words_.chance(30) ? "IF NOT EXISTS '" : "'") + added + "'" +
           (words_.chance(50) ? words_.word({" BEFORE ", " AFTER "}) + DdlWords::literal(label)
                              : "");
  }
  std::vector<const OtherType*> composites;
  for (const OtherType& type : now_->other_types)
    if (type.kind == OtherTypeKind::composite) composites.push_back(&type);
  if (composites.empty()) return {};
  std::string head = "ALTER TYPE " + reference(words_.one_of(composites)->name);
  std::string attribute = DdlWords::identifier(words_.word({"x", "y", "Two Words", "z"}));
  return head +
         words_.word({" ADD ATTRIBUTE " + attribute + " int", " DROP ATTRIBUTE " + attribute,
                      " DROP ATTRIBUTE IF EXISTS " + attribute + " CASCADE",
                      " ADD ATTRIBUTE " + attribute + " text CASCADE",
                      " ALTER ATTRIBUTE " + attribute + " TYPE text",
                      " RENAME ATTRIBUTE " + attribute + " TO w" + words_.word({"", " CASCADE"})});
}

std::string DdlGenerator::domain_statement() {
  Column value;
  value.name = "value";
  if (now_->domains.empty() || words_.chance(45)) {
    std::string type = words_.chance(70) ? words_.word({"int", "text", "varchar(20)", "numeric"})
                                         : words_.type(*now_);
    // In checks of a domain over a domain the server casts VALUE, which has no normal form yet.
    for (const Domain& other : now_->domains)
      if (type.starts_with(DdlWords::qualified(other.name))) type = "int";
    std::string normal = type == "int" ? "integer" : type;
    value.type = Type{normal, normal, false};
    std::string text = "CREATE DOMAIN " + new_relation_name() + " AS " + type;
    if (words_.chance(30)) text += " DEFAULT " + words_.value(normal, *now_);
    if (words_.chance(25)) text += " NOT NULL";
    for (std::size_t i = words_.below(3); i > 0; --i)
      text += " " + constraint_name() + "CHECK (" + words_.condition({value}, *now_) + ")";
    return text;
  }
  const Domain& domain = words_.one_of(now_->domains);
  value.type = domain.base;
  std::string head = "ALTER DOMAIN " + reference(domain.name);
  std::string constraint = DdlWords::identifier(
      domain.checks.empty() ? words_.new_name() : words_.one_of(domain.checks).name);
  switch (words_.below(8)) {
    case 0:
      return head + " SET NOT NULL";
    case 1:
      return head + " DROP NOT NULL";
    case 2:
      return head + " SET DEFAULT " + words_.value(domain.base ? domain.base->normal : "", *now_);
    case 3:
      return head + " DROP DEFAULT";
    case 4:
      return head + " DROP CONSTRAINT " + constraint;
    case 5:
      return head + " RENAME CONSTRAINT " + constraint + " TO " +
             DdlWords::identifier(words_.new_name());
    case 6:
      return head + " VALIDATE CONSTRAINT " + constraint;
    default:
      return head + " ADD " + constraint_name() + "CHECK (" + words_.condition({value}, *now_) +
             ")" + words_.word({"", " NOT VALID"});
  }
}

std::string DdlGenerator::sequence_statement() {
  const Relation* table = a_table();
  std::string owner;
  if (table && !table->columns.empty())
    owner = " OWNED BY " + DdlWords::qualified(table->name) + "." +
            DdlWords::identifier(a_column(*table));
  std::string options =
      words_.word({"", "", " AS int", " INCREMENT BY -1", " START 5 MINVALUE 2",
                   " MAXVALUE 100 CYCLE", " CACHE 10", owner, owner, " AS smallint MAXVALUE 100000",
                   " MINVALUE 10 START 5", " NO MINVALUE NO MAXVALUE"});
  if (now_->sequences.empty() || words_.chance(45))
    return "CREATE SEQUENCE " + std::string(words_.chance(10) ? "IF NOT EXISTS " : "") +
           new_relation_name() + options;
  if (options.empty()) options = words_.word({" OWNED BY NONE", " RESTART", " AS bigint"});
  return "ALTER SEQUENCE " + reference(words_.one_of(now_->sequences).name) + options;
}

std::string DdlGenerator::create_view() {
  const Relation* table = words_.chance(85) ? a_table() : a_view();
  if (!table) return {};
  std::string list = "*";
  if (!table->columns.empty() && words_.chance(75))
    list = DdlWords::list(words_.some_of(column_names(*table), 3));
  if (words_.chance(15)) list = "count(*) AS n";
  std::string query = "SELECT " + list + " FROM " + named(*table);
  if (!table->columns.empty() && words_.chance(30))
    query += " WHERE " + words_.condition(table->columns, *now_);
  if (words_.chance(18)) return "CREATE MATERIALIZED VIEW " + new_relation_name() + " AS " + query;
  const Relation* known = a_view();
  std::string name = known && words_.chance(20) ? named(*known) : new_relation_name();
  return "CREATE " + std::string(words_.chance(30) ? "OR REPLACE " : "") + "VIEW " + name + " AS " +
         query;
}

std::string DdlGenerator::function_statement() {
  if (!now_->functions.empty() && words_.chance(30)) {
    const Function& function = words_.one_of(now_->functions);
    std::string signature = reference(function.name) + "(";
    for (std::size_t i = 0; i < function.arguments.size(); ++i)
      signature += (i ? ", " : "") + function.arguments[i].normal;
    signature += ")";
    return words_.word(
        {"DROP FUNCTION " + signature + drop_behavior(),
         "ALTER FUNCTION " + signature + " RENAME TO " + DdlWords::identifier(words_.new_name()),
         "COMMENT ON FUNCTION " + signature + " IS 'x'",
         "ALTER FUNCTION " + signature + " SET SCHEMA " +
             DdlWords::identifier(words_.one_of(now_->namespaces).name)});
  }
  const std::string name =
      (words_.chance(20) ? "OR REPLACE FUNCTION " : "FUNCTION ") + new_relation_name();
  switch (words_.below(4)) {
    case 0:
      return "CREATE " + name + "() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'";
    case 1:
      return "CREATE " + name +
             "(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT n > 0$$";
    case 2:
      return "CREATE " + name + "(" + words_.type(*now_) + ") RETURNS " + words_.type(*now_) +
             " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'";
    default:
      return "CREATE " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$";
  }
}

std::string DdlGenerator::trigger_statement() {
  const Relation* table = words_.chance(95) ? a_table() : a_view();
  if (!table) return {};
  std::vector<std::string> known;
  for (const Trigger& trigger : table->triggers) known.push_back(trigger.name);
  if (!known.empty() && words_.chance(45)) {
    std::string name = DdlWords::identifier(words_.one_of(known));
    return words_.word({"DROP TRIGGER " + name + " ON " + named(*table) + drop_behavior(),
                        "ALTER TRIGGER " + name + " ON " + named(*table) + " RENAME TO " +
                            DdlWords::identifier(words_.new_name()),
                        "ALTER TABLE " + named(*table) + " DISABLE TRIGGER " + name,
                        "COMMENT ON TRIGGER " + name + " ON " + named(*table) + " IS 'x'"});
  }
  std::vector<const Function*> functions;
  for (const Function& function : now_->functions)
    if (function.returns && function.returns->normal == "trigger") functions.push_back(&function);
  if (functions.empty()) {
    if (words_.chance(70)) return {};
    return "CREATE FUNCTION " + new_relation_name() +
           "() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$";
  }
  std::string column = DdlWords::identifier(a_column(*table));
  std::string event = words_.word(
      {"INSERT", "UPDATE", "UPDATE OF " + column, "DELETE", "TRUNCATE", "INSERT OR UPDATE"});
  std::string when;
  const Column* changed = table->columns.empty() ? nullptr : &words_.one_of(table->columns);
  if (changed && changed->type && family_of(changed->type->normal, *now_) == "integer")
    column = DdlWords::identifier(changed->name);
  else
    changed = nullptr;
  if (changed && words_.chance(40) && event.starts_with("UPDATE"))
    when = " WHEN (old." + column + " IS DISTINCT FROM new." + column + ")";
  return "CREATE " + std::string(words_.chance(15) ? "OR REPLACE " : "") + "TRIGGER " +
         DdlWords::identifier(words_.new_name()) + words_.word({" BEFORE ", " AFTER "}) + event +
         " ON " + named(*table) + " FOR EACH " + (words_.chance(80) ? "ROW" : "STATEMENT") + when +
         " EXECUTE FUNCTION " + reference(words_.one_of(functions)->name) + "()";
}

std::string DdlGenerator::policy_statement() {
  const Relation* table = a_table();
  if (!table) return {};
  if (!table->policies.empty() && words_.chance(50)) {
    std::string name = DdlWords::identifier(words_.one_of(table->policies).name);
    return words_.word({"DROP POLICY " + name + " ON " + named(*table),
                        "ALTER POLICY " + name + " ON " + named(*table) + " RENAME TO " +
                            DdlWords::identifier(words_.new_name()),
                        "ALTER POLICY " + name + " ON " + named(*table) + " USING (" +
                            words_.condition(table->columns, *now_) + ")"});
  }
  std::string command = words_.word({"", " FOR SELECT", " FOR INSERT", " FOR UPDATE", " FOR ALL"});
  std::string condition = "(" + words_.condition(table->columns, *now_) + ")";
  std::string how = command == " FOR INSERT" ? " WITH CHECK " + condition : " USING " + condition;
  return "CREATE POLICY " + DdlWords::identifier(words_.new_name()) + " ON " + named(*table) +
         words_.word({"", " AS RESTRICTIVE"}) + command + how;
}

}  // namespace schemaudit

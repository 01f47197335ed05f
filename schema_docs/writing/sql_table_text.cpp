// Whole CREATE TABLE statements, for sql_text.h.
#include <algorithm>

#include "schema_docs/prose_words.h"
#include "schema_docs/writing/sql_text.h"
#include "schema_docs/writing/upper_case.h"

namespace schemaudit {

namespace {

bool stands_on(const std::vector<std::string>& columns, const std::string& column) {
  return columns.size() == 1 && columns.front() == column;
}

bool is_plain(const KeyConstraint& key) {
  return key.include.empty() && !key.nulls_not_distinct && !key.deferrable.value_or(false);
}

/// A constraint that CREATE TABLE can write behind its column, with what it is called there.
struct ColumnConstraints {
  const KeyConstraint* primary_key = nullptr;
  std::vector<const KeyConstraint*> unique;
  std::vector<const ForeignKey*> foreign_keys;
  std::vector<const CheckConstraint*> checks;
};

ColumnConstraints constraints_on(const Relation& relation, const std::string& column) {
  ColumnConstraints found;
  if (relation.primary_key && stands_on(relation.primary_key->columns, column) &&
      is_plain(*relation.primary_key))
    found.primary_key = &*relation.primary_key;
  for (const KeyConstraint& key : relation.unique_constraints)
    if (stands_on(key.columns, column) && is_plain(key)) found.unique.push_back(&key);
  for (const ForeignKey& key : relation.foreign_keys)
    if (stands_on(key.columns, column) && !key.inherited && key.validated != std::optional(false))
      found.foreign_keys.push_back(&key);
  for (const CheckConstraint& check : relation.checks)
    if (stands_on(check.columns, column) && check.validated != std::optional(false))
      found.checks.push_back(&check);
  // Two of one kind are told apart more easily as constraints of the table.
  if (found.unique.size() > 1) found.unique.clear();
  if (found.foreign_keys.size() > 1) found.foreign_keys.clear();
  return found;
}

/// `bigserial` where the column takes its numbers from the sequence that this would make.
std::string serial_type(const Relation& relation, const Column& column) {
  if (!column.type || !column.default_value.has_value() || column.nullable != std::optional(false))
    return {};
  const std::string sequence = relation.name.name + "_" + column.name + "_seq'";
  const std::string& value = column.default_value->text;
  std::size_t at = value.find(sequence);
  if (!value.starts_with("nextval('") || at == std::string::npos) return {};
  char before = value[at - 1];
  if (before != '\'' && before != '.') return {};
  if (column.type->normal == "integer") return "serial";
  if (column.type->normal == "bigint") return "bigserial";
  return column.type->normal == "smallint" ? "smallserial" : "";
}

}  // namespace

std::string SqlWriter::column(const Relation& relation, const Column& column) const {
  const ColumnConstraints on = constraints_on(relation, column.name);
  std::string serial = serial_type(relation, column);
  if (wording_.types.upper) serial = upper_case(serial);
  std::string text = sql_identifier(column.name);
  if (wording_.aligned) {
    std::size_t width = 0;
    for (const Column& other : relation.columns)
      width = std::max(width, sql_identifier(other.name).size());
    text.resize(std::max(width, text.size()), ' ');
  }
  text += " " + (serial.empty() ? type(column) : serial);
  if (column.collation.has_value())
    text += " " + word("COLLATE") + " \"" + column.collation->name + "\"";
  if (column.nullable == std::optional(false) && !on.primary_key && serial.empty())
    text += " " + word("NOT NULL");
  if (serial.empty())
    if (std::string filled = filling(column); !filled.empty()) text += " " + filled;
  if (on.primary_key)
    text += " " +
            constraint_name(on.primary_key->name, default_constraint_name(relation, {}, "pkey")) +
            word("PRIMARY KEY");
  for (const KeyConstraint* key : on.unique)
    text += " " +
            constraint_name(key->name, default_constraint_name(relation, key->columns, "key")) +
            word("UNIQUE");
  for (const ForeignKey* key : on.foreign_keys)
    text += " " +
            constraint_name(key->name, default_constraint_name(relation, key->columns, "fkey")) +
            references(*key);
  for (const CheckConstraint* check : on.checks)
    text +=
        " " +
        constraint_name(check->name, default_constraint_name(relation, check->columns, "check")) +
        this->check(*check, relation);
  return text;
}

std::vector<std::string> SqlWriter::table_constraints(const Relation& relation) const {
  std::vector<std::string> elements;
  auto stands_behind_column = [&](auto member, const auto* constraint,
                                  const std::vector<std::string>& columns) {
    if (columns.size() != 1) return false;
    const ColumnConstraints on = constraints_on(relation, columns.front());
    const auto& list = on.*member;
    return std::find(list.begin(), list.end(), constraint) != list.end();
  };
  if (relation.primary_key) {
    const KeyConstraint& primary = *relation.primary_key;
    bool behind = primary.columns.size() == 1 &&
                  constraints_on(relation, primary.columns.front()).primary_key != nullptr;
    if (!behind)
      elements.push_back(
          constraint_name(primary.name, default_constraint_name(relation, {}, "pkey")) +
          key(primary, true));
  }
  for (const KeyConstraint& unique : relation.unique_constraints)
    if (!stands_behind_column(&ColumnConstraints::unique, &unique, unique.columns))
      elements.push_back(
          constraint_name(unique.name, default_constraint_name(relation, unique.columns, "key")) +
          key(unique, false));
  for (const ForeignKey& foreign : relation.foreign_keys)
    if (!foreign.inherited &&
        !stands_behind_column(&ColumnConstraints::foreign_keys, &foreign, foreign.columns))
      elements.push_back(constraint_name(foreign.name, default_constraint_name(
                                                           relation, foreign.columns, "fkey")) +
                         foreign_key(foreign));
  for (const CheckConstraint& one : relation.checks)
    if (!stands_behind_column(&ColumnConstraints::checks, &one, one.columns))
      elements.push_back(constraint_name(one.name, default_constraint_name(relation, {}, "check")) +
                         check(one, relation));
  for (const ExclusionConstraint& one : relation.exclusions)
    elements.push_back(constraint_name(one.name, std::string_view()) + exclusion(one));
  return elements;
}

std::vector<std::string> SqlWriter::create_table(const Relation& relation,
                                                 bool with_comments) const {
  std::vector<std::string> lines;
  std::string_view begins =
      relation.unlogged.value_or(false) ? "CREATE UNLOGGED TABLE" : "CREATE TABLE";
  lines.push_back(word(begins) + " " + name(relation.name) + " (");
  std::vector<std::string> elements, remarks;
  for (const Column& one : relation.columns) {
    elements.push_back(column(relation, one));
    std::string remark;
    if (with_comments && one.comment.has_value()) {
      remark = one.comment.value();
      std::replace(remark.begin(), remark.end(), '\n', ' ');
      std::replace(remark.begin(), remark.end(), '\r', ' ');
      remark = "  -- " + remark;
    }
    remarks.push_back(std::move(remark));
  }
  for (std::string& constraint : table_constraints(relation))
    elements.push_back(std::move(constraint));
  remarks.resize(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i)
    lines.push_back(wording_.indent + elements[i] + (i + 1 < elements.size() ? "," : "") +
                    remarks[i]);
  std::string end = ")";
  if (!relation.inherits.empty()) {
    end += " " + word("INHERITS") + " (";
    for (std::size_t i = 0; i < relation.inherits.size(); ++i)
      end += (i ? ", " : "") + name(relation.inherits[i]);
    end += ")";
  }
  if (relation.partition_key)
    end += " " + word("PARTITION BY") + " " + relation.partition_key->text;
  lines.push_back(end + ";");
  return lines;
}

std::vector<std::string> SqlWriter::comments_on(const Relation& relation) const {
  std::vector<std::string> lines;
  if (relation.comment.has_value())
    lines.push_back(word("COMMENT ON TABLE") + " " + name(relation.name) + " " + word("IS") + " " +
                    sql_literal(relation.comment.value()) + ";");
  for (const Column& one : relation.columns)
    if (one.comment.has_value())
      lines.push_back(word("COMMENT ON COLUMN") + " " + name(relation.name) + "." +
                      sql_identifier(one.name) + " " + word("IS") + " " +
                      sql_literal(one.comment.value()) + ";");
  return lines;
}

}  // namespace schemaudit

// Reads documents in a test, and puts the whole reading of a table into words, so that a test
// compares all of it and not only what it thought of.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/documents.h"

namespace schemaudit {

inline SourceResult read_documents(
    const std::vector<std::pair<std::string, std::string>>& documents) {
  DocumentSet set;
  for (const auto& [uri, text] : documents) set.add({uri, text, DocumentState::current});
  return set.finish();
}

inline SourceResult read_document_text(const std::string& text) {
  return read_documents({{"doc.md", text}});
}

/// `users table CPUFKXI- :3` and below it a line for each thing the table is stated to have.
inline std::string in_words(const Relation& relation) {
  const Coverage& c = relation.coverage;
  std::string covered;
  covered += c.columns ? 'C' : '-';
  covered += c.primary_key ? 'P' : '-';
  covered += c.unique_constraints ? 'U' : '-';
  covered += c.foreign_keys ? 'F' : '-';
  covered += c.checks ? 'K' : '-';
  covered += c.indexes ? 'I' : '-';
  std::string words = to_string(relation.name) + " " + std::string(to_string(relation.kind)) + " " +
                      covered + " :" + std::to_string(relation.origin.line) + "\n";
  for (const Column& column : relation.columns) {
    words += "  " + column.name + " " + (column.type ? column.type->normal : "?");
    if (column.nullable) words += *column.nullable ? " null" : " not null";
    if (column.default_value.has_value()) words += " default " + column.default_value->text;
    if (column.default_value.is_none()) words += " no default";
    if (column.documented_values) {
      words += " values";
      for (const std::string& value : *column.documented_values) words += " " + value;
    }
    if (column.comment.has_value()) words += " \"" + column.comment.value() + "\"";
    words += " :" + std::to_string(column.origin.line) + "\n";
  }
  if (relation.primary_key)
    words += "  primary key (" + join_identifiers(relation.primary_key->columns) + ")\n";
  for (const KeyConstraint& key : relation.unique_constraints)
    words += "  unique (" + join_identifiers(key.columns) + ")\n";
  for (const ForeignKey& key : relation.foreign_keys) {
    words += "  foreign key (" + join_identifiers(key.columns) + ") to " + to_string(key.target) +
             "(" + join_identifiers(key.target_columns) + ")";
    if (key.on_delete) words += " on delete " + std::string(to_string(*key.on_delete));
    words += "\n";
  }
  for (const CheckConstraint& check : relation.checks)
    words += "  check " + check.expression.text + "\n";
  for (const Index& index : relation.indexes) {
    words += "  index " + (index.name.empty() ? std::string("-") : index.name) + " " +
             (index.method.empty() ? "?" : index.method) + (index.unique == true ? " unique" : "") +
             " (";
    for (std::size_t i = 0; i < index.keys.size(); ++i)
      words += (i ? ", " : "") +
               (index.keys[i].column ? *index.keys[i].column : index.keys[i].expression->text) +
               (index.keys[i].descending ? " desc" : "");
    words += ")\n";
  }
  return words;
}

inline std::string tables_in_words(const SourceResult& source) {
  std::string words;
  for (const Relation& relation : source.schema.relations) words += in_words(relation);
  return words;
}

/// `contradiction 12:3` for each problem, in order.
inline std::string problems_in_words(const SourceResult& source) {
  static const char* const kKinds[] = {"invalid_sql",   "newer_syntax", "unread_schema",
                                       "garbled_text",  "credential",   "unknown_reference",
                                       "contradiction", "stated_count", "ambiguous_name",
                                       "unanalysed",    "refused",      "unreadable"};
  std::string words;
  for (const Problem& problem : source.problems)
    words += std::string(kKinds[static_cast<int>(problem.kind)]) + " " +
             std::to_string(problem.origin.line) + ":" + std::to_string(problem.origin.column) +
             "\n";
  return words;
}

/// `users column table 3 columns 1 constraints 0 indexes complete` for each row.
inline std::string rows_in_words(const DocumentReading& reading) {
  std::string words;
  for (const TableReading& row : reading.tables)
    words += to_string(row.table) + " " + row.form + " " + std::to_string(row.columns) + " " +
             std::to_string(row.constraints) + " " + std::to_string(row.indexes) +
             (row.complete ? " complete" : " partial") + "\n";
  return words;
}

}  // namespace schemaudit

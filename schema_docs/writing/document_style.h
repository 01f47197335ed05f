// How a team writes its schema docs: learned from those it has, so that what is added to them
// looks as if the same hand had written it.
//
//   DocumentStyle style = learn_style(documents, reading);
//   style.form == DocumentForm::column_table
//   style.table.header         {"Column", "Type", "Notes"}
//   style.heading              "## NAME Table"
//   style.words.reference      "references NAME"
//
// Where nothing can be learned, default_style() is used: one file for each table, with a column
// table whose columns say one thing each.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/source.h"
#include "schema_docs/column_table.h"
#include "schema_docs/documents.h"
#include "schema_docs/writing/fact_phrases.h"
#include "schema_docs/writing/sql_text.h"

namespace schemaudit {

enum class DocumentForm { column_table, list, sql, tbls };

std::string_view to_string(DocumentForm form);

/// `FK -> ` TARGET, `` foreign key to ` `` TARGET `` ` ``.
struct ReferenceWording {
  enum class Target { column, in_parentheses, table };
  std::string before = "FK -> ", after;
  Target target = Target::column;
};

/// What stands for each fact in cells and bullets.
struct FactWording {
  std::string not_null = "NOT NULL";
  /// Empty where what is not said to be NOT NULL may be null.
  std::string nullable;
  std::string primary_key = "PK";
  std::string unique = "unique";
  ReferenceWording reference;
  /// Whether words say these at all where no cell does.
  bool says_nullability = true, says_filling = true;
  std::string filling_before = "default ";
  bool filling_in_code = true;
  bool check_in_code = true;
  /// Between two facts, and between them and a sentence.
  std::string between = ", ";
  std::string before_prose = "; ";
  TypeWording types;
};

struct ColumnTableStyle {
  /// The cells of the header and of the row below it, as they are written.
  std::vector<std::string> header;
  std::vector<std::string> rule;
  std::vector<CellRole> roles;
  bool opens = true, closes = true;
  /// `| --- |` rather than `|---|`.
  bool rule_spaced = false;
  /// Pipes stand below each other.
  bool lined_up = false;
  /// An empty cell is `|  |` rather than `| |`.
  bool wide_empty = false;
  bool name_in_code = false, type_in_code = false, default_in_code = true;
  /// What the cell of nullability (or of its opposite) holds.
  std::string yes = "yes", no = "no";
  /// What a default's cell holds where there is none.
  std::string no_default;
  /// The column in which each fact stands.
  std::map<PhraseKind, CellRole> where;
};

struct ListStyle {
  std::string bullet = "- ";
  bool name_in_code = true;
  /// Between the name and its facts: `: `, ` - `, ` (`.
  std::string after_name = ": ";
};

struct HeadingStyle {
  int level = 1;
  std::string before, after;
  bool in_code = false, numbered = false, upper = false, qualified = false;
};

struct FileStyle {
  /// Of files with one table; without a slash at its end.
  std::string folder;
  std::string before, after = ".md";
  bool upper = false, dashes = false, qualified = false;
};

struct DocumentStyle {
  DocumentForm form = DocumentForm::column_table;
  bool learned = false;
  bool file_per_table = true;
  FileStyle file;
  /// The document whose sections are tables, where file_per_table is false.
  std::string sections_in;
  HeadingStyle heading;
  FactWording words;
  ColumnTableStyle table;
  ListStyle list;
  SqlWording sql;
  std::string fence_language = "sql";
};

DocumentStyle default_style(DocumentForm form);

/// `read` is what the documents were read as. Documents that are not current teach nothing.
DocumentStyle learn_style(const std::vector<DocumentText>& documents, const SourceResult& read);

/// The style with what one block of a document teaches first: its own words win.
DocumentStyle style_of_block(const DocumentStyle& style, const Block& block,
                             const std::vector<std::string>& lines);

}  // namespace schemaudit

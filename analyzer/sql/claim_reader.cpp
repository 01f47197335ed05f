#include <algorithm>

#include "analyzer/sql/claim_statements.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/partition_clauses.h"
#include "analyzer/sql/pieces.h"
#include "analyzer/sql/recovery.h"

namespace schemaudit {

namespace {

bool is_query(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_SELECT_STMT && !node.select_stmt->into_clause;
}

PieceKind kind_of(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return PieceKind::query;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
    case PG_QUERY__NODE__NODE_COPY_STMT:
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
      return PieceKind::change_of_rows;
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
      return PieceKind::unanalysed;
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return PieceKind::removal;
    case PG_QUERY__NODE__NODE_CREATE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
    case PG_QUERY__NODE__NODE_INDEX_STMT:
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_RENAME_STMT:
      return PieceKind::definition;
    default:
      return PieceKind::other;
  }
}

/// Reads the pieces of one text; lives as long as one ClaimReader::read().
class TextReader {
 public:
  TextReader(ClaimReader& reader, const SqlText& text, const SqlReadOptions& options)
      : text_(text),
        lines_(text),
        options_(options),
        statements_(reader, reading_, options),
        reader_(reader) {}

  SqlReading read() {
    for (const Piece& piece : cut_pieces(text_.text)) {
      switch (piece.kind) {
        case Piece::Kind::psql:
          add(PieceKind::psql, piece);
          break;
        case Piece::Kind::shell:
          add(PieceKind::shell, piece);
          break;
        case Piece::Kind::copy_data:
          break;
        case Piece::Kind::sql:
          read_sql(piece);
          break;
      }
    }
    return std::move(reading_);
  }

 private:
  bool claims() const { return options_.purpose == SqlPurpose::schema; }

  StatementText statement(const Piece& piece) const {
    return {&text_, piece.begin, piece.in(text_.text), &lines_};
  }

  SqlPiece& add(PieceKind kind, const Piece& piece) {
    SqlPiece added;
    added.kind = kind;
    added.origin = lines_.origin(piece.begin);
    added.text = std::string(piece.in(text_.text));
    reading_.pieces.push_back(std::move(added));
    return reading_.pieces.back();
  }

  void read_sql(const Piece& piece) {
    Tree tree = parse_sql(piece.in(text_.text));
    if (tree.ok()) {
      read_statement(piece, tree);
      return;
    }
    std::string word = first_word(piece.in(text_.text));
    if (std::optional<std::string> numbered = with_numbered_parameters(piece.in(text_.text))) {
      Tree again = parse_sql(*numbered);
      if (again.ok() && again.statements().size() == 1) {
        const PgQuery__Node& node = *again.statements()[0];
        add(kind_of(node), piece);
        if (is_query(node)) add_query(*numbered, piece.begin);
        return;
      }
    }
    std::vector<Piece> lines = cut_lines(text_.text, piece);
    if (lines.size() > 1) {
      for (const Piece& line : lines) read_part(line, tree.error, piece);
      return;
    }
    read_part(piece, tree.error, piece);
  }

  void read_statement(const Piece& piece, const Tree& tree) {
    StatementText text = statement(piece);
    for (const PgQuery__Node* node : tree.statements()) {
      PieceKind kind = kind_of(*node);
      if (is_query(*node) && tree.statements().size() == 1)
        add_query(std::string(text.text), piece.begin);
      if (std::optional<std::size_t> query = explained_query(text.text))
        add_query(std::string(text.text.substr(*query)), piece.begin + *query, true);
      add(kind, piece);
      if (kind != PieceKind::definition || !claims()) continue;
      std::vector<QualifiedName> tables = statements_.apply(*node, text);
      reading_.pieces.back().tables = tables;
      if (node->node_case != PG_QUERY__NODE__NODE_CREATE_STMT || tables.empty()) continue;
      // What was made last stands last.
      std::vector<Relation>& known = reader_.schema().relations;
      auto made = std::find_if(known.rbegin(), known.rend(), [&](const Relation& relation) {
        return relation.name == tables.front();
      });
      if (made != known.rend()) read_value_comments(text, *made);
    }
  }

  /// A part that is no whole statement, or a statement that cannot be parsed.
  void read_part(const Piece& part, const SyntaxError& error, const Piece& whole) {
    std::string_view text = part.in(text_.text);
    Tree tree = parse_sql(text);
    if (tree.ok()) {
      read_statement(part, tree);
      return;
    }
    const SyntaxError& at = part.begin == whole.begin && part.end == whole.end ? error : tree.error;
    std::string word = first_word(text);
    if (!begins_statement(word)) {
      read_fragment(part);
      return;
    }
    if (has_elision(text)) {
      add(PieceKind::fragment, part);
      return;
    }
    read_broken(part, at);
  }

  void read_fragment(const Piece& part) {
    SqlPiece& piece = add(PieceKind::fragment, part);
    if (!claims()) return;
    std::string shown(part.in(text_.text));
    while (!shown.empty() && (shown.back() == ',' || shown.back() == ' ')) shown.pop_back();
    std::optional<QualifiedName> table = subject_of(part);
    if (!table) return;
    Relation* relation = nullptr;
    for (Relation& known : reader_.schema().relations)
      if (known.name.name == table->name) relation = &known;
    ColumnTypes types = relation ? column_types_of(*relation) : ColumnTypes();
    Origin origin = lines_.origin(part.begin);
    if (std::optional<ParsedConstraint> constraint = parse_constraint(shown, types)) {
      std::visit([&](auto& element) { element.origin = origin; }, constraint->constraint);
      statements_.apply_fragment(*table, std::move(*constraint), shown);
      piece.tables.push_back(*table);
    } else if (std::optional<ParsedColumn> column = parse_column(shown, table->name)) {
      column->column.origin = origin;
      statements_.apply_column_fragment(*table, std::move(*column));
      piece.tables.push_back(*table);
    }
  }

  /// The table that the comment above a fragment names, else the one the heading names.
  std::optional<QualifiedName> subject_of(const Piece& part) const {
    if (options_.find_table && part.comments_begin < part.begin) {
      std::string_view comments =
          std::string_view(text_.text)
              .substr(part.comments_begin, part.begin - part.comments_begin);
      for (const Token& token : tokenize(comments)) {
        std::string_view comment = token.in(comments);
        while (!comment.empty() && (comment.front() == '-' || comment.front() == ' ' ||
                                    comment.front() == '/' || comment.front() == '*'))
          comment.remove_prefix(1);
        std::string_view name = comment.substr(0, comment.find(':'));
        if (std::optional<QualifiedName> found = options_.find_table(name)) return found;
      }
    }
    return options_.subject;
  }

  void read_broken(const Piece& part, const SyntaxError& error) {
    StatementText text = statement(part);
    SqlPiece& piece = add(PieceKind::invalid, part);
    if (std::string newer = newer_syntax(text.text); !newer.empty()) {
      report(ProblemKind::newer_syntax, part, error,
             newer + " is newer than the grammar of this build (PostgreSQL " +
                 std::to_string(grammar_version() / 10000) + "); the statement was not read");
      return;
    }
    std::optional<RecoveredTable> recovered;
    if (first_word(text.text) == "create") recovered = recover_table(text);
    std::string rest;
    if (recovered) {
      rest = recovered->complete ? "; the table was read all the same"
                                 : "; the rest of the table was read";
      piece.tables.push_back(recovered->relation.name);
    }
    report(ProblemKind::invalid_sql, part, error,
           "PostgreSQL refuses this: " + error.message + rest);
    if (recovered) {
      ObjectRef& object = reading_.problems.back().object;
      object = {"table", recovered->relation.name.schema, recovered->relation.name.name,
                recovered->relation.name.name};
      if (!claims()) return;
      Relation& relation = recovered->relation;
      if (recovered->complete) {
        relation.coverage.columns = relation.coverage.primary_key = true;
        relation.coverage.unique_constraints = relation.coverage.foreign_keys = true;
        relation.coverage.checks = relation.coverage.exclusions = true;
      }
      read_value_comments(text, relation);
      statements_.apply_recovered(std::move(relation), text.origin(0));
    }
  }

  void report(ProblemKind kind, const Piece& part, const SyntaxError& error, std::string message) {
    Problem problem;
    problem.kind = kind;
    problem.origin = lines_.origin(std::min(part.begin + error.offset, text_.text.size()));
    problem.message = std::move(message);
    problem.object.kind = "document";
    problem.object.name = text_.uri;
    problem.key = options_.key_prefix + " #" + std::to_string(reading_.pieces.size());
    std::size_t begin = text_.text.rfind('\n', part.begin + error.offset);
    begin = begin == std::string::npos ? 0 : begin + 1;
    problem.excerpt =
        text_.text.substr(begin, std::min(text_.text.find('\n', begin), text_.text.size()) - begin);
    reading_.problems.push_back(std::move(problem));
  }

  void add_query(std::string sql, std::size_t begin, bool explained = false) {
    DocumentedQuery query;
    query.explained = explained;
    query.sql = std::move(sql);
    query.origin = lines_.origin(begin);
    query.key = options_.key_prefix;
    if (options_.purpose != SqlPurpose::rollback) reading_.queries.push_back(std::move(query));
  }

  const SqlText& text_;
  LineIndex lines_;
  const SqlReadOptions& options_;
  SqlReading reading_;
  ClaimStatements statements_;
  ClaimReader& reader_;
};

/// The only statement of `prefix + text + suffix`, with `use` called on it.
template <typename Use>
void with_statement(const std::string& text, const Use& use) {
  run_with_deep_stack(text.size(), [&] {
    SqlText whole{text, {}, 1, 1};
    Tree tree = parse_sql(whole.text);
    if (tree.statements().size() == 1)
      use(*tree.statements()[0], StatementText{&whole, 0, whole.text});
  });
}

}  // namespace

SqlReading ClaimReader::read(const SqlText& text, const SqlReadOptions& options) {
  SqlReading reading;
  run_with_deep_stack(text.text.size(), [&] { reading = TextReader(*this, text, options).read(); });
  return reading;
}

std::vector<Problem> ClaimReader::settle_references() {
  std::vector<Problem> problems;
  std::vector<std::string> reported;
  for (const PendingReference& reference : pending_) {
    std::string key = reference.kind + " " + reference.target.name;
    auto stated = stated_at_.find(key);
    // Order counts within one document only; files have none.
    if (stated == stated_at_.end() || stated->second.uri != reference.origin.uri ||
        !(reference.origin < stated->second))
      continue;
    std::string once = key + " in " + reference.origin.uri;
    if (std::find(reported.begin(), reported.end(), once) != reported.end()) continue;
    reported.push_back(once);
    Problem problem;
    problem.kind = ProblemKind::unknown_reference;
    problem.origin = reference.origin;
    problem.related = stated->second;
    std::string kind = reference.kind == "relation" ? "table" : reference.kind;
    problem.object = {kind, reference.target.schema,
                      kind == "table" ? reference.target.name : std::string(),
                      reference.target.name};
    problem.message = reference.from + " needs " + kind + " " + to_string(reference.target) +
                      ", which is created only at line " + std::to_string(stated->second.line);
    problem.key = reference.from;
    problems.push_back(std::move(problem));
  }
  pending_.clear();
  return problems;
}

std::optional<ParsedConstraint> parse_constraint(std::string_view text, const ColumnTypes& types) {
  std::optional<ParsedConstraint> parsed;
  if (text.find_first_of("(") == std::string_view::npos) return parsed;
  with_statement("ALTER TABLE t ADD " + std::string(text), [&](const PgQuery__Node& node,
                                                               const StatementText& statement) {
    if (node.node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT ||
        node.alter_table_stmt->n_cmds != 1)
      return;
    const PgQuery__AlterTableCmd& command = *node.alter_table_stmt->cmds[0]->alter_table_cmd;
    if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
      parsed = constraint_from(*command.def->constraint, types, statement);
  });
  if (parsed) std::visit([](auto& element) { element.origin = {}; }, parsed->constraint);
  return parsed;
}

std::optional<ParsedIndex> parse_index(std::string_view text, const ColumnTypes& types) {
  std::optional<ParsedIndex> parsed;
  with_statement(std::string(text), [&](const PgQuery__Node& node, const StatementText& statement) {
    if (node.node_case != PG_QUERY__NODE__NODE_INDEX_STMT) return;
    parsed = ParsedIndex{name_of(*node.index_stmt->relation),
                         index_from(*node.index_stmt, types, statement)};
    parsed->index.origin = {};
  });
  return parsed;
}

std::optional<ParsedTrigger> parse_trigger(std::string_view text, const ColumnTypes& types) {
  std::optional<ParsedTrigger> parsed;
  with_statement(std::string(text), [&](const PgQuery__Node& node, const StatementText& statement) {
    if (node.node_case != PG_QUERY__NODE__NODE_CREATE_TRIG_STMT) return;
    parsed = ParsedTrigger{name_of(*node.create_trig_stmt->relation),
                           trigger_from(*node.create_trig_stmt, types, statement)};
    parsed->trigger.origin = {};
  });
  return parsed;
}

Expression normalise_partition_bound(std::string_view text) {
  Expression bound{std::string(text), {}, false};
  with_statement(
      "CREATE TABLE t PARTITION OF p " + std::string(text),
      [&](const PgQuery__Node& node, const StatementText&) {
        if (node.node_case == PG_QUERY__NODE__NODE_CREATE_STMT && node.create_stmt->partbound)
          bound = partition_bound(*node.create_stmt->partbound);
      });
  bound.text = std::string(text);
  return bound;
}

Expression normalise_partition_key(std::string_view text, const ColumnTypes& types) {
  Expression key{std::string(text), {}, false};
  with_statement(
      "CREATE TABLE t () PARTITION BY " + std::string(text),
      [&](const PgQuery__Node& node, const StatementText&) {
        if (node.node_case == PG_QUERY__NODE__NODE_CREATE_STMT && node.create_stmt->partspec)
          key = partition_key(*node.create_stmt->partspec, types);
      });
  key.text = std::string(text);
  return key;
}

std::optional<ParsedColumn> parse_column(std::string_view text, std::string_view table) {
  std::optional<ParsedColumn> parsed;
  with_statement("CREATE TABLE t (" + std::string(text) + ")", [&](const PgQuery__Node& node,
                                                                   const StatementText& statement) {
    if (node.node_case != PG_QUERY__NODE__NODE_CREATE_STMT || node.create_stmt->n_table_elts != 1)
      return;
    const PgQuery__Node& element = *node.create_stmt->table_elts[0];
    if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
      parsed = column_from(*element.column_def, table, statement);
  });
  if (parsed) {
    parsed->column.origin = {};
    if (parsed->primary_key_constraint) parsed->primary_key_constraint->origin = {};
    if (parsed->unique_constraint) parsed->unique_constraint->origin = {};
    if (parsed->foreign_key) parsed->foreign_key->origin = {};
    for (CheckConstraint& check : parsed->checks) check.origin = {};
  }
  return parsed;
}

int grammar_version() {
  return PG_VERSION_NUM;
}

}  // namespace schemaudit

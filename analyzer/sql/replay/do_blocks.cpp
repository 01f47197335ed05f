#include "analyzer/sql/replay/do_blocks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "analyzer/sql/lexer.h"
#include "analyzer/sql/replay/catalog_conditions.h"
#include "analyzer/sql/replay/ddl_in_text.h"
#include "analyzer/sql/replay/statement_kinds.h"

namespace schemaudit::replay {

namespace {

/// A part of a block. Texts are views of the file, or of memory that lasts as long as the run.
struct Step {
  enum class Kind { statement, branch, block };
  Kind kind = Kind::statement;
  /// The statement, or the question of a branch.
  std::string_view text;
  /// Where `text` stands in the file.
  std::size_t offset = 0;
  /// Of a branch: what is done where the answer is yes, and where it is no. Of a block: what it
  /// holds.
  std::vector<Step> steps, otherwise;
  /// Of a block: the conditions that it catches, and does nothing about.
  std::vector<std::string> catches;
};

class BlockParser {
 public:
  BlockParser(Run& run, std::string_view body, std::size_t offset)
      : run_(run), body_(body), offset_(offset) {
    for (const Token& token : tokenize(body))
      if (token.kind != TokenKind::comment) tokens_.push_back(token);
  }

  std::optional<Step> parse() {
    std::optional<Step> block = parse_block();
    if (!block || at_ != tokens_.size()) return std::nullopt;
    return block;
  }

 private:
  std::string word(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::word
               ? fold_case(tokens_[i].in(body_))
               : std::string();
  }
  bool is_symbol(std::size_t i, char symbol) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::symbol &&
           body_[tokens_[i].offset] == symbol;
  }
  bool take(std::string_view wanted) {
    if (word(at_) != wanted) return false;
    ++at_;
    return true;
  }
  bool take(char symbol) {
    if (!is_symbol(at_, symbol)) return false;
    ++at_;
    return true;
  }

  /// The text up to the next semicolon outside of parentheses.
  std::optional<Step> take_statement() {
    std::size_t begin = at_;
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (is_symbol(at_, '(')) ++depth;
      if (is_symbol(at_, ')')) --depth;
      if (depth == 0 && is_symbol(at_, ';')) break;
    }
    if (at_ == begin || at_ >= tokens_.size()) return std::nullopt;
    Step step = text_between(begin, at_);
    ++at_;
    return step;
  }

  Step text_between(std::size_t from, std::size_t to) const {
    Step step;
    step.text = body_.substr(tokens_[from].offset, tokens_[to - 1].end() - tokens_[from].offset);
    step.offset = offset_ + tokens_[from].offset;
    return step;
  }

  std::optional<Step> parse_block() {
    Step block;
    block.kind = Step::Kind::block;
    if (!take("begin") || !parse_steps(block.steps)) return std::nullopt;
    if (take("exception") && !parse_handlers(block.catches)) return std::nullopt;
    if (!take("end")) return std::nullopt;
    take(';');
    return block;
  }

  bool parse_handlers(std::vector<std::string>& catches) {
    while (take("when")) {
      do {
        if (word(at_).empty()) return false;
        catches.push_back(word(at_++));
      } while (take("or"));
      std::vector<Step> steps;
      if (!take("then") || !parse_steps(steps) || !steps.empty()) return false;
    }
    return !catches.empty();
  }

  bool parse_steps(std::vector<Step>& steps) {
    while (at_ < tokens_.size()) {
      std::string first = word(at_);
      if (first == "end" || first == "exception" || first == "else" || first == "elsif" ||
          first == "elseif" || first == "when")
        return true;
      if (!parse_step(first, steps)) return false;
    }
    return false;
  }

  bool parse_step(const std::string& first, std::vector<Step>& steps) {
    if (first == "null" || first == "raise") {
      static constexpr std::array<std::string_view, 5> kHarmless = {"notice", "info", "warning",
                                                                    "log", "debug"};
      if (first == "raise" &&
          std::find(kHarmless.begin(), kHarmless.end(), word(at_ + 1)) == kHarmless.end())
        return false;
      return take_statement().has_value();
    }
    if (first == "if") return parse_branch(steps);
    if (first == "begin") {
      std::optional<Step> block = parse_block();
      if (block) steps.push_back(std::move(*block));
      return block.has_value();
    }
    if (first == "execute") return parse_execute(steps);
    static constexpr std::array<std::string_view, 11> kPlain = {
        "create", "alter",  "drop",   "comment",  "grant",  "revoke",
        "insert", "update", "delete", "truncate", "refresh"};
    if (std::find(kPlain.begin(), kPlain.end(), first) == kPlain.end()) return false;
    std::optional<Step> statement = take_statement();
    if (statement) steps.push_back(std::move(*statement));
    return statement.has_value();
  }

  bool parse_branch(std::vector<Step>& steps) {
    ++at_;
    std::size_t begin = at_;
    // CASE has a THEN of its own.
    while (at_ < tokens_.size() && word(at_) != "then" && word(at_) != "case") ++at_;
    if (at_ == begin || word(at_) != "then") return false;
    Step branch = text_between(begin, at_);
    branch.kind = Step::Kind::branch;
    ++at_;
    if (!parse_steps(branch.steps)) return false;
    if (take("else") && !parse_steps(branch.otherwise)) return false;
    if (!take("end") || !take("if") || !take(';')) return false;
    steps.push_back(std::move(branch));
    return true;
  }

  /// EXECUTE of one literal is what the literal says.
  bool parse_execute(std::vector<Step>& steps) {
    if (at_ + 2 >= tokens_.size() || tokens_[at_ + 1].kind != TokenKind::string ||
        !is_symbol(at_ + 2, ';'))
      return false;
    Step step;
    std::string text = text_of_string(tokens_[at_ + 1].in(body_));
    step.text = std::string_view(run_.arena.keep(text), text.size());
    step.offset = offset_ + tokens_[at_ + 1].offset;
    steps.push_back(std::move(step));
    at_ += 3;
    return true;
  }

  Run& run_;
  std::string_view body_;
  std::size_t offset_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

/// Calls `use(tree node, arena)` for each statement in the text; false where it does not parse.
template <typename Use>
bool with_statements(std::string_view text, const Use& use) {
  Tree tree = parse_sql(text);
  if (!tree.ok()) return false;
  for (std::size_t i = 0; i < tree.size(); ++i)
    if (tree.raw(i).stmt) use(*tree.raw(i).stmt, tree.arena());
  return true;
}

bool can_be_followed(const Step& step) {
  auto all = [](const std::vector<Step>& steps) {
    return std::all_of(steps.begin(), steps.end(), can_be_followed);
  };
  if (step.kind == Step::Kind::block) return all(step.steps);
  if (step.kind == Step::Kind::branch) {
    Tree tree = parse_sql("SELECT " + std::string(step.text));
    return expression_of(tree) && all(step.steps) && all(step.otherwise);
  }
  bool followed = true;
  bool parsed = with_statements(step.text, [&](const PgQuery__Node& node, TreeArena&) {
    const StatementKind* kind = statement_kind(node);
    followed = followed && kind && (kind->run || kind->treatment == Treatment::no_effect) &&
               node.node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT;
  });
  return parsed && followed;
}

bool has_effect(const std::vector<Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    if (step.kind != Step::Kind::statement)
      return has_effect(step.steps) || has_effect(step.otherwise);
    bool effect = false;
    with_statements(step.text, [&](const PgQuery__Node& node, TreeArena&) {
      const StatementKind* kind = statement_kind(node);
      effect = effect || !kind || kind->treatment != Treatment::no_effect;
    });
    return effect;
  });
}

bool is_caught(const std::vector<std::string>& conditions, const Refusal& refusal) {
  if (refusal.kind != ProblemKind::refused) return false;
  const bool exists = refusal.message.find("already exists") != std::string::npos;
  const bool missing = refusal.message.find("does not exist") != std::string::npos;
  return std::any_of(conditions.begin(), conditions.end(), [&](const std::string& condition) {
    return condition == "others" || (exists && condition.starts_with("duplicate_")) ||
           (exists && condition == "invalid_table_definition") ||
           (missing && condition.starts_with("undefined_")) ||
           (missing && condition == "invalid_schema_name");
  });
}

void follow(Run& run, const std::vector<Step>& steps);

void run_statement(Run& run, const Step& step) {
  with_statements(step.text, [&](const PgQuery__Node& node, TreeArena& arena) {
    StatementText text = run.text;
    text.begin = step.offset;
    text.text = step.text;
    Run inner{run.session,   run.catalog, text,         arena,    text.origin(0),
              run.statement, run.changes, run.problems, step.text};
    const StatementKind* kind = statement_kind(node);
    if (kind && kind->run) kind->run(inner, node);
  });
}

void run_block(Run& run, const Step& block) {
  if (block.catches.empty()) {
    follow(run, block.steps);
    return;
  }
  const Catalog::Mark mark = run.catalog.mark();
  const std::size_t changes = run.changes.size();
  try {
    follow(run, block.steps);
  } catch (const Refusal& refusal) {
    if (!is_caught(block.catches, refusal)) throw;
    run.catalog.undo_to(mark);
    run.changes.resize(changes);
  }
}

void run_branch(Run& run, const Step& branch) {
  Tree tree = parse_sql("SELECT " + std::string(branch.text));
  const PgQuery__Node* condition = expression_of(tree);
  std::optional<bool> answer =
      condition ? catalog_condition(run, *condition) : std::optional<bool>();
  if (answer) {
    follow(run, *answer ? branch.steps : branch.otherwise);
  } else if (has_effect(branch.steps) || has_effect(branch.otherwise)) {
    std::string effects = shown_effects(effects_of(run.source));
    give_up("DO block" + (effects.empty() ? effects : " " + effects) + ", as " +
            std::string(branch.text.substr(0, branch.text.find('\n'))) + " cannot be answered");
  }
}

void follow(Run& run, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    switch (step.kind) {
      case Step::Kind::statement:
        run_statement(run, step);
        break;
      case Step::Kind::branch:
        run_branch(run, step);
        break;
      case Step::Kind::block:
        run_block(run, step);
        break;
    }
  }
}

}  // namespace

bool follow_do_block(Run& run, const PgQuery__DoStmt& block) {
  for (std::size_t i = 0; i < block.n_args; ++i)
    if (std::string_view(block.args[i]->def_elem->defname) == "language" &&
        string_of(block.args[i]->def_elem->arg) != "plpgsql")
      return false;
  // Places in the body are places in the file only where it stands between dollar quotes.
  std::size_t at = 0;
  Token token;
  while (next_token(run.source, at, token)) {
    if (token.kind != TokenKind::string || run.source[token.offset] != '$') continue;
    std::string_view quoted = token.in(run.source);
    std::size_t tag = quoted.find('$', 1) + 1;
    if (quoted.size() < 2 * tag) return false;
    std::string_view body = quoted.substr(tag, quoted.size() - 2 * tag);
    std::size_t offset = static_cast<std::size_t>(body.data() - run.text.whole->text.data());
    std::optional<Step> parsed = BlockParser(run, body, offset).parse();
    if (!parsed || !can_be_followed(*parsed)) return false;
    run_block(run, *parsed);
    return true;
  }
  return false;
}

}  // namespace schemaudit::replay

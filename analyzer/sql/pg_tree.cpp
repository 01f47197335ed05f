#include "analyzer/sql/pg_tree.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <type_traits>

#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/lexer.h"

namespace schemaudit {

namespace {

/// libpg_query counts characters, not bytes.
std::size_t byte_offset(std::string_view text, std::size_t characters) {
  std::size_t offset = 0;
  while (offset < text.size() && characters > 0) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80)
      ++offset;
    --characters;
  }
  return offset;
}

/// Whether the text could nest deeper than kDeepestNesting, told from its tokens alone.
bool nests_absurdly(std::string_view text) {
  if (text.size() <= kDeepestNesting) return false;
  std::size_t operators = 0;
  for (const Token& token : tokenize(text)) {
    if (token.kind == TokenKind::symbol) {
      char c = text[token.offset];
      if (c != ',' && c != ';' && c != '.' && c != ')') ++operators;
      if (c == ';') operators = 0;
    } else if (is_word(token, text, "and") || is_word(token, text, "or") ||
               is_word(token, text, "not") || is_word(token, text, "union")) {
      ++operators;
    }
    if (operators > kDeepestNesting) return true;
  }
  return false;
}

struct BuiltinName {
  std::string_view internal, shown;
};

// What the grammar's internal names are called by format_type() (PostgreSQL 15,
// src/backend/utils/adt/format_type.c), and the aliases that are plain names.
constexpr BuiltinName kBuiltinNames[] = {
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int", "integer"},
    {"int8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"bool", "boolean"},
    {"varchar", "character varying"},
    {"bpchar", "character"},
    {"varbit", "bit varying"},
    {"timestamptz", "timestamp with time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timetz", "time with time zone"},
    {"time", "time without time zone"},
    {"serial4", "serial"},
    {"serial8", "bigserial"},
    {"serial2", "smallserial"},
};

/// The words of an interval's field mask (INTERVAL_MASK in utils/timestamp.h).
std::string interval_fields(long long mask) {
  constexpr int kMonth = 1 << 1, kYear = 1 << 2, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11,
                kSecond = 1 << 12;
  switch (mask) {
    case kYear:
      return " year";
    case kMonth:
      return " month";
    case kDay:
      return " day";
    case kHour:
      return " hour";
    case kMinute:
      return " minute";
    case kSecond:
      return " second";
    case kYear | kMonth:
      return " year to month";
    case kDay | kHour:
      return " day to hour";
    case kDay | kHour | kMinute:
      return " day to minute";
    case kDay | kHour | kMinute | kSecond:
      return " day to second";
    case kHour | kMinute:
      return " hour to minute";
    case kHour | kMinute | kSecond:
      return " hour to second";
    case kMinute | kSecond:
      return " minute to second";
    default:
      return "";
  }
}

std::string modifier_text(const PgQuery__Node* node) {
  long long number = 0;
  if (integer_of(node, number)) return std::to_string(number);
  if (node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
      node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
    return node->a_const->sval->sval;
  if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields > 0)
    return std::string(string_of(node->column_ref->fields[0]));
  return "?";
}

/// Blanks the comments out, in place; false where there are none. libpg_query takes a comment for
/// the word behind NOT, WITH or NULLS (`NOT /* ever */ IN`) and finds a syntax error there.
bool without_comments(std::string& text) {
  bool any = false;
  for (const Token& token : tokenize(text)) {
    if (token.kind != TokenKind::comment) continue;
    any = true;
    for (std::size_t i = token.offset; i < token.end(); ++i)
      if (text[i] != '\n') text[i] = ' ';
  }
  return any;
}

}  // namespace

void* TreeArena::allocate(std::size_t size) {
  constexpr std::size_t kChunk = 64 * 1024, kAlign = alignof(std::max_align_t);
  size = (size + kAlign - 1) & ~(kAlign - 1);
  if (used_ + size > size_) {
    size_ = std::max(kChunk, size);
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size_));
    used_ = 0;
  }
  void* memory = chunks_.back().get() + used_;
  used_ += size;
  return memory;
}

char* TreeArena::keep(std::string_view text) {
  char* copy = static_cast<char*>(allocate(text.size() + 1));
  std::copy(text.begin(), text.end(), copy);
  copy[text.size()] = '\0';
  return copy;
}

std::vector<const PgQuery__Node*> Tree::statements() const {
  std::vector<const PgQuery__Node*> statements;
  if (result_)
    for (std::size_t i = 0; i < result_->n_stmts; ++i)
      if (result_->stmts[i]->stmt) statements.push_back(result_->stmts[i]->stmt);
  return statements;
}

Tree parse_sql(std::string_view text) {
  Tree tree;
  if (text.find('\0') != std::string_view::npos) {
    tree.error = {"the text holds a NUL byte", text.find('\0')};
    return tree;
  }
  if (nests_absurdly(text)) {
    tree.error = {"the statement nests deeper than " + std::to_string(kDeepestNesting) +
                      " levels and was not parsed",
                  0};
    return tree;
  }
  std::string terminated(text);
  PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(terminated.c_str());
  if (parsed.error && without_comments(terminated)) {
    PgQueryProtobufParseResult again = pg_query_parse_protobuf(terminated.c_str());
    if (!again.error) std::swap(parsed, again);
    pg_query_free_protobuf_parse_result(again);
  }
  if (parsed.error) {
    tree.error.message = parsed.error->message;
    tree.error.offset =
        byte_offset(text, static_cast<std::size_t>(std::max(parsed.error->cursorpos, 1) - 1));
  } else {
    ProtobufCAllocator allocator{[](void* arena, std::size_t size) {
                                   return static_cast<TreeArena*>(arena)->allocate(size);
                                 },
                                 [](void*, void*) {}, tree.arena_.get()};
    tree.result_ = pg_query__parse_result__unpack(
        &allocator, parsed.parse_tree.len,
        reinterpret_cast<const std::uint8_t*>(parsed.parse_tree.data));
    if (!tree.result_) tree.error.message = "the parse tree could not be read";
  }
  pg_query_free_protobuf_parse_result(parsed);
  return tree;
}

const PgQuery__Node* expression_of(const Tree& tree) {
  std::vector<const PgQuery__Node*> statements = tree.statements();
  if (statements.size() != 1 || statements[0]->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
    return nullptr;
  const PgQuery__SelectStmt& select = *statements[0]->select_stmt;
  if (select.n_target_list != 1 || select.n_from_clause != 0 || select.where_clause) return nullptr;
  const PgQuery__Node* target = select.target_list[0];
  if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return nullptr;
  return target->res_target->val;
}

std::string_view string_of(const PgQuery__Node* node) {
  if (!node || node->node_case != PG_QUERY__NODE__NODE_STRING) return {};
  return node->string->sval;
}

QualifiedName name_of(std::size_t count, PgQuery__Node* const* nodes) {
  QualifiedName name;
  if (count > 0) name.name = string_of(nodes[count - 1]);
  if (count > 1) name.schema = string_of(nodes[count - 2]);
  return name;
}

QualifiedName name_of(const PgQuery__RangeVar& relation) {
  return {relation.schemaname, relation.relname};
}

QualifiedName name_of_object(const PgQuery__Node* node) {
  if (!node) return {};
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_LIST:
      return name_of(node->list->n_items, node->list->items);
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return name_of(node->type_name->n_names, node->type_name->names);
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return name_of(node->object_with_args->n_objname, node->object_with_args->objname);
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return name_of(*node->range_var);
    case PG_QUERY__NODE__NODE_STRING:
      return {"", std::string(string_of(node))};
    default:
      return {};
  }
}

bool integer_of(const PgQuery__Node* node, long long& value) {
  if (!node) return false;
  if (node->node_case == PG_QUERY__NODE__NODE_INTEGER) {
    value = node->integer->ival;
    return true;
  }
  const char* digits = nullptr;
  if (node->node_case == PG_QUERY__NODE__NODE_FLOAT) digits = node->float_->fval;
  if (node->node_case == PG_QUERY__NODE__NODE_A_CONST && !node->a_const->isnull) {
    if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
      value = node->a_const->ival->ival;
      return true;
    }
    if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_FVAL) digits = node->a_const->fval->fval;
  }
  if (!digits) return false;
  char* end = nullptr;
  value = std::strtoll(digits, &end, 10);
  return end != digits && *end == '\0';
}

std::string type_normal(const PgQuery__TypeName& type) {
  QualifiedName name = name_of(type.n_names, type.names);
  bool builtin_schema = name.schema == "pg_catalog";
  std::string shown;
  if (name.schema.empty() || builtin_schema) {
    for (const BuiltinName& builtin : kBuiltinNames)
      if (name.name == builtin.internal) shown = builtin.shown;
    if (shown.empty())
      // Unquoted it is `bpchar` by now.
      shown = name.name == "char" ? "\"char\"" : quote_identifier(name.name);
  } else {
    shown = to_string(name);
  }

  std::string modifiers;
  if (name.name == "interval" && type.n_typmods > 0) {
    long long mask = 0;
    if (integer_of(type.typmods[0], mask)) shown += interval_fields(mask);
    if (type.n_typmods > 1) modifiers = "(" + modifier_text(type.typmods[1]) + ")";
    shown += modifiers;
  } else if (type.n_typmods > 0) {
    for (std::size_t i = 0; i < type.n_typmods; ++i)
      modifiers += (i ? "," : "") + modifier_text(type.typmods[i]);
    if (shown == "numeric" && type.n_typmods == 1) modifiers += ",0";
    modifiers = "(" + modifiers + ")";
    // format_type() has the precision of a time right behind its first word.
    std::size_t tail = shown.find(" with");
    if (tail != std::string::npos)
      shown.insert(tail, modifiers);
    else
      shown += modifiers;
  }
  // Without a length it is no character(1), which is what CHAR and CHARACTER are parsed to.
  if (shown == "character") shown = "bpchar";
  if (type.n_array_bounds > 0) shown += "[]";
  if (type.pct_type) shown += "%TYPE";
  return type.setof ? "SETOF " + shown : shown;
}

std::string value_type_normal(const PgQuery__TypeName& type) {
  std::string normal = type_normal(type);
  if (const std::size_t at = normal.find("bpchar");
      at != std::string::npos && (normal == "bpchar" || normal == "bpchar[]" ||
                                  normal == "SETOF bpchar" || normal == "SETOF bpchar[]"))
    normal.replace(at, 6, "character");
  return normal;
}

namespace {

// PostgreSQL 16 made the strategy an enum; until then it was the word as written.
template <typename Strategy>
std::string strategy_text(Strategy strategy) {
  if constexpr (std::is_enum_v<Strategy>) {
    switch (static_cast<int>(strategy)) {
      case 1:
        return "LIST";
      case 2:
        return "RANGE";
      case 3:
        return "HASH";
      default:
        return "";
    }
  } else {
    std::string text = fold_case(strategy);
    for (char& c : text)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
  }
}

}  // namespace

std::string partition_strategy(const PgQuery__PartitionSpec& spec) {
  return strategy_text(spec.strategy);
}

}  // namespace schemaudit

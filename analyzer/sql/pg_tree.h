// libpg_query's parse trees with their memory owned. Private to analyzer/sql: only its .cpp
// files include this header.
//
//   Tree tree = parse_sql("SELECT 1");
//   if (!tree.ok()) ... tree.error.message, tree.error.offset
//   for (const PgQuery__Node* statement : tree.statements()) ...
#pragma once

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit {

struct SyntaxError {
  std::string message;
  /// Byte offset in the text.
  std::size_t offset = 0;
};

/// Memory that lives as long as the tree in it: a tree has thousands of small parts, which are
/// all let go at once.
class TreeArena {
 public:
  /// Never returns nullptr; aligned for any type.
  void* allocate(std::size_t size);
  /// A copy of `text` that a tree's string fields may point at.
  char* keep(std::string_view text);
  template <typename T>
  T* make(const T& value) {
    return new (allocate(sizeof(T))) T(value);
  }

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t used_ = 0, size_ = 0;
};

class Tree {
 public:
  bool ok() const { return result_ != nullptr; }
  SyntaxError error;

  std::vector<const PgQuery__Node*> statements() const;
  /// The statements with their places in the text (byte offsets).
  std::size_t size() const { return result_ ? result_->n_stmts : 0; }
  const PgQuery__RawStmt& raw(std::size_t i) const { return *result_->stmts[i]; }
  TreeArena& arena() const { return *arena_; }

 private:
  friend Tree parse_sql(std::string_view text);
  std::unique_ptr<TreeArena> arena_ = std::make_unique<TreeArena>();
  PgQuery__ParseResult* result_ = nullptr;
};

/// Never throws on any text. Call it within run_with_deep_stack().
Tree parse_sql(std::string_view text);

/// The expression of `SELECT <text>`, or nullptr. The tree has to outlive it.
const PgQuery__Node* expression_of(const Tree& tree);

/// The text of a String node; empty for any other.
std::string_view string_of(const PgQuery__Node* node);

template <typename Count>
std::vector<std::string> strings_of(Count count, PgQuery__Node* const* nodes) {
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < count; ++i) strings.emplace_back(string_of(nodes[i]));
  return strings;
}

/// `{"public", "users"}` of a list of String nodes (a catalog name in front is dropped).
QualifiedName name_of(std::size_t count, PgQuery__Node* const* nodes);
QualifiedName name_of(const PgQuery__RangeVar& relation);
/// Of a List or TypeName node, as in CommentStmt and DropStmt.
QualifiedName name_of_object(const PgQuery__Node* node);

/// The normal spelling of a type, as format_type() has it; see normalise_type().
std::string type_normal(const PgQuery__TypeName& type);
/// The same of a value or an argument, which format_type() is given without a modifier: a bpchar
/// is called character there, and bpchar only of a column that has no length.
std::string value_type_normal(const PgQuery__TypeName& type);

/// `"RANGE"`, `"LIST"`, `"HASH"`: a string in older trees, an enum in newer.
std::string partition_strategy(const PgQuery__PartitionSpec& spec);

/// The long integer of an Integer or a whole Float node.
bool integer_of(const PgQuery__Node* node, long long& value);

}  // namespace schemaudit

// What Prisma's parsed blocks mean: which names stand for models and enumerations, what a field is
// called in the database, which fields are columns. Private to analyzer/models.
//
//   PrismaIndex index(tree);
//   if (const PrismaBlock* target = index.model(field.type)) ...    a relation, no column
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/models/prisma_tree.h"

namespace schemaudit {

class PrismaIndex {
 public:
  /// The tree has to outlive it.
  explicit PrismaIndex(const PrismaTree& tree);

  /// Models in the order in which they are written; views make no table, and are not among them.
  const std::vector<const PrismaBlock*>& models() const { return models_; }
  const std::vector<const PrismaBlock*>& enums() const { return enums_; }

  /// A model or view; nullptr where the name is another's.
  const PrismaBlock* model(std::string_view name) const;
  const PrismaBlock* enumeration(std::string_view name) const;

  /// Of the datasource; empty where there is none.
  std::string provider() const;
  Origin provider_origin() const;
  bool has_foreign_keys() const;
  /// That the datasource asks for, by their names in the database.
  std::vector<std::string> extensions() const;

 private:
  const PrismaBlock* datasource_ = nullptr;
  std::vector<const PrismaBlock*> models_, enums_;
  std::map<std::string, const PrismaBlock*, std::less<>> by_name_;
};

/// `@@map`, else the block's own name.
std::string database_name(const PrismaBlock& block);
/// `@map`, else the field's own name.
std::string database_name(const PrismaField& field);
/// The field's column; the name itself where the model has no such field.
std::string column_of(const PrismaBlock& model, const std::string& field);
/// Of `@@schema`; empty where there is none.
std::string schema_of(const PrismaBlock& block);
/// `"auth"."users"`, or `"users"`.
std::string qualified_name(const PrismaBlock& block);

/// The words of a list (`fields: [a, b]`); of an element with arguments (`a(sort: Desc)`) its name.
std::vector<std::string> words_of(const PrismaValue* list);
/// The text of a string or word; empty where there is none.
std::string text_of(const PrismaValue* value);

}  // namespace schemaudit

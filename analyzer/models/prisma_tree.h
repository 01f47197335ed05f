// The blocks of Prisma schema files, as they are written. Private to analyzer/models.
//
//   PrismaTree tree = parse_prisma({{"schema.prisma", text}});
//   for (const PrismaBlock& block : tree.blocks) ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/source.h"
#include "analyzer/models/prisma_schema.h"

namespace schemaudit {

struct PrismaValue {
  enum class Kind { text, number, word, call, list, object } kind = Kind::word;
  /// The string without its quotes, the number as written, the word, or the called name.
  std::string text;
  /// Of a list, its elements; of a call or an object (`{ a: 1 }`), its arguments without names.
  std::vector<PrismaValue> elements;
  /// Of the elements, empty where none is given.
  std::vector<std::string> argument_names;

  /// The argument of that name; nullptr where there is none.
  const PrismaValue* argument(std::string_view name) const;
};

struct PrismaAttribute {
  /// Without its signs: `id`, `default`, `db.VarChar`.
  std::string name;
  /// Its arguments, as those of a call.
  PrismaValue arguments;
  Origin origin;

  /// The argument of that name, else the nth one without a name; nullptr where there is neither.
  const PrismaValue* argument(std::string_view name, std::size_t position = 0) const;
};

enum class PrismaArity { required, optional, list };

/// Also a value of an enumeration, which has no type.
struct PrismaField {
  std::string name;
  std::string type;
  /// What stands in `Unsupported("...")`, which is then the type.
  std::string unsupported;
  PrismaArity arity = PrismaArity::required;
  std::vector<PrismaAttribute> attributes;
  Origin origin;

  const PrismaAttribute* attribute(std::string_view name) const;
};

/// `provider = "postgresql"` in a datasource.
struct PrismaProperty {
  std::string name;
  PrismaValue value;
  Origin origin;
};

struct PrismaBlock {
  /// `model`, `enum`, `view`, `type`, `datasource`, `generator`.
  std::string kind;
  std::string name;
  std::vector<PrismaField> fields;
  std::vector<PrismaAttribute> attributes;
  std::vector<PrismaProperty> properties;
  Origin origin;

  const PrismaAttribute* attribute(std::string_view name) const;
  const PrismaField* field(std::string_view name) const;
  const PrismaValue* property(std::string_view name) const;
};

struct PrismaTree {
  std::vector<PrismaBlock> blocks;
  /// What could not be read: a line, or a block without its end.
  std::vector<Problem> problems;
};

PrismaTree parse_prisma(const std::vector<PrismaFile>& files);

}  // namespace schemaudit

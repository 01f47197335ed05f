// Expressions and types in the form in which they are compared.
//
// A source keeps what was written (`text`, shown to people) beside a normal form (`normal`,
// compared by rules): `status IN ('a','b')` and PostgreSQL's
// `((status)::text = ANY ((ARRAY['a'::character varying, ...])::text[]))` have one normal form.
// The normal forms are made by analyzer/sql; see analyzer/sql/normal_form.h.
//
//   Type{"VARCHAR(20)", "character varying(20)"}   as written, and as it is compared
//   Expression{"...", "", false}                   undecided, as in `CHECK (...)`
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

struct Expression {
  std::string text;
  /// Equal for expressions that mean the same; empty where `decided` is false.
  std::string normal;
  /// False where no normal form could be made (syntax newer than the grammar, an elision such
  /// as `CHECK (...)`): such an expression is neither equal nor different, it is undecided.
  bool decided = true;

  bool operator==(const Expression&) const = default;
};

struct Type {
  std::string text;
  /// As PostgreSQL's format_type() spells it, types of pg_catalog bare and others with their
  /// schema where it is known: `character varying(255)`, `integer[]`, `public.mood`.
  std::string normal;
  /// Stated in prose or a table cell (`varchar`, `string`, `timestamp`): what it leaves out
  /// (length, precision, zone, schema) it does not deny.
  bool loose = false;

  bool operator==(const Type&) const = default;
};

/// The values one column may take, as a CHECK, an enum or a document's words list them.
struct AllowedValues {
  std::string column;
  /// Without quotes; sorted where they come from a CHECK, in order where from an enum or prose.
  std::vector<std::string> values;

  bool operator==(const AllowedValues&) const = default;
};

}  // namespace schemaudit

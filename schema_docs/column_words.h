// Facts of a column as cells and bullets put them: `uuid FK -> jobs.id`, `BIGINT, nullable`,
// `varchar(255) NOT NULL DEFAULT 'x'`, `Enum: free, plus, pro`.
//
//   ColumnFacts facts = read_column_facts("uuid FK -> jobs.id", {});
//   facts.type->normal == "uuid"; facts.foreign_key->target.name == "jobs"
//
// Nothing is taken from a phrase that is not understood to its end: `Timestamp of the last
// login` states no type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/table_claim.h"

namespace schemaudit {

struct ColumnFacts {
  std::optional<Type> type;
  std::optional<bool> nullable;
  /// `required` is false and `optional` true: NULL, where nothing else speaks of it.
  std::optional<bool> obligation;
  bool primary_key = false;
  bool unique = false;
  /// Without its own columns.
  std::optional<ForeignKey> foreign_key;
  /// A second one in the same words that says otherwise.
  std::optional<ForeignKey> other_reference;
  /// `ON DELETE CASCADE` where the reference itself stands elsewhere, or nowhere.
  ReferenceActions actions;
  /// As SQL.
  std::optional<std::string> default_text;
  std::optional<IdentityKind> identity;
  /// `generated always as (...) stored`
  std::optional<Generated> generated;
  /// `CHECK (...)`, each as SQL.
  std::vector<std::string> checks;
  std::optional<std::vector<std::string>> values;
  /// `serial` and its like: not null, with a default.
  bool serial = false;
  /// Every part of the text was understood.
  bool whole = false;

  bool empty() const;
};

struct ColumnWordsOptions {
  /// The text stands where a type is expected, so that whatever follows one may be passed over.
  bool type_cell = false;
  /// The text stands where only attributes of a column stand, so that `required` or `optional`
  /// alone speaks of NULL and not of a form or an API.
  bool attributes = false;
};

/// Length of the type that `text` begins with; 0 where it begins with none that PostgreSQL or
/// one of its common extensions has.
std::size_t type_prefix(std::string_view text, bool type_cell = false);

/// Unset where `text` is not a type and nothing else.
std::optional<Type> read_plain_type(std::string_view text, bool type_cell = false);

ColumnFacts read_column_facts(std::string_view text, const ColumnWordsOptions& options);

/// `users.id`, `users(id)`, `users`; `used` is the length taken. Unset where it is no name.
std::optional<ForeignKey> read_target(std::string_view text, std::size_t& used);

/// Adds what is said of a column's reference: to the same table, and without a contradiction, it
/// completes what is known; `other` takes what says otherwise.
void add_reference(ForeignKey stated, std::optional<ForeignKey>& known,
                   std::optional<ForeignKey>& other);
/// The same for actions that stand without the reference.
void add_actions(const ReferenceActions& stated, std::optional<ForeignKey>& known,
                 std::optional<ForeignKey>& other);

/// `Enum: a, b`, `One of 'a', 'b'`: the values; unset where the list is open (`etc.`).
/// `lead` is set to where the words that announce them begin.
std::optional<std::vector<std::string>> read_values(std::string_view text,
                                                    std::size_t* lead = nullptr);
/// `a, b, c`: two or more bare or quoted words and nothing else.
std::optional<std::vector<std::string>> read_word_list(std::string_view text);

/// Adds the facts to a column that has its name and origin.
void apply_facts(const ColumnFacts& facts, ColumnClaim& claim);
/// After all that is said of the column: `required` is NOT NULL, and `optional` NULL unless a
/// default fills the column.
void settle_obligation(ColumnClaim& claim);

}  // namespace schemaudit

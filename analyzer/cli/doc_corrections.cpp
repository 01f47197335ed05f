#include "analyzer/cli/doc_corrections.h"

#include <algorithm>
#include <string_view>

namespace schemaudit {

namespace {

CorrectionKind kind_of(const Disagreement& disagreement) {
  // Values that words beside a column list, against its enum or its CHECK.
  if (disagreement.key.starts_with("values of ")) return CorrectionKind::values;
  switch (disagreement.aspect) {
    case Aspect::table_absent:
    case Aspect::table_unstated:
      return CorrectionKind::table;
    case Aspect::column_absent:
    case Aspect::column_unstated:
      return CorrectionKind::column;
    case Aspect::column_renamed:
      return CorrectionKind::column_name;
    case Aspect::column_type:
      return CorrectionKind::type;
    case Aspect::column_nullability:
      return CorrectionKind::nullability;
    case Aspect::column_default:
      return CorrectionKind::filling;
    case Aspect::primary_key:
      return CorrectionKind::primary_key;
    case Aspect::unique_constraint:
      return CorrectionKind::unique;
    case Aspect::foreign_key:
      return CorrectionKind::foreign_key;
    case Aspect::check_constraint:
      return CorrectionKind::check;
    case Aspect::index:
      return CorrectionKind::index;
    case Aspect::enum_labels:
      return CorrectionKind::enum_labels;
    case Aspect::table_renamed:
    case Aspect::column_collation:
    case Aspect::other_object:
      break;
  }
  return CorrectionKind::other;
}

const Relation* find_built(const Schema& built, const ObjectRef& object) {
  return built.find_relation({object.schema, object.table});
}

const Relation* find_stated(const Comparison& comparison, const Relation& built) {
  for (const MatchedRelation& match : comparison.relations)
    if (match.right == &built) return match.left;
  return nullptr;
}

/// The name under which the documents know a column: theirs may be spelled otherwise.
std::string stated_column(const Relation& stated, const std::string& built, const Origin& at) {
  if (stated.find_column(built)) return built;
  for (const Column& column : stated.columns)
    if (column.origin == at) return column.name;
  return built;
}

template <typename Element>
std::string name_at(const std::vector<Element>& elements, const Origin& at) {
  for (const Element& element : elements)
    if (element.origin == at && !element.name.empty()) return element.name;
  return {};
}

std::string stated_name(const Relation& stated, const Correction& correction) {
  switch (correction.what) {
    case CorrectionKind::primary_key:
      return stated.primary_key ? stated.primary_key->name : std::string();
    case CorrectionKind::unique:
      return name_at(stated.unique_constraints, correction.at);
    case CorrectionKind::foreign_key:
      return name_at(stated.foreign_keys, correction.at);
    case CorrectionKind::check:
      return name_at(stated.checks, correction.at);
    case CorrectionKind::index:
      return name_at(stated.indexes, correction.at);
    default:
      return {};
  }
}

/// `email text NOT NULL` is the column email.
std::string column_described_by(const Relation& relation, std::string_view text) {
  std::string found;
  for (const Column& column : relation.columns) {
    const std::string name = quote_identifier(column.name);
    bool begins =
        text.starts_with(name) && (text.size() == name.size() || text[name.size()] == ' ');
    if (begins && column.name.size() > found.size()) found = column.name;
  }
  return found;
}

Correction correction_of(const Disagreement& disagreement, const Comparison& comparison,
                         const Schema& documented, const Schema& built) {
  Correction correction;
  correction.what = kind_of(disagreement);
  correction.is_stated = disagreement.left.has_value();
  correction.is_built = disagreement.right.has_value();
  correction.at = disagreement.left_origin;
  correction.name_only = disagreement.name_only;
  correction.stated_text = disagreement.left.value_or("");
  correction.built = find_built(built, disagreement.object);
  if (correction.built) correction.stated = find_stated(comparison, *correction.built);
  if (!correction.built && correction.what == CorrectionKind::table)
    correction.stated =
        documented.find_relation({disagreement.object.schema, disagreement.object.table});
  if (correction.is_built) correction.built_name = disagreement.object.name;
  switch (correction.what) {
    case CorrectionKind::column:
      correction.column = disagreement.object.name;
      break;
    case CorrectionKind::column_name:
      correction.column = disagreement.object.name;
      correction.built_name = correction.built && disagreement.right
                                  ? column_described_by(*correction.built, *disagreement.right)
                                  : std::string();
      break;
    case CorrectionKind::type:
    case CorrectionKind::nullability:
    case CorrectionKind::filling:
      correction.column = correction.stated ? stated_column(*correction.stated,
                                                            disagreement.object.name, correction.at)
                                            : disagreement.object.name;
      break;
    case CorrectionKind::values:
      correction.column = disagreement.key.substr(std::string_view("values of ").size());
      break;
    default:
      if (correction.stated && correction.is_stated)
        correction.stated_name = disagreement.name_only
                                     ? *disagreement.left
                                     : stated_name(*correction.stated, correction);
      break;
  }
  return correction;
}

}  // namespace

/// What stood on a column that goes: of a key nothing is said of its own, for that follows.
void add_dependents(const Correction& gone, std::vector<Correction>& corrections) {
  auto stands_on = [&](const std::vector<std::string>& columns) {
    return std::find(columns.begin(), columns.end(), gone.column) != columns.end();
  };
  auto add = [&](CorrectionKind what, const std::string& name, const Origin& at) {
    // What is stated beside the column goes with it.
    if (at == gone.at || at.line == gone.at.line) return;
    Correction correction = gone;
    correction.what = what;
    correction.stated_name = name;
    correction.stated_text.clear();
    correction.at = at;
    corrections.push_back(std::move(correction));
  };
  for (const KeyConstraint& key : gone.stated->unique_constraints)
    if (stands_on(key.columns)) add(CorrectionKind::unique, key.name, key.origin);
  for (const ForeignKey& key : gone.stated->foreign_keys)
    if (stands_on(key.columns)) add(CorrectionKind::foreign_key, key.name, key.origin);
  for (const CheckConstraint& check : gone.stated->checks)
    if (stands_on(check.columns)) add(CorrectionKind::check, check.name, check.origin);
}

std::vector<Correction> corrections_of(const Comparison& comparison, const Schema& documented,
                                       const Schema& built) {
  std::vector<Correction> corrections;
  for (const Disagreement& disagreement : comparison.disagreements)
    corrections.push_back(correction_of(disagreement, comparison, documented, built));
  for (std::size_t i = 0; i < comparison.disagreements.size(); ++i) {
    const Correction gone = corrections[i];
    if (gone.what == CorrectionKind::column && gone.is_stated && gone.stated && gone.built)
      add_dependents(gone, corrections);
  }
  return corrections;
}

}  // namespace schemaudit

// Brings what a row or a bullet says of a column in line, one fact after the other. A change is
// made only where the reader then reads the new fact and everything else as before.
//
//   ColumnFactEditor editor(places, read, wording, style);
//   editor.set_nullable(false);        | `no` |  or  "..., NOT NULL"
//   editor.places()[2].source          the cell as it is to stand
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schema_docs/column_table.h"
#include "schema_docs/table_claim.h"
#include "schema_docs/writing/column_wording.h"
#include "schema_docs/writing/phrase_edits.h"

namespace schemaudit {

/// A text in which facts stand: a cell, or a bullet behind the column's name.
struct FactPlace {
  std::string source;
  CellRole role = CellRole::other;
  bool is_bullet = false;
};

/// What the reader takes from the places; unset where it no longer finds the column.
using ReadPlaces = std::function<std::optional<ColumnClaim>(const std::vector<FactPlace>& places)>;

class ColumnFactEditor {
 public:
  ColumnFactEditor(std::vector<FactPlace> places, ReadPlaces read, const ColumnWording& wording,
                   const DocumentStyle& style);

  const std::vector<FactPlace>& places() const { return places_; }

  // Each is false where no way of saying it is read as it should be; then nothing has changed.
  bool set_type(const Column& built);
  bool set_nullable(bool nullable);
  bool set_filling(const Column& built);
  bool set_primary_key(bool is_key);
  bool set_unique(bool is_unique);
  /// nullptr takes the reference out.
  bool set_reference(const ForeignKey* built);
  /// `stated` is what stands there now, nullptr where nothing does; `built` in its place.
  bool set_check(const CheckConstraint* stated, const CheckConstraint* built,
                 const Relation& relation);
  bool set_values(const std::vector<std::string>& values);
  bool set_name(const std::string& stated, const std::string& built);

 private:
  using Accepts = std::function<bool(const ColumnClaim& before, const ColumnClaim& after)>;

  bool take(std::size_t place, const std::vector<std::string>& texts, const Accepts& accepts);
  bool change(const std::vector<PhraseKind>& kinds, const RewritePhrase& rewrite,
              const Accepts& accepts);
  bool remove(const std::vector<PhraseKind>& kinds, const Accepts& accepts);
  bool insert(PhraseKind kind, const std::string& phrase, const Accepts& accepts);
  bool set_whole_cell(CellRole role, const std::string& text, const Accepts& accepts);
  PhraseWays ways_of(const FactPlace& place) const;
  std::optional<std::size_t> place_of(CellRole role) const;

  std::vector<FactPlace> places_;
  ReadPlaces read_;
  const ColumnWording& wording_;
  const DocumentStyle& style_;
};

}  // namespace schemaudit

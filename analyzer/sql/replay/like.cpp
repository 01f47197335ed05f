#include "analyzer/sql/replay/like.h"

#include <cstdint>

#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

// TableLikeOption of PostgreSQL's nodes/parsenodes.h.
constexpr std::uint32_t kComments = 1 << 0, kConstraints = 1 << 2, kDefaults = 1 << 3,
                        kGenerated = 1 << 4, kIdentity = 1 << 5, kIndexes = 1 << 6;

ObjectId source_of(const Run& run, const PgQuery__TableLikeClause& like) {
  ObjectId source = relation_named(run, *like.relation);
  if (!source || !has_columns(run.catalog.at(source).kind))
    refuse("relation " + quoted(like.relation->relname) + " is invalid in LIKE clause",
           like.relation->location);
  if (!run.catalog.relation(source).columns_known)
    give_up("the columns of " + quoted(like.relation->relname) + " are not known",
            like.relation->location);
  return source;
}

}  // namespace

std::vector<Attribute> like_attributes(Run& run, const PgQuery__TableLikeClause& like) {
  std::vector<Attribute> attributes;
  ObjectId source = source_of(run, like);
  for (const Attribute& attribute : run.catalog.relation(source).attributes) {
    if (attribute.dropped) continue;
    Attribute copy = attribute;
    copy.local = true;
    copy.inherited = 0;
    copy.default_value = kNoObject;
    copy.identity.reset();
    if (!(like.options & kGenerated)) copy.generated.reset();
    if (!(like.options & kComments)) copy.comment.reset();
    copy.origin = run.origin_at(like.relation->location);
    attributes.push_back(std::move(copy));
  }
  return attributes;
}

void copy_like_defaults(Run& run, ObjectId table, const PgQuery__TableLikeClause& like) {
  ObjectId source = source_of(run, like);
  const std::vector<Attribute> attributes = run.catalog.relation(source).attributes;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const Attribute& attribute = attributes[i];
    if (attribute.dropped) continue;
    int column = static_cast<int>(i) + 1;
    int own = find_attribute(run.catalog.relation(table), attribute.name);
    if (attribute.identity && (like.options & kIdentity)) {
      Attribute& copy = run.catalog.edit_relation(table).attributes[own - 1];
      copy.identity = attribute.identity;
      copy.not_null = true;
      ObjectId schema = run.catalog.at(table).schema;
      std::string name = serial_name(run, schema, run.catalog.at(table).name, attribute.name);
      ObjectId sequence =
          make_sequence(run, schema, name, column_type(run.catalog, table, own), 0, nullptr);
      if (ObjectId original = shared_identity_sequence(run.catalog, source, column)) {
        Sequence options = run.catalog.detail<SequenceDetail>(original).options;
        // The type is not among what the server copies: it is that of a sequence without one.
        options.type = Type{"bigint", "bigint", false};
        run.catalog.edit_detail<SequenceDetail>(sequence).options = std::move(options);
      }
      own_sequence(run, sequence, table, own, NeedKind::internal);
    }
    bool wanted = attribute.generated ? (like.options & kGenerated) : (like.options & kDefaults);
    if (attribute.default_value && wanted) copy_default(run, source, column, table, own);
  }
}

void copy_like_parts(Run& run, ObjectId table, const PgQuery__TableLikeClause& like) {
  ObjectId source = source_of(run, like);
  if (!is_table(run.catalog.at(source).kind)) return;
  if (like.options & kConstraints) {
    for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(source).constraints)) {
      const std::string name = run.catalog.at(id).name;
      ConstraintDetail check = run.catalog.detail<ConstraintDetail>(id);
      if (check.kind != ConstraintKind::check) continue;
      // A new table has no row that could break it.
      check.validated = true;
      ObjectId own = find_constraint(run.catalog, table, name);
      if (own) {
        merge_check(run, own, check, false);
      } else {
        inherit_check(run, id, table);
        own = find_constraint(run.catalog, table, name);
        ConstraintDetail& copy = run.catalog.edit_detail<ConstraintDetail>(own);
        copy.local = true;
        copy.inherited = 0;
        copy.validated = true;
      }
      if (like.options & kComments) run.catalog.edit(own).comment = run.catalog.at(id).comment;
    }
  }
  if (!(like.options & kIndexes)) return;
  for (ObjectId index : std::vector<ObjectId>(run.catalog.relation(source).indexes)) {
    IndexPlan plan = plan_like(run, index, table);
    plan.origin = run.origin;
    ObjectId made = make_index(run, std::move(plan));
    if (like.options & kComments) {
      run.catalog.edit(made).comment = run.catalog.at(index).comment;
      ObjectId from = run.catalog.detail<IndexDetail>(index).constraint;
      ObjectId to = run.catalog.detail<IndexDetail>(made).constraint;
      if (from && to) run.catalog.edit(to).comment = run.catalog.at(from).comment;
    }
  }
}

}  // namespace schemaudit::replay

// Options and defaults are those of init_params() in src/backend/commands/sequence.c.
#include "analyzer/sql/replay/sequences.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "analyzer/sql/replay/names.h"

namespace schemaudit::replay {

namespace {

struct Limits {
  std::int64_t lowest, highest;
};

std::optional<Limits> limits_of(std::string_view type) {
  if (type == "smallint")
    return Limits{std::numeric_limits<std::int16_t>::min(),
                  std::numeric_limits<std::int16_t>::max()};
  if (type == "integer")
    return Limits{std::numeric_limits<std::int32_t>::min(),
                  std::numeric_limits<std::int32_t>::max()};
  if (type == "bigint")
    return Limits{std::numeric_limits<std::int64_t>::min(),
                  std::numeric_limits<std::int64_t>::max()};
  return std::nullopt;
}

/// What one statement says of a sequence.
struct SequenceOptions {
  const PgQuery__DefElem* type = nullptr;
  const PgQuery__DefElem* increment = nullptr;
  const PgQuery__DefElem* minimum = nullptr;
  const PgQuery__DefElem* maximum = nullptr;
  const PgQuery__DefElem* start = nullptr;
  const PgQuery__DefElem* restart = nullptr;
  const PgQuery__DefElem* cache = nullptr;
  const PgQuery__DefElem* cycle = nullptr;
  const PgQuery__DefElem* owned_by = nullptr;
};

SequenceOptions read_options(std::size_t count, PgQuery__Node* const* nodes) {
  SequenceOptions options;
  for (std::size_t i = 0; i < count; ++i) {
    if (nodes[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *nodes[i]->def_elem;
    std::string_view name = option.defname;
    const PgQuery__DefElem** place = name == "as"          ? &options.type
                                     : name == "increment" ? &options.increment
                                     : name == "minvalue"  ? &options.minimum
                                     : name == "maxvalue"  ? &options.maximum
                                     : name == "start"     ? &options.start
                                     : name == "restart"   ? &options.restart
                                     : name == "cache"     ? &options.cache
                                     : name == "cycle"     ? &options.cycle
                                     : name == "owned_by"  ? &options.owned_by
                                                           : nullptr;
    if (!place) continue;
    if (*place) refuse("conflicting or redundant options", option.location);
    *place = &option;
  }
  return options;
}

std::optional<std::int64_t> number_of(const PgQuery__DefElem* option) {
  long long number = 0;
  if (!option || !integer_of(option->arg, number)) return std::nullopt;
  return number;
}

bool flag_of(const PgQuery__DefElem& option) {
  if (!option.arg) return true;
  if (option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
    return option.arg->boolean->boolval != 0;
  long long number = 0;
  return integer_of(option.arg, number) && number != 0;
}

std::string in_parentheses(std::string_view what, std::int64_t number) {
  return std::string(what) + " (" + std::to_string(number) + ")";
}

void apply_options(SequenceDetail& detail, const SequenceOptions& options, bool is_new,
                   bool for_identity) {
  Sequence& sequence = detail.options;
  bool reset_minimum = false, reset_maximum = false;
  if (options.type) {
    std::string type =
        options.type->arg && options.type->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
            ? type_normal(*options.type->arg->type_name)
            : std::string();
    if (!limits_of(type))
      refuse(std::string(for_identity ? "identity column" : "sequence") +
                 " type must be smallint, integer, or bigint",
             options.type->location);
    if (!is_new && sequence.type) {
      // A bound that was the old type's own becomes the new type's.
      Limits old = *limits_of(sequence.type->normal);
      reset_maximum = sequence.maximum == old.highest;
      reset_minimum = sequence.minimum == old.lowest;
    }
    sequence.type = Type{type, type, false};
  } else if (is_new && !sequence.type) {
    sequence.type = Type{"bigint", "bigint", false};
  }
  const Limits limits = *limits_of(sequence.type->normal);

  if (std::optional<std::int64_t> increment = number_of(options.increment)) {
    if (*increment == 0) refuse("INCREMENT must not be zero", options.increment->location);
    sequence.increment = *increment;
  } else if (is_new) {
    sequence.increment = 1;
  }
  if (options.cycle)
    sequence.cycle = flag_of(*options.cycle);
  else if (is_new)
    sequence.cycle = false;

  const bool ascending = *sequence.increment > 0;
  if (std::optional<std::int64_t> maximum = number_of(options.maximum))
    sequence.maximum = *maximum;
  else if (is_new || options.maximum || reset_maximum)
    sequence.maximum = ascending || reset_maximum ? limits.highest : -1;
  if (std::optional<std::int64_t> minimum = number_of(options.minimum))
    sequence.minimum = *minimum;
  else if (is_new || options.minimum || reset_minimum)
    sequence.minimum = !ascending || reset_minimum ? limits.lowest : 1;

  const std::string& type = sequence.type->normal;
  if (*sequence.maximum < limits.lowest || *sequence.maximum > limits.highest)
    refuse(in_parentheses("MAXVALUE", *sequence.maximum) +
           " is out of range for sequence data type " + type);
  if (*sequence.minimum < limits.lowest || *sequence.minimum > limits.highest)
    refuse(in_parentheses("MINVALUE", *sequence.minimum) +
           " is out of range for sequence data type " + type);
  if (*sequence.minimum >= *sequence.maximum)
    refuse(in_parentheses("MINVALUE", *sequence.minimum) + " must be less than " +
           in_parentheses("MAXVALUE", *sequence.maximum));

  if (std::optional<std::int64_t> start = number_of(options.start))
    sequence.start = *start;
  else if (is_new)
    sequence.start = ascending ? *sequence.minimum : *sequence.maximum;
  auto require_within = [&](std::string_view what, std::int64_t number) {
    if (number < *sequence.minimum)
      refuse(in_parentheses(what, number) + " cannot be less than " +
             in_parentheses("MINVALUE", *sequence.minimum));
    if (number > *sequence.maximum)
      refuse(in_parentheses(what, number) + " cannot be greater than " +
             in_parentheses("MAXVALUE", *sequence.maximum));
  };
  require_within("START value", *sequence.start);
  if (std::optional<std::int64_t> restart = number_of(options.restart))
    detail.last_value = *restart;
  else if (options.restart || is_new)
    detail.last_value = *sequence.start;
  require_within("RESTART value", detail.last_value);

  if (std::optional<std::int64_t> cache = number_of(options.cache)) {
    if (*cache <= 0) refuse(in_parentheses("CACHE", *cache) + " must be greater than zero");
    sequence.cache = *cache;
  } else if (is_new) {
    sequence.cache = 1;
  }
}

void disown(Run& run, ObjectId sequence) {
  auto& detail = run.catalog.edit_detail<SequenceDetail>(sequence);
  const ObjectId table = detail.owner_table;
  detail.owner_table = kNoObject;
  detail.owner_column = 0;
  if (!table) return;
  std::erase_if(run.catalog.edit(sequence).needs, [&](const Need& need) {
    return need.object == table && need.column > 0 && need.kind != NeedKind::normal;
  });
}

void apply_owner(Run& run, ObjectId sequence, const PgQuery__DefElem& option) {
  std::vector<std::string> parts;
  if (option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST)
    parts = strings_of(option.arg->list->n_items, option.arg->list->items);
  if (run.catalog.detail<SequenceDetail>(sequence).is_identity)
    refuse("cannot change ownership of identity sequence", option.location);
  if (parts.size() == 1) {
    if (parts[0] != "none") refuse("invalid OWNED BY option", option.location);
    disown(run, sequence);
    return;
  }
  if (parts.empty()) return;
  QualifiedName name{parts.size() > 2 ? parts[parts.size() - 3] : "", parts[parts.size() - 2]};
  ObjectId table = relation_named(run, name, option.location);
  if (!table) refuse("sequence must be in same schema as table it is linked to");
  const Kind kind = run.catalog.at(table).kind;
  if (!is_table(kind) && kind != Kind::view)
    refuse("sequence cannot be owned by relation " + quoted(name.name), option.location);
  if (run.catalog.at(table).schema != run.catalog.at(sequence).schema)
    refuse("sequence must be in same schema as table it is linked to", option.location);
  int column = column_named(run, table, parts.back(), option.location);
  own_sequence(run, sequence, table, column, NeedKind::automatic);
}

}  // namespace

ObjectId make_sequence(Run& run, ObjectId schema, const std::string& name, const std::string& type,
                       std::size_t option_count, PgQuery__Node* const* options) {
  SequenceOptions read = read_options(option_count, options);
  SequenceDetail detail;
  if (!type.empty()) detail.options.type = Type{type, type, false};
  apply_options(detail, read, true, !type.empty());
  if (run.catalog.find_type(schema, name)) refuse("type " + quoted(name) + " already exists");
  Object object;
  object.kind = Kind::sequence;
  object.schema = schema;
  object.name = name;
  object.origin = run.origin;
  object.detail = std::move(detail);
  ObjectId sequence = run.catalog.add(std::move(object));
  if (read.owned_by) apply_owner(run, sequence, *read.owned_by);
  return sequence;
}

void own_sequence(Run& run, ObjectId sequence, ObjectId table, int column, NeedKind kind) {
  disown(run, sequence);
  auto& detail = run.catalog.edit_detail<SequenceDetail>(sequence);
  detail.owner_table = table;
  detail.owner_column = column;
  detail.is_identity = kind == NeedKind::internal;
  run.catalog.depend(sequence, {table, column, kind, 0});
}

ObjectId identity_sequence(const Catalog& catalog, ObjectId table, int column) {
  for (ObjectId user : catalog.users(table)) {
    const auto* detail = std::get_if<SequenceDetail>(&catalog.at(user).detail);
    if (detail && detail->is_identity && detail->owner_table == table &&
        detail->owner_column == column)
      return user;
  }
  return kNoObject;
}

void change_sequence(Run& run, ObjectId sequence, std::size_t option_count,
                     PgQuery__Node* const* options) {
  SequenceOptions read = read_options(option_count, options);
  auto& detail = run.catalog.edit_detail<SequenceDetail>(sequence);
  apply_options(detail, read, false, detail.is_identity);
  if (read.owned_by) apply_owner(run, sequence, *read.owned_by);
}

void create_sequence(Run& run, const PgQuery__CreateSeqStmt& create) {
  const PgQuery__RangeVar& name = *create.sequence;
  bool temporary = name.relpersistence && *name.relpersistence == 't';
  ObjectId schema = creation_schema(run, name.schemaname, temporary);
  if (create.if_not_exists && run.catalog.find_relation(schema, name.relname)) return;
  require_free_relation_name(run, schema, name.relname, false);
  ObjectId sequence =
      make_sequence(run, schema, name.relname, {}, create.n_options, create.options);
  run.changed(ChangeKind::create, sequence).conditional = create.if_not_exists != 0;
}

void alter_sequence(Run& run, const PgQuery__AlterSeqStmt& alter) {
  if (alter.missing_ok && !find_relation(run, name_of(*alter.sequence))) return;
  ObjectId sequence = relation_named(run, *alter.sequence);
  if (!sequence || run.catalog.at(sequence).kind != Kind::sequence)
    refuse(quoted(alter.sequence->relname) + " is not a sequence", alter.sequence->location);
  change_sequence(run, sequence, alter.n_options, alter.options);
  run.changed(ChangeKind::property, sequence).conditional = alter.missing_ok != 0;
}

}  // namespace schemaudit::replay

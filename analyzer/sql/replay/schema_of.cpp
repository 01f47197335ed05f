#include "analyzer/sql/replay/schema_of.h"

#include <algorithm>

#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/dependencies_of.h"
#include "analyzer/sql/replay/relation_of.h"
#include "analyzer/sql/replay/shown_parts.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

class SchemaMaker {
 public:
  explicit SchemaMaker(const Session& session)
      : session_(session), catalog_(session.catalog), shown_(session.catalog) {}

  Schema make() {
    catalog_.for_each([&](const Object& object) { add(object); });
    schema_.dependencies = dependencies_of(catalog_);
    schema_.sort();
    return std::move(schema_);
  }

 private:
  bool is_left_out(const Object& object) const {
    if (session_.temporary_schema && object.schema == session_.temporary_schema) return true;
    return std::any_of(object.needs.begin(), object.needs.end(),
                       [](const Need& need) { return need.kind == NeedKind::extension; });
  }

  void add(const Object& object) {
    if (is_left_out(object)) return;
    switch (object.kind) {
      case Kind::schema:
        if (object.id != session_.temporary_schema)
          schema_.namespaces.push_back(
              {object.name, fact(object.comment), object.origin,
               std::get<NamespaceDetail>(object.detail).public_may_create});
        break;
      case Kind::table:
      case Kind::partitioned_table:
      case Kind::foreign_table:
      case Kind::view:
      case Kind::materialized_view:
        schema_.relations.push_back(relation_of(catalog_, object, shown_));
        break;
      case Kind::composite_type:
        add_composite(object);
        break;
      case Kind::sequence:
        add_sequence(object);
        break;
      case Kind::enum_type:
        schema_.enums.push_back({catalog_.name(object.id),
                                 std::get<EnumDetail>(object.detail).labels, fact(object.comment),
                                 object.origin});
        break;
      case Kind::domain:
        add_domain(object);
        break;
      case Kind::range_type:
        // A multirange has an internal need of its range, and is no type of its own here.
        if (const auto* range = std::get_if<RangeDetail>(&object.detail))
          schema_.other_types.push_back(
              {catalog_.name(object.id), OtherTypeKind::range,
               "RANGE (subtype = " + type_text(catalog_, range->subtype) + ")",
               fact(object.comment), object.origin});
        break;
      case Kind::base_type:
        if (const auto* other = std::get_if<OtherDetail>(&object.detail);
            other && other->what != "shell" && !is_part_of_type(object))
          schema_.other_types.push_back({catalog_.name(object.id),
                                         OtherTypeKind::base,
                                         {},
                                         fact(object.comment),
                                         object.origin});
        break;
      case Kind::routine:
        add_routine(object);
        break;
      case Kind::extension:
        if (object.name != "plpgsql")
          schema_.extensions.push_back({object.name,
                                        std::get<ExtensionDetail>(object.detail).version,
                                        catalog_.schema_name(object.schema), object.origin});
        break;
      default:
        break;
    }
  }

  bool is_part_of_type(const Object& object) const {
    return std::any_of(object.needs.begin(), object.needs.end(),
                       [](const Need& need) { return need.kind == NeedKind::internal; });
  }

  void add_composite(const Object& object) {
    const auto& detail = std::get<RelationDetail>(object.detail);
    std::string text = "(";
    for (const Attribute& attribute : detail.attributes) {
      if (attribute.dropped) continue;
      if (text.size() > 1) text += ", ";
      text += quote_identifier(attribute.name) + " " +
              (attribute.type ? type_text(catalog_, *attribute.type) : std::string());
    }
    schema_.other_types.push_back({catalog_.name(object.id), OtherTypeKind::composite, text + ")",
                                   fact(object.comment), object.origin});
  }

  void add_sequence(const Object& object) {
    const auto& detail = std::get<SequenceDetail>(object.detail);
    Sequence sequence = detail.options;
    sequence.name = catalog_.name(object.id);
    sequence.owned_by_table = Fact<QualifiedName>::none();
    sequence.owned_by_column.clear();
    if (catalog_.find(detail.owner_table)) {
      sequence.owned_by_table = catalog_.name(detail.owner_table);
      sequence.owned_by_column =
          column_names(catalog_, detail.owner_table, {detail.owner_column}).front();
    }
    sequence.comment = fact(object.comment);
    sequence.origin = object.origin;
    schema_.sequences.push_back(std::move(sequence));
  }

  void add_domain(const Object& object) {
    const auto& detail = std::get<DomainDetail>(object.detail);
    Domain domain;
    domain.name = catalog_.name(object.id);
    domain.base = shown_.type(detail.base);
    domain.nullable = !detail.not_null;
    domain.default_value = Fact<Expression>::none();
    if (detail.default_value)
      domain.default_value = shown_.expression(*detail.default_value, nullptr, domain.base->normal);
    for (ObjectId id : detail.constraints) {
      const Object& constraint = catalog_.at(id);
      const auto& stored = std::get<ConstraintDetail>(constraint.detail);
      CheckConstraint check;
      check.name = constraint.name;
      ShownParts::fill_check(*stored.check, nullptr, check);
      check.allowed.reset();
      check.validated = stored.validated;
      check.origin = constraint.origin;
      domain.checks.push_back(std::move(check));
    }
    domain.comment = fact(object.comment);
    domain.origin = object.origin;
    schema_.domains.push_back(std::move(domain));
  }

  void add_routine(const Object& object) {
    const auto& detail = std::get<RoutineDetail>(object.detail);
    Function function;
    function.name = catalog_.name(object.id);
    function.kind = detail.kind;
    for (const TypeRef& argument : detail.arguments)
      function.arguments.push_back(shown_.type(argument));
    if (detail.kind != RoutineKind::procedure) {
      std::string returns;
      if (detail.returns_table) {
        returns = "TABLE(";
        for (std::size_t i = 0; i < detail.result_columns.size(); ++i)
          returns += (i ? ", " : "") + quote_identifier(detail.result_columns[i].first) + " " +
                     type_text(catalog_, detail.result_columns[i].second);
        returns += ")";
      } else if (detail.returns) {
        returns = (detail.returns_set ? "SETOF " : "") + type_text(catalog_, *detail.returns);
      }
      if (!returns.empty()) function.returns = Type{returns, returns, false};
    }
    function.language = detail.language;
    function.security_definer = detail.security_definer;
    function.public_may_execute = detail.public_may_execute;
    function.search_path = fact(detail.search_path);
    // The server writes BEGIN ATOMIC bodies anew from their trees: unknown here.
    if (detail.body) function.body = fact(detail.body);
    function.comment = fact(object.comment);
    function.origin = object.origin;
    schema_.functions.push_back(std::move(function));
  }

  const Session& session_;
  const Catalog& catalog_;
  ShownParts shown_;
  Schema schema_;
};

}  // namespace

Schema schema_of(const Session& session) {
  Schema schema;
  // Trees are as deep as the texts they come from.
  run_with_deep_stack(1 << 20, [&] { schema = SchemaMaker(session).make(); });
  return schema;
}

}  // namespace schemaudit::replay

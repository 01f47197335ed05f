#include "analyzer/sql/expression_tree.h"

#include <set>

#include "analyzer/sql/expression_renderer.h"
#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/literal.h"
#include "analyzer/sql/time_literal.h"

namespace schemaudit {

namespace {

void collect_columns(const ProtobufCMessage* message, std::set<std::string>& columns) {
  if (!message) return;
  if (message->descriptor == &pg_query__column_ref__descriptor) {
    const auto* reference = reinterpret_cast<const PgQuery__ColumnRef*>(message);
    std::string_view name = string_of(reference->fields[reference->n_fields - 1]);
    if (!name.empty()) columns.emplace(name);
    return;
  }
  const char* base = reinterpret_cast<const char*>(message);
  if (message->descriptor == &pg_query__node__descriptor) {
    // A node has hundreds of alternatives and holds one.
    const auto* node = reinterpret_cast<const PgQuery__Node*>(message);
    const ProtobufCFieldDescriptor* field = protobuf_c_message_descriptor_get_field(
        message->descriptor, static_cast<unsigned>(node->node_case));
    if (field)
      collect_columns(*reinterpret_cast<ProtobufCMessage* const*>(base + field->offset), columns);
    return;
  }
  for (unsigned i = 0; i < message->descriptor->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = message->descriptor->fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      std::size_t count = *reinterpret_cast<const std::size_t*>(base + field.quantifier_offset);
      auto* const* elements = *reinterpret_cast<ProtobufCMessage** const*>(base + field.offset);
      for (std::size_t j = 0; j < count; ++j) collect_columns(elements[j], columns);
    } else {
      if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
          *reinterpret_cast<const unsigned*>(base + field.quantifier_offset) != field.id)
        continue;
      collect_columns(*reinterpret_cast<ProtobufCMessage* const*>(base + field.offset), columns);
    }
  }
}

}  // namespace

std::string normal_of(const PgQuery__Node& node, const ExpressionContext& context) {
  Renderer renderer(context);
  return renderer.root(node);
}

std::string normal_of_bound(const PgQuery__Node& node, std::string_view key_type) {
  ExpressionContext context;
  context.assigned_to = key_type;
  std::string normal = normal_of(node, context);
  if (!key_type.empty() || normal.size() < 2 || normal.front() != '\'') return normal;
  std::string text = unquote_literal(normal);
  if (std::optional<std::string> time = canonical_time(text, "timestamp with time zone"))
    return quote_literal(*time);
  std::string number = canonical_literal(text, "numeric");
  return number.front() == '\'' ? normal : number;
}

std::string normal_of_query(const PgQuery__Node& node, bool& decided) {
  ExpressionContext context;
  Renderer renderer(context);
  renderer.query_mode = true;
  std::string normal = renderer.render(&node);
  decided = renderer.decided;
  return normal;
}

Expression expression_from(const PgQuery__Node& node, std::string text,
                           const ExpressionContext& context) {
  Expression expression;
  expression.text = std::move(text);
  Renderer renderer(context);
  expression.normal = renderer.root(node);
  expression.decided = renderer.decided;
  if (!expression.decided) expression.normal.clear();
  return expression;
}

std::string type_of_expression(const PgQuery__Node& node, const ColumnTypes& types) {
  ExpressionContext context{types, {}};
  Renderer renderer(context);
  Value value = renderer.value(node);
  if (!value.type_name.empty()) return value.type_name;
  // A value without a length makes a column without one.
  if (value.type == kBpchar) return "bpchar";
  if (value.type == array_of(kBpchar)) return "bpchar[]";
  return std::string(builtin_type_name(value.type == kUnknownLiteral ? kText : value.type));
}

std::vector<std::string> columns_of(const PgQuery__Node& node) {
  std::set<std::string> columns;
  collect_columns(&node.base, columns);
  return {columns.begin(), columns.end()};
}

std::optional<AllowedValues> allowed_values_of(const PgQuery__Node& node) {
  ExpressionContext context;
  // Normal forms of membership are `in(column, ['a', 'b'])` and, of one value, `(column = 'a')`.
  std::string normal = normal_of(node, context);
  std::vector<std::string> columns = columns_of(node);
  if (columns.size() != 1) return std::nullopt;
  AllowedValues allowed{columns.front(), {}};
  std::string column = quote_identifier(allowed.column);
  std::string many = "in(" + column + ", [";
  std::string one = "(" + column + " = ";
  std::string_view values;
  if (normal.starts_with(many))
    values = std::string_view(normal).substr(many.size(), normal.size() - many.size() - 2);
  else if (normal.starts_with(one))
    values = std::string_view(normal).substr(one.size(), normal.size() - one.size() - 1);
  else
    return std::nullopt;
  if (!split_literals(values, allowed.values)) return std::nullopt;
  return allowed;
}

}  // namespace schemaudit

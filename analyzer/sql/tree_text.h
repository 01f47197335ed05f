// Any parse tree message as text, by protobuf's own descriptors: for what has no normal form of
// its own. Private to analyzer/sql.
//
//   std::string text = tree_text(message, [&](const PgQuery__Node& node) { return ...; });
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/sql/literal.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// The message that a node holds.
inline const ProtobufCMessage& message_of(const PgQuery__Node& node) {
  const ProtobufCFieldDescriptor* field = protobuf_c_message_descriptor_get_field(
      node.base.descriptor, static_cast<unsigned>(node.node_case));
  if (!field) return node.base;
  return **reinterpret_cast<ProtobufCMessage* const*>(reinterpret_cast<const char*>(&node) +
                                                      field->offset);
}

template <typename Render>
std::string tree_text(const ProtobufCMessage& message, const Render& render);

template <typename Render>
std::string tree_field_text(const ProtobufCFieldDescriptor& field, const char* at,
                            std::size_t index, const Render& render) {
  switch (field.type) {
    case PROTOBUF_C_TYPE_MESSAGE: {
      const ProtobufCMessage* value = reinterpret_cast<ProtobufCMessage* const*>(at)[index];
      if (!value) return {};
      if (value->descriptor == &pg_query__node__descriptor) {
        const auto* node = reinterpret_cast<const PgQuery__Node*>(value);
        return node->node_case == PG_QUERY__NODE__NODE__NOT_SET ? std::string() : render(*node);
      }
      if (value->descriptor == &pg_query__type_name__descriptor)
        return value_type_normal(*reinterpret_cast<const PgQuery__TypeName*>(value));
      if (value->descriptor == &pg_query__range_var__descriptor)
        return "relation(" +
               quote_identifier(reinterpret_cast<const PgQuery__RangeVar*>(value)->relname) + ")";
      return tree_text(*value, render);
    }
    case PROTOBUF_C_TYPE_STRING: {
      const char* text = reinterpret_cast<char* const*>(at)[index];
      return text && *text ? quote_literal(text) : std::string();
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
      return std::to_string(reinterpret_cast<const std::int64_t*>(at)[index]);
    case PROTOBUF_C_TYPE_BOOL:
      return reinterpret_cast<const protobuf_c_boolean*>(at)[index] ? "1" : "0";
    default:
      return std::to_string(reinterpret_cast<const std::int32_t*>(at)[index]);
  }
}

template <typename Render>
std::string tree_text(const ProtobufCMessage& message, const Render& render) {
  std::string text = std::string(message.descriptor->short_name) + "{";
  for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = message.descriptor->fields[i];
    std::string_view name = field.name;
    if (name.ends_with("location") || name == "stmt_len") continue;
    const char* at = reinterpret_cast<const char*>(&message) + field.offset;
    std::string shown;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      std::size_t count = *reinterpret_cast<const std::size_t*>(
          reinterpret_cast<const char*>(&message) + field.quantifier_offset);
      if (count == 0) continue;
      const char* elements = *reinterpret_cast<char* const*>(at);
      shown = "[";
      for (std::size_t j = 0; j < count; ++j) {
        if (j > 0) shown += ", ";
        shown += tree_field_text(field, elements, j, render);
      }
      shown += "]";
    } else {
      shown = tree_field_text(field, at, 0, render);
    }
    if (!shown.empty() && shown != "0") {
      text += name;
      text += '=';
      text += shown;
      text += ' ';
    }
  }
  text += '}';
  return text;
}

}  // namespace schemaudit

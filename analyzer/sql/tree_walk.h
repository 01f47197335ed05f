// Visits every message of a parse tree, whatever its type, by protobuf's own descriptors. Private
// to analyzer/sql.
//
//   walk_tree(node.base, [&](ProtobufCMessage& message) {
//     if (auto* column = as<PgQuery__ColumnRef>(message)) { ...; return false; }
//     return true;   // and what is below it
//   });
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <cstddef>

namespace schemaudit {

template <typename T>
struct TreeType;
#define SCHEMAUDIT_TREE_TYPE(Type, name)                             \
  template <>                                                        \
  struct TreeType<PgQuery__##Type> {                                 \
    static constexpr const ProtobufCMessageDescriptor* kDescriptor = \
        &pg_query__##name##__descriptor;                             \
  }
SCHEMAUDIT_TREE_TYPE(Node, node);
SCHEMAUDIT_TREE_TYPE(ColumnRef, column_ref);
SCHEMAUDIT_TREE_TYPE(TypeName, type_name);
SCHEMAUDIT_TREE_TYPE(FuncCall, func_call);
SCHEMAUDIT_TREE_TYPE(RangeVar, range_var);
SCHEMAUDIT_TREE_TYPE(SubLink, sub_link);
SCHEMAUDIT_TREE_TYPE(SelectStmt, select_stmt);
SCHEMAUDIT_TREE_TYPE(TypeCast, type_cast);
SCHEMAUDIT_TREE_TYPE(AConst, a__const);
SCHEMAUDIT_TREE_TYPE(CollateClause, collate_clause);
SCHEMAUDIT_TREE_TYPE(AExpr, a__expr);
SCHEMAUDIT_TREE_TYPE(LockingClause, locking_clause);
SCHEMAUDIT_TREE_TYPE(ParamRef, param_ref);
SCHEMAUDIT_TREE_TYPE(Alias, alias);
SCHEMAUDIT_TREE_TYPE(CommonTableExpr, common_table_expr);
#undef SCHEMAUDIT_TREE_TYPE

/// The message as this type, or nullptr where it is another.
template <typename T>
T* as(ProtobufCMessage& message) {
  return message.descriptor == TreeType<T>::kDescriptor ? reinterpret_cast<T*>(&message) : nullptr;
}

/// `visit(message)` says whether to go on below it.
template <typename Visit>
void walk_tree(ProtobufCMessage& message, const Visit& visit) {
  if (!visit(message)) return;
  const ProtobufCMessageDescriptor& descriptor = *message.descriptor;
  char* base = reinterpret_cast<char*>(&message);
  for (unsigned i = 0; i < descriptor.n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = descriptor.fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      std::size_t count = *reinterpret_cast<std::size_t*>(base + field.quantifier_offset);
      auto** elements = *reinterpret_cast<ProtobufCMessage***>(base + field.offset);
      for (std::size_t j = 0; j < count; ++j) walk_tree(*elements[j], visit);
      continue;
    }
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
      // A Node has hundreds of alternatives and holds one: its field is found by its number.
      unsigned chosen = *reinterpret_cast<unsigned*>(base + field.quantifier_offset);
      const ProtobufCFieldDescriptor* present =
          chosen ? protobuf_c_message_descriptor_get_field(&descriptor, chosen) : nullptr;
      if (present && present->type == PROTOBUF_C_TYPE_MESSAGE)
        if (auto* below = *reinterpret_cast<ProtobufCMessage**>(base + present->offset))
          walk_tree(*below, visit);
      // All fields of a Node and of a constant's value share this one choice.
      return;
    }
    if (auto* below = *reinterpret_cast<ProtobufCMessage**>(base + field.offset))
      walk_tree(*below, visit);
  }
}

}  // namespace schemaudit

#include "analyzer/sql/tree_pack.h"

#include <cstdint>
#include <cstring>

namespace schemaudit {

namespace {

// Wire types of the encoding (protobuf.dev, "Encoding").
constexpr unsigned kVarint = 0, kFixed64 = 1, kLengthPrefixed = 2, kFixed32 = 5;

void put_varint(std::uint64_t value, std::string& packed) {
  while (value >= 0x80) {
    packed += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  packed += static_cast<char>(value);
}

void put_tag(const ProtobufCFieldDescriptor& field, unsigned wire_type, std::string& packed) {
  put_varint(static_cast<std::uint64_t>(field.id) << 3 | wire_type, packed);
}

template <typename T>
T value_at(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// One value of the field's type; zero and empty ones say nothing and are left out unless they
/// are elements of a list or the chosen alternative.
void put_value(const ProtobufCFieldDescriptor& field, const char* at, bool even_default,
               std::string& packed) {
  switch (field.type) {
    case PROTOBUF_C_TYPE_MESSAGE: {
      const auto* message = value_at<const ProtobufCMessage*>(at);
      if (!message) return;
      std::string inner;
      pack_message(*message, inner);
      put_tag(field, kLengthPrefixed, packed);
      put_varint(inner.size(), packed);
      packed += inner;
      return;
    }
    case PROTOBUF_C_TYPE_STRING: {
      const char* text = value_at<const char*>(at);
      std::size_t size = text ? std::strlen(text) : 0;
      if (size == 0 && !even_default) return;
      put_tag(field, kLengthPrefixed, packed);
      put_varint(size, packed);
      packed.append(text ? text : "", size);
      return;
    }
    case PROTOBUF_C_TYPE_BOOL: {
      auto value = value_at<protobuf_c_boolean>(at);
      if (!value && !even_default) return;
      put_tag(field, kVarint, packed);
      put_varint(value ? 1 : 0, packed);
      return;
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64: {
      auto value = value_at<std::uint64_t>(at);
      if (!value && !even_default) return;
      put_tag(field, kVarint, packed);
      put_varint(value, packed);
      return;
    }
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_ENUM: {
      // Negative numbers are extended to 64 bits.
      auto value = value_at<std::int32_t>(at);
      if (!value && !even_default) return;
      put_tag(field, kVarint, packed);
      put_varint(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)), packed);
      return;
    }
    case PROTOBUF_C_TYPE_UINT32: {
      auto value = value_at<std::uint32_t>(at);
      if (!value && !even_default) return;
      put_tag(field, kVarint, packed);
      put_varint(value, packed);
      return;
    }
    case PROTOBUF_C_TYPE_DOUBLE:
      put_tag(field, kFixed64, packed);
      packed.append(at, 8);
      return;
    case PROTOBUF_C_TYPE_FLOAT:
      put_tag(field, kFixed32, packed);
      packed.append(at, 4);
      return;
    default:
      // libpg_query's trees have no other field types.
      return;
  }
}

std::size_t size_of(ProtobufCType type) {
  switch (type) {
    case PROTOBUF_C_TYPE_BOOL:
      return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_FLOAT:
      return 4;
    default:
      return 8;
  }
}

}  // namespace

void pack_message(const ProtobufCMessage& message, std::string& packed) {
  const ProtobufCMessageDescriptor& descriptor = *message.descriptor;
  const char* base = reinterpret_cast<const char*>(&message);
  for (unsigned i = 0; i < descriptor.n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = descriptor.fields[i];
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      auto count = value_at<std::size_t>(base + field.quantifier_offset);
      const char* elements = value_at<const char*>(base + field.offset);
      for (std::size_t j = 0; j < count; ++j)
        put_value(field, elements + j * size_of(field.type), true, packed);
      continue;
    }
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0) {
      put_value(field, base + field.offset, false, packed);
      continue;
    }
    // All alternatives from here on share one choice: the chosen one is found by its number, the
    // others are passed over.
    auto chosen = value_at<std::uint32_t>(base + field.quantifier_offset);
    if (const ProtobufCFieldDescriptor* present =
            chosen ? protobuf_c_message_descriptor_get_field(&descriptor, chosen) : nullptr)
      put_value(*present, base + present->offset, true, packed);
    while (i + 1 < descriptor.n_fields &&
           (descriptor.fields[i + 1].flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
      ++i;
  }
}

}  // namespace schemaudit

#include "analyzer/sql/replay/client_encoding.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

ClientEncoding client_encoding(std::string_view name) {
  std::string plain;
  for (char c : fold_case(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  if (plain.empty() || plain == "utf8" || plain == "unicode" || plain == "sqlascii" ||
      plain == "default")
    return ClientEncoding::utf8;
  if (plain == "latin1" || plain == "iso88591") return ClientEncoding::latin1;
  return ClientEncoding::other;
}

bool has_non_ascii(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

namespace {

char* decoded(const char* text, TreeArena& arena) {
  std::string utf8;
  for (const char* c = text; *c; ++c) {
    auto byte = static_cast<unsigned char>(*c);
    if (byte < 0x80) {
      utf8 += *c;
    } else {
      utf8 += static_cast<char>(0xC0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return arena.keep(utf8);
}

}  // namespace

void decode_latin1(PgQuery__Node& statement, TreeArena& arena) {
  walk_tree(statement.base, [&](ProtobufCMessage& message) {
    char* base = reinterpret_cast<char*>(&message);
    for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
      const ProtobufCFieldDescriptor& field = message.descriptor->fields[i];
      if (field.type != PROTOBUF_C_TYPE_STRING || field.label == PROTOBUF_C_LABEL_REPEATED ||
          (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
        continue;
      char*& text = *reinterpret_cast<char**>(base + field.offset);
      if (text && has_non_ascii(text)) text = decoded(text, arena);
    }
    return true;
  });
}

}  // namespace schemaudit::replay

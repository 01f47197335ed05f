// Packs a part of a parse tree into protobuf's wire format. Private to analyzer/sql.
//
//   std::string packed;
//   pack_message(node.base, packed);    // pg_query__node__unpack() reads it back
//
// protobuf-c's own packer looks at every alternative of a Node, some 270 of them, twice for each
// node; this one looks at the one that is there.
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <string>

namespace schemaudit {

void pack_message(const ProtobufCMessage& message, std::string& packed);

}  // namespace schemaudit

// Gives the elements of one schema the places of their namesakes in another.
//
//   adopt_origins(read_back_from_the_server, replayed);   // now with file and line
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

void adopt_origins(Schema& schema, const Schema& placed);

}  // namespace schemaudit

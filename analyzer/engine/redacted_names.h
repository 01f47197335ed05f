// Names may hold passwords, too: of a check "c password=hunter2", of a table that somebody made by
// mistake. They are replaced when everything is found, named and matched by them: fingerprints and
// waivers go by the names as they are.
//
//   redact_names(report);   // last of all
//   report.findings[0].object.name   c password=***
#pragma once

#include "analyzer/model/report.h"

namespace schemaudit {

void redact_names(Report& report);
/// Of an object: its schema, its table and its own.
void redact_names(ObjectRef& object);

}  // namespace schemaudit

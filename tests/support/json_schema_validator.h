// Checks a JSON text against a JSON Schema (2020-12), for the schemas this program prints.
//
//   EXPECT_EQ(schema_violations(report_json_schema(), render_json(report)), none);
//
// It knows the key words our schemas use. One that it does not know is a violation itself, so
// that no part of a schema is passed over in silence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// `$.findings[0].severity: "grave" is none of the allowed values`, one for each; empty where
/// the text is valid.
std::vector<std::string> schema_violations(std::string_view schema, std::string_view json);

}  // namespace schemaudit

// What a source holds of passwords, and documents are not to show: `doc` writes nothing of it and
// leaves it to a person. A `***` in its place would be a default that nobody has built.
//
//   WithheldSecrets withheld = withhold_secrets(built.schema);
//   adds_a_secret(text_before, text_after)    what else would bring one into a document
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/finding.h"

namespace schemaudit {

/// A default or the expression of a generated column.
struct WithheldFilling {
  QualifiedName relation;
  std::string column;
  /// As it is built.
  Fact<Expression> default_value;
};

struct WithheldSecrets {
  std::vector<WithheldFilling> fillings;
};

/// Makes unknown what holds a password: defaults, generated columns, comments.
WithheldSecrets withhold_secrets(Schema& built);

/// One for each that the documents describe, and state otherwise or not at all. `input` has the
/// documents and the schema from which they were withheld.
std::vector<Finding> findings_of_withheld(const WithheldSecrets& withheld, const AuditInput& input);

bool adds_a_secret(std::string_view before, std::string_view after);

/// Of a document that was left as it is for what would have come into it.
Finding document_left_alone(const std::string& uri);

}  // namespace schemaudit

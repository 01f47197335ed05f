#include "analyzer/cli/withheld_secrets.h"

#include <algorithm>
#include <map>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

bool holds_a_secret(std::string_view text) {
  return redact(text) != text;
}

void withhold(Fact<std::string>& comment) {
  if (comment.has_value() && holds_a_secret(comment.value())) comment = {};
}

}  // namespace

WithheldSecrets withhold_secrets(Schema& built) {
  WithheldSecrets withheld;
  for (Relation& relation : built.relations) {
    withhold(relation.comment);
    for (Column& column : relation.columns) {
      withhold(column.comment);
      const bool of_default =
          column.default_value.has_value() && holds_a_secret(column.default_value->text);
      const bool of_generated =
          column.generated.has_value() && holds_a_secret(column.generated->expression.text);
      if (!of_default && !of_generated) continue;
      withheld.fillings.push_back({relation.name, column.name, column.default_value});
      if (of_default) column.default_value = {};
      if (of_generated) column.generated = {};
    }
  }
  return withheld;
}

std::vector<Finding> findings_of_withheld(const WithheldSecrets& withheld,
                                          const AuditInput& input) {
  std::vector<Finding> findings;
  if (withheld.fillings.empty()) return findings;
  const std::optional<DocumentComparison> compared = compare_documents(input);
  if (!compared) return findings;
  for (const WithheldFilling& filling : withheld.fillings) {
    const Relation* stated = compared->comparison.left_of(filling.relation);
    const Column* column = stated ? stated->find_column(filling.column) : nullptr;
    if (!column) continue;
    if (filling.default_value.has_value() && column->default_value.has_value() &&
        column->default_value->normal == filling.default_value->normal)
      continue;
    Finding finding;
    finding.rule = "column-default-mismatch";
    finding.object = {"column", filling.relation.schema, filling.relation.name, filling.column};
    finding.message = redact("The default of " + to_string(finding.object) +
                             " was not written: it holds a password, which a document would show. "
                             "Take the password out of the default, and change it wherever it is "
                             "in use.");
    if (column->origin.from_file())
      finding.locations.push_back({std::string(to_string(Role::documented)), column->origin});
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool adds_a_secret(std::string_view before, std::string_view after) {
  std::map<std::string_view, int> secrets;
  for (const Secret& secret : find_secrets(before))
    ++secrets[before.substr(secret.offset, secret.length)];
  for (const Secret& secret : find_secrets(after))
    if (--secrets[after.substr(secret.offset, secret.length)] < 0) return true;
  return false;
}

Finding document_left_alone(const std::string& uri) {
  Finding finding;
  finding.rule = "credential-in-docs";
  finding.severity = Severity::high;
  finding.object = {"document", "", "", uri};
  finding.message =
      "The document was left as it is: what is built and belongs into it holds a "
      "password, in a CHECK, an index or a view. Take the password out of that, and "
      "change it wherever it is in use.";
  finding.locations.push_back({std::string(to_string(Role::documented)), {uri, 1, 1}});
  return finding;
}

}  // namespace schemaudit

// An in-toto Statement that says which report was made of which inputs, and how it ended: for a
// tool such as cosign to sign. Unsigned it proves no more than that its parts belong together.
//
//   std::string text = render_attestation(report, {{"audit.json", digest}}, inputs, commit);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

struct AttestedFile {
  std::string name;
  /// SHA-256, hexadecimal, as sha256sum prints it.
  std::string digest;
};

/// `subjects` are the report files, `configuration` everything that they were made of. `commit` may
/// be empty. The predicate is https://in-toto.io/attestation/test-result/v0.1.
std::string render_attestation(const Report& report, const std::vector<AttestedFile>& subjects,
                               const std::vector<AttestedFile>& configuration,
                               const std::string& commit);

}  // namespace schemaudit

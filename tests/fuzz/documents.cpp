// Markdown documents, of any bytes: read as two files of one set.
#include "schema_docs/documents.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  schemaudit::DocumentSet set;
  set.add({"docs/a.md", text.substr(0, size / 2), schemaudit::DocumentState::current});
  set.add({"docs/b.md", text, schemaudit::DocumentState::planned});
  set.finish();
  return 0;
}

#include "analyzer/cli/message.h"

#include <cstdio>

#include "analyzer/cli/progress.h"
#include "analyzer/model/redact.h"
#include "reports/runner_commands.h"
#include "reports/visible_text.h"

namespace schemaudit {

namespace {

std::string one_line(const std::string& text) {
  return without_runner_commands(visible_line(redact(text)));
}

}  // namespace

void complain(const std::string& text) {
  beside_progress([&] { std::fprintf(stderr, "schemaudit: %s\n", one_line(text).c_str()); });
}

void tell(const std::string& text) {
  beside_progress([&] { std::fprintf(stderr, "%s\n", one_line(text).c_str()); });
}

}  // namespace schemaudit

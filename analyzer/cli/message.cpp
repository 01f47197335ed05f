#include "analyzer/cli/message.h"

#include <cstdio>

#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

std::string one_line(const std::string& text) {
  std::string line;
  for (char c : redact(text)) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return line;
}

}  // namespace

void complain(const std::string& text) {
  std::fprintf(stderr, "schemaudit: %s\n", one_line(text).c_str());
}

void tell(const std::string& text) {
  std::fprintf(stderr, "%s\n", one_line(text).c_str());
}

}  // namespace schemaudit

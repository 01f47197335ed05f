// Configurations of any bytes.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/engine/config_file.h"
#include "analyzer/sql/normal_form.h"
#include "rules/rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> all;
    for (const schemaudit::Rule* rule : schemaudit::all_rules()) all.emplace_back(rule->info.id);
    return all;
  }();
  schemaudit::read_config(std::string(reinterpret_cast<const char*>(data), size), "schemaudit.toml",
                          ids, [](const std::string& text) {
                            return schemaudit::PolicyType{schemaudit::normal_type_text(text),
                                                          schemaudit::type_that_was_meant(text)};
                          });
  return 0;
}

#include "schema_docs/cell_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

std::optional<bool> yes_or_no(std::string_view cell) {
  std::string folded = fold_case(trim(cell));
  static constexpr std::array<std::string_view, 18> kYes = {"yes",
                                                            "[x]",
                                                            ":white_check_mark:",
                                                            ":heavy_check_mark:",
                                                            "y",
                                                            "true",
                                                            "t",
                                                            "x",
                                                            "\xE2\x9C\x93",
                                                            "\xE2\x9C\x94",
                                                            "\xE2\x9C\x94\xEF\xB8\x8F",
                                                            "\xE2\x9C\x85",
                                                            "ja",
                                                            "si",
                                                            "s\xC3\xAD",
                                                            "oui",
                                                            "\xE2\x97\x8B",
                                                            "1"};
  static constexpr std::array<std::string_view, 12> kNo = {
      "[ ]",          ":x:",          "no",           "n",    "false", "f",
      "\xE2\x9C\x97", "\xE2\x9C\x98", "\xE2\x9D\x8C", "nein", "non",   "0"};
  if (std::find(kYes.begin(), kYes.end(), folded) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), folded) != kNo.end()) return false;
  return std::nullopt;
}

bool is_placeholder(std::string_view cell) {
  static constexpr std::array<std::string_view, 7> kNothing = {
      "", "-", "\xE2\x80\x94", "\xE2\x80\x93", "none", "n/a", "--"};
  std::string folded = fold_case(trim(cell));
  return std::find(kNothing.begin(), kNothing.end(), folded) != kNothing.end();
}

}  // namespace schemaudit

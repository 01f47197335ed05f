// What differs between texts that stand next to each other, word by word.
//
//   mark_differences({"character varying(20)", "character varying(50)"})
//       {{"character varying(", same}, {"20", differs}, {")", same}}, and the other alike
#pragma once

#include <string>
#include <vector>

namespace schemaudit {

struct MarkedPart {
  std::string text;
  bool differs = false;
  bool operator==(const MarkedPart&) const = default;
};

/// One list for each text, whose parts joined are the text. A part differs where one of the other
/// texts lacks it. Long texts are marked between their common beginning and end.
std::vector<std::vector<MarkedPart>> mark_differences(const std::vector<std::string>& texts);

}  // namespace schemaudit

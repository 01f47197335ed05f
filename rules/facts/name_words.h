// The words of a name, as people read it.
//
//   words_of("unit_price")      unit, price
//   words_of("unitPriceUSD")    unit, price, usd
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// In lower case. Digits belong to the word before them: `line2`; `line_2` has two words.
std::vector<std::string> words_of(std::string_view name);

}  // namespace schemaudit

// SHA-256, for the digests of inputs and for fingerprints.
//
//   sha256_hex("abc")   ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

std::string sha256_hex(std::string_view bytes);

}  // namespace schemaudit

#include "analyzer/model/schema_digest.h"

#include <type_traits>

#include "analyzer/model/digest.h"
#include "analyzer/model/snapshot_fields.h"

namespace schemaudit {

namespace {

using snapshot_fields::visit_fields;

/// Lengths and presence are written before what they are about, so that no two schemas run into
/// the same bytes.
struct Spelling {
  std::string bytes;

  template <class T>
  void operator()(const char*, const T& value) {
    add(value);
  }

  void add(const std::string& text) {
    bytes += std::to_string(text.size()) + ":";
    bytes += text;
  }

  template <class T>
  void add(const std::vector<T>& list) {
    bytes += std::to_string(list.size()) + "[";
    for (const T& element : list) add(element);
  }

  template <class T>
  void add(const std::optional<T>& value) {
    bytes += value ? '+' : '-';
    if (value) add(*value);
  }

  template <class T>
  void add(const Fact<T>& fact) {
    bytes += fact.has_value() ? '+' : fact.is_known() ? '0' : '-';
    if (fact.has_value()) add(fact.value());
  }

  template <class T>
  void add(const T& value) {
    if constexpr (std::is_enum_v<T>)
      bytes += std::to_string(static_cast<int>(value)) + ";";
    else if constexpr (std::is_arithmetic_v<T>)
      bytes += std::to_string(value) + ";";
    else
      // The walk is shared with a reader, which changes what it visits; this one does not.
      visit_fields(*this, const_cast<T&>(value));
  }
};

}  // namespace

std::string schema_digest(const Schema& schema) {
  Spelling spelling;
  spelling.add(schema);
  return sha256_hex(spelling.bytes);
}

}  // namespace schemaudit

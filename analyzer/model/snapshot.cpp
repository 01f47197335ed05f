#include "analyzer/model/snapshot.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>

#include "analyzer/model/snapshot_fields.h"

namespace schemaudit {

namespace {

using Json = nlohmann::ordered_json;
using snapshot_fields::EnumNames;
using snapshot_fields::visit_fields;

constexpr const char* kFormatVersion = "1.0";

template <class T>
struct Shape {
  static constexpr bool kOptional = false, kFact = false, kList = false;
};
template <class T>
struct Shape<std::optional<T>> {
  static constexpr bool kOptional = true, kFact = false, kList = false;
  using Inner = T;
};
template <class T>
struct Shape<Fact<T>> {
  static constexpr bool kOptional = false, kFact = true, kList = false;
  using Inner = T;
};
template <class T>
struct Shape<std::vector<T>> {
  static constexpr bool kOptional = false, kFact = false, kList = true;
  using Inner = T;
};

/// Writes as it walks: the JSON of a large database as a tree takes several times its text.
struct Writer {
  std::string& text;
  std::size_t depth = 0;
  /// Whether the object at hand has a member already.
  bool has_members = false;

  template <class T>
  void operator()(const char* name, const T& value) {
    if constexpr (Shape<T>::kOptional) {
      if (value) member(name, *value);
    } else if constexpr (Shape<T>::kFact) {
      if (value.has_value())
        member(name, value.value());
      else if (value.is_known())
        member(name, nullptr);
    } else if constexpr (std::is_same_v<T, Origin>) {
      if (value != Origin{}) member(name, value);
    } else {
      member(name, value);
    }
  }

  template <class T>
  void member(const char* name, const T& value) {
    line(has_members);
    has_members = true;
    text += '"';
    text += name;
    text += "\": ";
    write(value);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (Shape<T>::kList) {
      text += '[';
      ++depth;
      for (const auto& element : value) {
        line(&element != &value.front());
        write(element);
      }
      --depth;
      if (!value.empty()) line(false);
      text += ']';
    } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
      text += "null";
    } else if constexpr (std::is_enum_v<T>) {
      write(std::string(EnumNames<T>::kNames[static_cast<std::size_t>(value)]));
    } else if constexpr (std::is_same_v<T, bool>) {
      text += value ? "true" : "false";
    } else if constexpr (std::is_arithmetic_v<T>) {
      text += std::to_string(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      text += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
    } else {
      text += '{';
      Writer inside{text, depth + 1};
      // The walk is shared with the reader, which changes what it visits; this one does not.
      visit_fields(inside, const_cast<T&>(value));
      if (inside.has_members) line(false);
      text += '}';
    }
  }

  void line(bool after_another) {
    text += after_another ? ",\n" : "\n";
    text.append(2 * depth, ' ');
  }
};

/// What is wrong, with the way to it prepended on the way out.
struct Malformed {
  std::string path;
  std::string what;
};

template <class T>
void read_value(const Json& json, T& value);

struct Reader {
  const Json& json;

  template <class T>
  void operator()(const char* name, T& value) {
    auto at = json.find(name);
    if (at == json.end()) {
      // Lists, flags and the like have been written since 1.0; a file without them was cut.
      if constexpr (!Shape<T>::kOptional && !Shape<T>::kFact && !std::is_same_v<T, Origin>)
        throw Malformed{"", std::string("lacks ") + name};
      return;
    }
    try {
      read_value(*at, value);
    } catch (Malformed& malformed) {
      malformed.path = std::string(".") + name + malformed.path;
      throw;
    }
  }
};

template <class T>
void read_value(const Json& json, T& value) {
  if constexpr (Shape<T>::kOptional || Shape<T>::kFact) {
    if (json.is_null()) {
      if constexpr (Shape<T>::kFact) value = T::none();
      return;
    }
    typename Shape<T>::Inner inner{};
    read_value(json, inner);
    value = std::move(inner);
  } else if constexpr (Shape<T>::kList) {
    if (!json.is_array()) throw Malformed{"", "is not a list"};
    value.clear();
    value.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      typename Shape<T>::Inner inner{};
      try {
        read_value(json[i], inner);
      } catch (Malformed& malformed) {
        malformed.path = "[" + std::to_string(i) + "]" + malformed.path;
        throw;
      }
      value.push_back(std::move(inner));
    }
  } else if constexpr (std::is_enum_v<T>) {
    const auto& names = EnumNames<T>::kNames;
    auto at = json.is_string()
                  ? std::find(names.begin(), names.end(), json.get_ref<const std::string&>())
                  : names.end();
    if (at == names.end()) throw Malformed{"", "is none of the values known"};
    value = static_cast<T>(at - names.begin());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) throw Malformed{"", "is neither true nor false"};
    value = json.get<bool>();
  } else if constexpr (std::is_integral_v<T>) {
    bool fits = json.is_number_integer();
    if (fits && json.is_number_unsigned())
      fits = json.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    else if (fits)
      fits = std::is_signed_v<T> &&
             json.get<std::int64_t>() >= static_cast<std::int64_t>(std::numeric_limits<T>::min());
    if (!fits) throw Malformed{"", "is not a whole number in range"};
    value = json.get<T>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) throw Malformed{"", "is not a text"};
    value = json.get<std::string>();
  } else {
    if (!json.is_object()) throw Malformed{"", "is not an object"};
    Reader reader{json};
    visit_fields(reader, value);
  }
}

/// Reads each relation as soon as the parser has it, which then forgets it: a tree of all of them
/// takes several times their text. What is wrong with one is told once the version is known.
struct RelationsReader {
  std::vector<Relation> read;
  std::optional<Malformed> malformed;

  /// nlohmann's parser calls it; false drops the value.
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::key && depth <= 3) way_[depth - 1] = parsed;
    if (event != Json::parse_event_t::object_end || depth != 4 ||
        !std::equal(way_.begin(), way_.end(), kWay.begin()))
      return true;
    try {
      if (!malformed) read_value(parsed, read.emplace_back());
    } catch (Malformed& found) {
      found.path = "source.schema.relations[" + std::to_string(read.size() - 1) + "]" + found.path;
      malformed = std::move(found);
    }
    return false;
  }

 private:
  static constexpr std::array<std::string_view, 3> kWay = {"source", "schema", "relations"};
  std::array<std::string, 3> way_;
};

template <class T>
Json described();

struct Describer {
  Json& properties;
  Json& required;

  template <class T>
  void operator()(const char* name, const T&) {
    if constexpr (Shape<T>::kOptional) {
      properties[name] = described<typename Shape<T>::Inner>();
    } else if constexpr (Shape<T>::kFact) {
      properties[name] = {
          {"anyOf", Json::array({described<typename Shape<T>::Inner>(), {{"type", "null"}}})}};
    } else {
      properties[name] = described<T>();
      if (!std::is_same_v<T, Origin>) required.push_back(name);
    }
  }
};

template <class T>
Json described() {
  if constexpr (Shape<T>::kList) {
    return {{"type", "array"}, {"items", described<typename Shape<T>::Inner>()}};
  } else if constexpr (std::is_enum_v<T>) {
    Json values = Json::array();
    for (std::string_view name : EnumNames<T>::kNames) values.push_back(std::string(name));
    return {{"enum", values}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else {
    Json properties = Json::object(), required = Json::array();
    Describer describer{properties, required};
    T value{};
    visit_fields(describer, value);
    return {{"type", "object"}, {"properties", properties}, {"required", required}};
  }
}

}  // namespace

std::string write_snapshot(const SourceResult& source) {
  std::string text = "{";
  Writer writer{text, 1};
  writer.member("format_version", std::string(kFormatVersion));
  writer.member("source", source);
  return text + "\n}\n";
}

SnapshotReading read_snapshot(std::string_view text) {
  SnapshotReading reading;
  try {
    RelationsReader relations;
    Json json = Json::parse(text, std::ref(relations));
    if (!json.is_object() || !json.contains("format_version") ||
        !json["format_version"].is_string()) {
      reading.error = "this is no snapshot: it has no format_version";
      return reading;
    }
    std::string version = json["format_version"];
    if (version != "1" && version.rfind("1.", 0) != 0) {
      reading.error = "the snapshot has format version " + version +
                      ", and this program reads version 1: write it again, or use a newer program";
      return reading;
    }
    if (relations.malformed) throw *relations.malformed;
    SourceResult source;
    if (!json.contains("source")) throw Malformed{"", "lacks source"};
    try {
      read_value(json["source"], source);
    } catch (Malformed& malformed) {
      malformed.path = "source" + malformed.path;
      throw;
    }
    source.schema.relations = std::move(relations.read);
    reading.source = std::move(source);
  } catch (const Malformed& malformed) {
    reading.error =
        "the snapshot is malformed: " + (malformed.path.empty() ? "it" : malformed.path) + " " +
        malformed.what;
  } catch (const Json::parse_error& error) {
    reading.error =
        "the snapshot is no JSON: it breaks off or errs at byte " + std::to_string(error.byte);
  } catch (const std::exception&) {
    reading.error = "the snapshot is malformed";
  }
  return reading;
}

std::string snapshot_json_schema() {
  Json json = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
               {"title", "schemaudit snapshot"},
               {"type", "object"},
               {"properties",
                {{"format_version", {{"type", "string"}, {"pattern", "^1(\\.[0-9]+)?$"}}},
                 {"source", described<SourceResult>()}}},
               {"required", Json::array({"format_version", "source"})}};
  return json.dump(2) + "\n";
}

}  // namespace schemaudit

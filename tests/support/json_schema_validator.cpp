#include "tests/support/json_schema_validator.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

namespace schemaudit {
namespace {

using Json = nlohmann::json;

bool is_annotation(const std::string& keyword) {
  static const std::vector<std::string> kAnnotations = {
      "$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples"};
  return std::find(kAnnotations.begin(), kAnnotations.end(), keyword) != kAnnotations.end();
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  return false;
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void check(const Json& schema, const Json& value, const std::string& path) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) fail(path, "is not allowed here");
      return;
    }
    for (const auto& [keyword, argument] : schema.items())
      if (!is_annotation(keyword)) check_keyword(keyword, argument, schema, value, path);
  }

  std::vector<std::string> take() { return std::move(violations_); }

 private:
  void fail(const std::string& path, const std::string& what) {
    violations_.push_back(path + ": " + what);
  }

  void check_keyword(const std::string& keyword, const Json& argument, const Json& schema,
                     const Json& value, const std::string& path) {
    if (keyword == "$ref") {
      check(root_.at(Json::json_pointer(argument.get<std::string>().substr(1))), value, path);
    } else if (keyword == "type") {
      const Json types = argument.is_array() ? argument : Json::array({argument});
      if (std::none_of(types.begin(), types.end(),
                       [&](const Json& type) { return has_type(value, type); }))
        fail(path, "is no " + argument.dump());
    } else if (keyword == "enum") {
      if (std::find(argument.begin(), argument.end(), value) == argument.end())
        fail(path, value.dump() + " is none of the allowed values");
    } else if (keyword == "const") {
      if (value != argument) fail(path, value.dump() + " is not " + argument.dump());
    } else if (keyword == "anyOf" || keyword == "oneOf") {
      check_alternatives(keyword, argument, value, path);
    } else if (keyword == "allOf") {
      for (const Json& part : argument) check(part, value, path);
    } else if (keyword == "minimum") {
      if (value.is_number() && value < argument) fail(path, "is below " + argument.dump());
    } else if (keyword == "maximum") {
      if (value.is_number() && value > argument) fail(path, "is above " + argument.dump());
    } else if (keyword == "minLength") {
      if (value.is_string() && code_points(value) < argument.get<std::size_t>())
        fail(path, "is too short");
    } else if (keyword == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(argument.get<std::string>())))
        fail(path, value.dump() + " does not match " + argument.dump());
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < argument.get<std::size_t>())
        fail(path, "has too few items");
    } else if (keyword == "items") {
      if (!value.is_array()) return;
      for (std::size_t i = 0; i < value.size(); ++i)
        check(argument, value[i], path + "[" + std::to_string(i) + "]");
    } else if (keyword == "required") {
      if (!value.is_object()) return;
      for (const Json& key : argument)
        if (!value.contains(key.get<std::string>())) fail(path, "lacks " + key.get<std::string>());
    } else if (keyword == "properties") {
      if (!value.is_object()) return;
      for (const auto& [key, part] : argument.items())
        if (value.contains(key)) check(part, value[key], path + "." + key);
    } else if (keyword == "additionalProperties") {
      if (!value.is_object()) return;
      for (const auto& [key, part] : value.items())
        if (!schema.contains("properties") || !schema["properties"].contains(key))
          check(argument, part, path + "." + key);
    } else {
      fail(path, "the schema uses " + keyword + ", which this validator does not know");
    }
  }

  void check_alternatives(const std::string& keyword, const Json& alternatives, const Json& value,
                          const std::string& path) {
    std::size_t fitting = 0;
    std::string reasons;
    for (const Json& alternative : alternatives) {
      Validator attempt(root_);
      attempt.check(alternative, value, path);
      if (attempt.violations_.empty())
        ++fitting;
      else
        reasons += " (" + attempt.violations_.front() + ")";
    }
    if (fitting == 0) fail(path, "fits no alternative" + reasons);
    if (keyword == "oneOf" && fitting > 1) fail(path, "fits several alternatives");
  }

  const Json& root_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> schema_violations(std::string_view schema, std::string_view json) {
  const Json rules = Json::parse(schema, nullptr, false);
  if (rules.is_discarded()) return {"the schema is no JSON"};
  const Json value = Json::parse(json, nullptr, false);
  if (value.is_discarded()) return {"the text is no JSON"};
  Validator validator(rules);
  validator.check(rules, value, "$");
  return validator.take();
}

}  // namespace schemaudit

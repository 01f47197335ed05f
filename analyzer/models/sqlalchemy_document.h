// What sqlalchemy_reader prints, as values; the form stands in sqlalchemy_reader/__init__.py.
//
//   std::string error;
//   std::optional<ModelStatements> models = read_sqlalchemy_document(printed, error);
#pragma once

#include <optional>
#include <string>

#include "analyzer/models/model_statements.h"

namespace schemaudit {

/// Unset where `json` is not what the reader prints; `error` says why.
std::optional<ModelStatements> read_sqlalchemy_document(const std::string& json,
                                                        std::string& error);

}  // namespace schemaudit

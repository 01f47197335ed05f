// Reports made by hand, for tests of the renderers.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

/// Two small documents against a database: a failed gate with something in every list.
Report small_report();

/// As many findings, spread evenly over as many tables, each with a document of its own.
Report large_report(std::size_t findings, std::size_t tables);

/// The same shape, but every name and text holds what breaks terminals and pages.
Report hostile_report();
/// What the hostile report's names hold: markup, quotes, line breaks, escape sequences, marks
/// that reorder text, and bytes that are not UTF-8.
const std::vector<std::string>& hostile_texts();
/// What is left of it in a text: bytes that act on a terminal, and the marks that reorder text;
/// line breaks are fine.
std::vector<std::string> harmful_parts(const std::string& text);

}  // namespace schemaudit

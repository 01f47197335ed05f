// The foreign keys around a table: a picture, and the same in words beside it.
//
//   write_neighbourhood(neighbourhood, 3, html);
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

/// `number` makes the ids of the page's pictures differ.
void write_neighbourhood(const Neighbourhood& neighbourhood, std::size_t number, HtmlWriter& html);

}  // namespace schemaudit

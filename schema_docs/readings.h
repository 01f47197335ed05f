// The rows of "what was read from each document".
#pragma once

#include "analyzer/model/schema.h"
#include "analyzer/model/source.h"
#include "schema_docs/document_reader.h"

namespace schemaudit {

TableReading reading_of(const TableClaim& claim);

/// Adds what SQL outside of CREATE TABLE states, and makes one row of those about one table.
void complete_readings(ReadDocument& document, const Schema& schema);

/// Tables, not views, that the document states.
std::size_t count_tables(const DocumentReading& reading, const Schema& schema);

}  // namespace schemaudit

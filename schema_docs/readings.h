// The rows of "what was read from each document".
//
//   TableReading row = reading_of(claim);   // users, list, 6 columns, 2 constraints, 1 index
//   document.reading.tables.push_back(row);
//   complete_readings(document, relations_by_document(schema)[document.reading.uri]);
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/model/source.h"
#include "schema_docs/document_reader.h"

namespace schemaudit {

TableReading reading_of(const TableClaim& claim);

/// Relations by the documents that state something of them.
std::map<std::string, std::vector<const Relation*>> relations_by_document(const Schema& schema);

/// Adds what SQL outside of CREATE TABLE states, and makes one row of those about one table.
/// `relations` are those the document states something of.
void complete_readings(ReadDocument& document, const std::vector<const Relation*>& relations);

/// Tables, not views, that the document states.
std::size_t count_tables(const DocumentReading& reading, const Schema& schema);

}  // namespace schemaudit

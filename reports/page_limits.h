// How much of a report one page shows in full, so that it stays light whatever was found: 20,000
// findings over 500 tables have to stay under 12 MB and be usable within two seconds. What is left
// out is said on the page, and the JSON report has all of it.
//
//   const std::size_t shown = std::min(chain.steps.size(), kMigrationSteps);
//   // "and 12 more, in the JSON report", of 2012 steps
#pragma once

#include <cstddef>

namespace schemaudit {

/// The most severe ones, as far as there is room; each of the others has one line.
inline constexpr std::size_t kDetailedFindings = 2000;
inline constexpr std::size_t kBytesOfDetails = 4'000'000;
/// Of the message on such a line, and in the section of a table.
inline constexpr std::size_t kBytesOfBriefMessage = 150;
/// So many lines make a list, which a browser lays out once it is scrolled to.
inline constexpr std::size_t kLinesOfBriefList = 200;
/// Up to this many findings are unfolded.
inline constexpr std::size_t kOpenFindings = 40;

inline constexpr std::size_t kTableSections = 1000;
/// Sections of tables have pictures and lists up to here, and are short after it.
inline constexpr std::size_t kBytesOfFullTables = 600'000;
inline constexpr std::size_t kFindingsOfTable = 25;
inline constexpr std::size_t kFindingsOfShortTable = 3;
inline constexpr std::size_t kQuietTables = 1000;

inline constexpr std::size_t kNodesOfPicture = 30;
inline constexpr std::size_t kEdgesOfNeighbourhood = 100;

/// Annotated documents have what the findings and tables leave of this, within bounds: they are
/// made of many small parts, which a browser takes longest to read.
inline constexpr std::size_t kBytesBeforeRules = 8'000'000;
inline constexpr std::size_t kLeastBytesOfDocuments = 600'000;
inline constexpr std::size_t kMostBytesOfDocuments = 3'500'000;
/// Of one line of a document.
inline constexpr std::size_t kBytesOfLine = 1500;

inline constexpr std::size_t kMigrationSteps = 2000;

}  // namespace schemaudit

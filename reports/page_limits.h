// How much of a report one page shows in full, so that it stays light whatever was found: 20,000
// findings over 500 tables have to stay under 12 MB and be usable within two seconds. What is left
// out is said on the page, and the JSON report has all of it.
#pragma once

#include <cstddef>

namespace schemaudit {

/// The most severe ones, as far as there is room; each of the others has one line.
inline constexpr std::size_t kDetailedFindings = 2000;
inline constexpr std::size_t kBytesOfDetails = 5'000'000;
/// Of the message on such a line, in bytes.
inline constexpr std::size_t kBytesOfBriefMessage = 220;
/// Up to this many findings are unfolded.
inline constexpr std::size_t kOpenFindings = 40;

inline constexpr std::size_t kTableSections = 1000;
/// Sections of tables have pictures and lists up to here, and are short after it.
inline constexpr std::size_t kBytesOfFullTables = 1'200'000;
inline constexpr std::size_t kFindingsOfTable = 25;
inline constexpr std::size_t kFindingsOfShortTable = 4;
inline constexpr std::size_t kQuietTables = 1000;

inline constexpr std::size_t kNodesOfPicture = 30;
inline constexpr std::size_t kEdgesOfNeighbourhood = 100;

/// Annotated documents have what the findings and tables leave of this.
inline constexpr std::size_t kBytesBeforeRules = 10'600'000;
inline constexpr std::size_t kBytesOfDocuments = 3'500'000;
/// Of one line of a document.
inline constexpr std::size_t kBytesOfLine = 1500;

inline constexpr std::size_t kMigrationSteps = 2000;

}  // namespace schemaudit

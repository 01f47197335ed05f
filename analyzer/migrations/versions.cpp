#include "analyzer/migrations/versions.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "analyzer/model/digest.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits without leading zeros: the longer one is the greater.
std::string_view significant(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view() : digits.substr(first);
}

/// -1, 0, 1.
int compare_versions(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      std::size_t i_end = i, j_end = j;
      while (i_end < a.size() && is_digit(a[i_end])) ++i_end;
      while (j_end < b.size() && is_digit(b[j_end])) ++j_end;
      const std::string_view x = significant(a.substr(i, i_end - i));
      const std::string_view y = significant(b.substr(j, j_end - j));
      if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
      if (const int order = x.compare(y); order != 0) return order < 0 ? -1 : 1;
      i = i_end;
      j = j_end;
    } else {
      if (a[i] != b[j]) return a[i] < b[j] ? -1 : 1;
      ++i;
      ++j;
    }
  }
  if (i == a.size() && j == b.size()) return 0;
  return i == a.size() ? -1 : 1;
}

/// Counted by hand rather than by the clock.
std::optional<std::uint64_t> small_number(const std::string& version) {
  if (version.empty() || version.size() > 5 ||
      !std::all_of(version.begin(), version.end(), is_digit))
    return std::nullopt;
  return std::stoull(version);
}

void find_gaps(MigrationReading& reading) {
  std::vector<std::pair<std::uint64_t, const Migration*>> numbers;
  for (const Migration& migration : reading.migrations) {
    if (migration.step.repeatable) continue;
    std::optional<std::uint64_t> number = small_number(migration.step.version);
    if (!number) return;
    numbers.emplace_back(*number, &migration);
  }
  std::size_t gaps = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    gaps += numbers[i].first > numbers[i - 1].first + 1 ? 1 : 0;
  // Steps of ten, or numbers that mean something else, have no gaps.
  if (numbers.size() < 3 || gaps * 3 > numbers.size()) return;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].first <= numbers[i - 1].first + 1) continue;
    const MigrationStep& before = numbers[i - 1].second->step;
    const MigrationStep& after = numbers[i].second->step;
    ChainFault fault;
    fault.kind = ChainFaultKind::gap;
    fault.version = after.version;
    fault.message = "No step stands between " + before.version + " and " + after.version +
                    ", and the others are numbered one by one: a file may be missing.";
    fault.origin = after.up.origin;
    fault.related = {before.up.origin};
    reading.faults.push_back(std::move(fault));
  }
}

}  // namespace

std::string file_name(const MigrationFile& file) {
  return file.path.substr(file.path.rfind('/') + 1);
}

NumberedName numbered_name(const std::string& name) {
  NumberedName numbered;
  std::size_t end = 0;
  while (end < name.size() && is_digit(name[end])) ++end;
  numbered.version = name.substr(0, end);
  if (end < name.size() && (name[end] == '_' || name[end] == '-')) ++end;
  numbered.rest = name.substr(end);
  return numbered;
}

bool comes_before(const std::string& a, const std::string& b) {
  return compare_versions(a, b) < 0;
}

bool holds_no_statement(const std::string& sql) {
  const std::vector<Piece> pieces = cut_pieces(sql);
  return std::none_of(pieces.begin(), pieces.end(),
                      [](const Piece& piece) { return piece.end > piece.begin; });
}

void judge_numbers(MigrationReading& reading) {
  const Migration* last = nullptr;
  for (const Migration& migration : reading.migrations) {
    if (migration.step.repeatable) continue;
    if (last && compare_versions(last->step.version, migration.step.version) == 0) {
      ChainFault fault;
      fault.kind = ChainFaultKind::duplicate_version;
      fault.version = migration.step.version;
      fault.message = "Two steps have the version " + migration.step.version +
                      ": which of them runs first, or at all, depends on the tool.";
      fault.origin = migration.step.up.origin;
      fault.related = {last->step.up.origin};
      reading.faults.push_back(std::move(fault));
    }
    last = &migration;
  }
  if (last) reading.heads = {last->step.version};
  find_gaps(reading);
}

Migration step_of(const MigrationFile& file, std::string version, std::string name) {
  Migration migration;
  migration.step.version = std::move(version);
  migration.step.name = std::move(name);
  migration.step.digest = file.digest.empty() ? sha256_hex(file.text) : file.digest;
  migration.step.up = {{file.uri, 1, 1}, holds_no_statement(file.text)};
  migration.up = {{file.text, file.uri}};
  return migration;
}

void add_way_back(Migration& migration, const MigrationFile& file) {
  migration.step.down = MigrationScript{{file.uri, 1, 1}, holds_no_statement(file.text)};
  migration.down = {{file.text, file.uri}};
}

void add_unread_step(MigrationReading& reading, const MigrationFile& file) {
  Problem problem;
  problem.kind = ProblemKind::unanalysed;
  problem.origin = {file.uri, 1, 1};
  problem.message = file_name(file) +
                    " is a migration, and its language is not read: what it "
                    "changes is not known";
  reading.problems.push_back(std::move(problem));
}

ChainFault not_understood(const MigrationFile& file, int line, std::string message) {
  ChainFault fault;
  fault.kind = ChainFaultKind::not_understood;
  fault.version = file_name(file);
  fault.message = std::move(message);
  fault.origin = {file.uri, line, 1};
  return fault;
}

}  // namespace schemaudit

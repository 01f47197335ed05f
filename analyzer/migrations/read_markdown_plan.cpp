#include <algorithm>
#include <optional>
#include <string>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"
#include "analyzer/model/digest.h"
#include "schema_docs/markdown.h"
#include "schema_docs/sections.h"
#include "schema_docs/unicode_text.h"

namespace schemaudit {

namespace {

/// SQL that a plan holds, with the headings it stands under.
struct PlanFence {
  SqlText text;
  SqlPurpose purpose = SqlPurpose::schema;
  std::vector<Section> headings;
};

bool is_sql(const std::string& language) {
  return language == "sql" || language == "psql" || language == "pgsql" ||
         language == "postgresql" || language == "postgres" || language == "plpgsql";
}

class FenceCollector {
 public:
  explicit FenceCollector(const MigrationFile& file) : file_(file), sections_(file.uri) {}

  std::vector<PlanFence> collect() {
    const MarkdownDocument document = parse_markdown(with_valid_utf8(file_.text), {});
    refused_ = document.refused;
    walk(document.blocks);
    return std::move(fences_);
  }
  /// Why the document could not be parsed.
  const std::string& refused() const { return refused_; }

 private:
  void walk(const std::vector<Block>& blocks) {
    std::string lead_in;
    for (const Block& block : blocks) {
      if (block.kind == BlockKind::heading) sections_.enter(block);
      if (block.kind == BlockKind::code && is_sql(block.language))
        fences_.push_back({{block.literal, file_.uri, block.literal_line, block.literal_column},
                           sections_.purpose(lead_in, block.literal),
                           sections_.headings()});
      walk(block.children);
      lead_in = block.kind == BlockKind::paragraph ? block.inlines.text() : std::string();
    }
  }

  const MigrationFile& file_;
  Sections sections_;
  std::vector<PlanFence> fences_;
  std::string refused_;
};

const Section* heading_at(const PlanFence& fence, int level) {
  auto found = std::find_if(fence.headings.begin(), fence.headings.end(),
                            [&](const Section& section) { return section.level == level; });
  return found == fence.headings.end() ? nullptr : &*found;
}

/// The outermost level on which the plan's SQL stands under two headings or more; unset where it
/// has no such parts.
std::optional<int> level_of_phases(const std::vector<PlanFence>& fences) {
  for (int level = 2; level <= 6; ++level) {
    int first = 0;
    for (const PlanFence& fence : fences) {
      const Section* heading = heading_at(fence, level);
      if (fence.purpose != SqlPurpose::schema || !heading) continue;
      if (first != 0 && heading->line != first) return level;
      first = heading->line;
    }
  }
  return std::nullopt;
}

MigrationScript script_of(const std::vector<SqlText>& texts) {
  MigrationScript script;
  script.origin = {texts.front().uri, texts.front().first_line, texts.front().first_column};
  script.empty = std::all_of(texts.begin(), texts.end(),
                             [](const SqlText& text) { return holds_no_statement(text.text); });
  // Typed into psql, statement by statement.
  script.in_transaction = false;
  return script;
}

void add_phases(const MigrationFile& file, const std::vector<PlanFence>& fences,
                MigrationReading& reading) {
  const std::optional<int> level = level_of_phases(fences);
  auto phase_of = [&](const PlanFence& fence) {
    const Section* heading = level ? heading_at(fence, *level) : nullptr;
    return heading ? heading->line : 0;
  };
  std::vector<std::pair<int, std::size_t>> phases;
  for (const PlanFence& fence : fences) {
    if (fence.purpose != SqlPurpose::schema) continue;
    const int line = phase_of(fence);
    auto known = std::find_if(phases.begin(), phases.end(),
                              [&](const auto& phase) { return phase.first == line; });
    if (known == phases.end()) {
      Migration migration;
      migration.step.version = std::to_string(reading.migrations.size() + 1);
      const Section* heading = level ? heading_at(fence, *level) : nullptr;
      migration.step.name = heading                  ? heading->title
                            : fence.headings.empty() ? file_name(file)
                                                     : fence.headings.front().title;
      migration.step.digest = sha256_hex(file.text);
      phases.emplace_back(line, reading.migrations.size());
      reading.migrations.push_back(std::move(migration));
      known = std::prev(phases.end());
    }
    reading.migrations[known->second].up.push_back(fence.text);
  }
  for (const PlanFence& fence : fences) {
    if (fence.purpose != SqlPurpose::rollback) continue;
    auto phase = std::find_if(phases.begin(), phases.end(), [&](const auto& each) {
      return each.first != 0 && each.first == phase_of(fence);
    });
    (phase == phases.end() ? reading.way_back : reading.migrations[phase->second].down)
        .push_back(fence.text);
  }
}

}  // namespace

/// The SQL fences of documents: each part that heads some of them is a step, those under words of
/// rollback lead back, from the step if they stand in its part, else from all steps at once. What
/// checks or shows is left to `verify` and to the reader.
MigrationReading read_markdown_plan(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::markdown_plan;
  for (const MigrationFile& file : files.files) {
    if (!file.path.ends_with(".md") && !file.path.ends_with(".markdown")) continue;
    FenceCollector collector(file);
    const std::vector<PlanFence> fences = collector.collect();
    if (!collector.refused().empty())
      reading.faults.push_back(not_understood(file, 1, collector.refused()));
    add_phases(file, fences, reading);
  }
  for (Migration& migration : reading.migrations) {
    migration.step.up = script_of(migration.up);
    if (!migration.down.empty()) migration.step.down = script_of(migration.down);
  }
  if (!reading.way_back.empty()) reading.way_back_script = script_of(reading.way_back);
  if (reading.migrations.empty())
    reading.refused = files.folder +
                      " holds no SQL that builds anything: a plan has it in ```sql "
                      "fences, outside of sections on rollback and validation";
  else
    reading.heads = {reading.migrations.back().step.version};
  return reading;
}

}  // namespace schemaudit

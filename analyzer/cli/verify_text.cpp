#include <fmt/format.h>

#include "analyzer/cli/verify_report.h"
#include "analyzer/model/redact.h"
#include "reports/report_words.h"
#include "reports/text_writer.h"

namespace schemaudit {

namespace {

constexpr int kLabel = 12;

struct StateWords {
  const char* label;
  Paint paint;
};

StateWords words_for(VerificationState state) {
  switch (state) {
    case VerificationState::passed:
      return {"pass", Paint::good};
    case VerificationState::failed:
      return {"FAIL", Paint::critical};
    case VerificationState::not_proved:
      return {"NOT PROVED", Paint::high};
    case VerificationState::not_evaluated:
      return {"not judged", Paint::medium};
    case VerificationState::no_expectation:
      return {"no claim", Paint::faint};
  }
  return {"", Paint::plain};
}

void write_detail(const char* label, const std::string& text, TextWriter& writer) {
  if (!text.empty()) writer.line(kLabel, {{fmt::format("{:<10}", label), Paint::faint}, text}, 10);
}

std::string in_cells(const std::vector<std::optional<std::string>>& row,
                     const std::vector<std::string>& columns) {
  std::string text;
  for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i)
    text += (i ? ", " : "") + columns[i] + " = " + row[i].value_or("NULL");
  return text;
}

void write_rows(const LiveAnswer& answer, TextWriter& writer) {
  for (std::size_t i = 0; i < answer.rows.size(); ++i)
    write_detail(i == 0 ? "rows" : "", in_cells(answer.rows[i], answer.columns), writer);
  if (!answer.rows.empty() && answer.row_count > answer.rows.size())
    write_detail("", fmt::format("and {} more", answer.row_count - answer.rows.size()), writer);
}

void write_verification(const Verification& result, TextWriter& writer) {
  const StateWords words = words_for(result.state);
  const bool stated = result.state != VerificationState::no_expectation;
  writer.line(0,
              {{fmt::format("{:<{}}", words.label, kLabel), words.paint},
               result.key + "  ",
               {to_string(Origin{result.origin.uri, result.origin.line}), Paint::place},
               {stated ? "" : "  no expectation stated", Paint::faint}},
              kLabel);
  if (!stated) return;
  write_detail("expected",
               result.expected + "  (line " + std::to_string(result.expected_at.line) + ")",
               writer);
  write_detail("seen", result.seen, writer);
  if (result.state == VerificationState::failed) write_rows(result.answer, writer);
  write_detail("because", result.reason, writer);
  for (const std::string& view : result.from_catalog)
    write_detail("asked", "information_schema." + view + " was read from pg_catalog", writer);
  if (result.state == VerificationState::failed || result.state == VerificationState::not_proved) {
    writer.block(kLabel, redact(result.sql));
    writer.blank();
  }
}

std::string counts(const VerificationReport& report) {
  return fmt::format(
      "{} passed, {} failed, {} not proved, {} not evaluated, {} without a stated expectation",
      report.count(VerificationState::passed), report.count(VerificationState::failed),
      report.count(VerificationState::not_proved), report.count(VerificationState::not_evaluated),
      report.count(VerificationState::no_expectation));
}

}  // namespace

std::string verify_text(const VerificationReport& report, const TextStyle& style) {
  TextWriter writer(style);
  for (const EvidenceInput& input : report.inputs) {
    std::vector<StyledText> line = {
        {input.kind == "db" ? "database   " : "documents  ", Paint::strong}, input.name};
    if (input.kind == "db" && !report.server.version.empty())
      line.push_back(" (" + describe_server(report.server) + ")");
    writer.line(0, line);
  }
  writer.blank();
  for (const Verification& result : report.verifications) write_verification(result, writer);
  if (!report.verifications.empty()) writer.blank();
  for (const std::string& unseen : report.unseen)
    writer.line(0, {{"NOT SEEN    ", Paint::high}, unseen}, kLabel);
  for (const std::string& note : report.notes)
    writer.line(0, {{"note        ", Paint::faint}, note}, kLabel);
  switch (report.state()) {
    case EvidenceState::passed:
      writer.line(0, {{"PASS", Paint::good}, "  " + counts(report)});
      break;
    case EvidenceState::failed:
      writer.line(0, {{"FAIL", Paint::critical}, "  " + counts(report)});
      break;
    case EvidenceState::incomplete:
      writer.line(0, {{"INCOMPLETE", Paint::high}, "  " + counts(report)});
      break;
  }
  return writer.take();
}

}  // namespace schemaudit

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/cli/diff_report.h"
#include "reports/report_words.h"
#include "reports/text_writer.h"

namespace schemaudit {

namespace {

constexpr std::size_t kProblemsInFull = 40;
constexpr std::size_t kOpenFactsInFull = 40;

/// Empty for what a file says at no place of its own (a grant).
std::string place(const Origin& origin, const DiffSide& side) {
  if (origin.from_file()) return to_string(Origin{origin.uri, origin.line, 0});
  return side.kind == "sql" || side.kind == "docs" ? std::string() : std::string("catalog");
}

/// The table, or the object itself where it stands in none.
std::string group_of(const ObjectRef& object) {
  std::string schema = object.schema.empty() ? "" : quote_identifier(object.schema) + ".";
  if (!object.table.empty()) return schema + quote_identifier(object.table);
  return object.kind + " " + schema + quote_identifier(object.name);
}

void write_side(const char* part, const DiffSide& side, TextWriter& writer) {
  std::vector<StyledText> line = {{part, Paint::strong}, side.name.empty() ? side.kind : side.name};
  if (side.server) line.push_back(" (" + describe_server(*side.server) + ")");
  line.push_back({"  " + describe_counts(side.objects), Paint::faint});
  if (side.statements.total > 0)
    line.push_back({", " + counted(side.statements.total, "statement"), Paint::faint});
  writer.line(0, line);
}

void write_difference(const DiffReport& report, const Difference& difference, TextWriter& writer) {
  const ObjectRef& object = difference.object;
  bool of_group = object.table.empty() || object.kind == "table" || object.kind == "view";
  std::string what = of_group ? std::string() : object.kind + " " + quote_identifier(object.name);
  if (difference.aspect == "presence") {
    bool in_from = difference.from.has_value();
    std::string shown = in_from ? *difference.from : *difference.to;
    if (!of_group) shown = what + "  " + shown;
    writer.line(2,
                {{in_from ? "- " : "+ ", in_from ? Paint::high : Paint::good},
                 shown + "  ",
                 {place(in_from ? difference.from_origin : difference.to_origin,
                        in_from ? report.from : report.to),
                  Paint::place},
                 {in_from ? "  only in FROM" : "  only in TO", Paint::faint}},
                6);
    return;
  }
  if (!what.empty()) what += ": ";
  std::vector<StyledText> head = {{"~ ", Paint::medium}, what + difference.aspect};
  if (difference.name_only) head.push_back({"  (name only)", Paint::faint});
  writer.line(2, head, 6);
  for (bool from : {true, false})
    writer.line(6,
                {{from ? "- " : "+ ", from ? Paint::high : Paint::good},
                 (from ? difference.from : difference.to).value_or("nothing") + "  ",
                 {place(from ? difference.from_origin : difference.to_origin,
                        from ? report.from : report.to),
                  Paint::place}},
                4);
}

void write_problems(const DiffReport& report, TextWriter& writer) {
  if (report.from.problems.empty() && report.to.problems.empty()) return;
  writer.section("Not checked, and problems");
  for (const DiffSide* side : {&report.from, &report.to}) {
    std::size_t shown = 0;
    for (const Problem& problem : side->problems) {
      if (++shown > kProblemsInFull) break;
      std::vector<StyledText> line = {{side == &report.from ? "FROM " : "TO   ", Paint::faint}};
      if (problem.origin.from_file())
        line.push_back({place(problem.origin, *side) + "  ", Paint::place});
      std::string kind(word_for(problem.kind));
      for (char& c : kind)
        if (c == '_') c = ' ';
      line.push_back({kind + ": ", Paint::medium});
      line.push_back(problem.message);
      writer.line(2, line, 4);
    }
    if (side->problems.size() > kProblemsInFull)
      writer.line(2, {fmt::format("and {} more; --format json lists them all",
                                  side->problems.size() - kProblemsInFull)});
  }
}

/// `column public.totals.sum: type`
std::string what_is_open(const OpenFact& fact) {
  std::string text = group_of(fact.object);
  if (!fact.object.table.empty()) {
    const bool of_table = fact.object.kind == "table" || fact.object.kind == "view";
    if (of_table)
      text = fact.object.kind + " " + text;
    else
      text = fact.object.kind + " " + text + "." + quote_identifier(fact.object.name);
  }
  return text + ": " + fact.aspect;
}

void write_open_facts(const DiffReport& report, TextWriter& writer) {
  const std::vector<OpenFact>& facts = report.found.open_facts;
  if (facts.empty()) return;
  writer.section("Not compared");
  for (std::size_t i = 0; i < std::min(facts.size(), kOpenFactsInFull); ++i) {
    const OpenFact& fact = facts[i];
    const bool undecided = fact.why == OpenFact::Why::undecided;
    writer.line(2, {{undecided ? "undecided  " : "unknown  ", Paint::medium}, what_is_open(fact)},
                6);
    for (bool from : {true, false})
      writer.line(6,
                  {{from ? "- " : "+ ", Paint::faint},
                   (from ? fact.from : fact.to).value_or("not known") + "  ",
                   {place(from ? fact.from_origin : fact.to_origin, from ? report.from : report.to),
                    Paint::place}},
                  4);
  }
  if (facts.size() > kOpenFactsInFull)
    writer.line(2, {fmt::format("and {} more; --format json lists them all",
                                facts.size() - kOpenFactsInFull)});
}

void write_counts(const DiffReport& report, TextWriter& writer) {
  const SchemaDifferences& found = report.found;
  writer.section("Counts");
  std::string line = fmt::format("{} compared, {}, {} unknown", counted(found.compared, "fact"),
                                 counted(found.differences.size(), "difference"), found.unknown);
  if (found.unknown_view_columns > 0)
    line += fmt::format(" (and {} of views' columns)", found.unknown_view_columns);
  line += fmt::format(", {} undecided, {} unanalysed, {} refused", found.undecided,
                      report.unanalysed, report.refused);
  writer.line(2, {line});
  std::string kinds;
  for (const auto& [what, count] : found.not_compared)
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", count, what);
  if (!kinds.empty()) writer.line(2, {{"not compared: " + kinds, Paint::faint}});
  std::string left_out;
  for (const DiffSide* side : {&report.from, &report.to})
    for (const LeftOut& out : side->left_out) {
      std::string entry = out.what + " (" + out.why + ")";
      if (left_out.find(entry) == std::string::npos)
        left_out += (left_out.empty() ? "" : ", ") + entry;
    }
  if (!left_out.empty()) writer.line(2, {{"left out: " + left_out, Paint::faint}});
}

}  // namespace

std::string diff_text(const DiffReport& report, const TextStyle& style) {
  TextWriter writer(style);
  const std::size_t count = report.found.differences.size();
  if (report.equal() && report.nothing_read())
    writer.line(0, {{"INCOMPLETE", Paint::medium}, "  there is no table in either source"});
  else if (report.equal())
    writer.line(0,
                {{"EQUAL", Paint::good},
                 "  in all " + counted(report.found.compared, "fact") + " that could be compared"});
  else
    writer.line(0, {{"DIFFERENT", Paint::critical}, "  " + counted(count, "difference")});
  writer.blank();
  write_side("FROM  ", report.from, writer);
  write_side("TO    ", report.to, writer);
  std::string group;
  for (const Difference& difference : report.found.differences) {
    std::string next = group_of(difference.object);
    if (next != group) writer.section(next);
    group = std::move(next);
    write_difference(report, difference, writer);
  }
  write_problems(report, writer);
  write_open_facts(report, writer);
  write_counts(report, writer);
  return writer.take();
}

}  // namespace schemaudit

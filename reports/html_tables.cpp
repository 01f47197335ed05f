#include "reports/html_tables.h"

#include <algorithm>
#include <map>

#include "analyzer/model/names.h"
#include "reports/html_neighbourhood.h"
#include "reports/page_limits.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

class TablesWriter {
 public:
  TablesWriter(const Report& report, HtmlWriter& html)
      : report_(report), html_(html), begin_(html.size()) {
    for (const Finding& finding : report.findings)
      if (finding.state == FindingState::new_ && !finding.object.table.empty())
        findings_[{finding.object.schema, finding.object.table}].push_back(&finding);
    for (const Neighbourhood& neighbourhood : report.neighbourhoods)
      neighbourhoods_[neighbourhood.table] = &neighbourhood;
    for (const TableReport& table : report.tables) tables_[{table.schema, table.name}] = &table;
    // A rule may speak of a table that no source tells of.
    for (const auto& [name, findings] : findings_) tables_.try_emplace(name, nullptr);
  }

  bool anything() const { return !tables_.empty(); }

  void write() {
    std::vector<QualifiedName> loud, quiet;
    for (const auto& [name, table] : tables_)
      (findings_.count(name) > 0 ? loud : quiet).push_back(name);
    // The worst first; among equals by name.
    std::stable_sort(loud.begin(), loud.end(), [&](const QualifiedName& a, const QualifiedName& b) {
      return findings_[a].front()->severity > findings_[b].front()->severity;
    });
    const std::size_t shown = std::min(loud.size(), kTableSections);
    for (std::size_t i = 0; i < shown; ++i) write_table(loud[i], shown <= 4);
    if (shown < loud.size())
      html_.markup("<p class=\"notice\">")
          .text(counted(loud.size() - shown, "more table"))
          .markup(" with findings: see Findings.</p>");
    if (!quiet.empty()) write_quiet(quiet);
  }

 private:
  void write_table(const QualifiedName& name, bool open) {
    const std::vector<const Finding*>& findings = findings_[name];
    html_.markup("<details class=\"table\" id=\"t-").number(++number_).markup("\"");
    if (open) html_.markup(" open");
    html_.markup("><summary><code>").text(to_string(name)).markup("</code>");
    write_badges(findings);
    html_.markup("</summary><div class=\"body\">");
    if (const TableReport* table = tables_[name]) write_sides(*table);
    html_.markup("<ul class=\"table-findings\">");
    const bool full = html_.size() - begin_ < kBytesOfFullTables;
    const std::size_t shown =
        std::min(findings.size(), full ? kFindingsOfTable : kFindingsOfShortTable);
    for (std::size_t i = 0; i < shown; ++i) {
      html_.markup("<li><span class=\"badge sev-").text(to_string(findings[i]->severity));
      html_.markup("\">").text(to_string(findings[i]->severity)).markup("</span> <a href=\"#f-");
      html_.text(findings[i]->fingerprint)
          .markup("\">")
          .text(cut_for_html(findings[i]->message, kBytesOfBriefMessage));
      html_.markup("</a></li>");
    }
    if (shown < findings.size())
      html_.markup("<li>and ").number(findings.size() - shown).markup(" more under Findings</li>");
    html_.markup("</ul>");
    const auto neighbourhood = neighbourhoods_.find(to_string(name));
    if (neighbourhood != neighbourhoods_.end() && full)
      write_neighbourhood(*neighbourhood->second, ++pictures_, html_);
    else if (neighbourhood != neighbourhoods_.end())
      html_.markup(
          "<p class=\"note\">A page has no room for the foreign keys around every one of "
          "so many tables.</p>");
    html_.markup("</div></details>");
  }

  void write_badges(const std::vector<const Finding*>& findings) {
    html_.markup("<span class=\"badges\">");
    for (Severity severity : kSeverities) {
      const auto count =
          std::count_if(findings.begin(), findings.end(),
                        [&](const Finding* finding) { return finding->severity == severity; });
      if (count == 0) continue;
      html_.markup(" <span class=\"badge sev-").text(to_string(severity)).markup("\">");
      html_.number(static_cast<std::size_t>(count)).markup(" ").text(to_string(severity));
      html_.markup("</span>");
    }
    html_.markup("</span>");
  }

  void write_sides(const TableReport& table) {
    html_.markup(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"What each source tells "
        "of ");
    html_.text(table.name)
        .markup(
            "\"><table class=\"sides-of-table\"><thead><tr><th scope=\"col\">Source</th>"
            "<th scope=\"col\" class=\"num\">Columns</th><th scope=\"col\" "
            "class=\"num\">Constraints"
            "</th><th scope=\"col\" class=\"num\">Indexes</th><th "
            "scope=\"col\">Where</th></tr></thead>"
            "<tbody>");
    for (const SourceReport& source : report_.sources) {
      if (source.role == Role::before) continue;
      const auto side =
          std::find_if(table.sides.begin(), table.sides.end(),
                       [&](const TableSide& candidate) { return candidate.role == source.role; });
      html_.markup("<tr><th scope=\"row\">").text(side_name(source.role)).markup("</th>");
      if (side == table.sides.end()) {
        html_.markup("<td colspan=\"4\" class=\"silent\">says nothing of it</td></tr>");
        continue;
      }
      html_.markup("<td class=\"num\">").number(side->columns).markup("</td><td class=\"num\">");
      html_.number(side->constraints).markup("</td><td class=\"num\">").number(side->indexes);
      html_.markup("</td><td class=\"place\">").text(place_of(side->origin)).markup("</td></tr>");
    }
    html_.markup("</tbody></table></div>");
  }

  void write_quiet(const std::vector<QualifiedName>& quiet) {
    html_.markup("<details class=\"quiet\"><summary>").text(counted(quiet.size(), "table"));
    html_.markup(" without findings</summary><p class=\"members\">");
    const std::size_t shown = std::min(quiet.size(), kQuietTables);
    for (std::size_t i = 0; i < shown; ++i)
      html_.markup("<code>").text(to_string(quiet[i])).markup("</code> ");
    if (shown < quiet.size()) html_.markup("and ").number(quiet.size() - shown).markup(" more");
    html_.markup("</p></details>");
  }

  const Report& report_;
  HtmlWriter& html_;
  const std::size_t begin_;
  std::map<QualifiedName, const TableReport*> tables_;
  std::map<QualifiedName, std::vector<const Finding*>> findings_;
  std::map<std::string, const Neighbourhood*> neighbourhoods_;
  std::size_t number_ = 0;
  std::size_t pictures_ = 0;
};

}  // namespace

void write_tables(const Report& report, HtmlWriter& html) {
  TablesWriter writer(report, html);
  if (!writer.anything()) return;
  html.markup(
      "<section id=\"tables\" aria-labelledby=\"tables-title\"><h2 id=\"tables-title\">"
      "Tables</h2>");
  writer.write();
  html.markup("</section>");
}

}  // namespace schemaudit

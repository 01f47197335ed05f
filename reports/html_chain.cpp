#include "reports/html_chain.h"

#include <algorithm>

#include "reports/page_limits.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

void write_way_back(const std::optional<MigrationScript>& down, HtmlWriter& html) {
  if (!down) {
    html.markup("<span class=\"bad\">✗ none</span>");
    return;
  }
  if (down->empty)
    html.markup("<span class=\"open\">? empty</span> ");
  else
    html.markup("<span class=\"ok\">✓</span> ");
  html.markup("<span class=\"place\">").text(place_of(down->origin)).markup("</span>");
}

void write_applied(const std::optional<bool>& applied, HtmlWriter& html) {
  if (!applied)
    html.markup("<span class=\"silent\">unknown</span>");
  else if (*applied)
    html.markup("<span class=\"ok\">✓ applied</span>");
  else
    html.markup("<span class=\"open\">– not yet</span>");
}

void write_step(const MigrationStep& step, bool linked, HtmlWriter& html) {
  html.markup("<tr><th scope=\"row\"><code>").text(step.version).markup("</code>");
  if (!step.name.empty()) html.markup("<span class=\"why\">").text(step.name).markup("</span>");
  html.markup("</th>");
  if (linked) {
    html.markup("<td>");
    for (const std::string& parent : step.parents)
      html.markup("<code>").text(parent).markup("</code> ");
    html.markup("</td>");
  }
  html.markup("<td class=\"place\">").text(place_of(step.up.origin));
  if (step.up.empty) html.markup(" <span class=\"open\">empty</span>");
  if (!step.up.in_transaction) html.markup(" <span class=\"tag\">no transaction</span>");
  html.markup("</td><td>");
  write_way_back(step.down, html);
  html.markup("</td><td>");
  write_applied(step.applied, html);
  html.markup("</td></tr>");
}

}  // namespace

void write_chain(const Report& report, HtmlWriter& html) {
  if (!report.chain) return;
  const MigrationChain& chain = *report.chain;
  html.markup(
      "<section id=\"migrations\" aria-labelledby=\"migrations-title\">"
      "<h2 id=\"migrations-title\">Migrations</h2><p class=\"lead\">");
  html.text(counted(chain.steps.size(), "step")).markup(" in <code>").text(chain.folder);
  html.markup("</code>, read as ").text(to_string(chain.tool));
  if (chain.heads.size() > 1)
    html.markup("; <b>")
        .number(chain.heads.size())
        .markup(" heads</b>: ")
        .text(first_of(chain.heads, 5));
  else if (!chain.heads.empty())
    html.markup("; head <code>").text(chain.heads.front()).markup("</code>");
  html.markup(".</p>");
  if (!chain.faults.empty()) {
    html.markup("<ul class=\"gaps\">");
    for (const ChainFault& fault : chain.faults) {
      html.markup("<li class=\"may-hide\">").text(fault.message);
      html.markup(" <span class=\"place\">").text(place_of(fault.origin)).markup("</span></li>");
    }
    html.markup("</ul>");
  }
  const bool linked = std::any_of(chain.steps.begin(), chain.steps.end(),
                                  [](const MigrationStep& step) { return !step.parents.empty(); });
  html.markup(
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Migrations\">"
      "<table class=\"chain\"><thead><tr><th scope=\"col\">Version</th>");
  if (linked) html.markup("<th scope=\"col\">After</th>");
  html.markup(
      "<th scope=\"col\">Up</th><th scope=\"col\">Way back</th>"
      "<th scope=\"col\">Applied</th></tr></thead><tbody>");
  const std::size_t shown = std::min(chain.steps.size(), kMigrationSteps);
  for (std::size_t i = 0; i < shown; ++i) write_step(chain.steps[i], linked, html);
  html.markup("</tbody></table></div>");
  if (shown < chain.steps.size())
    html.markup("<p class=\"notice\">and ")
        .number(chain.steps.size() - shown)
        .markup(" more, in the JSON report</p>");
  if (chain.way_back)
    html.markup("<p class=\"note\">One way back from all of them: <span class=\"place\">")
        .text(place_of(chain.way_back->origin))
        .markup("</span></p>");
  html.markup("</section>");
}

}  // namespace schemaudit

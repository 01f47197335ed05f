#include "reports/html_documents.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "analyzer/model/utf8.h"
#include "reports/page_limits.h"
#include "reports/report_words.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

// In the order in which people look for them.
constexpr std::array<ClaimState, 4> kStates = {ClaimState::refuted, ClaimState::noted,
                                               ClaimState::unchecked, ClaimState::holds};

std::string state_count(ClaimState state, std::size_t count) {
  const std::string number = std::to_string(count);
  switch (state) {
    case ClaimState::holds:
      return "✓ " + number + (count == 1 ? " holds" : " hold");
    case ClaimState::refuted:
      return "✗ " + number + " refuted";
    case ClaimState::unchecked:
      return "? " + number + " not checked";
    case ClaimState::noted:
      return "! " + counted(count, "other finding");
  }
  return number;
}

std::size_t count_in(const AnnotatedDocument& document, ClaimState state) {
  return static_cast<std::size_t>(
      std::count_if(document.claims.begin(), document.claims.end(),
                    [&](const DocumentClaim& claim) { return claim.state == state; }));
}

/// The byte at which a line's character (from 1) begins.
std::size_t byte_of(std::string_view line, int character) {
  std::size_t at = 0;
  for (int seen = 1; at < line.size() && seen < character; ++seen)
    at += code_point_at(line, at).length;
  return std::min(at, line.size());
}

class DocumentWriter {
 public:
  DocumentWriter(const AnnotatedDocument& document, std::size_t number, HtmlWriter& html)
      : document_(document), number_(number), html_(html) {
    for (const DocumentClaim& claim : document.claims) by_line_[claim.line].push_back(&claim);
  }

  void write() {
    html_.markup("<details class=\"annotated\" id=\"doc-").number(number_).markup("\"><summary>");
    html_.markup("<code>").text(document_.uri).markup("</code>");
    if (document_.state != DocumentState::current)
      html_.markup(" <span class=\"tag\">").text(to_string(document_.state)).markup("</span>");
    html_.markup("<span class=\"badges\">");
    bool any = false;
    for (ClaimState state : kStates) {
      const std::size_t count = count_in(document_, state);
      if (count == 0) continue;
      any = true;
      html_.markup(" <span class=\"claim-count ").text(to_string(state)).markup("\">");
      html_.text(state_count(state, count)).markup("</span>");
    }
    if (!any) html_.markup(" <span class=\"count\">nothing was read as a claim</span>");
    html_.markup("</span></summary>");
    if (document_.lines.empty())
      html_.markup("<p class=\"note\">The file could not be read again to be shown.</p>");
    html_.markup("<ol class=\"document-lines\">");
    for (std::size_t i = 0; i < document_.lines.size(); ++i) write_line(i);
    html_.markup("</ol></details>");
  }

 private:
  using Claims = std::vector<const DocumentClaim*>;

  void write_line(std::size_t index) {
    const std::string& line = document_.lines[index];
    const auto found = by_line_.find(static_cast<int>(index) + 1);
    const Claims* claims = found == by_line_.end() ? nullptr : &found->second;
    fenced_ = fenced_ != (line.starts_with("```") || line.starts_with("~~~"));
    const bool heading = !fenced_ && line.starts_with("#");
    if (claims) {
      html_.markup("<li id=\"doc-").number(number_).markup("-").number(index + 1);
      html_.markup("\" class=\"claims ").text(to_string(worst_of(*claims)));
      if (heading) html_.markup(" heading");
      html_.markup("\">");
    } else if (heading) {
      html_.markup("<li class=\"heading\">");
    } else {
      html_.markup("<li>");
    }
    html_.markup("<span class=\"n\">").number(index + 1).markup("</span><code>");
    write_marked(line, claims);
    html_.markup("</code>");
    if (claims) write_margin(*claims);
    html_.markup("</li>");
  }

  static ClaimState worst_of(const Claims& claims) {
    for (ClaimState state : kStates)
      if (std::any_of(claims.begin(), claims.end(),
                      [&](const DocumentClaim* claim) { return claim->state == state; }))
        return state;
    return ClaimState::holds;
  }

  /// The words that say something, marked; of claims that share words the worst one marks them.
  void write_marked(std::string_view whole, const Claims* claims) {
    const std::string_view line = cut_at_character(whole, kBytesOfLine);
    Claims marked;
    if (claims)
      for (const DocumentClaim* claim : *claims)
        if (claim->length > 0) marked.push_back(claim);
    auto rank = [](const DocumentClaim* claim) {
      return std::find(kStates.begin(), kStates.end(), claim->state) - kStates.begin();
    };
    std::stable_sort(marked.begin(), marked.end(),
                     [&](const DocumentClaim* a, const DocumentClaim* b) {
                       return a->column != b->column ? a->column < b->column : rank(a) < rank(b);
                     });
    std::size_t at = 0;
    for (const DocumentClaim* claim : marked) {
      const std::size_t begin = byte_of(line, claim->column);
      const std::size_t end = byte_of(line, claim->column + claim->length);
      if (begin < at || end <= begin) continue;
      html_.text_line(line.substr(at, begin - at)).markup("<mark class=\"");
      html_.text(to_string(claim->state)).markup("\">");
      html_.text_line(line.substr(begin, end - begin)).markup("</mark>");
      at = end;
    }
    html_.text_line(line.substr(at));
    if (line.size() < whole.size()) html_.markup(" <span class=\"silent\">(cut here)</span>");
  }

  void write_margin(const Claims& claims) {
    html_.markup("<ul class=\"margin\">");
    for (const DocumentClaim* claim : claims)
      if (claim->state != ClaimState::holds) write_claim(*claim);
    write_held(claims);
    html_.markup("</ul>");
  }

  /// With the space after it; empty where what is stated begins with it anyway.
  static std::string kind_of(const DocumentClaim& claim) {
    return claim.stated.starts_with(claim.kind) ? std::string() : claim.kind + " ";
  }

  void write_claim(const DocumentClaim& claim) {
    html_.markup("<li class=\"").text(to_string(claim.state)).markup("\">");
    switch (claim.state) {
      case ClaimState::refuted:
        html_.markup("<span class=\"tick\">✗</span> <b>").text(kind_of(claim)).markup("</b>");
        break;
      case ClaimState::unchecked:
        html_.markup("<span class=\"tick\">?</span> ").text(kind_of(claim));
        break;
      case ClaimState::noted:
        html_.markup("<span class=\"tick\">!</span> ");
        break;
      case ClaimState::holds:
        break;
    }
    if (!claim.stated.empty()) html_.markup("<code>").text(claim.stated).markup("</code>: ");
    if (!claim.findings.empty())
      html_.markup("<a href=\"#f-").text(claim.findings.front()).markup("\">");
    html_.text(claim.reason.empty() ? claim.kind : claim.reason);
    if (!claim.findings.empty()) html_.markup("</a>");
    html_.markup("</li>");
  }

  /// What holds is told shortly: an object, and what was said of it.
  void write_held(const Claims& claims) {
    std::vector<std::pair<std::string, std::string>> objects;
    for (const DocumentClaim* claim : claims) {
      // SQL that names no collation says this of every column.
      if (claim->state != ClaimState::holds || claim->stated == "collation default") continue;
      const auto known = std::find_if(objects.begin(), objects.end(), [&](const auto& object) {
        return object.first == claim->object;
      });
      if (known == objects.end())
        objects.emplace_back(claim->object, claim->kind);
      else
        known->second += ", " + claim->kind;
    }
    for (const auto& [object, kinds] : objects) {
      html_.markup("<li class=\"holds\"><span class=\"tick\">✓</span> ");
      if (!object.empty()) html_.markup("<code>").text(last_part(object)).markup("</code> ");
      html_.text(kinds).markup("</li>");
    }
  }

  /// Of `public.users.email` the column: the line says the rest.
  static std::string_view last_part(std::string_view object) {
    const std::size_t dot = object.find_last_of(".>");
    return dot == std::string_view::npos || dot + 1 == object.size() ? object
                                                                     : object.substr(dot + 1);
  }

  const AnnotatedDocument& document_;
  const std::size_t number_;
  HtmlWriter& html_;
  std::map<int, Claims> by_line_;
  bool fenced_ = false;
};

}  // namespace

std::string document_anchor(const Report& report, std::string_view uri) {
  for (std::size_t i = 0; i < report.annotated.size(); ++i)
    if (report.annotated[i].uri == uri) return "doc-" + std::to_string(i + 1);
  return {};
}

void write_documents(const Report& report, std::size_t bytes, HtmlWriter& html) {
  if (report.annotated.empty()) return;
  html.markup(
      "<section id=\"documents\" aria-labelledby=\"documents-title\"><h2 id=\"documents-title\">"
      "Documents</h2><p class=\"lead\">Each document as it stands, with what was read as a claim "
      "beside its line: <span class=\"claim-count holds\">✓ holds</span> <span "
      "class=\"claim-count refuted\">✗ is refuted</span> <span class=\"claim-count "
      "unchecked\">? could not be checked</span> <span class=\"claim-count noted\">! another "
      "finding points here</span></p>");
  // Where there is no room for all, those that are refuted are shown.
  std::vector<HtmlWriter> pages(report.annotated.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.annotated.size(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return count_in(report.annotated[a], ClaimState::refuted) >
           count_in(report.annotated[b], ClaimState::refuted);
  });
  std::size_t used = 0, left_out = 0;
  for (std::size_t i : order) {
    HtmlWriter page;
    DocumentWriter(report.annotated[i], i + 1, page).write();
    if (used + page.size() > bytes) {
      ++left_out;
      continue;
    }
    used += page.size();
    pages[i] = std::move(page);
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].size() > 0) {
      html.add(pages[i]);
      continue;
    }
    html.markup("<p class=\"annotated-left-out\" id=\"doc-").number(i + 1).markup("\"><code>");
    html.text(report.annotated[i].uri).markup("</code>");
    for (ClaimState state : kStates)
      if (const std::size_t count = count_in(report.annotated[i], state); count > 0)
        html.markup(" ").text(state_count(state, count));
    html.markup("</p>");
  }
  if (left_out > 0)
    html.markup("<p class=\"notice\">")
        .text(counted(left_out, "document"))
        .markup(
            " would have made this page too heavy: their claims are counted alone. Audit them "
            "by themselves to see them.</p>");
  html.markup("</section>");
}

}  // namespace schemaudit

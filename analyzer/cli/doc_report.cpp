#include "analyzer/cli/doc_report.h"

#include <nlohmann/json.hpp>

#include "reports/report_words.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

namespace {

std::string diff_of(const ChangedDocument& change) {
  return unified_diff(change.uri, change.before ? &*change.before : nullptr, change.after);
}

std::string place_or_object(const Finding& finding) {
  return finding.locations.empty() ? to_string(finding.object)
                                   : to_string(finding.locations.front().origin);
}

const char* word_for(DocAction action) {
  switch (action) {
    case DocAction::write:
      return "write";
    case DocAction::check:
      return "check";
    case DocAction::preview:
      return "preview";
  }
  return "write";
}

}  // namespace

std::string doc_diff(const DocsInLine& done) {
  std::string diff;
  for (const ChangedDocument& change : done.changes) diff += diff_of(change);
  return diff;
}

std::string doc_text(const DocsInLine& done, DocAction action) {
  std::string text;
  const bool written = action == DocAction::write;
  for (const ChangedDocument& change : done.changes) {
    std::string verb = change.before ? (written ? "refreshed" : "would be refreshed")
                                     : (written ? "written" : "would be written");
    text += change.uri + ": " + verb;
    if (change.before && change.settled > 0)
      text += ", " + counted(change.settled, "disagreement") + " settled";
    if (!change.before && change.settled > 1) text += ", " + counted(change.settled, "table");
    text += "\n";
  }
  if (done.changes.empty() && done.left.empty()) text += "The docs say what is built.\n";
  if (done.left.empty()) return text;
  if (!text.empty()) text += "\n";
  text += counted(done.left.size(), "disagreement") + (done.left.size() == 1 ? " is" : " are") +
          " left for a person, for no edit was found that is certain to be right:\n";
  for (const Finding& finding : done.left)
    text += "  " + place_or_object(finding) + ": " + finding.message + " [" + finding.rule + "]\n";
  return text;
}

std::string doc_json(const DocsInLine& done, DocAction action) {
  using Json = nlohmann::ordered_json;
  Json json;
  json["format_version"] = "1.0";
  json["action"] = word_for(action);
  json["style"] = {{"form", to_string(done.style.form)},
                   {"learned", done.style.learned},
                   {"file_per_table", done.style.file_per_table}};
  Json documents = Json::array();
  for (const ChangedDocument& change : done.changes)
    documents.push_back({{"uri", change.uri},
                         {"change", change.before ? "refreshed" : "written"},
                         {"settled", change.settled},
                         {"diff", diff_of(change)}});
  json["documents"] = std::move(documents);
  Json left = Json::array();
  for (const Finding& finding : done.left) {
    Json one = {{"rule", finding.rule},
                {"severity", to_string(finding.severity)},
                {"message", finding.message}};
    Json places = Json::array();
    for (const Location& location : finding.locations)
      places.push_back({{"uri", location.origin.uri},
                        {"line", location.origin.line},
                        {"column", location.origin.column}});
    one["locations"] = std::move(places);
    left.push_back(std::move(one));
  }
  json["left"] = std::move(left);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace schemaudit

#include "analyzer/engine/redacted_names.h"

#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

void take_out(std::string& text) {
  text = redact(text);
}

void take_out(std::vector<std::string>& texts) {
  for (std::string& text : texts) take_out(text);
}

void take_out(ObjectRef& object) {
  redact_names(object);
}

}  // namespace

void redact_names(ObjectRef& object) {
  for (std::string* name : {&object.schema, &object.table, &object.name}) *name = redact(*name);
}

void redact_names(Report& report) {
  for (Finding& finding : report.findings) {
    take_out(finding.object);
    if (finding.fix) take_out(finding.fix->text);
  }
  for (SourceReport& source : report.sources)
    for (Problem& problem : source.unanalysed) {
      take_out(problem.object);
      take_out(problem.message);
    }
  for (Metric& metric : report.metrics) take_out(metric.members);
  for (RuleReport& rule : report.rules) take_out(rule.reason);
  for (Question& question : report.questions) {
    take_out(question.text);
    take_out(question.config);
  }
  for (Action& action : report.actions) take_out(action.text);
  for (CriterionReport& criterion : report.criteria) take_out(criterion.text);
  take_out(report.incomplete_because);
  for (TableReport& table : report.tables) {
    take_out(table.schema);
    take_out(table.name);
  }
  for (Neighbourhood& around : report.neighbourhoods) {
    take_out(around.table);
    take_out(around.absent);
    for (NeighbourEdge& edge : around.edges) {
      take_out(edge.from);
      take_out(edge.to);
      take_out(edge.columns);
    }
  }
  for (AnnotatedDocument& document : report.annotated)
    for (DocumentClaim& claim : document.claims) take_out(claim.object);
}

}  // namespace schemaudit

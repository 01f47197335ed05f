#include "rules/facts/descriptions.h"

#include <algorithm>

#include "rules/facts/name_words.h"
#include "rules/facts/object_refs.h"

namespace schemaudit {

namespace {

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool has_comment_that_describes(const Fact<std::string>& comment) {
  return comment.has_value() && !describes_nothing(comment.value());
}

}  // namespace

bool describes_nothing(std::string_view comment) {
  // Letters and digits alone: `TODO!`, `n/a` and `???` are `todo`, `na` and nothing.
  std::string said;
  for (char c : fold_case(comment))
    if (is_word_part(c)) said += c;
  // A white-space character of UTF-8.
  if (said == "\xC2\xA0") return true;
  for (std::string_view placeholder : {"", "todo", "tbd", "tbc", "fixme", "xxx", "na"})
    if (said == placeholder) return true;
  return false;
}

std::optional<DocumentationDemand> documentation_demand(const Policies& policies,
                                                        std::string_view kind) {
  if (!policies.documentation) return std::nullopt;
  const DocumentationPolicy& policy = *policies.documentation;
  if (kind == "tables") return policy.tables;
  if (kind == "columns") return policy.columns;
  if (kind == "enums") return policy.enums;
  if (kind == "functions") return policy.functions;
  if (kind == "views") return policy.views;
  return std::nullopt;
}

std::string reason_without_demand(const SchemaContext& context, std::string_view kind) {
  const auto demand = documentation_demand(context.policy(), kind);
  if (!demand) return "no [policy.documentation] with " + std::string(kind) + " in the config";
  if (*demand != DocumentationDemand::comment && !context.input.source(Role::documented))
    return "policy.documentation." + std::string(kind) +
           " counts schema documents, which this run was not given";
  return {};
}

bool lacks_description(const SchemaContext& context, DocumentationDemand demand,
                       const Fact<std::string>& comment, bool is_in_docs) {
  const bool comment_is_lacking = comment.is_known() && !has_comment_that_describes(comment);
  if (demand == DocumentationDemand::comment) return comment_is_lacking;
  // The documents were compared with another schema: it is told there.
  if (!context.docs) return false;
  return !is_in_docs && (demand == DocumentationDemand::docs || comment_is_lacking);
}

bool in_docs(const SchemaContext& context, const Relation& relation) {
  return documented(context, relation) != nullptr;
}

bool in_docs(const SchemaContext& context, const Relation& relation, const Column& column) {
  const Relation* told = documented(context, relation);
  if (!told) return false;
  if (told->find_column(column.name)) return true;
  const auto words = words_of(column.name);
  return std::any_of(told->columns.begin(), told->columns.end(),
                     [&](const Column& candidate) { return words_of(candidate.name) == words; });
}

bool in_docs(const SchemaContext& context, const EnumType& type) {
  const Schema* docs = context.input.schema(Role::documented);
  return docs && std::any_of(docs->enums.begin(), docs->enums.end(), [&](const EnumType& told) {
           return may_be_same(told.name, type.name) ||
                  words_of(told.name.name) == words_of(type.name.name);
         });
}

bool in_docs(const SchemaContext& context, const Function& function) {
  const Schema* docs = context.input.schema(Role::documented);
  return docs &&
         std::any_of(docs->functions.begin(), docs->functions.end(),
                     [&](const Function& told) { return may_be_same(told.name, function.name); });
}

bool is_in_scope(const Policies& policies, const QualifiedName& name) {
  return policies.documentation && policies.documentation->scope.matches(name);
}

std::string description_lacking(DocumentationDemand demand, const Fact<std::string>& comment) {
  const std::string no_comment =
      comment.has_value() ? " has a comment that says nothing" : " has no comment";
  switch (demand) {
    case DocumentationDemand::comment:
      return no_comment + ", and policy.documentation asks for one.";
    case DocumentationDemand::docs:
      return " is described in no document, which policy.documentation asks for.";
    case DocumentationDemand::either:
      return no_comment + " and is described in no document; policy.documentation asks for either.";
  }
  return {};
}

std::string description_evidence(const Fact<std::string>& comment) {
  return comment.has_value() ? "comment: \"" + comment.value() + "\"" : "no comment";
}

}  // namespace schemaudit

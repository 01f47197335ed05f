// The fields of every model type under their names in a snapshot, told once: writing, reading
// and the JSON Schema all walk them.
//
//   template <class V> void visit_fields(V& v, Namespace& x) { v("name", x.name); ... }
#pragma once

#include <array>
#include <string_view>

#include "analyzer/model/source.h"

namespace schemaudit::snapshot_fields {

template <class E>
struct EnumNames;
#define SCHEMAUDIT_ENUM_NAMES(E, ...)                                              \
  template <>                                                                      \
  struct EnumNames<E> {                                                            \
    static constexpr auto kNames = std::to_array<std::string_view>({__VA_ARGS__}); \
  }
SCHEMAUDIT_ENUM_NAMES(Role, "documented", "declared", "modelled", "live", "before");
SCHEMAUDIT_ENUM_NAMES(IdentityKind, "always", "by default");
SCHEMAUDIT_ENUM_NAMES(GeneratedKind, "stored", "virtual");
SCHEMAUDIT_ENUM_NAMES(ReferentialAction, "no action", "restrict", "cascade", "set null",
                      "set default");
SCHEMAUDIT_ENUM_NAMES(MatchType, "simple", "full", "partial");
SCHEMAUDIT_ENUM_NAMES(PolicyCommand, "all", "select", "insert", "update", "delete");
SCHEMAUDIT_ENUM_NAMES(RelationKind, "table", "partitioned table", "foreign table", "view",
                      "materialized view");
SCHEMAUDIT_ENUM_NAMES(OtherTypeKind, "composite", "range", "base");
SCHEMAUDIT_ENUM_NAMES(RoutineKind, "function", "procedure", "aggregate", "window");
SCHEMAUDIT_ENUM_NAMES(DocumentState, "current", "planned", "retired", "not-schema");
SCHEMAUDIT_ENUM_NAMES(ProblemKind, "invalid-sql", "newer-syntax", "unread-schema", "garbled-text",
                      "credential", "unknown-reference", "contradiction", "stated-count",
                      "ambiguous-name", "unanalysed", "refused", "unreadable");
#undef SCHEMAUDIT_ENUM_NAMES

#define SCHEMAUDIT_FIELDS(Type) \
  template <class V>            \
  void visit_fields(V& v, Type& x)

SCHEMAUDIT_FIELDS(Origin) {
  v("uri", x.uri), v("line", x.line), v("column", x.column);
}
SCHEMAUDIT_FIELDS(QualifiedName) {
  v("schema", x.schema), v("name", x.name);
}
SCHEMAUDIT_FIELDS(Expression) {
  v("text", x.text), v("normal", x.normal), v("decided", x.decided);
}
SCHEMAUDIT_FIELDS(Type) {
  v("text", x.text), v("normal", x.normal), v("loose", x.loose);
}
SCHEMAUDIT_FIELDS(AllowedValues) {
  v("column", x.column), v("values", x.values);
}
SCHEMAUDIT_FIELDS(Generated) {
  v("kind", x.kind), v("expression", x.expression);
}
SCHEMAUDIT_FIELDS(Column) {
  v("name", x.name), v("type", x.type), v("nullable", x.nullable);
  v("default", x.default_value), v("identity", x.identity), v("generated", x.generated);
  v("collation", x.collation), v("comment", x.comment);
  v("documented_values", x.documented_values), v("inherited", x.inherited), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(KeyConstraint) {
  v("name", x.name), v("columns", x.columns), v("include", x.include);
  v("deferrable", x.deferrable), v("initially_deferred", x.initially_deferred);
  v("nulls_not_distinct", x.nulls_not_distinct), v("without_overlaps", x.without_overlaps);
  v("inherited", x.inherited), v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(ForeignKey) {
  v("name", x.name), v("columns", x.columns), v("target", x.target);
  v("target_columns", x.target_columns), v("on_delete", x.on_delete);
  v("on_update", x.on_update), v("on_delete_columns", x.on_delete_columns), v("match", x.match);
  v("deferrable", x.deferrable), v("initially_deferred", x.initially_deferred);
  v("validated", x.validated), v("enforced", x.enforced), v("with_period", x.with_period);
  v("inherited", x.inherited), v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(CheckConstraint) {
  v("name", x.name), v("expression", x.expression), v("columns", x.columns);
  v("allowed", x.allowed), v("validated", x.validated), v("enforced", x.enforced);
  v("no_inherit", x.no_inherit), v("inherited", x.inherited), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(ExclusionElement) {
  v("key", x.key), v("operator", x.op);
}
SCHEMAUDIT_FIELDS(ExclusionConstraint) {
  v("name", x.name), v("method", x.method), v("elements", x.elements);
  v("predicate", x.predicate), v("inherited", x.inherited), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(IndexKey) {
  v("column", x.column), v("expression", x.expression), v("operator_class", x.operator_class);
  v("collation", x.collation), v("descending", x.descending), v("nulls_first", x.nulls_first);
}
SCHEMAUDIT_FIELDS(Index) {
  v("name", x.name), v("method", x.method), v("keys", x.keys), v("include", x.include);
  v("predicate", x.predicate), v("unique", x.unique);
  v("nulls_not_distinct", x.nulls_not_distinct), v("valid", x.valid);
  v("replica_identity", x.replica_identity);
  v("constraint", x.constraint), v("inherited", x.inherited), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Trigger) {
  v("name", x.name), v("definition", x.definition), v("function", x.function);
  v("enabled", x.enabled), v("inherited", x.inherited), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Policy) {
  v("name", x.name), v("command", x.command), v("permissive", x.permissive);
  v("roles", x.roles), v("using", x.using_expression), v("check", x.check_expression);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Grant) {
  v("grantee", x.grantee), v("privileges", x.privileges);
}
SCHEMAUDIT_FIELDS(PartitionOf) {
  v("parent", x.parent), v("bound", x.bound);
}
SCHEMAUDIT_FIELDS(Coverage) {
  v("columns", x.columns), v("primary_key", x.primary_key);
  v("unique_constraints", x.unique_constraints), v("foreign_keys", x.foreign_keys);
  v("checks", x.checks), v("exclusions", x.exclusions), v("indexes", x.indexes);
  v("triggers", x.triggers), v("policies", x.policies), v("grants", x.grants);
}
SCHEMAUDIT_FIELDS(Relation) {
  v("name", x.name), v("kind", x.kind), v("columns", x.columns);
  v("primary_key", x.primary_key), v("unique_constraints", x.unique_constraints);
  v("foreign_keys", x.foreign_keys), v("checks", x.checks), v("exclusions", x.exclusions);
  v("indexes", x.indexes), v("triggers", x.triggers), v("policies", x.policies);
  v("grants", x.grants), v("partition_key", x.partition_key), v("partition_of", x.partition_of);
  v("inherits", x.inherits), v("row_security", x.row_security);
  v("row_security_forced", x.row_security_forced), v("unlogged", x.unlogged);
  v("definition", x.definition), v("security_invoker", x.security_invoker);
  v("comment", x.comment), v("owner", x.owner);
  v("coverage", x.coverage), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(EnumType) {
  v("name", x.name), v("labels", x.labels), v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Domain) {
  v("name", x.name), v("base", x.base), v("nullable", x.nullable), v("default", x.default_value);
  v("checks", x.checks), v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(OtherType) {
  v("name", x.name), v("kind", x.kind), v("definition", x.definition), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Sequence) {
  v("name", x.name), v("type", x.type), v("start", x.start), v("increment", x.increment);
  v("minimum", x.minimum), v("maximum", x.maximum), v("cache", x.cache), v("cycle", x.cycle);
  v("owned_by_table", x.owned_by_table), v("owned_by_column", x.owned_by_column);
  v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Function) {
  v("name", x.name), v("kind", x.kind), v("arguments", x.arguments);
  v("arguments_known", x.arguments_known), v("returns", x.returns), v("language", x.language);
  v("security_definer", x.security_definer), v("public_may_execute", x.public_may_execute);
  v("search_path", x.search_path);
  v("body", x.body), v("comment", x.comment), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Extension) {
  v("name", x.name), v("version", x.version), v("schema", x.schema), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Namespace) {
  v("name", x.name), v("public_may_create", x.public_may_create), v("comment", x.comment);
  v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Dependency) {
  v("kind", x.kind), v("dependent", x.dependent), v("on_relation", x.on_relation);
  v("needs", x.needs), v("origin", x.origin);
}
SCHEMAUDIT_FIELDS(Schema) {
  v("namespaces", x.namespaces), v("relations", x.relations), v("enums", x.enums);
  v("domains", x.domains), v("other_types", x.other_types), v("sequences", x.sequences);
  v("functions", x.functions), v("extensions", x.extensions);
  v("dependencies", x.dependencies), v("sorted", x.sorted);
}
SCHEMAUDIT_FIELDS(ObjectRef) {
  v("kind", x.kind), v("schema", x.schema), v("table", x.table), v("name", x.name);
}
SCHEMAUDIT_FIELDS(Problem) {
  v("kind", x.kind), v("origin", x.origin), v("message", x.message), v("object", x.object);
  v("key", x.key), v("related", x.related), v("excerpt", x.excerpt);
}
SCHEMAUDIT_FIELDS(TableReading) {
  v("table", x.table), v("origin", x.origin), v("form", x.form), v("columns", x.columns);
  v("constraints", x.constraints), v("indexes", x.indexes), v("complete", x.complete);
}
SCHEMAUDIT_FIELDS(DocumentedQuery) {
  v("sql", x.sql), v("origin", x.origin), v("key", x.key);
}
SCHEMAUDIT_FIELDS(DocumentReading) {
  v("uri", x.uri), v("state", x.state), v("self_description", x.self_description);
  v("proposed_state", x.proposed_state);
  v("self_description_origin", x.self_description_origin), v("tables", x.tables);
  v("queries", x.queries);
}
SCHEMAUDIT_FIELDS(LeftOut) {
  v("what", x.what), v("why", x.why), v("count", x.count);
}
SCHEMAUDIT_FIELDS(HiddenFact) {
  v("view", x.view), v("expected", x.expected), v("shown", x.shown);
  v("relations", x.relations), v("known_otherwise", x.known_otherwise);
}
SCHEMAUDIT_FIELDS(Visibility) {
  v("complete", x.complete), v("hidden", x.hidden);
}
SCHEMAUDIT_FIELDS(ServerFacts) {
  v("version", x.version), v("version_number", x.version_number), v("database", x.database);
  v("role", x.role), v("encoding", x.encoding);
}
SCHEMAUDIT_FIELDS(SourceResult) {
  v("role", x.role), v("kind", x.kind), v("name", x.name), v("digest", x.digest);
  v("server", x.server), v("schema", x.schema), v("problems", x.problems);
  v("documents", x.documents), v("visibility", x.visibility), v("left_out", x.left_out);
}
#undef SCHEMAUDIT_FIELDS

}  // namespace schemaudit::snapshot_fields

#include "analyzer/models/prisma_index.h"

#include "analyzer/models/prisma_types.h"

namespace schemaudit {

PrismaIndex::PrismaIndex(const PrismaTree& tree) {
  for (const PrismaBlock& block : tree.blocks) {
    if (block.kind == "datasource" && !datasource_) datasource_ = &block;
    if (block.kind == "model") models_.push_back(&block);
    if (block.kind == "enum") enums_.push_back(&block);
    if (block.kind == "model" || block.kind == "view" || block.kind == "enum")
      by_name_.emplace(block.name, &block);
  }
}

const PrismaBlock* PrismaIndex::model(std::string_view name) const {
  auto found = by_name_.find(name);
  return found != by_name_.end() && found->second->kind != "enum" ? found->second : nullptr;
}

const PrismaBlock* PrismaIndex::enumeration(std::string_view name) const {
  auto found = by_name_.find(name);
  return found != by_name_.end() && found->second->kind == "enum" ? found->second : nullptr;
}

std::string PrismaIndex::provider() const {
  return datasource_ ? text_of(datasource_->property("provider")) : std::string();
}

Origin PrismaIndex::provider_origin() const {
  return datasource_ ? datasource_->origin : Origin{};
}

bool PrismaIndex::has_foreign_keys() const {
  return !datasource_ || text_of(datasource_->property("relationMode")) != "prisma";
}

std::vector<std::string> PrismaIndex::extensions() const {
  std::vector<std::string> names;
  const PrismaValue* list = datasource_ ? datasource_->property("extensions") : nullptr;
  if (!list) return names;
  for (const PrismaValue& each : list->elements) {
    const std::string named = text_of(each.argument("map"));
    names.push_back(named.empty() ? each.text : named);
  }
  return names;
}

std::string database_name(const PrismaBlock& block) {
  const PrismaAttribute* map = block.attribute("map");
  const std::string named = map ? text_of(map->argument("name")) : "";
  return named.empty() ? block.name : named;
}

std::string database_name(const PrismaField& field) {
  const PrismaAttribute* map = field.attribute("map");
  const std::string named = map ? text_of(map->argument("name")) : "";
  return named.empty() ? field.name : named;
}

std::string column_of(const PrismaBlock& model, const std::string& name) {
  const PrismaField* field = model.field(name);
  return field ? database_name(*field) : name;
}

std::string schema_of(const PrismaBlock& block) {
  const PrismaAttribute* schema = block.attribute("schema");
  return schema ? text_of(schema->argument("name")) : std::string();
}

std::string qualified_name(const PrismaBlock& block) {
  const std::string schema = schema_of(block);
  return (schema.empty() ? "" : sql_name(schema) + ".") + sql_name(database_name(block));
}

std::vector<std::string> words_of(const PrismaValue* list) {
  std::vector<std::string> words;
  if (!list) return words;
  if (list->kind != PrismaValue::Kind::list) return {list->text};
  for (const PrismaValue& element : list->elements) words.push_back(element.text);
  return words;
}

std::string text_of(const PrismaValue* value) {
  return value ? value->text : std::string();
}

}  // namespace schemaudit

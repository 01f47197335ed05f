// Prisma schemas, and what the reader of SQLAlchemy models would print, of any bytes.
#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzer/models/prisma_schema.h"
#include "analyzer/models/sqlalchemy_document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  schemaudit::replay_models(schemaudit::read_prisma_schema({{"schema.prisma", text}}));
  std::string error;
  if (const auto models = schemaudit::read_sqlalchemy_document(text, error))
    schemaudit::replay_models(*models);
  return 0;
}

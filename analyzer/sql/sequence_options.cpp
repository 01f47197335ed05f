#include "analyzer/sql/sequence_options.h"

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

void apply_sequence_options(std::size_t count, PgQuery__Node* const* options, Sequence& sequence) {
  for (std::size_t i = 0; i < count; ++i) {
    if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *options[i]->def_elem;
    std::string_view name = option.defname;
    long long number = 0;
    bool has_number = integer_of(option.arg, number);
    if (name == "as" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
      std::string normal = type_normal(*option.arg->type_name);
      sequence.type = Type{normal, normal, false};
    }
    if (name == "start" && has_number) sequence.start = number;
    if (name == "increment" && has_number) sequence.increment = number;
    if (name == "minvalue" && has_number) sequence.minimum = number;
    if (name == "maxvalue" && has_number) sequence.maximum = number;
    if (name == "cache" && has_number) sequence.cache = number;
    if (name == "cycle" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
      sequence.cycle = option.arg->boolean->boolval != 0;
    if (name == "owned_by" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST) {
      std::vector<std::string> parts =
          strings_of(option.arg->list->n_items, option.arg->list->items);
      if (parts.size() >= 2) {
        sequence.owned_by_column = parts.back();
        sequence.owned_by_table =
            QualifiedName{parts.size() > 2 ? parts[parts.size() - 3] : "", parts[parts.size() - 2]};
      } else {
        sequence.owned_by_table = Fact<QualifiedName>::none();
      }
    }
  }
}

}  // namespace schemaudit

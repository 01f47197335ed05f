#include "analyzer/postgres/replaced_names.h"

#include <array>
#include <map>
#include <string_view>

namespace schemaudit {

namespace {

struct NamedCatalog {
  const char* catalog;
  /// Expressions over the catalog's row t.
  const char* oid;
  const char* number;
  const char* names;
  const char* namespace_oid;
  /// Which rows may have another name by now: those that some transaction has marked.
  const char* is_replaced = "t.xmax <> '0'";
};

// What the functions take names from. Of functions and triggers they tell more than that.
constexpr std::array kCatalogs = {
    NamedCatalog{"pg_namespace", "t.oid", "0", "t.nspname", "t.oid"},
    NamedCatalog{"pg_class", "t.oid", "0", "(t.relname, t.relnamespace)", "t.relnamespace"},
    NamedCatalog{"pg_attribute", "t.attrelid", "t.attnum", "(t.attname, t.attisdropped)",
                 "(select c.relnamespace from pg_class c where c.oid = t.attrelid)"},
    NamedCatalog{"pg_type", "t.oid", "0", "(t.typname, t.typnamespace)", "t.typnamespace"},
    NamedCatalog{"pg_enum", "t.oid", "0", "t.enumlabel", "null"},
    NamedCatalog{"pg_proc", "t.oid", "0", "t", "t.pronamespace"},
    NamedCatalog{"pg_operator", "t.oid", "0", "(t.oprname, t.oprnamespace)", "t.oprnamespace"},
    NamedCatalog{"pg_collation", "t.oid", "0", "(t.collname, t.collnamespace)", "t.collnamespace"},
    NamedCatalog{"pg_trigger", "t.oid", "0", "t",
                 "(select c.relnamespace from pg_class c where c.oid = t.tgrelid)"},
    // A view, whose rows are not marked; a role that is gone owns nothing here.
    NamedCatalog{"pg_roles", "t.oid", "0", "t.rolname", "null",
                 "pg_get_userbyid(t.oid) <> t.rolname and "
                 "pg_get_userbyid(t.oid) not like 'unknown (OID=%'"},
};

std::string row_of(const NamedCatalog& named) {
  return "select '" + std::string(named.catalog) + "', " + named.oid + ", " + named.number +
         ", md5((" + named.names + ")::text) from " + named.catalog + " t where ";
}

}  // namespace

std::vector<ReplacedName> replaced_names(CatalogSession& session) {
  std::string sql;
  for (const NamedCatalog& named : kCatalogs)
    sql += (sql.empty() ? "" : " union all ") + row_of(named) + named.is_replaced +
           // What belongs to one session comes and goes, and nothing here speaks of it.
           " and not coalesce((select n.nspname ~ '^pg_(temp|toast)' from pg_namespace n "
           "where n.oid = " +
           named.namespace_oid + "), false)";
  std::vector<ReplacedName> replaced;
  for (const CatalogRow& row : session.rows(sql))
    replaced.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
  return replaced;
}

bool have_changed(CatalogSession& session, const std::vector<ReplacedName>& replaced) {
  std::map<std::string_view, std::string> values;
  for (const ReplacedName& name : replaced)
    values[name.catalog] += (values[name.catalog].empty() ? "(" : ", (") + name.oid + "::oid, " +
                            name.number + ", '" + name.digest + "')";
  std::string sql;
  for (const NamedCatalog& named : kCatalogs) {
    const auto asked = values.find(named.catalog);
    if (asked == values.end()) continue;
    sql +=
        (sql.empty() ? "" : " union all ") +
        ("select from (values " + asked->second + ") v(oid, number, digest) where not exists (") +
        "select from " + named.catalog + " t where " + named.oid + " = v.oid and " + named.number +
        " = v.number and md5((" + named.names + ")::text) = v.digest)";
  }
  session.open_snapshot("null");
  return session.rows("select exists (" + sql + ")").at(0).flag(0);
}

}  // namespace schemaudit

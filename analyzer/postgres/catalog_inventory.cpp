#include "analyzer/postgres/catalog_inventory.h"

#include "analyzer/postgres/server_session.h"

namespace schemaudit {

namespace {

// One row each: kind, identity, definition. Nothing in it names an OID, which differs between two
// runs of the same statement (PostgreSQL 15 manual, chapter 53). Among a column's options the
// server keeps a pg_attver of its own (seen with 17.12), which is another after each change of the
// table.
constexpr const char* kInventory = R"sql(
WITH object(kind, classid, objid, definition) AS (
  SELECT 'rule', 'pg_rewrite'::regclass, oid, pg_get_ruledef(oid)
    FROM pg_rewrite WHERE rulename <> '_RETURN'
  UNION ALL SELECT 'statistics', 'pg_statistic_ext'::regclass, oid, pg_get_statisticsobjdef(oid)
    FROM pg_statistic_ext
  UNION ALL SELECT 'cast', 'pg_cast'::regclass, oid,
         concat_ws(' ', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL SELECT 'operator', 'pg_operator'::regclass, oid,
         concat_ws(' ', oprcode, oprcom::regoperator, oprnegate::regoperator, oprcanmerge,
                   oprcanhash) FROM pg_operator
  UNION ALL SELECT 'operator class', 'pg_opclass'::regclass, oid, opcdefault::text FROM pg_opclass
  UNION ALL SELECT 'operator family', 'pg_opfamily'::regclass, oid, '' FROM pg_opfamily
  UNION ALL SELECT 'collation', 'pg_collation'::regclass, oid,
         concat_ws(' ', collprovider, collisdeterministic, collcollate) FROM pg_collation
  UNION ALL SELECT 'conversion', 'pg_conversion'::regclass, oid, conproc::text FROM pg_conversion
  UNION ALL SELECT 'text search configuration', 'pg_ts_config'::regclass, oid, '' FROM pg_ts_config
  UNION ALL SELECT 'text search dictionary', 'pg_ts_dict'::regclass, oid,
         dictinitoption FROM pg_ts_dict
  UNION ALL SELECT 'event trigger', 'pg_event_trigger'::regclass, oid,
         concat_ws(' ', evtevent, evtfoid::regprocedure, evtenabled, evttags)
    FROM pg_event_trigger
  UNION ALL SELECT 'publication', 'pg_publication'::regclass, oid,
         concat_ws(' ', puballtables, pubinsert, pubupdate, pubdelete, pubtruncate,
                   (SELECT string_agg(prrelid::regclass::text, ', ' ORDER BY prrelid::regclass::text)
                      FROM pg_publication_rel r WHERE r.prpubid = p.oid))
    FROM pg_publication p
  UNION ALL SELECT 'language', 'pg_language'::regclass, oid, lanacl::text FROM pg_language
  UNION ALL SELECT 'foreign-data wrapper', 'pg_foreign_data_wrapper'::regclass, oid,
         fdwoptions::text FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'foreign server', 'pg_foreign_server'::regclass, oid, srvoptions::text
    FROM pg_foreign_server
  UNION ALL SELECT 'access method', 'pg_am'::regclass, oid, amhandler::text FROM pg_am
  UNION ALL SELECT 'default privileges', 'pg_default_acl'::regclass, oid, defaclacl::text
    FROM pg_default_acl
  UNION ALL SELECT 'options of', 'pg_class'::regclass, c.oid,
         concat_ws(' ', reloptions, relreplident, (SELECT amname FROM pg_am a WHERE a.oid = relam),
                   CASE WHEN reltablespace <> 0 THEN reltablespace::text END)
    FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'i', 'I')
  UNION ALL SELECT 'privileges on', 'pg_class'::regclass, oid, relacl::text
    FROM pg_class WHERE relkind = 'S' AND relacl IS NOT NULL
  UNION ALL SELECT 'privileges on', 'pg_namespace'::regclass, oid, nspacl::text
    FROM pg_namespace WHERE nspacl IS NOT NULL AND nspname NOT LIKE 'pg\_%'
  UNION ALL SELECT 'properties of', 'pg_proc'::regclass, oid,
         concat_ws(' ', provolatile, proisstrict, proparallel, proleakproof, procost, prorows,
                   proconfig, proacl, proowner::regrole)
    FROM pg_proc
  UNION ALL SELECT 'owner of', 'pg_type'::regclass, oid, concat_ws(' ', typowner::regrole, typacl)
    FROM pg_type WHERE typrelid = 0 AND typelem = 0
  UNION ALL SELECT 'owner of', 'pg_namespace'::regclass, oid, nspowner::regrole::text
    FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%'
)
SELECT o.kind, i.identity, coalesce(o.definition, '')
  FROM object o, pg_identify_object(o.classid, o.objid, 0) i
 WHERE o.objid >= 16384
   AND coalesce(i.schema, '') NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.classid AND d.objid = o.objid
                    AND d.deptype = 'e')
UNION ALL
SELECT 'storage of column', c.oid::regclass || '.' || quote_ident(attname),
       concat_ws(' ', attstorage, (SELECT array_agg(o ORDER BY o) FROM unnest(attoptions) o
                                    WHERE o NOT LIKE 'pg\_attver=%'),
                 NULLIF(attstattarget::int, -1), attacl)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.oid >= 16384
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
UNION ALL
SELECT 'comment on', i.type || ' ' || i.identity, d.description
  FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
 WHERE d.objoid >= 16384
)sql";

}  // namespace

Inventory read_inventory(const std::string& conninfo) {
  Inventory inventory;
  ServerSession session(conninfo);
  ServerSession::Answer answer = session.run("SET search_path TO pg_catalog");
  if (answer.accepted) answer = session.run(kInventory);
  if (!answer.accepted) {
    inventory.error = answer.message;
    return inventory;
  }
  for (const auto& row : answer.rows)
    inventory.entries[{row[0].value_or(""), row[1].value_or("")}] = row[2].value_or("");
  return inventory;
}

}  // namespace schemaudit

// A dump as pg_dump writes it, of as many tables as asked for: seven statements a table.
#pragma once

#include <string>

namespace schemaudit {

/// Ten columns, a primary key, a unique key, a check, two foreign keys and two indexes a table.
inline std::string generated_dump(int tables) {
  std::string sql =
      "SET statement_timeout = 0;\nSET client_encoding = 'UTF8';\n"
      "SELECT pg_catalog.set_config('search_path', '', false);\n"
      "SET default_table_access_method = heap;\n\n"
      "CREATE TYPE public.state AS ENUM (\n    'new',\n    'open',\n    'done'\n);\n\n";
  for (int i = 0; i < tables; ++i) {
    const std::string t = "entity_" + std::to_string(i);
    sql += "--\n-- Name: " + t + "; Type: TABLE; Schema: public; Owner: -\n--\n\n";
    sql += "CREATE TABLE public." + t +
           " (\n"
           "    id bigint NOT NULL,\n"
           "    tenant_id integer NOT NULL,\n"
           "    parent_id bigint,\n"
           "    owner_id bigint NOT NULL,\n"
           "    title character varying(255) DEFAULT ''::character varying NOT NULL,\n"
           "    body text,\n"
           "    state public.state DEFAULT 'new'::public.state NOT NULL,\n"
           "    amount numeric(12,2) DEFAULT 0.00,\n"
           "    payload jsonb DEFAULT '{}'::jsonb NOT NULL,\n"
           "    created_at timestamp with time zone DEFAULT now() NOT NULL,\n"
           "    CONSTRAINT " +
           t + "_amount_check CHECK ((amount >= (0)::numeric))\n);\n\n\n";
  }
  for (int i = 0; i < tables; ++i) {
    const std::string t = "entity_" + std::to_string(i);
    sql += "ALTER TABLE ONLY public." + t + "\n    ADD CONSTRAINT " + t +
           "_pkey PRIMARY KEY (id);\n\n\n";
    sql += "ALTER TABLE ONLY public." + t + "\n    ADD CONSTRAINT " + t +
           "_title_key UNIQUE (tenant_id, title);\n\n\n";
    sql += "CREATE INDEX " + t + "_parent_idx ON public." + t + " USING btree (parent_id);\n\n\n";
    sql += "CREATE INDEX " + t + "_open_idx ON public." + t +
           " USING btree (owner_id, created_at DESC) WHERE (state = 'open'::public.state);\n\n\n";
  }
  for (int i = 0; i < tables; ++i) {
    const std::string t = "entity_" + std::to_string(i);
    const std::string other = "entity_" + std::to_string(i / 2);
    sql += "ALTER TABLE ONLY public." + t + "\n    ADD CONSTRAINT " + t +
           "_parent_fkey FOREIGN KEY (parent_id) REFERENCES public." + t +
           "(id) ON DELETE CASCADE;\n\n\n";
    sql += "ALTER TABLE ONLY public." + t + "\n    ADD CONSTRAINT " + t +
           "_owner_fkey FOREIGN KEY (owner_id) REFERENCES public." + other + "(id);\n\n\n";
  }
  return sql;
}

}  // namespace schemaudit

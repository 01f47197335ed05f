// A database with one of everything that the model has room for.
#pragma once

namespace schemaudit {

inline constexpr char kKitchenSink[] = R"sql(
CREATE SCHEMA stock;
COMMENT ON SCHEMA stock IS 'What is on the shelves';
CREATE TYPE stock.condition AS ENUM ('new', 'used', 'broken');
CREATE DOMAIN stock.money_amount AS numeric(12,2) DEFAULT 0 CHECK (VALUE >= 0);
CREATE TYPE stock.size AS (width integer, height integer);
CREATE TYPE stock.span AS RANGE (subtype = date);
CREATE SEQUENCE stock.labels START 100 INCREMENT 5 CACHE 3 CYCLE MAXVALUE 5000;
CREATE TABLE stock.shelf (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  room smallint NOT NULL DEFAULT 1,
  CONSTRAINT shelf_name_room_key UNIQUE (name, room) INCLUDE (id)
);
COMMENT ON TABLE stock.shelf IS 'A shelf';
COMMENT ON COLUMN stock.shelf.room IS 'Counted from the door';
CREATE TABLE stock.item (
  id bigserial PRIMARY KEY,
  shelf_id integer REFERENCES stock.shelf (id) ON DELETE SET NULL ON UPDATE CASCADE
    DEFERRABLE INITIALLY DEFERRED,
  label bigint DEFAULT nextval('stock.labels'),
  state stock.condition NOT NULL DEFAULT 'new',
  price stock.money_amount,
  status varchar(20) CHECK (status IN ('here', 'gone')),
  twice integer GENERATED ALWAYS AS (2) STORED,
  stay stock.span,
  tags text[] DEFAULT '{}'::text[],
  CONSTRAINT item_no_overlap EXCLUDE USING gist (stay WITH &&) WHERE (status = 'here')
);
ALTER TABLE stock.item ADD CONSTRAINT item_price_small CHECK (price < 1000) NOT VALID;
CREATE INDEX item_lower_idx ON stock.item (lower(status) text_pattern_ops DESC, label)
  INCLUDE (price) WHERE price IS NOT NULL;
CREATE TABLE stock.event (id bigint, at timestamptz NOT NULL, item bigint REFERENCES stock.item,
  CHECK (id > 0), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE stock.event_2025 PARTITION OF stock.event
  FOR VALUES FROM ('2025-01-01+00') TO ('2026-01-01+00');
CREATE INDEX event_item_idx ON stock.event (item);
CREATE TABLE stock.heavy_item (weight real) INHERITS (stock.item);
CREATE VIEW stock.shelf_view AS SELECT s.id, count(*) AS items
  FROM stock.shelf s JOIN stock.item i ON i.shelf_id = s.id GROUP BY s.id;
CREATE MATERIALIZED VIEW stock.totals AS SELECT sum(price) AS total FROM stock.item;
CREATE FUNCTION stock.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = '' AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION stock.priced(low numeric, high numeric) RETURNS SETOF stock.item
  LANGUAGE sql AS 'SELECT * FROM stock.item WHERE price BETWEEN $1 AND $2';
CREATE PROCEDURE stock.sweep() LANGUAGE sql AS 'DELETE FROM stock.item';
CREATE TRIGGER item_touch BEFORE UPDATE OF status OR DELETE ON stock.item
  FOR EACH ROW WHEN (old.status IS NOT NULL) EXECUTE FUNCTION stock.touch();
ALTER TABLE stock.item ENABLE ROW LEVEL SECURITY;
CREATE POLICY item_mine ON stock.item FOR SELECT TO public
  USING (shelf_id IN (SELECT id FROM stock.shelf));
CREATE TABLE public.alembic_version (version_num text);
CREATE TABLE public."Odd Name" ("Some Column" int);
)sql";

}  // namespace schemaudit

\connect x
\restrict abc
BEGIN; CREATE TABLE q (a int); SAVEPOINT s1; DROP TABLE q; ROLLBACK TO s1; COMMIT;
COPY t (id, x) FROM stdin;
1	a
\.
DO $x$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class) THEN CREATE TABLE n (); END IF; EXCEPTION WHEN duplicate_table THEN NULL; END $x$;
INSERT INTO t VALUES (1, '{{ template }}');
CREATE INDEX CONCURRENTLY i ON t USING gin (to_tsvector('simple', x)) WHERE x IS NOT NULL; /* open

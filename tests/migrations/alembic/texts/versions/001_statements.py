"""SQL in every way a revision writes it"""
import logging
import textwrap

import sqlalchemy as sa
from alembic import op

revision = "texts_1"
down_revision = None

SCHEMA = "archive"
TABLE = f"{SCHEMA}.papers"
COLUMNS = ["title", "author"]
log = logging.getLogger(__name__)

CREATE_FUNCTION = """
CREATE FUNCTION archive.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.touched := now(); -- a ; and a 'quote'
    RETURN NEW;
END
$$;
"""


def upgrade():
    log.info("making %s", TABLE)
    op.execute("CREATE SCHEMA " + SCHEMA)
    op.execute(
        f"CREATE TABLE {TABLE} (id serial PRIMARY KEY, "
        f"{', '.join(f'{name} text' for name in COLUMNS)}, "
        "touched timestamptz)"
    )
    op.execute(CREATE_FUNCTION)
    op.execute(
        textwrap.dedent(
            """
            CREATE TRIGGER touch BEFORE UPDATE ON archive.papers
                FOR EACH ROW EXECUTE FUNCTION archive.touch();
            """
        )
    )
    op.execute("COMMENT ON TABLE %s IS '%s'" % (TABLE, "kept papers"))
    op.execute("COMMENT ON COLUMN {0}.{column} IS 'who'".format(TABLE, column=COLUMNS[1]))
    op.execute(sa.text("CREATE INDEX papers_title ON archive.papers (title)  -- by title"))
    op.execute(
        """
        CREATE VIEW archive.titles AS SELECT id, title::text AS heading FROM archive.papers;
        ALTER TABLE archive.papers ENABLE ROW LEVEL SECURITY;
        """
    )
    op.execute(r"CREATE FUNCTION archive.half(x int) RETURNS text LANGUAGE sql AS 'SELECT ''a\:b'''")
    op.execute(sa.DDL("ALTER TABLE archive.papers ADD CONSTRAINT no_percent CHECK (title <> '%%')"))


def downgrade():
    print("dropping", TABLE)
    op.execute(f"DROP SCHEMA {SCHEMA} CASCADE")

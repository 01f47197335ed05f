"""Every type, from SQLAlchemy and of PostgreSQL alone"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import types
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

revision = "kinds_1"
down_revision = None


def upgrade():
    op.execute("CREATE EXTENSION IF NOT EXISTS hstore")
    op.execute("CREATE EXTENSION IF NOT EXISTS citext")
    op.create_table(
        "generic_types",
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.BigInteger()),
        sa.Column("c", types.SmallInteger()),
        sa.Column("d", sa.Numeric()),
        sa.Column("e", sa.Numeric(8)),
        sa.Column("f", sa.DECIMAL(8, 3)),
        sa.Column("g", sa.Numeric(precision=10, scale=4, asdecimal=False)),
        sa.Column("h", sa.Float()),
        sa.Column("i", sa.Float(precision=20)),
        sa.Column("j", sa.Float(53)),
        sa.Column("k", sa.REAL()),
        sa.Column("l", sa.String()),
        sa.Column("m", sa.String(30, collation="C")),
        sa.Column("n", sa.Text(collation="POSIX")),
        sa.Column("o", sa.UnicodeText()),
        sa.Column("p", sa.LargeBinary(20)),
        sa.Column("q", sa.PickleType()),
        sa.Column("r", sa.DateTime()),
        sa.Column("s", sa.DateTime(True)),
        sa.Column("t", sa.Time()),
        sa.Column("u", sa.Time(timezone=True)),
        sa.Column("v", sa.TIMESTAMP(timezone=True)),
        sa.Column("w", sa.Interval()),
        sa.Column("x", sa.Interval(second_precision=3)),
        sa.Column("y", sa.JSON()),
        sa.Column("z", sa.Boolean(create_constraint=True, name="never_made")),
        sa.Column("aa", sa.VARCHAR(7)),
        sa.Column("ab", sa.CHAR(3)),
        sa.Column("ac", sa.ARRAY(sa.Integer)),
        sa.Column("ad", sa.String(9).with_variant(sa.Text(), "sqlite")),
        sa.Column("ae", sa.JSON().with_variant(JSONB(), "postgresql")),
        sa.Column("af", sa.CHAR()),
        sa.Column("ag", sa.String(length=4).with_variant(sa.String(90), "mysql")),
    )
    op.create_table(
        "own_types",
        sa.Column("a", UUID(as_uuid=True), server_default=sa.text("gen_random_uuid()")),
        sa.Column("b", JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb")),
        sa.Column("c", ARRAY(sa.Text()), server_default="{}"),
        sa.Column("d", pg.ARRAY(pg.NUMERIC(6, 2), dimensions=2)),
        sa.Column("e", pg.ARRAY(sa.String(5, collation="C"))),
        sa.Column("f", pg.INET()),
        sa.Column("g", pg.CIDR),
        sa.Column("h", pg.MACADDR()),
        sa.Column("i", pg.MACADDR8()),
        sa.Column("j", pg.MONEY()),
        sa.Column("k", pg.OID()),
        sa.Column("l", pg.REGCLASS()),
        sa.Column("m", pg.TSVECTOR()),
        sa.Column("n", pg.HSTORE(text_type=sa.Text())),
        sa.Column("o", pg.BIT()),
        sa.Column("p", pg.BIT(12)),
        sa.Column("q", pg.BIT(9, varying=True)),
        sa.Column("r", pg.INTERVAL(fields="DAY TO SECOND")),
        sa.Column("s", pg.INTERVAL(precision=2)),
        sa.Column("t", pg.TIMESTAMP(precision=3)),
        sa.Column("u", pg.TIMESTAMP(timezone=True, precision=0)),
        sa.Column("v", pg.TIME(precision=1)),
        sa.Column("w", pg.INT4RANGE()),
        sa.Column("x", pg.INT8RANGE()),
        sa.Column("y", pg.NUMRANGE()),
        sa.Column("z", pg.DATERANGE()),
        sa.Column("aa", pg.TSRANGE()),
        sa.Column("ab", pg.TSTZRANGE()),
        sa.Column("ac", pg.DOUBLE_PRECISION(precision=53)),
        sa.Column("ad", pg.BYTEA()),
        sa.Column("ae", pg.VARCHAR(length=11)),
        sa.Column("af", pg.JSON()),
    )


def downgrade():
    op.drop_table("own_types")
    op.drop_table("generic_types")
    op.execute("DROP EXTENSION citext")
    op.execute("DROP EXTENSION IF EXISTS hstore")

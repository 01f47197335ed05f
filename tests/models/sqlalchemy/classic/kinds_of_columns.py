"""SQLAlchemy's own types with their lengths and precisions, and variants."""

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.orm import declarative_base

Base = declarative_base()
JSONType = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Everything(Base):
    __tablename__ = "everything"

    id = sa.Column(BigKey, primary_key=True)
    small = sa.Column(sa.SmallInteger)
    big = sa.Column(sa.BIGINT)
    money = sa.Column(sa.Numeric(precision=10, scale=4))
    whole = sa.Column(sa.Numeric(8))
    decimal = sa.Column(sa.DECIMAL(6, 2))
    floating = sa.Column(sa.Float)
    double = sa.Column(sa.Float(53))
    real = sa.Column(sa.REAL)
    text = sa.Column(sa.Text)
    unlimited = sa.Column(sa.String)
    limited = sa.Column(sa.String(length=7))
    collated = sa.Column(sa.String(9, collation="C"))
    char = sa.Column(sa.CHAR(3))
    unicode = sa.Column(sa.Unicode(12))
    unicode_text = sa.Column(sa.UnicodeText())
    flag = sa.Column(sa.Boolean())
    day = sa.Column(sa.Date())
    moment = sa.Column(sa.DateTime)
    zoned = sa.Column(sa.DateTime(timezone=True))
    stamp = sa.Column(sa.TIMESTAMP(True))
    time = sa.Column(sa.Time)
    zoned_time = sa.Column(sa.Time(timezone=True))
    span = sa.Column(sa.Interval(second_precision=3))
    bytes = sa.Column(sa.LargeBinary(100))
    pickle = sa.Column(sa.PickleType)
    json = sa.Column(sa.JSON(none_as_null=True))
    variant = sa.Column(JSONType, nullable=False, server_default="{}")
    other_variant = sa.Column(types.Text().with_variant(mysql.LONGTEXT, "mysql"))
    array = sa.Column(sa.ARRAY(sa.Integer))
    matrix = sa.Column(sa.ARRAY(sa.String(4), dimensions=2))

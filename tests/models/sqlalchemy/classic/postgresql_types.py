"""Types of the PostgreSQL dialect."""

from sqlalchemy import Column, Integer, Text
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import ARRAY, CIDR, HSTORE, INET, INTERVAL, JSONB, UUID
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Host(Base):
    __tablename__ = "hosts"

    id = Column(UUID(as_uuid=True), primary_key=True)
    address = Column(INET, nullable=False)
    network = Column(CIDR)
    hardware = Column(pg.MACADDR)
    settings = Column(JSONB(astext_type=Text()), server_default="{}")
    tags = Column(ARRAY(Text), server_default="{}")
    grid = Column(pg.ARRAY(Integer, dimensions=2))
    search = Column(pg.TSVECTOR)
    span = Column(INTERVAL(fields="DAY TO SECOND", precision=2))
    months = Column(INTERVAL(fields="MONTH"))
    stamp = Column(pg.TIMESTAMP(timezone=True, precision=3))
    clock = Column(pg.TIME(precision=0))
    bits = Column(pg.BIT(4))
    more_bits = Column(pg.BIT(8, varying=True))
    bytes = Column(pg.BYTEA)
    exact = Column(pg.DOUBLE_PRECISION)
    price = Column(pg.MONEY)
    object_id = Column(pg.OID)
    store = Column(MutableDict.as_mutable(HSTORE))
    changes = Column(MutableList.as_mutable(ARRAY(pg.VARCHAR(5))))
    ints = Column(pg.INT4RANGE)
    longs = Column(pg.INT8RANGE())
    numbers = Column(pg.NUMRANGE)
    days = Column(pg.DATERANGE)
    moments = Column(pg.TSRANGE)
    zoned = Column(pg.TSTZRANGE)

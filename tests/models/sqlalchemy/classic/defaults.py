"""Server defaults: texts, numbers as texts, functions, expressions, enumerations and arrays."""

import datetime
import enum

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    DefaultClause,
    Enum,
    Integer,
    Numeric,
    String,
    cast,
    func,
    literal_column,
    null,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID, array
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Mode(str, enum.Enum):
    ON = "on"
    OFF = "off"


class Row(Base):
    __tablename__ = "rows"
    id = Column(UUID, primary_key=True, server_default=func.gen_random_uuid())
    n = Column(Integer, server_default="42")
    f = Column(Numeric(5, 2), server_default=text("1.50"))
    b = Column(Boolean, server_default="t", default=True)
    s = Column(String, server_default="")
    when = Column(DateTime(timezone=True), server_default=func.timezone("utc", func.now()))
    day = Column(Date, server_default=func.current_date())
    clause = Column(Integer, DefaultClause("7"))
    json = Column(JSONB, server_default=text("'{\"a\": 1}'::jsonb"))
    plain_json = Column(JSON, server_default="[]")
    list = Column(ARRAY(Integer), server_default=text("'{}'::integer[]"))
    mode = Column(Enum(Mode), server_default=Mode.ON.name)
    value = Column(String(4), server_default=Mode.OFF.value)
    raw = Column(String, server_default=literal_column("current_user"))
    cast = Column(String, server_default=cast(func.now(), String))
    summed = Column(Integer, server_default=func.abs(-3) + 2)
    words = Column(ARRAY(String), server_default=array(["a", "b"]))
    colon = Column(String, server_default=text(r"'a\:b'"))
    nothing = Column(String, server_default=null())
    python = Column(Date, default=datetime.date.today)

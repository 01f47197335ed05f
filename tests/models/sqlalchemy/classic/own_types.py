"""Types that the file declares itself."""

import uuid

from sqlalchemy import CHAR, JSON, Column, Enum, Integer, String, Text, types
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator, UserDefinedType

Base = declarative_base()


class Guid(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        else:
            return dialect.type_descriptor(CHAR(32))

    def process_bind_param(self, value, dialect):
        return str(value)


class Lower(TypeDecorator):
    impl = String
    cache_ok = True


class Json(TypeDecorator):
    impl = JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True


class Sized(TypeDecorator):
    impl = String
    cache_ok = True

    def __init__(self, size):
        super().__init__(length=size * 2)


class Numbered(TypeDecorator):
    impl = Integer
    cache_ok = True

    def __init__(self, kind, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind


class Box(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "BOX"


class Derived(Lower):
    cache_ok = True


class LongText(Text):
    pass


class Chosen(TypeDecorator):
    impl = Enum("yes", "no", name="chosen")
    cache_ok = True


class Settings(MutableDict):
    pass


class Thing(Base):
    __tablename__ = "things"
    id = Column(Guid, primary_key=True, default=uuid.uuid4)
    email = Column(Lower(120), nullable=False)
    any_length = Column(Lower)
    data = Column(Json, server_default="{}")
    sized = Column(Sized(6))
    number = Column(Numbered("x"), server_default="3")
    box = Column(Box)
    derived = Column(Derived(length=5))
    long = Column(LongText)
    chosen = Column(Chosen)
    settings = Column(Settings.as_mutable(JSONB))
    plain = Column(types.Text)

from sqlalchemy.orm import DeclarativeBase

from . import conventions


class Base(DeclarativeBase):
    metadata = conventions.build("package_schema")


metadata = Base.metadata

"""A naming convention with every token, conv(), and names that it must not change."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base
from sqlalchemy.schema import conv

convention = {
    "ix": "ix__%(column_0_N_label)s",
    "uq": "uq__%(table_name)s__%(column_0N_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_key)s__%(referred_table_name)s__%(referred_column_0_name)s",
    "pk": "pk__%(table_name)s",
}
Base = declarative_base(metadata=MetaData(naming_convention=convention, schema="crm"))


class Person(Base):
    __tablename__ = "people"
    id = Column(Integer, primary_key=True)
    first = Column(String(40), index=True)
    last = Column(String(40), unique=True)
    age = Column(Integer, CheckConstraint("age > 0", name="grown"))
    grade = Column(
        Enum("a", "b", name="grade", native_enum=False, create_constraint=True), nullable=False
    )
    is_member = Column(Boolean(create_constraint=True, name="member"))
    __table_args__ = (
        UniqueConstraint("first", "last"),
        UniqueConstraint("last", "age", name="uq_chosen"),
        CheckConstraint("first <> last", name="names_differ"),
        CheckConstraint("last <> ''", name=conv("exactly_this")),
        Index(None, "first", "last"),
        Index("ix_chosen", "age"),
    )


class PersonalAddressOfSomebodyWithAVeryLongNameIndeed(Base):
    __tablename__ = "personal_address_of_somebody_with_a_very_long_name"
    person_identifier_that_is_long = Column(ForeignKey("crm.people.id"), primary_key=True)
    other_person_identifier_as_well = Column(ForeignKey("people.id"), index=True)
    first = Column(String)
    __table_args__ = (
        ForeignKeyConstraint(["first"], ["people.last"]),
        {"schema": "crm"},
    )


class Default(Base):
    __tablename__ = "plain"
    __table_args__ = {"schema": "other"}
    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey(Person.id), unique=True, index=True)

"""CHECK conditions written with SQLAlchemy's operators."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, func, not_, text
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import column

Base = declarative_base()


class Rule(Base):
    __tablename__ = "rules"
    id = Column(Integer, primary_key=True)
    low = Column(Integer, nullable=False)
    high = Column(Integer)
    name = Column(String(20))
    begins = Column(Date)
    ends = Column("ends_on", Date)

    __table_args__ = (
        CheckConstraint(low <= high, name="ordered"),
        CheckConstraint(column("ends_on") > begins, name="later"),
        CheckConstraint(name.in_(["a", "b's"]), name="listed"),
        CheckConstraint(not_(name == "x"), name="not_x"),
        CheckConstraint(func.char_length(name) >= 2, name="long_enough"),
        CheckConstraint(text("low % 2 = 0"), name="even"),
        CheckConstraint("name ~ '^[a-z]+$'", name="letters"),
        CheckConstraint(ends.is_(None) | (ends >= begins), name="open_or_later"),
        CheckConstraint(low + 1 < high * 2, name="sums"),
        CheckConstraint(-low < 0, name="minus"),
        CheckConstraint(high.between(low, 100), name="between"),
        CheckConstraint(name.op("~*")("z") | name.ilike("%q%"), name="patterns"),
        CheckConstraint(name.is_distinct_from("n"), name="distinct"),
        CheckConstraint(func.coalesce(high, 0) > 0, name="coalesced"),
    )

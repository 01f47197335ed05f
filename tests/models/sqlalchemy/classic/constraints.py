"""Constraints and indexes of __table_args__, as tuple and with options."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    and_,
    cast,
    desc,
    func,
    literal_column,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSRANGE, ExcludeConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Booking(Base):
    __tablename__ = "bookings"

    tenant = Column(String(20))
    number = Column(Integer)
    room = Column(Integer, nullable=False)
    during = Column(TSRANGE, nullable=False)
    price = Column(Integer, CheckConstraint("price >= 0", name="price_positive"))
    state = Column(String(10))
    title = Column(String)
    data = Column(JSONB)
    deleted_on = Column(Date)

    __table_args__ = (
        PrimaryKeyConstraint("tenant", "number", name="pk_booking"),
        UniqueConstraint("tenant", "title", name="uq_title", deferrable=True, initially="DEFERRED"),
        UniqueConstraint(room, state),
        CheckConstraint("state IN ('new', 'paid')", name="state_known"),
        CheckConstraint(and_(price < 1000, room != 13)),
        CheckConstraint(or_(state == "paid", price.is_(None)), name="paid_or_free"),
        CheckConstraint(func.length(title) > 3),
        ExcludeConstraint(("room", "="), ("during", "&&"), name="no_overlap", using="gist"),
        ExcludeConstraint((during, "&&"), where=text("state = 'paid'")),
        Index("ix_room_price", "room", desc("price")),
        Index(
            "ix_lower_title", func.lower(title), unique=True, postgresql_where=deleted_on.is_(None)
        ),
        Index("ix_data", "data", postgresql_using="gin", postgresql_ops={"data": "jsonb_path_ops"}),
        Index("ix_cover", room, postgresql_include=["title"], postgresql_with={"fillfactor": 70}),
        Index(None, "title"),
        Index("ix_text", text("tenant DESC NULLS LAST"), state.asc()),
        Index("ix_cast", cast(title, Integer), postgresql_where=text("title ~ '^[0-9]+$'")),
        Index("ix_literal", literal_column("room")),
        {"comment": "Rooms that are taken"},
    )


Index("ix_outside", Booking.state, Booking.number.desc().nullslast())

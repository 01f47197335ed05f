"""Indexes of every method, with operators, collations and storage."""

from sqlalchemy import ARRAY, Column, Index, Integer, String, Text, collate, func, text
from sqlalchemy.dialects.postgresql import INET, JSONB, TSVECTOR
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Doc(Base):
    __tablename__ = "docs"

    id = Column(Integer, primary_key=True)
    title = Column(Text)
    words = Column(TSVECTOR)
    tags = Column(ARRAY(String))
    data = Column(JSONB)
    address = Column(INET)
    rank = Column(Integer)

    __table_args__ = (
        Index("ix_hash", title, postgresql_using="hash"),
        Index("ix_gin", words, postgresql_using="gin"),
        Index("ix_tags", "tags", postgresql_using="GIN"),
        Index("ix_brin", rank, postgresql_using="brin", postgresql_with={"pages_per_range": 16}),
        Index("ix_gist", address, postgresql_using="gist", postgresql_ops={"address": "inet_ops"}),
        Index("ix_pattern", title, postgresql_ops={"title": "text_pattern_ops"}),
        Index("ix_trgm", "title", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}),
        Index("ix_collate", collate(title, "C")),
        Index("ix_sum", rank + 1),
        Index("ix_coalesce", func.coalesce(title, "none"), rank),
        Index("ix_not", rank, postgresql_where=~title.in_(["a", "b"])),
        Index("ix_between", rank, postgresql_where=rank.between(1, 5)),
        Index("ix_or", rank, postgresql_where=(rank == 1) | (title != "x")),
        Index("ix_and", rank, postgresql_where=(rank > 1) & title.isnot(None)),
        Index("ix_like", title, postgresql_where=title.like("a%")),
        Index(
            "ix_label", func.lower(title).label("low"), postgresql_ops={"low": "text_pattern_ops"}
        ),
        Index("ix_nulls", rank.desc().nullsfirst(), title.asc().nullslast()),
        Index("ix_tree", text("(data ->> 'a')"), unique=True),
        Index("ix_op", data.op("->>")("b")),
    )

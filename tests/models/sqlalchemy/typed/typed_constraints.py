"""Constraints of typed classes that name mapped columns, attributes and annotated ones."""

from datetime import datetime
from typing import Optional

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData(
        schema="app", naming_convention={"ck": "ck_%(table_name)s_%(column_0_name)s"}
    )


class Article(Base):
    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    site: Mapped[int] = mapped_column()
    slug: Mapped[str] = mapped_column("slug_text", String(80))
    title: Mapped[str] = mapped_column(String)
    views: Mapped[int] = mapped_column(CheckConstraint("views >= 0"), server_default=text("0"))
    likes: Mapped[int] = mapped_column(CheckConstraint("likes < 100", name="few"))
    deleted_at: Mapped[Optional[datetime]] = mapped_column()
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english', title)", persisted=True)
    )

    @declared_attr.directive
    def __table_args__(cls):
        return (
            UniqueConstraint("site", "slug_text", name="uq_site_slug"),
            UniqueConstraint(cls.title, postgresql_nulls_not_distinct=True, name="uq_nulls"),
            CheckConstraint(cls.views > 5),
            Index("ix_search", cls.search, postgresql_using="gin"),
            Index("ix_live", cls.site, cls.slug.desc(), postgresql_where=cls.deleted_at.is_(None)),
            Index("ix_lower", func.lower(cls.title), postgresql_ops={"lower": "text_pattern_ops"}),
            {"schema": "app"},
        )


class Revision(Base):
    __tablename__ = "revisions"

    site: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["site", "slug"], ["app.articles.site", "app.articles.slug_text"], ondelete="CASCADE"
        ),
        Index("ix_number", number.desc().nulls_last()),
    )


Index(
    "ix_title_trgm", Article.title, postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}
)

"""Flask-SQLAlchemy with a typed base, abstract classes, schemas and its own metadata."""

from __future__ import annotations

import datetime

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, func
from sqlalchemy.orm import declared_attr

metadata = MetaData(schema="web", naming_convention={"pk": "pk_%(table_name)s"})
db = SQLAlchemy(metadata=metadata)


class Dated:
    created_at = db.Column(db.DateTime(timezone=True), server_default=func.now())

    @declared_attr
    def author_id(cls):
        return db.Column(db.Integer, db.ForeignKey("author.id"), nullable=True)


class Author(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    bio = db.Column(db.JSON)


class NewsItem(Dated, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    on = db.Column(db.Date, default=datetime.date.today)


class APIKey(Dated, db.Model):
    __table_args__ = {"schema": "keys"}
    id = db.Column(db.BigInteger, db.Identity(), primary_key=True)
    secret = db.Column(db.LargeBinary, nullable=False)

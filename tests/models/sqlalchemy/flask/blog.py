"""Flask-SQLAlchemy: names from classes, db.Column, db.Table, abstract models."""

from datetime import datetime

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

tags_of_posts = db.Table(
    "tags_of_posts",
    db.Column("post_id", db.Integer, db.ForeignKey("blog_post.id"), primary_key=True),
    db.Column("tag_id", db.Integer, db.ForeignKey("tag.id"), primary_key=True),
)


class Model(db.Model):
    __abstract__ = True
    id = db.Column(db.Integer, primary_key=True)
    created = db.Column(db.DateTime, nullable=False, default=datetime.utcnow)


class BlogPost(Model):
    title = db.Column(db.String(80), unique=True, nullable=False)
    body = db.Column(db.Text, server_default=db.text("''"))
    author_id = db.Column(db.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    tags = db.relationship("Tag", secondary=tags_of_posts, backref="posts")


class Tag(Model):
    name = db.Column(db.String(20))
    __table_args__ = (db.UniqueConstraint("name", name="uq_tag"), db.Index("ix_tag", "name"))


class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.BigInteger, primary_key=True)
    kind = db.Column(db.Enum("a", "b", name="user_kind"))
    type = db.Column(db.String(5))
    __mapper_args__ = {"polymorphic_on": type}


class Admin(User):
    level = db.Column(db.Integer)
    __mapper_args__ = {"polymorphic_identity": "admin"}


class HTTPServerLog(User):
    __mapper_args__ = {"polymorphic_identity": "log"}
    id = db.Column(db.ForeignKey("users.id"), primary_key=True)
    line = db.Column(db.String)

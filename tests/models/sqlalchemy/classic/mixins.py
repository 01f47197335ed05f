"""Mixins, abstract bases, declared_attr for columns, names and table arguments."""

import re

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, func
from sqlalchemy.orm import declarative_base, declared_attr, has_inherited_table, relationship


class NamedByClass:
    @declared_attr
    def __tablename__(cls):
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Base(NamedByClass):
    id = Column(Integer, primary_key=True)


Base = declarative_base(cls=Base)


class Timestamps:
    created_at = Column(DateTime, server_default=func.now(), nullable=False)
    updated_at = Column(DateTime, index=True)


class Tenant(Base):
    name = Column(String(30), nullable=False)


class OfTenant:
    indexed = False

    @declared_attr
    def tenant_id(cls):
        return Column(ForeignKey("tenant.id", ondelete=cls.on_delete()), nullable=False)

    @declared_attr
    def tenant(cls):
        return relationship("Tenant")

    @classmethod
    def on_delete(cls):
        return "CASCADE"

    @declared_attr
    def __table_args__(cls):
        if cls.indexed:
            return (Index(f"ix_of_{cls.__tablename__}", "tenant_id"), {"comment": cls.__name__})
        return {"comment": "no index"}


class Model(Base, Timestamps):
    __abstract__ = True
    version = Column(Integer, nullable=False, server_default="1")

    @declared_attr
    def slug(cls):
        return Column(f"{cls.__tablename__}_slug", String(20), unique=True)


class ProjectPlan(OfTenant, Model):
    indexed = True
    title = Column(String)


class TaskItem(Model, OfTenant):
    updated_at = None
    created_at = Column(Integer)
    plan_id = Column(ForeignKey("project_plan.id"))


class Special(TaskItem):
    @declared_attr
    def __tablename__(cls):
        return None if has_inherited_table(cls) else "never"

    flavour = Column(String(5))

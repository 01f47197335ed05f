from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
import sqlalchemy.orm as so
from sqlalchemy.dialects import postgresql as pg

from ..database import Base
from . import kinds as k
from .mixins import WithId

if TYPE_CHECKING:
    from .ledger import Line


class Account(WithId, Base):
    __tablename__ = "accounts"

    kind: so.Mapped[k.Kind] = so.mapped_column(sa.Enum(k.Kind, name="account_kind"))
    code: so.Mapped[str] = so.mapped_column(sa.String(k.LENGTH), unique=True)
    extra: so.Mapped[dict | None] = so.mapped_column(pg.JSONB)
    lines: so.Mapped[list[Line]] = so.relationship(back_populates="account")

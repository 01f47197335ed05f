from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

import package.database as database
from package.models.account import Account
from package.models.mixins import WithId


class Ledger(WithId, database.Base):
    __tablename__ = "ledgers"
    opened: Mapped[dt.date]


class Line(WithId, database.Base):
    __tablename__ = "lines"

    ledger_id: Mapped[int] = mapped_column(ForeignKey("package_schema.ledgers.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="RESTRICT"))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    account: Mapped[Account] = relationship(back_populates="lines")

"""Association tables and objects, secondary tables, self references, one-to-one."""

from sqlalchemy import Boolean, Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

followers = Table(
    "followers",
    Base.metadata,
    Column("follower_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("followed_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("muted", Boolean, nullable=False, server_default="false"),
)


class Account(Base):
    __tablename__ = "accounts"
    id = Column(Integer, primary_key=True)
    name = Column(String(15), unique=True, index=True)
    followed = relationship(
        "Account",
        secondary=followers,
        primaryjoin=(followers.c.follower_id == id),
        secondaryjoin=(followers.c.followed_id == id),
    )
    profile = relationship("Profile", uselist=False)
    memberships = relationship("Membership")


class Profile(Base):
    __tablename__ = "profiles"
    account_id = Column(Integer, ForeignKey("accounts.id"), primary_key=True)
    text = Column(String)


class Club(Base):
    __tablename__ = "clubs"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey(id), index=True)


class Membership(Base):
    __tablename__ = "memberships"
    account_id = Column(ForeignKey(Account.id), primary_key=True)
    club_id = Column(ForeignKey(Club.id), primary_key=True)
    role = Column(String(9))


class Visit(Base):
    __tablename__ = "visits"
    id = Column(Integer, primary_key=True)
    account_id = Column(Integer)
    club_id = Column(Integer)
    __table_args__ = (
        ForeignKeyConstraint(
            [account_id, club_id], [Membership.account_id, Membership.club_id], ondelete="CASCADE"
        ),
    )

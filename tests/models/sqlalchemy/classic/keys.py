"""Foreign keys: options, composite ones, cycles, use_alter, and types taken from their target."""

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Country(Base):
    __tablename__ = "countries"
    code = Column(String(2), primary_key=True)
    capital_id = Column(ForeignKey("cities.id", use_alter=True, name="fk_capital"))


class City(Base):
    __tablename__ = "cities"
    id = Column(BigInteger, primary_key=True)
    country_code = Column(ForeignKey(Country.code, ondelete="CASCADE", onupdate="RESTRICT"))
    parent_id = Column(None, ForeignKey("cities.id", ondelete="SET NULL"))


class Egg(Base):
    __tablename__ = "eggs"
    id = Column(Integer, primary_key=True)
    hen_id = Column(Integer, ForeignKey("hens.id"))


class Hen(Base):
    __tablename__ = "hens"
    id = Column(Integer, primary_key=True)
    egg_id = Column(Integer, ForeignKey("eggs.id", deferrable=True, initially="DEFERRED"))


class Street(Base):
    __tablename__ = "streets"
    city_id = Column(ForeignKey("cities.id"), primary_key=True)
    number = Column(Integer, primary_key=True, autoincrement=False)


class House(Base):
    __tablename__ = "houses"
    id = Column(Integer, primary_key=True)
    street_city = Column(BigInteger)
    street_number = Column(Integer)
    __table_args__ = (
        ForeignKeyConstraint(
            ["street_city", "street_number"],
            ["streets.city_id", "streets.number"],
            name="fk_house_street",
            onupdate="CASCADE",
            ondelete="SET NULL",
        ),
        ForeignKeyConstraint([street_city], [City.id], deferrable=False),
    )


class Owner(Base):
    __tablename__ = "owners"
    house_id = Column(ForeignKey("houses.id", match="FULL"), primary_key=True)
    referee_id = Column(ForeignKey("owners.house_id"))

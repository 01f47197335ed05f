"""Joined, single-table and concrete inheritance."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.declarative import AbstractConcreteBase, ConcreteBase
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()


class Employee(Base):
    __tablename__ = "employees"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}
    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False)
    name = Column(String(50))


class Engineer(Employee):
    __tablename__ = "engineers"
    __mapper_args__ = {"polymorphic_identity": "engineer"}
    id = Column(ForeignKey("employees.id"), primary_key=True)
    language = Column(String(20))


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}
    bonus = Column(Integer)

    @declared_attr
    def start_year(cls):
        return Employee.__table__.c.get("start_year", Column(Integer))


class Boss(Manager):
    __mapper_args__ = {"polymorphic_identity": "boss"}

    @declared_attr
    def start_year(cls):
        return Employee.__table__.c.get("start_year", Column(Integer))


class Lead(Engineer):
    __tablename__ = "leads"
    __mapper_args__ = {"polymorphic_identity": "lead"}
    id = Column(Integer, ForeignKey(Engineer.id), primary_key=True)
    reports = Column(Integer, server_default="0")


class Vehicle(ConcreteBase, Base):
    __tablename__ = "vehicles"
    id = Column(Integer, primary_key=True)
    wheels = Column(Integer)


class Car(Vehicle):
    __tablename__ = "cars"
    id = Column(Integer, primary_key=True)
    wheels = Column(Integer)
    doors = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "car", "concrete": True}


class Animal(AbstractConcreteBase, Base):
    name = Column(String(30))


class Dog(Animal):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    breed = Column(String(30))
    __mapper_args__ = {"polymorphic_identity": "dog", "concrete": True}

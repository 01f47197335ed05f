"""Tables of Core in several files that import each other's names."""

from plain_package import orders as order_tables
from plain_package.base import metadata
from plain_package.people import people as persons

orders = order_tables.orders

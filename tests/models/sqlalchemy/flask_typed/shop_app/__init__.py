"""An application whose database object stands in a file of its own."""

from .database import db
from .products import Product, Stock

__all__ = ["db", "Product", "Stock"]

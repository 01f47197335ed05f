from .account import Account
from .kinds import *
from .ledger import Ledger as Book
from .ledger import Line

__all__ = ["Account", "Book", "Line", "Kind"]

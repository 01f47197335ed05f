"""Models in a package: relative imports, re-exports, aliases, a circle of imports."""

from .database import Base, metadata
from .models import *
from .models import account as accounts

Account = accounts.Account
__all__ = ["Base", "Account", "metadata"]

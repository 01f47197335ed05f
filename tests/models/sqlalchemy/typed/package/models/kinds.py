import enum

LENGTH = 12
_PRIVATE = 5


class Kind(enum.Enum):
    asset = "A"
    debt = "D"

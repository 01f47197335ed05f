from . import catalogue
from . import circulation
from . import events
from . import people
from . import places

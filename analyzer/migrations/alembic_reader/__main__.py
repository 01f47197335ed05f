"""Lets `python3 PATH/alembic_reader FOLDER...` run the package from where it is installed."""

import os
import sys

sys.dont_write_bytecode = True
BESIDE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PLACES = (BESIDE, os.path.join(os.path.dirname(BESIDE), "models"))
SHARED = [place for place in PLACES if os.path.isdir(os.path.join(place, "sqlalchemy_source"))]
sys.path[:0] = [BESIDE] + SHARED[:1]

from alembic_reader.command import main  # noqa: E402

sys.exit(main(sys.argv[1:]))

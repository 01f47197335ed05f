"""Lets `python3 PATH/sqlalchemy_reader PATH...` run the package from where it is installed."""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from sqlalchemy_reader.command import main  # noqa: E402

sys.exit(main(sys.argv[1:]))

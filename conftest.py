"""A module that needs a tool which is not installed is not collected: `make test-engines` installs all of them."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("datatrove") else ["src/cleanr/adapters/datatrove.py"]

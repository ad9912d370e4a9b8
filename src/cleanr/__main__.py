"""``python -m cleanr`` is ``cleanr``."""

from cleanr.cli import main

if __name__ == "__main__":
    main()

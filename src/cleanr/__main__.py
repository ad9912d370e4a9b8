"""``python -m cleanr`` is ``cleanr``. Who asks for the version need not wait for all that the other commands load."""

import sys


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        from cleanr import __version__

        print(f"cleanr {__version__}")
        return
    from cleanr import cli

    cli.main()


if __name__ == "__main__":
    main()

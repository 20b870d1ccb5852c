"""The start of the command line, also by `python -m paperbound`."""

import sys


def main() -> int:
    """Runs the command line; returns the exit code, also of Ctrl+C during imports."""
    try:
        from .cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())

"""Run pressbook as `python -m pressbook`."""

import sys

from pressbook.cli import main

if __name__ == "__main__":
    sys.exit(main())

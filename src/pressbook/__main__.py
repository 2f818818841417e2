"""Run pressbook as `python -m pressbook`, or by its own name."""

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command and end the process at once.

    Everything is written by then; to take apart a book's hundred thousand values one by one would only cost time.
    """
    # A run makes a few hundred thousand small values and ends; hunting for cycles among them, and among what is imported
    # to begin with, costs a tenth of its time.
    gc.disable()
    from pressbook.cli import main

    try:
        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as leave:  # argparse leaves so, after --help or a usage error
        raise leave from None
    os._exit(status)


if __name__ == "__main__":
    run()

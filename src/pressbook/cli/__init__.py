"""The command line: one module a command; errors become `error:` and `hint:`."""

import argparse
import io
import os
import sys
from collections.abc import Callable

from pressbook.cli.arguments import make_parser
from pressbook.cli.common import AT_FAULT, DONE, USAGE, complain
from pressbook.errors import PressbookError


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the input is at fault, 2 usage, 3 done but a finding is an error."""
    if arguments is None:
        _settle_in()
    parser = make_parser()
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.print_help(sys.stderr)
        return USAGE
    options = parser.parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        status = command(options)
        sys.stdout.flush()
        return status
    except PressbookError as error:
        complain(error.message, error.hint)
    except BrokenPipeError:
        # Whoever read our words has seen enough, as `head` does; nobody is at fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        complain("stopped", "")
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {error.strerror or error}", "look at the path and its permissions")
    except Exception as error:
        if os.environ.get("PRESSBOOK_DEBUG"):
            raise
        complain(f"pressbook itself failed: {type(error).__name__}: {error}", "this is a bug; PRESSBOOK_DEBUG=1 shows where")
    return AT_FAULT


def _settle_in() -> None:
    """Make the process ours: a run from the shell, not a call from Python."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal knows its own encoding; files and programs are given UTF-8 wherever we run.
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")

"""Keep the README true: run the commands that it shows and compare what they print: `python bench/readme.py [--update]`.

In a block that is fenced as `console`, each line that begins with `$ ` is run and the lines below it are what it printed.
A block that is fenced as `text NAME` or `toml NAME` is written to the file NAME first. The table of config keys is compared
with the schema.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
sys.path.insert(0, str(ROOT / "src"))

FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^\| \*\*`\[([a-z]+)\]`\*\* \|", re.MULTILINE)
KEY = re.compile(r"^\| `([a-z-]+)` \| `(.+?)` \|", re.MULTILINE)


def main() -> int:
    """Compare, or write the README anew; return 1 if something in it is not true."""
    parser = argparse.ArgumentParser(description="Run the README's commands and compare what they print.")
    parser.add_argument("--update", action="store_true", help="write what the commands print into the README")
    options = parser.parse_args()
    before = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="pressbook-readme-") as folder:
        after = FENCE.sub(lambda match: run_block(match, Path(folder)), before)
    wrong = compare_keys(before)
    for line in wrong:
        print(line)
    if after == before:
        print("the README prints what pressbook prints")
    elif options.update:
        README.write_text(after, encoding="utf-8")
        print("the README was brought up to date")
    else:
        print("".join(unified_diff(before.splitlines(True), after.splitlines(True), "README.md", "what it prints now")))
    return 1 if wrong or (after != before and not options.update) else 0


def run_block(match: re.Match[str], folder: Path) -> str:
    """Return a fenced block with what its commands print now; write a named block to its file."""
    language, name, body = match[1], match[2], match[3]
    if name:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")
    if language != "console":
        return match[0]
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    return "```console\n" + "\n".join(f"$ {command}\n{run(command, folder)}" for command in commands) + "```"


def run(command: str, folder: Path) -> str:
    """Run a command in the folder with this clone's pressbook, and return all that it printed."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    for name, call in (("python", ""), ("pressbook", " -m pressbook")):
        (tools / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{call} "$@"\n')
        (tools / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}
    place = ROOT if command.startswith("python bench/") else folder
    done = subprocess.run(
        ["sh", "-c", command], cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout


def compare_keys(readme: str) -> list[str]:
    """Name each key that the README and the schema do not agree on."""
    from msgspec.structs import fields

    from pressbook.config import Config

    told: dict[str, str] = {}
    parts = SECTION.split(readme)
    for section, rows in zip(parts[1::2], parts[2::2], strict=True):
        told |= {f"{section}.{key}": default for key, default in KEY.findall(rows)}
    known: dict[str, str] = {}
    for section in fields(Config):
        for field in fields(section.type):
            known[f"{section.encode_name}.{field.encode_name}"] = as_toml(getattr(section.default, field.name))
    missing = [f"README: {key} is missing; its default is {default}" for key, default in known.items() if key not in told]
    idle = [f"README: {key} is not a key" for key in told if key not in known]
    differ = [f"README: {key} is {told[key]}, not {known[key]}" for key in told if key in known and told[key] != known[key]]
    return [*missing, *idle, *differ]


def as_toml(value: object) -> str:
    """Write a default as it would stand in the config."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(as_toml(item) for item in value) + "]"
    return f'"{value}"'


if __name__ == "__main__":
    sys.exit(main())

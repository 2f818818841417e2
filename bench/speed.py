"""Time a cold `pressbook build` beside Typst and pdfTeX on the same stories: `python bench/speed.py [--rounds 7]`.

Each run is a new process in a folder of its own. The engines take turns, so that a busy moment of the machine meets them
all; one run of each is thrown away first, which warms the disk's caches, compiles Python's modules as an installation has
them compiled, and settles TeX's auxiliary files. The peers set plain pages without running heads or a booklet, hence the
row "pages only" beside the row of what `build` makes by default.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PEERS = SHARED / "bench" / "peers.py"
STORIES = {
    "sample": ROOT / "text" / "distinguishing-features.txt",
    "forwards": SHARED / "stories" / "forwards.txt",
    "novel": SHARED / "corpora" / "works" / "pkd.gold.txt",
}
STRIPPED = "novel"
"""The story whose marks of emphasis the peers would set as letters: they are taken out for all."""

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(ROOT / "src")
BUILD = [sys.executable, "-m", "pressbook", "build", "story.txt", "--out", "out", "--quiet"]
TYPST = "import typst; typst.compile('book.typ', output='book.pdf', font_paths=[{fonts!r}])"


class Engine(NamedTuple):
    """One way to set the story."""

    name: str
    folder: Path
    command: list[str]


class Run(NamedTuple):
    """What one process cost."""

    seconds: float
    cpu: float
    """Seconds of processor time, on all cores together."""
    megabytes: float
    """Most memory resident at once."""


def main() -> int:
    """Time every story and print one table."""
    parser = argparse.ArgumentParser(description="Time a cold `pressbook build` beside Typst and pdfTeX.")
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="runs of each engine; default: %(default)s")
    parser.add_argument("--only", choices=STORIES, action="append", help="a story, or several; default: all")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds takes a number from 1")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median wall time of {options.rounds} cold runs")
    for name in options.only or STORIES:
        source = STORIES[name]
        if not source.is_file():
            print(f"\n{name}: skipped, {os.path.relpath(source, ROOT)} is not there.")
            continue
        with tempfile.TemporaryDirectory(prefix="pressbook-speed-") as folder:
            # Compiled modules stay out of the clone, and edits in it are seen.
            ENVIRONMENT["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
            time_story(name, source, Path(folder), options.rounds)
    return 0


def time_story(name: str, source: Path, folder: Path, rounds: int) -> None:
    """Time all engines on one story and print its part of the table."""
    text = source.read_text(encoding="utf-8-sig")
    story = folder / "story.txt"
    story.write_text(text.replace("_", "") if name == STRIPPED else text, encoding="utf-8")
    print(f"\n{name}, {len(story.read_text(encoding='utf-8').split()):,} words")
    engines = set_up(story, folder)
    for engine in engines:
        run(engine)
    runs: dict[str, list[Run]] = {engine.name: [] for engine in engines}
    for _ in range(rounds):
        for engine in engines:
            runs[engine.name].append(run(engine))
    print_table(runs)


def set_up(story: Path, folder: Path) -> list[Engine]:
    """Give each engine that is at hand a folder with its own input; say which is missing."""
    engines = [
        _engine("pressbook", folder, [story], BUILD),
        _engine("pressbook, pages only", folder, [story], [*BUILD, "--set", "outputs.booklet=false"]),
    ]
    if not PEERS.is_file():
        print(f"Typst and pdfTeX: skipped, {os.path.relpath(PEERS, ROOT)} is not there to make their inputs.")
        return engines
    inputs = folder / "inputs"
    fonts = folder / "fonts"
    fonts.mkdir()
    for style in ("Regular", "Italic"):
        shutil.copy(ROOT / "fonts" / f"EBGaramond-{style}.ttf", fonts)
    subprocess.run([sys.executable, PEERS, story, inputs, fonts], check=True, stdout=subprocess.DEVNULL)
    if subprocess.run([sys.executable, "-c", "import typst"], stderr=subprocess.DEVNULL, check=False).returncode:
        print('Typst: skipped, it is not installed (pip install -e ".[bench]").')
    else:
        code = TYPST.format(fonts=str(fonts))
        engines.append(_engine("Typst", folder, [inputs / "book.typ"], [sys.executable, "-c", code]))
    if pdflatex := shutil.which("pdflatex"):
        command = [pdflatex, "-interaction=batchmode", "book-pdf.tex"]
        engines.append(_engine("pdfTeX", folder, [inputs / "book-pdf.tex"], command))
    else:
        print("pdfTeX: skipped, no pdflatex is on the path.")
    return engines


def _engine(name: str, folder: Path, inputs: list[Path], command: list[str]) -> Engine:
    own = folder / name.replace(", ", "-").replace(" ", "-")
    own.mkdir()
    for path in inputs:
        shutil.copy(path, own)
    return Engine(name, own, command)


def run(engine: Engine) -> Run:
    """Run an engine once in a new process and measure it; stop if it fails."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            engine.command, cwd=engine.folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"error: {engine.name} failed with {process.returncode}\n{said.read().decode(errors='replace')}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def print_table(runs: dict[str, list[Run]]) -> None:
    """Print medians, the spread of the runs, ratios to the peers, and peak memory."""
    medians = {name: median(run.seconds for run in row) for name, row in runs.items()}
    peers = [name for name in ("Typst", "pdfTeX") if name in runs]
    print(f"  {'':<22}{'median':>9}{'range':>15}{'cpu':>9}" + "".join(f"{'/ ' + peer:>10}" for peer in peers) + f"{'peak':>9}")
    for name, row in runs.items():
        seconds = sorted(run.seconds for run in row)
        line = f"  {name:<22}{medians[name]:>7.3f} s{seconds[0]:>9.3f}-{seconds[-1]:.3f}"
        line += f"{median(run.cpu for run in row):>7.3f} s"
        line += "".join(f"{medians[name] / medians[peer]:>10.2f}" for peer in peers)
        print(f"{line}{max(run.megabytes for run in row):>6.0f} MB")


if __name__ == "__main__":
    sys.exit(main())

"""Measure lines and pages beside the best peers: `python bench/lines.py`.

The paragraphs of two whole works, without headings and breaks, are set at 5.5 x 8.5 in, 11 on 14 points, and at A6; a meter
that knows no engine reads the finished PDFs. The peers' rows are what the same meter said of theirs, at the measures and
sizes given. Works and meter lie outside this repository; what is not there is skipped. Needs poppler's pdftotext.
"""

import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
METER = SHARED / "bench" / "meter.py"
WORKS = SHARED / "corpora" / "works"
SETTINGS = {
    "5.5 x 8.5 in, 11/14": ("page.trim=5.5x8.5in", "type.size=11pt", "type.leading=14pt"),
    "A6": ("page.trim=A6",),
}
COLUMNS = ("sd", "p99", "loose", "tight", "hyph", "ladder3", "runt", "widow", "turnhyph", "short")
HEADS = ("sd", "p99", "loose %", "tight %", "hyphens %", "ladders", "runts", "widows", "at foot", "uneven")
PEERS = {
    "pkd": {
        "LuaLaTeX + microtype": (0.153, 1.56, 1.8, 1.3, 3.6, 0, 29, 3, 1, 75),
        "Typst 0.15": (0.286, 1.87, 7.7, 14.8, 3.9, 0, 10, 3, 2, 61),
    },
    "secret-garden": {
        "LuaLaTeX + microtype": (0.132, 1.48, 0.8, 1.1, 2.0, 0, 36, 0, 2, 53),
        "Typst 0.15": (0.256, 1.79, 5.3, 11.9, 1.9, 0, 8, 2, 1, 42),
    },
}
"""At 5.5 x 8.5 in, 11 points, a measure of 306 points; the meter counts a widow where it sees a short first line on a page."""
AT_A6 = {"a novel, LuaLaTeX": (0.171, 1.56, 2.0, 3.0, 8.7, 1, 17, 1, 7, 50)}


def main() -> int:
    """Set, measure and print everything."""
    if not METER.is_file() or not WORKS.is_dir():
        print(f"skipped: {os.path.relpath(WORKS, ROOT)} or {os.path.relpath(METER, ROOT)} is not there.")
        return 0
    measure = runpy.run_path(str(METER))["measure"]
    print(f"{'':<26}" + "".join(f"{head:>10}" for head in HEADS) + f"{'scale':>8}")
    for setting, keys in SETTINGS.items():
        for work, peers in PEERS.items():
            print(f"{work}, {setting}")
            found, contrast = set_and_measure(work, keys, measure)
            print_row("pressbook", [found[column] for column in COLUMNS], f"{100 * contrast:.2f} %")
            for peer, row in (peers if setting != "A6" else AT_A6).items():
                print_row(peer, row)
    print("scale: by how much the letters of neighbouring lines differ in width, on average, from `pressbook proof`")
    return 0


def set_and_measure(work: str, keys: tuple[str, ...], measure: Any) -> tuple[dict[str, float], float]:
    """Set a work's paragraphs; return what the meter reads in the PDF, and the mean contrast of scale that `proof` reports."""
    rows = [json.loads(line) for line in (WORKS / f"{work}.blocks.jsonl").read_text(encoding="utf-8").splitlines()]
    text = "\n\n".join(row["gold"].replace("_", "") for row in rows if row["kind"] == "para")
    with tempfile.TemporaryDirectory(prefix="pressbook-lines-") as folder:
        story = Path(folder) / "story.txt"
        story.write_text(text + "\n", encoding="utf-8")
        sets = [part for key in keys for part in ("--set", key)]
        run("build", str(story), "--out", folder, "--quiet", "--set", "outputs.booklet=false", *sets)
        report = json.loads(run("proof", str(story), "--json", *sets))
        return measure(str(Path(folder) / "story.pdf")), report["typography"]["scale_contrast"]


def run(*words: str) -> str:
    """Run a pressbook command from this clone and return what it prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "pressbook", *words]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def print_row(name: str, figures: Any, last: str = "") -> None:
    """Print one engine's figures."""
    print(f"  {name:<24}" + "".join(f"{figure:>10g}" for figure in figures) + f"{last:>8}")


if __name__ == "__main__":
    sys.exit(main())

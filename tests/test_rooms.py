"""The house stands as drawn: who may import whom, and by which door each library comes in."""

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "pressbook"
WORKING = {"manuscript", "markup", "composition", "paging", "pdf", "press", "ebook", "proof"}
VALUES = {"model", "config", "values", "units", "errors", "hands"}
ALLOWED: dict[str, set[str]] = {
    "units": set(),
    "errors": set(),
    "hands": set(),
    "values": set(),
    "model": {"model", "units", "values"},
    "config": {"config", "units", "errors", "values"},
    **{room: VALUES | {room} for room in WORKING},
    "manuscript": VALUES | {"manuscript", "strangers"},
    "strangers": set(),
    "project": VALUES | {"strangers"},
    "starter": {"config", "manuscript", "markup"},
    "leaflets": VALUES | {"composition", "pdf", "press"},
    "booklets": VALUES | {"leaflets", "pdf", "press", "proof"},
    "wraps": VALUES | {"composition", "manuscript", "paging", "pdf", "press"},
    "pipeline": VALUES | WORKING,
    "cli": VALUES | WORKING | {"cli", "booklets", "leaflets", "wraps", "pipeline", "project", "starter", "__init__"},
    "__main__": {"cli"},
    "__init__": set(),
}
DOORS: dict[str, set[str]] = {
    "uharfbuzz": {"composition", "pdf"},
    "pyphen": {"composition"},
    "reportlab": {"pdf"},
    "msgspec": {"config", "values"},
    "lxml": {"manuscript"},
    "markdown_it": {"manuscript"},
    "PIL": {"manuscript", "pdf"},
    "pikepdf": {"press", "proof"},
    "pypdfium2": {"proof"},
}
STANDARD = {
    "argparse", "ast", "bisect", "cmath", "collections", "contextlib", "dataclasses", "difflib", "functools", "gc", "hashlib",
    "itertools", "json", "math", "os", "pathlib", "re", "string", "struct", "sys", "tempfile", "threading", "time", "tomllib",
    "types", "typing", "unicodedata", "zlib", "datetime", "operator", "io", "codecs", "enum", "errno", "statistics", "ctypes",
    "importlib", "logging", "array",
    "html", "urllib", "zipfile", "base64", "binascii", "marshal", "pickle", "select", "signal", "warnings",
}  # fmt: skip

MODULES = sorted(SOURCE.rglob("*.py"))


@cache
def imports(path: Path) -> set[str]:
    """Every dotted name that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "pressbook" else {str(node.module)}
    return names


def room_of(path: Path) -> str:
    """Name the room that a module stands in."""
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_what_it_may(path):
    """Working rooms see values and themselves; only the pipeline and the command line see working rooms."""
    room = room_of(path)
    for name in imports(path):
        if name.split(".")[0] == "pressbook":
            parts = name.split(".")
            target = parts[1] if len(parts) > 1 and parts[1] != "__version__" else "__init__"
            permitted = ALLOWED[room] | {"__init__"} if room == "pdf" else ALLOWED[room]
            assert target in permitted, f"{path.relative_to(SOURCE)} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_enters_by_its_own_door(path):
    """A third-party library is imported by the rooms that own it and by no other."""
    for name in imports(path):
        library = name.split(".")[0]
        if library != "pressbook" and library not in STANDARD:
            assert room_of(path) in DOORS.get(library, set()), f"{path.relative_to(SOURCE)} may not import {library}"


def test_the_rules_refuse_a_wrong_import(tmp_path):
    """A paging module that imports the pdf room would be caught."""
    stray = tmp_path / "stray.py"
    stray.write_text("from pressbook.pdf import engrave\nfrom pressbook import markup\n")
    targets = {name.split(".")[1] for name in imports(stray)}
    assert targets == {"pdf", "markup"}
    assert not targets & ALLOWED["paging"]


def test_the_pipeline_is_five_statements():
    """`typeset` reads as the way through the house: five statements."""
    tree = ast.parse((SOURCE / "pipeline.py").read_text(encoding="utf-8"))
    typeset = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "typeset")
    statements = [node for node in typeset.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    assert len(statements) == 5

"""The author's decisions: `NAME.marks.toml` beside a manuscript, and how one more is written into it."""

from errno import ENAMETOOLONG
from pathlib import Path
from typing import Any, cast, get_args

from pressbook.errors import ConfigError, nearest
from pressbook.model.story import DecisionKind, Overrule, Overrules, Verdict

SUFFIX = ".marks.toml"
KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SETTABLE: tuple[DecisionKind, ...] = ("quote", "dash", "ellipsis", "space")
"""What `set` may spell out: the signs between the letters."""

_KEYS = ("kind", "text", "in", "verdict", "set")
_TABLES = ("rules", "decision")


def marks_beside(source: Path) -> Path:
    """Name the file in which the decisions about a manuscript stand, there or not."""
    return source.with_name(source.stem + SUFFIX)


def read_marks(path: Path) -> Overrules:
    """Read the decisions; none if the file is not there. ConfigError names the file, the decision, the key and the value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Overrules()
    except UnicodeDecodeError:
        raise ConfigError(f"{path.name} is not UTF-8", "save it as plain text in UTF-8") from None
    except OSError as error:
        if error.errno == ENAMETOOLONG:  # so there is no such file
            return Overrules()
        raise ConfigError(f"{path.name} cannot be read: {error.strerror or error}", "look at its permissions") from None
    return parse_marks(text, path.name)


def parse_marks(text: str, name: str) -> Overrules:
    """Understand the text of a file of decisions; ConfigError names the decision, the key and the value."""
    import tomllib  # most manuscripts have no decisions beside them

    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{name} is not valid TOML: {error}", 'text stands in quotes, as in verdict = "reject"') from None
    _refuse_unknown(tables, _TABLES, name)
    rules = tables.get("rules", {})
    if not isinstance(rules, dict):
        raise ConfigError(f"{name}: rules = {rules!r} cannot be used", 'write [rules], and below it a rule: dashes = "reject"')
    decisions = tables.get("decision", [])
    if not isinstance(decisions, list) or not all(isinstance(keys, dict) for keys in decisions):
        raise ConfigError(f"{name}: decision cannot be used so", "begin each decision with a line [[decision]]")
    return Overrules(
        name,
        tuple([_decision(keys, f"{name}: decision {number}") for number, keys in enumerate(decisions, 1)]),
        tuple([(rule, cast(Verdict, _one_of(verdict, VERDICTS, f"{name}: rules.{rule}"))) for rule, verdict in rules.items()]),
    )


def add_decision(path: Path, overrule: Overrule, line: int) -> bytes:
    """Return the file's new content, all that stood there kept; ConfigError if one more decision cannot be written below it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        name = path.name.removesuffix(SUFFIX)
        text = f"# Decisions about {name}, whatever the rules say; `pressbook mark --help` tells what may stand here.\n"
    text = text + ("" if text.endswith("\n") or not text else "\n") + write_decision(overrule, line)
    parse_marks(text, path.name)
    return text.encode()


def write_decision(overrule: Overrule, line: int) -> str:
    """Write a decision as it stands in the file, a blank line above it; `line` is where its author will find it today."""
    lines = ["", f"[[decision]]  # line {line}", f"kind = {_quoted(overrule.kind)}"]
    if overrule.text != overrule.within:
        lines.append(f"text = {_quoted(overrule.text)}")
    lines += [f"in = {_quoted(overrule.within)}", f"verdict = {_quoted(overrule.verdict)}", ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Quote a text for TOML, whose basic strings are JSON's but for DEL."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _decision(keys: dict[str, Any], where: str) -> Overrule:
    _refuse_unknown(keys, _KEYS, where)
    for key, value in keys.items():
        if not isinstance(value, str):
            raise ConfigError(f"{where}: {key} = {value!r} cannot be used", "text in quotes stands here")
    if "kind" not in keys:
        raise ConfigError(f"{where}: kind is missing", "it may be " + " or ".join(map(repr, KINDS)))
    kind = cast(DecisionKind, _one_of(keys["kind"], KINDS, f"{where}: kind"))
    within = keys.get("in") or keys.get("text") or ""
    text = keys.get("text") or within
    if not any(letter.isalnum() for letter in within):
        raise ConfigError(f"{where}: in is missing", 'quote the sentence, as in in = "Not again, she thought"')
    reads = keys.get("set", "")
    if reads:
        _agree(kind, text, reads, where)
    elif "verdict" not in keys:
        raise ConfigError(f"{where}: verdict is missing", "it may be 'accept' or 'reject'")
    verdict = cast(Verdict, _one_of(keys.get("verdict", "accept"), VERDICTS, f"{where}: verdict"))
    if reads and verdict == "reject":
        raise ConfigError(f"{where}: set and verdict = 'reject' contradict each other", "leave one of them out")
    return Overrule(kind, text, within, verdict, reads)


def _agree(kind: DecisionKind, text: str, reads: str, where: str) -> None:
    """Refuse a setting that would change a word."""
    if kind not in SETTABLE:
        hint = "set spells out a " + ", ".join(SETTABLE[:-1]) + f" or {SETTABLE[-1]}; for a {kind} write verdict instead"
        raise ConfigError(f"{where}: set cannot be used with kind = {kind!r}", hint)
    if _letters(text) != _letters(reads):
        hint = "the letters of set must be those of text: no word is changed here"
        raise ConfigError(f"{where}: set = {reads!r} reads otherwise than text = {text!r}", hint)


def _letters(text: str) -> str:
    return "".join([letter for letter in text if letter.isalnum()]).casefold()


def _one_of(value: object, choices: tuple[str, ...], where: str) -> str:
    if isinstance(value, str) and value in choices:
        return value
    near = nearest(str(value), choices)
    known = "it may be " + " or ".join(map(repr, choices))
    raise ConfigError(f"{where} = {value!r} cannot be used", f"did you mean {near!r}? {known}" if near else known)


def _refuse_unknown(keys: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in keys:
        if key not in known:
            near = nearest(key, known, 0.5)
            hint = f"did you mean {near!r}?" if near else "known here: " + ", ".join(known)
            raise ConfigError(f"{where}: unknown key {key!r}", hint)

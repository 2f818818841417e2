"""Front matter: the record between two lines of hyphens on top of a Markdown file, read and written."""

import re
from collections.abc import Iterator

from pressbook.model.story import Found

_KEY = r"([A-Za-z][\w -]{0,30}):(?:\s+(.*))?"
_MOST_LINES = 200
_NAMES = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "creator": "author",
    "by": "author",
    "lang": "language",
    "language": "language",
    "source": "address",
    "url": "address",
    "address": "address",
    "link": "address",
    "series": "series",
    "subtitle": "subtitle",
}
_NOTES = ("summary", "description", "notes", "dedication", "epigraph", "disclaimer", "warnings")


def split_front_matter(text: str) -> tuple[Found, tuple[tuple[str, str], ...], str]:
    """Take front matter off a text: (what it tells, notes as label and words, the rest with its lines in their places)."""
    lines = text.split("\n", _MOST_LINES)
    if lines[0].rstrip() != "---":
        return Found(), (), text
    end = next((k for k in range(1, min(len(lines), _MOST_LINES)) if lines[k].rstrip() in ("---", "...")), 0)
    told = _read(lines[1:end]) if end else None
    if not told:
        return Found(), (), text
    fields: dict[str, str] = {}
    for key, values in told.items():
        if key in _NAMES and values:
            fields.setdefault(_NAMES[key], ", ".join(values))
    tags = tuple((kind, words) for kind, words in map(_tag, told.get("tags", ())))
    notes = tuple((key.capitalize(), " ".join(told[key])) for key in _NOTES if told.get(key))
    return Found(**fields, tags=tags), notes, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _tag(text: str) -> tuple[str, str]:
    kind, parted, words = text.partition(": ")
    return (kind, words) if parted else ("", text)


def _read(lines: list[str]) -> dict[str, list[str]] | None:
    """Read lines as a flat record, key to values; None if they are anything else, such as a story between two breaks."""
    told: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        bare = line.strip()
        if not bare or bare[0] == "#":
            continue
        if key and (line[0] in " \t" or bare.startswith("- ")):
            words = _value(bare.removeprefix("- "))
            told[key] += [word for word in words if word not in ("|", ">", "|-", ">-")]
            continue
        match = re.fullmatch(_KEY, line.rstrip())
        if not match:
            return None
        key = match[1].strip().lower()
        told[key] = [word for word in _value((match[2] or "").strip()) if word not in ("|", ">", "|-", ">-")]
    return told


def _value(text: str) -> list[str]:
    """Read a word, a quoted text or a list in brackets."""
    if text[:1] == "[" and text[-1:] == "]":
        return [word for part in re.findall(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^,\[\]]+', text[1:-1]) for word in _value(part.strip())]
    if text[:1] == '"' and text[-1:] == '"' and len(text) > 1:
        import json

        try:
            return [str(json.loads(text))]
        except ValueError:
            return [text[1:-1]]
    if text[:1] == "'" and text[-1:] == "'" and len(text) > 1:
        return [text[1:-1].replace("''", "'")]
    return [text] if text else []


def front_matter(found: Found) -> str:
    """Write what a file told as front matter, with the empty line below it; nothing if it told nothing."""
    lines = list(_lines(found))
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def _lines(found: Found) -> Iterator[str]:
    fields = (
        ("title", found.title),
        ("subtitle", found.subtitle),
        ("author", found.author),
        ("language", found.language),
        ("source", found.address),
        ("series", found.series),
    )
    yield from (f"{key}: {_quoted(words)}" for key, words in fields if words)
    if found.tags:
        yield "tags:"
        yield from ("  - " + _quoted(f"{kind}: {words}" if kind else words) for kind, words in found.tags)


def _quoted(text: str) -> str:
    """Quote a text for YAML, whose double-quoted texts take JSON's."""
    import json

    return json.dumps(text, ensure_ascii=False)

"""Lengths that a person wrote, held to what can work."""

from pressbook.errors import ConfigError
from pressbook.units import Pt, parse


def length_within(text: str, key: str, least: Pt, most: Pt) -> Pt:
    """Read the length that stands at a key; ConfigError if it is none, or not from `least` to `most`."""
    try:
        length = parse(text)
    except ValueError:
        raise ConfigError(f"{key} = {text!r} is not a length", 'write a number and a unit, as "11pt", "0.5in" or "12 mm"') from None
    if not least <= length <= most:
        raise ConfigError(f"{key} = {text!r} is out of range", f"from {least:.4g} to {most:.4g} pt works here")
    return length

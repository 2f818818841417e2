"""Numbers as a PDF writes them."""

from functools import lru_cache


def decimal(value: float, places: int = 3) -> str:
    """Write a number the short way, to so many decimals, one at least."""
    said = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return said if said != "-0" else "0"


number = lru_cache(maxsize=4096)(decimal)
"""The same for numbers that come again, as the places on a page do."""

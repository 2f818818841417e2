"""Numbers as a PDF writes them."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def number(value: float, places: int = 3) -> str:
    """Write a number the short way, to so many decimals (4 at most: a PDF knows no exponents)."""
    return f"{round(value, places) + 0.0:.7g}"  # adding zero turns -0.0 into 0.0

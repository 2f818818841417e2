"""Numbers as a PDF writes them."""


def decimal(value: float, places: int = 3) -> str:
    """Write a number the short way, to so many decimals, one at least."""
    said = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return said if said != "-0" else "0"


class _Numbers(dict[float, str]):
    def __missing__(self, value: float) -> str:
        said = self[value] = decimal(value)
        return said


number = _Numbers().__getitem__
"""Write a number to three decimals; one that comes again, as places on a page do, is looked up."""

"""What to do with the sheets that leave the printer, in plain words."""

_THICK = 15
"""More sheets than this resist a bone folder and an office stapler."""


def instructions(
    pages: int, blanks: int, sheets: int, sheet_name: str, duplex: str, trim_fits_exactly: bool, trim: str = ""
) -> str:
    """Say how to print, stack, fold, staple and trim a booklet; one step a line, without a last line end.

    `pages` are those of the story, `blanks` the white ones added behind them, `trim` the page's size in words.
    """
    steps = [
        f"Print on {_paper(sheets, sheet_name)}, both sides, flipped on the {duplex.replace('-', ' ')}, at 100 % (“actual size”).",
        *_fold(sheets),
        *([] if trim_fits_exactly else [f"Trim the three open sides{f' to {trim}' if trim else ''}; leave the fold alone."]),
    ]
    return "\n".join([*(f"{number}. {step}" for number, step in enumerate(steps, 1)), *_remarks(pages, blanks, sheets)])


def _paper(sheets: int, name: str) -> str:
    return f"one sheet of {name} paper" if sheets == 1 else f"{sheets} sheets of {name} paper"


def _fold(sheets: int) -> list[str]:
    if sheets == 1:
        return ["Fold it in half with page 1 in front. A single sheet needs no staple."]
    left, right = 2 * sheets, 2 * sheets + 1
    return [
        f"Stack them with page 1 face down at the bottom, and pages {left} and {right} face up on top.",
        f"Fold the stack in half between pages {left} and {right}, so that page 1 comes to the front.",
        "Staple twice through the fold, from the outside in.",
    ]


def _remarks(pages: int, blanks: int, sheets: int) -> list[str]:
    remarks = []
    if blanks:
        behind = "A blank page follows" if blanks == 1 else f"{('Two', 'Three')[blanks - 2]} blank pages follow"
        remarks.append(f"{behind} page {pages}, to fill the last sheet.")
    if sheets > _THICK:
        remarks.append(f"{sheets} sheets make a thick booklet: crease each before stacking, and use a long-reach stapler.")
    return remarks

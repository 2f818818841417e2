"""What the house's values are made of: small, frozen, compared by what they hold.

msgspec's structs, not dataclasses: a novel has a hundred thousand pieces, words, lines and slugs. To make one takes a
tenth of the time that a frozen dataclass takes, and to define the hundred kinds of them, at each start, a fiftieth.
"""

from typing import dataclass_transform

from msgspec import Struct, field, to_builtins
from msgspec.structs import asdict, replace

__all__ = ["Value", "asdict", "field", "replace", "to_builtins"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value: nobody changes it once it is made; `replace` makes another.

    With `eq=False` two are equal only if they are one, for what is made once and looked up often.
    """

"""Inner monologue: tagged thoughts, and the inner voice that needs no tag.

Every decision weighs reasons that it can name (`signs`); where they do not suffice it offers, and the author decides.
"""

from pressbook.markup.thoughts.authors import class_italics
from pressbook.markup.thoughts.scenes import set_thoughts

__all__ = ["class_italics", "set_thoughts"]

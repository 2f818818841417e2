"""Patience: how long and how much of a file is read before it is given up, so that no file can hold us."""

import time
from typing import Any
from zlib import decompressobj, error

from pressbook.errors import DocumentError

SECONDS = 300.0
"""The longest honest book takes a tenth of it."""
MOST_PAGES = 20_000
LARGEST_FILE = 2_000_000_000
LARGEST_STREAM = 64_000_000
"""Bytes of one page's operators, unpacked."""
STEP = 1_000_000


class Patience:
    """Time and memory that a file may still take."""

    def __init__(self, name: str, seconds: float = SECONDS) -> None:
        self._name = name
        self._end = time.monotonic() + seconds
        self._asked = 0

    def check(self) -> None:
        """Go on, or raise DocumentError if the time is over."""
        self._asked += 1
        if self._asked % 256 == 0 and time.monotonic() > self._end:
            raise DocumentError(f"{self._name} takes too long to read", "split the file, or write it anew from its program")

    def spend_on(self, stream: Any) -> None:  # noqa: ANN401 - a library's object
        """Unpack a deflated stream and throw it away; DocumentError if it grows past all measure."""
        filters = stream.get("/Filter")
        if str(filters) != "/FlateDecode":
            return
        packed = stream.read_raw_bytes()
        unpack, grown = decompressobj(), 0
        try:
            while packed and not unpack.eof:
                grown += len(unpack.decompress(packed, STEP))
                packed = unpack.unconsumed_tail
                if grown > LARGEST_STREAM:
                    raise DocumentError(
                        f"{self._name}: a page's content unpacks to more than {LARGEST_STREAM // 1_000_000} MB",
                        "no page needs that: the file is damaged or was made to do harm",
                    )
        except error:
            return  # the reader proper says what is wrong with it

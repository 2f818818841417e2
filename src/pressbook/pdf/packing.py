"""Small objects by the thousand, packed into one stream, which takes a tenth of their room (ISO 32000-1, 7.5.7 and 7.5.8)."""

from collections.abc import Sequence
from itertools import accumulate
from struct import pack
from zlib import compress

LEVEL = 4
"""Of deflating pages and small objects: 6 takes two thirds more time to save 4 % of the file."""
FREE, PLAIN, PACKED = 0, 1, 2
"""How an entry of the cross-reference stream is to be read."""


def pack_objects(data: bytes, offsets: Sequence[int], packed: Sequence[str], trailer: str) -> bytes:
    """Add objects to a file of plain ones, numbered on after them, and a cross-reference stream in the place of its table.

    `offsets` say where the plain objects begin, from number 1 on; `trailer` are the entries of the trailer.
    """
    body = data[: data.rindex(b"\nxref\n") + 1]
    first = len(offsets) + 1
    bundle, index = first + len(packed), first + len(packed) + 1
    starts = [0, *accumulate(len(thing) + 1 for thing in packed)]
    head = " ".join(f"{number} {start}" for number, start in zip(range(first, bundle), starts, strict=False)) + "\n"
    about = f"/Type/ObjStm/N {len(packed)}/First {len(head)}"
    holder = _stream(bundle, about, (head + "\n".join(packed)).encode("ascii"))
    entries = [
        pack(">BII", FREE, 0, 65535),
        *(pack(">BII", PLAIN, offset, 0) for offset in offsets),
        *(pack(">BII", PACKED, bundle, at) for at in range(len(packed))),
        pack(">BII", PLAIN, len(body), 0),
        pack(">BII", PLAIN, len(body) + len(holder), 0),
    ]
    table = _stream(index, f"/Type/XRef/Size {index + 1}/W[1 4 4]{trailer}", b"".join(entries))
    return body + holder + table + b"startxref\n%d\n%%%%EOF\n" % (len(body) + len(holder))


def _stream(number: int, about: str, content: bytes) -> bytes:
    deflated = compress(content, LEVEL)
    head = f"{number} 0 obj\n<<{about}/Filter/FlateDecode/Length {len(deflated)}>>\nstream\n"
    return head.encode("ascii") + deflated + b"\nendstream\nendobj\n"

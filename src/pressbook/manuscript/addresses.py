"""Addresses: which links of a file lead to where a reader may go, and how they are written in the notation."""

import re
from urllib.parse import unquote

LONGEST = 1_000
"""An address of more letters is none that anybody types."""
_ENCODED = {sign: f"%{ord(sign):02X}" for sign in " ()<>[]\\`"}
"""What would end an address in the notation, or be a sign of it."""
_COUNTED = r"https?://www\.google\.[a-z.]+/url\?(?:[^#]*&)?q=([^&#]+)"
"""What a text processor on the web puts before an address, to count who goes there."""


def address_of(link: str) -> str:
    """Return the address on the web or of mail to which a link leads, ready for the notation; nothing if it leads elsewhere.

    What runs a script, opens a file or leads about within the file itself means nothing on paper.
    """
    if counted := re.match(_COUNTED, link.strip()):
        link = unquote(counted[1])
    address = "".join([_ENCODED.get(sign, sign) for sign in link.strip()])
    if address.startswith("//"):
        address = f"https:{address}"
    scheme, colon, rest = address.partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    leads = re.fullmatch(r"https?://[^\W_]\S+|mailto:[^\s@]+@\S+", address)
    return address if leads and len(address) <= LONGEST and address.isprintable() else ""


def linked(words: str, address: str) -> str:
    """Write a link in the notation, but bare words where they are the address itself, or have no letters to bear it."""
    bare = words.replace("\\", "").strip()
    same = address.removeprefix("mailto:").rstrip("/") in (bare.rstrip("/"), f"https://{bare}".rstrip("/"))
    if same or not re.fullmatch(r"(?:[^\[\]]|\[[^\[\]]{0,1000}\]){1,1000}", words) or not any(map(str.isalnum, words)):
        return words
    return f"[{words}]({address})"

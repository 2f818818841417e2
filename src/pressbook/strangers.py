"""Files that are no manuscript to us: what each is, and how to make one of it."""

_OFFICE = "open it in the program that wrote it, or in LibreOffice, and save it as .docx or .odt"
_READER = "Calibre makes an EPUB of it: `ebook-convert {name} {epub}`"
_PANDOC = "pandoc makes a .docx of it: `pandoc {name} -o {docx}`"
_WEB = "open it in a browser, and save the page as .html"
_FILM = "save it as plain text (.txt) or .docx"
_HINTS = {
    "pdf": "a PDF has pages and no paragraphs: get the story as it was written, or lay these pages on sheets: `pressbook impose`",
    "scriv": "in Scrivener, choose File > Compile, and Microsoft Word (.docx)",
    "pages": "in Pages, choose File > Export To > Word (.docx)",
    "gdoc": "it only says where the story is: there, choose File > Download > Microsoft Word (.docx)",
    "rtfd": "in TextEdit, take the pictures out and save it as .rtf, or name the TXT.rtf inside",
    "zip": "unpack it, and name the file inside",
    **dict.fromkeys(("doc", "dot", "docm", "dotx", "wps", "wpd", "wri", "sxw", "fodt", "ott", "abw", "hwp"), _OFFICE),
    **dict.fromkeys(("mobi", "azw", "azw3", "azw4", "kfx", "prc", "pdb", "lit", "lrf", "fb2", "fbz", "htmlz", "txtz"), _READER),
    **dict.fromkeys(("tex", "rst", "org", "adoc", "textile", "wiki", "ipynb", "opml", "typ", "muse"), _PANDOC),
    **dict.fromkeys(("mht", "mhtml", "webarchive", "url", "webloc"), _WEB),
    **dict.fromkeys(("fdx", "fountain", "celtx", "ulysses", "textbundle"), _FILM),
}


def way_in(name: str) -> str:
    """Return the words that say how to make a manuscript of a file by this name; nothing if nobody knows."""
    stem, _, suffix = name.rpartition(".")
    return _HINTS.get(suffix.lower(), "").format(name=_quoted(name), epub=_quoted(f"{stem}.epub"), docx=_quoted(f"{stem}.docx"))


def _quoted(name: str) -> str:
    return name if all(sign.isalnum() or sign in "._-" for sign in name) else f'"{name}"'

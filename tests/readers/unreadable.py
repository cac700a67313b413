"""Files that no reader can read: bytes, cause, and a part of the reason."""

from __future__ import annotations

import io
import zipfile
from typing import Final

import docx

from tests.readers.sheets import Sheet, pdf


def _page(sheet: Sheet) -> None:
    sheet.text(90, 100, "关于做好积水点整治工作的通知")


def _word(**parts: bytes) -> bytes:
    """A Word document with these parts replaced or added."""
    buffer, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        contents = {item.filename: old.read(item) for item in old.infolist()}
        for name, data in (contents | {f"word/{name}.xml": data for name, data in parts.items()}).items():
            new.writestr(name, data)
    return made.getvalue()


def _laughs() -> bytes:
    """Entities that unfold to ten to the ninth characters."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    return f'<!DOCTYPE w [<!ENTITY e0 "0123456789">{entities}]><w:document xmlns:w="w"><w:body>&e8;</w:body></w:document>'.encode()


UNREADABLE: Final[dict[str, tuple[bytes, str, str]]] = {
    "locked.pdf": (pdf([_page], password="geheim"), "encrypted", "needs a password"),
    "cut.pdf": (pdf([_page])[:500], "damaged", "the PDF is damaged"),
    "blank.pdf": (pdf([lambda sheet: None]), "no_text", "1 blank pages"),
    "cut.docx": (_word()[:6000], "damaged", "the Word document is damaged"),
    "bomb.docx": (_word(document=b" " * 60_000_000), "unsupported", "over the limit"),
    "laughs.docx": (_word(document=_laughs()), "damaged", "the Word document is damaged"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + b"1" + b"</div>" * 100_000, "damaged", "nested too deeply"),
    "shell.html": (
        b"<!DOCTYPE html><html><body><script>1</script></body></html>",
        "no_text",
        "a web page without text",
    ),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported", "an old Office document"),
    "nul.txt": ("青河县人民政府公报\n".encode() + b"\x00", "binary", "a NUL byte at offset 28"),
    "cut.txt": (("青河县人民政府公报" * 9).encode() + b"\xe5\x8e", "undecodable", "invalid UTF-8"),
}

"""Web pages: texts in the markup of several editors, within pages of several kinds of government site.

    python -m tests.readers.measuring.sites

Every page must give the heading and the text, and nothing else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

from pipeline.readers import read_bytes
from tests.readers.measuring.texts import INVENTED, Block, Paragraph, Table, gold, source

TITLE: Final = "云漳市人民政府办公室关于印发《云漳市2024年产业项目推进方案》的通知"
_ALIGN: Final = {"heading": "center", "middle": "center", "right": "right"}
_CHARSET: Final = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)


def table(block: Table, cell: Callable[[str], str] = escape, attributes: str = 'border="1"') -> str:
    """The table's markup; *cell* makes that of a cell's text."""
    rows = (
        "".join(f'<td rowspan="{c.row_span}" colspan="{c.column_span}">{cell(c.text)}</td>' for c in row)
        for row in block.rows
    )
    return f"<table {attributes}><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _plain(block: Paragraph) -> str:
    return f"<p>{'&nbsp;' * 4 if block.kind == 'running' else ''}{escape(block.text)}</p>"


def _styled(block: Paragraph) -> str:
    style = f"text-indent: 2em; text-align: {_ALIGN.get(block.kind, 'justify')}"
    return f'<p style="{style}"><span style="font-family: 仿宋_GB2312">　　{escape(block.text)}</span></p>'


def _pasted(block: Paragraph) -> str:
    """From a word processor: a span for every run of digits or ideographs."""
    runs = re.findall(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]+", block.text)
    spans = (
        f'<span lang="EN-US" style="mso-bidi-font-size:16.0pt">{run}</span>'
        if run[0].isascii()
        else f'<span style="font-size:16.0pt;\nfont-family:仿宋_GB2312">{escape(run)}</span>'
        for run in runs
    )
    end = '<span lang="EN-US"><o:p></o:p></span>'
    return f'<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:\n2.0">{"".join(spans)}{end}</p>'


def _broken(block: Paragraph) -> str:
    return f"{'　　' if block.kind == 'running' else ''}{escape(block.text)}<br>\n{'' if block.kind == 'running' else '<br />'}"


def _division(block: Paragraph) -> str:
    return f'<div style="text-indent:2em">{escape(block.text)}</div>'


def _unclosed(block: Paragraph) -> str:
    return f"<P ALIGN=left><FONT FACE=宋体 SIZE=3>　　{escape(block.text)}</FONT>"


def _sections(block: Paragraph) -> str:
    first, rest = escape(block.text[:6]), escape(block.text[6:])
    return f'<section><section style="margin:0"><p><span><strong>{first}</strong>{rest}</span></p></section></section>'


def _wrapped(block: Paragraph) -> str:
    """With the line breaks of an editor, between ideographs alone."""
    size = 38 if not any(char.isascii() for char in block.text) else len(block.text) or 1
    return "<p>\n    " + "\n    ".join(block.text[i : i + size] for i in range(0, len(block.text), size)) + "\n</p>"


MARKUPS: Final = {
    "plain": _plain, "styled": _styled, "pasted": _pasted, "broken": _broken, "division": _division, "unclosed": _unclosed, "sections": _sections,
    "wrapped": _wrapped,
}  # fmt: skip
_AROUND: Final = {
    "styled": '<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:1.5}}</style>{}</div>',
    "pasted": "<div class=Section1><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->{}</div>",
}


def markup(blocks: list[Block], name: str) -> str:
    """The text in one of the :data:`MARKUPS`."""
    parts = (table(block) if isinstance(block, Table) else MARKUPS[name](block) for block in blocks)
    return _AROUND.get(name, "{}").format("\n".join(parts))


def texts() -> dict[str, list[Block]]:
    """The texts by name, without their headings."""
    short = [
        Paragraph("flush", "各县（市、区）人民政府："),
        Paragraph("running", "经研究，决定秦怀远任云漳市人民政府秘书长。"),
    ]
    signed = [Paragraph("right", "云漳市人民政府"), Paragraph("right", "2024年5月8日")]
    return {
        "invented": INVENTED[2:], "B1": gold("other/B1")[8:40], "B2": gold("other/B2")[6:], "B3": gold("other/B3")[6:30], "short": [*short, *signed],
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [re.sub(r"[ \u3000]+", " ", line.strip()) for line in text.split("\n") if line.strip()]


def main() -> None:
    """Print the pages that are not exact, and how many are."""
    exact = total = 0
    sites = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).with_name("sites").iterdir())
    }
    for (site, page), name, (title, blocks) in itertools.product(sites.items(), MARKUPS, texts().items()):
        declared = _CHARSET.search(page)
        codec = "gb18030" if declared and declared[1].startswith("gb") else "utf-8"
        data = page.replace("@@TITLE@@", TITLE).replace("@@BODY@@", markup(blocks, name)).encode(codec)
        wanted = _lines(source([Paragraph("heading", TITLE), *blocks]).text)
        total += 1
        if _lines(read_bytes(data, "a.html").text) == wanted:
            exact += 1
        else:
            print(f"not exact: {site}, {name}, {title}")
    print(f"{exact} of {total} pages exact")


if __name__ == "__main__":
    main()

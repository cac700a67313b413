"""Web pages: the article alone, its tables with spans, the metadata block as metadata."""

from __future__ import annotations

import pytest

from pipeline.readers import ReaderError, read_bytes

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>通知</title><style>p{{margin:0}}</style>
<meta name="PubDate" content="2024-03-26 09:00"></head><body>
<div class="header"><ul class="nav"><li><a href="1">首页</a></li><li><a href="2">政务公开</a></li><li><a href="3">政府公报</a></li></ul></div>
<div class="location">您当前的位置：<a href="1">首页</a> &gt; <a href="3">政府公报</a></div>
<table class="xxgk"><tr><td>索 引 号</td><td>006/2024-001</td><td>发文字号</td><td>砚政发〔2024〕7号</td></tr>
<tr><td>发布机构</td><td>砚浦区人民政府</td><td>成文日期</td><td>2024年3月26日</td></tr></table>
<h1>砚浦区人民政府关于印发《方案》的通知</h1>
<div class="info"><span>发布时间：2024-03-28</span> <span>来源：区政府办公室</span> <span>字号：<a>大</a> <a>小</a></span></div>
<div class="content"><p>　　各街道办事处，区政府各部门：</p>
<p>　　现将《方案》印发给你们，请认真
组织实施。</p><p>&nbsp;&nbsp;&nbsp;&nbsp;一、总体要求<br>到2025年新增高标准农田<b>10</b>万亩。</p><!-- 编者 --><p style="display:none">隐藏</p>
<table><thead><tr><th rowspan="2">序号</th><th colspan="2">目标（万亩）</th></tr><tr><th>早稻</th><th>晚稻</th></tr></thead>
<tr><td rowspan="2">1</td><td><p>2.5</p></td><td>3</td></tr><tr><td></td><td>张三<br>李四</td></tr></table>
<ol><li>甲项</li><li>乙项</li></ol><p>砚浦区人民政府</p><p>2024年3月26日</p></div>
<div class="related"><a href="8">上一篇：甲</a><a href="9">下一篇：乙</a></div>
<div id="footer">主办：砚浦区人民政府办公室　ICP备12345号 <a href="5">网站地图</a></div><script>var a = 1;</script></body></html>"""
LINES = [
    "砚浦区人民政府关于印发《方案》的通知",
    "各街道办事处，区政府各部门：",
    "现将《方案》印发给你们，请认真组织实施。",
    "一、总体要求",
    "到2025年新增高标准农田10万亩。",
    "序号\t目标（万亩）\t",
    "\t早稻\t晚稻",
    "1\t2.5\t3",
    "\t\t张三 李四",
    "1.甲项",
    "2.乙项",
    "砚浦区人民政府",
    "2024年3月26日",
]


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030")])
def test_article_of_a_government_site(charset: str, codec: str) -> None:
    source = read_bytes(PAGE.format(charset=charset).encode(codec), "a.html")
    assert [line for line in source.text.split("\n") if line.strip()] == LINES
    assert source.media_type == "text/html"
    assert source.encoding == codec
    assert dict(source.metadata) == {
        "PubDate": "2024-03-26 09:00", "索引号": "006/2024-001", "发文字号": "砚政发〔2024〕7号", "发布机构": "砚浦区人民政府",
        "成文日期": "2024年3月26日", "发布时间": "2024-03-28", "来源": "区政府办公室",
    }  # fmt: skip


def test_cells_of_a_table() -> None:
    source = read_bytes(PAGE.format(charset="utf-8").encode(), "a.html")
    (table,) = source.tables
    assert (table.n_rows, table.n_columns, table.header_rows) == (4, 3, 2)
    found = {(c.row, c.column, c.row_span, c.column_span): source.text[slice(*c.span)] for c in table.cells}
    assert found == {
        (0, 0, 2, 1): "序号", (0, 1, 1, 2): "目标（万亩）", (1, 1, 1, 1): "早稻", (1, 2, 1, 1): "晚稻", (2, 0, 2, 1): "1",
        (2, 1, 1, 1): "2.5", (2, 2, 1, 1): "3", (3, 1, 1, 1): "", (3, 2, 1, 1): "张三 李四",
    }  # fmt: skip


def test_a_page_that_lays_out_by_tables() -> None:
    page = (
        "<html><body><table><tr><td><a href=1>首页</a><a href=2>公报</a><a href=3>专栏</a></td></tr><tr><td><table><tr><td>"
        + "<p>第一条 为规范管理，制定本办法。</p>" * 30
        + "</td></tr></table></td></tr></table></body></html>"
    )
    source = read_bytes(page.encode(), "a.html")
    assert source.tables == ()
    assert [line for line in source.text.split("\n") if line] == ["第一条 为规范管理，制定本办法。"] * 30


def test_saved_web_archive() -> None:
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    part = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    data = head + part + "<html><body><p>经研究，决定任命苏既白为市审计局局长。</p></body></html>\r\n--x--\r\n"
    assert read_bytes(data.encode(), "a.mht").text == "经研究，决定任命苏既白为市审计局局长。\n"


@pytest.mark.parametrize("body", ["", "<script>1</script>", "<div hidden>无</div>"])
def test_page_without_text(body: str) -> None:
    with pytest.raises(ReaderError, match=r"a\.html: a web page without text"):
        read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html")


def test_a_few_bad_bytes_are_problems() -> None:
    data = PAGE.format(charset="utf-8").encode().replace("总体".encode(), b"\xe6\x80\xbb\xff")
    source = read_bytes(data, "a.html")
    assert "一、总\ufffd要求" in source.text
    (problem,) = source.problems
    assert problem.category == "undecodable_bytes"
    assert problem.span is not None and source.text[slice(*problem.span)] == "\ufffd"


def test_deep_nesting_ends() -> None:
    data = ("<html><body>" + "<div>" * 1500 + "第一章 总则" + "</div>" * 1500 + "</body></html>").encode()
    assert "第一章 总则" in read_bytes(data, "a.html").text


def test_text_with_tags_in_it_is_text() -> None:
    text = "桐埠市人民政府公报\n<p>1</p>\n" + "第一条 本办法自公布之日起施行。\n" * 5
    assert read_bytes(text.encode(), "a.txt").media_type == "text/plain"

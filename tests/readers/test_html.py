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


BODY = "<p>　　为规范水利工程管护，保障工程安全运行，根据有关规定，制定本办法。</p><p>　　本办法自印发之日起施行，有效期五年，由市水利局负责解释。</p>"
PARAGRAPHS = [
    "为规范水利工程管护，保障工程安全运行，根据有关规定，制定本办法。",
    "本办法自印发之日起施行，有效期五年，由市水利局负责解释。",
]
HEADING = "木隆州人民政府办公室关于印发《水利工程管护办法》的通知"
LINKS = "<ul><li><a href=1>《办法》政策解读</a><span>2024-03-11</span></li><li><a href=2>水利工作会议召开</a><span>2024-03-12</span></li></ul>"


@pytest.mark.parametrize(
    "page",
    [
        # old sites: tables all the way down, the heading in a cell, the page's title repeats it
        f"<HTML><HEAD><TITLE>木隆州门户网站 {HEADING}</TITLE></HEAD><BODY><TABLE><TR><TD><A href=1>首页</A> | <A href=2>公报</A> | <A href=3>专栏</A>"
        f"</TD></TR></TABLE><TABLE><TR><TD><TABLE><TR><TD align=center><B>{HEADING}</B></TD></TR><TR><TD>发布时间：2024-03-15　来源：州水利局　浏览次数：7次"
        f"</TD></TR><TR><TD id=zoom>{BODY}</TD></TR><TR><TD>【<A href=p>打印本页</A>】【<A href=c>关闭窗口</A>】</TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>",
        # a publishing system's names; the heading in a field of the head; links and attachments below
        f'<html><head><meta name="ArticleTitle" content="{HEADING}"></head><body><div class="xl-title">{HEADING}</div><div class="TRS_Editor">{BODY}</div>'
        f'<div class="fujian"><h4>附件下载：</h4><a href="a.docx">水利工程名录.docx</a></div><div><h3>相关阅读</h3>{LINKS}</div></body></html>',
        # the date without a label before the source; what is hidden
        f'<!DOCTYPE html><html><body><h1>{HEADING}</h1><div>2024-03-15 16:40 <span>来源：州水利局</span></div><div class="pages_content" id="UCAP-CONTENT">{BODY}'
        '</div><div style="display: none">长按识别二维码分享本文</div><p style="font-size:0">隐</p></body></html>',
        # the heading marked by its class alone, beside the text; the metadata in one block with breaks
        "<html><body><div>索 引 号：01/2024<br>发文字号：木政办发〔2024〕7号<br>成文日期：2024年3月11日<br>发布机构：州政府办公室</div>"
        f'<div class="nr"><p class="bt">{HEADING}</p><div class="nrbody">{BODY}</div></div></body></html>',
        # a heading of second rank, a link back
        f"<html><body><center><h2>{HEADING}</h2></center><hr>{BODY}<p align=right><a href=i>返回目录</a></p></body></html>",
        # pasted from a word processor
        f"<html><body><h1>{HEADING}</h1><div class=Section1><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        + BODY.replace("<p>", '<p class="MsoNormal" style="mso-char-indent-count:\n2.0"><span lang="EN-US"><o:p></o:p></span>').replace(
            "工程", '工<span style="font-size:16pt">程</span>'
        )
        + "</div></body></html>",
    ],
)  # fmt: skip
def test_heading_and_body_alone(page: str) -> None:
    assert [line for line in read_bytes(page.encode(), "a.html").text.split("\n") if line] == [HEADING, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<ol type=a><li>乙</li><li value=5>丙</li></ol></li><li>丁</li></ol>", ["一、甲", "a.乙", "e.丙", "二、丁"]),
        ("<p>面积<del>5</del><ins>6</ins>km<sup>2</sup></p>", ["面积6km²"]),
        ("<table><caption>表1</caption><tr><td>甲</td><td>乙</td></tr><tr><td rowspan=0>丙</td><td>丁</td></tr></table>", ["表1", "甲\t乙", "丙\t丁"]),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>", ["甲\t乙", "丙\t1 2"]),
        ("<pre>第一章\n\n第二章</pre>", ["第一章", "第二章"]),
    ],
)  # fmt: skip
def test_blocks(markup: str, expected: list[str]) -> None:
    source = read_bytes(f"<html><body><div>{BODY}{markup}{BODY}</div></body></html>".encode(), "a.html")
    assert [line for line in source.text.split("\n") if line] == [*PARAGRAPHS, *expected, *PARAGRAPHS]


def test_raised_digits_do_not_lengthen_numbers() -> None:
    cells = "<table><tr><td>收入</td><td>19800<sup>1</sup></td></tr><tr><td>支出</td><td>150<sup>[2]</sup></td></tr></table>"
    page = f"<html><body><p>全县人均收入19800<sup>1</sup>元，面积120m<sup>2</sup>。</p>{cells}</body></html>"
    text = read_bytes(page.encode(), "a.html").text
    assert "收入19800¹元，面积120m²。" in text
    assert "收入\t19800¹" in text
    assert "支出\t150[2]" in text


def test_elements_nested_without_end() -> None:
    deep = b"<div>" * 100_000 + "第一章".encode() + b"</div>" * 100_000
    with pytest.raises(ReaderError, match="nested too deeply"):
        read_bytes(b"<html><body>" + deep, "a.html")
    source = read_bytes(b"<html><body><p>" + "第一章".encode() + b"</p>" + deep, "a.html")
    assert source.text.startswith("第一章")
    assert [problem.severity for problem in source.problems] == ["error"]


BANNER = """<html><head><title>栖川区人民政府青柯街道办事处</title><meta name="ArticleTitle" content="（转载）栖川市人民政府关于印发《绿道办法》的通知">
</head><body><div><h1 class="print-title">栖川区人民政府青柯街道办事处政府信息公开</h1></div>
<div class="article"><h1 class="t">{heading}</h1><p>各区人民政府，市政府各部门：</p><p>现将《绿道办法》印发给你们，请认真贯彻执行，执行中的问题请径向市园林局反映。</p></div></body></html>"""


@pytest.mark.parametrize("heading", ["（转载）栖川市人民政府关于印发《绿道办法》的通知", ""])
def test_the_heading_of_the_article_goes_before_a_banner(heading: str) -> None:
    source = read_bytes(BANNER.format(heading=heading).encode(), "a.html")
    first = next(line for line in source.text.split("\n") if line)
    assert first.endswith("栖川市人民政府关于印发《绿道办法》的通知")
    assert "政府信息公开" not in source.text


LAID_OUT = """<html><head><title>水利部令</title></head><body><table border="0"><tr><td>水利部令</td><td>中華民國99年7月20日<br>水字第0990001號</td></tr>
<tr><td colspan="2">訂定「小型水庫巡查辦法」。</td></tr><tr><td colspan="2"><p>第一條　本辦法依水利法第十條規定訂定之；小型水庫之巡查，除法律另有規定外，依本辦法之規定。</p>
<p>第二條　本辦法所稱主管機關，指中央水利機關；直轄市、縣（市）政府得委託鄉（鎮、市、區）公所辦理巡查業務。</p></td></tr></table></body></html>"""


def test_a_table_that_lays_out_a_text_is_read_cell_by_cell() -> None:
    source = read_bytes(LAID_OUT.encode(), "a.html")
    lines = [line for line in source.text.split("\n") if line]
    assert lines[:4] == ["水利部令", "中華民國99年7月20日", "水字第0990001號", "訂定「小型水庫巡查辦法」。"]
    assert lines[4].startswith("第一條") and lines[5].startswith("第二條") and not source.tables


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ('<p><img src="a.jpg"></p>', "1 pictures"),
        ('<p><a href="/files/P0202.doc">栖川市绿道办法.doc</a></p>', "a linked file (P0202.doc)"),
        (
            "<p>" + "各区人民政府要认真组织实施。" * 30 + '</p><p><img src="a.jpg"></p>',
            "1 pictures in the text are not read",
        ),
        (
            "<p>"
            + "各区人民政府要认真组织实施。" * 30
            + '</p><p><img src="/icons/icon_doc.gif"><img src="b.png" width="16"></p>',
            None,
        ),
        ("<p>现予公布。</p>", None),
    ],
)
def test_a_page_whose_content_is_elsewhere_says_so(content: str, where: str | None) -> None:
    page = f"<html><head><title>通知</title></head><body><h1>栖川市绿道办法</h1><div>{content}</div></body></html>"
    problems = read_bytes(page.encode(), "a.html").problems
    assert len(problems) == (where is not None)
    assert where is None or problems[0].message.endswith(where)


def test_a_table_within_a_cell_is_told() -> None:
    inner = "<table><tr><td>早稻</td><td>3.2</td></tr><tr><td>晚稻</td><td>4.1</td></tr></table>"
    page = f"<html><body><h1>任务表</h1><p>各镇任务如下，请认真落实，年底考核。</p><table><tr><td>镇</td><td>任务</td></tr><tr><td>东镇</td><td>{inner}</td></tr></table></body></html>"
    source = read_bytes(page.encode(), "a.html")
    assert [problem.category for problem in source.problems] == ["table_shape"]
    assert "东镇\t早稻 3.2 晚稻 4.1" in source.text


@pytest.mark.parametrize("beside", ["<p>现公布任务。</p>{}", "{}<p>以上任务年底考核。</p>"], ids=["before", "behind"])
def test_paragraphs_beside_the_heaviest_part_stay(beside: str) -> None:
    inner = "<table><tr><td>早稻</td><td>3.2</td></tr></table>"
    table = f"<table><tr><td>镇</td><td>任务</td></tr><tr><td>东镇</td><td>{inner}</td></tr><tr><td>西镇</td><td>修渠十二公里</td></tr></table>"
    page = f"<html><body><div class=nav>首页</div><div class=content>{beside.format(table)}</div></body></html>"
    text = read_bytes(page.encode(), "a.html").text
    assert beside.format("").removeprefix("<p>").removesuffix("</p>") in text.split("\n")
    assert "西镇\t修渠十二公里" in text


@pytest.mark.parametrize("label", ["栖政告〔2003〕7号<br>2003年5月12日", "第12号"])
def test_a_row_of_a_title_and_its_number_is_no_table(label: str) -> None:
    row = f"<table><tr><td>栖川市人民政府关于修建水库的通告</td><td>{label}</td></tr></table>"
    page = f"<html><body><div>{row}<p>为修建水库，现通告如下：</p><p>一、库区内停止建房。</p></div></body></html>"
    source = read_bytes(page.encode(), "a.html")
    assert not source.tables
    assert source.text.split("\n\n")[:2] == ["栖川市人民政府关于修建水库的通告", label.partition("<br>")[0]]

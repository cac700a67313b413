"""The markers that a notice's text holds, in the order of print: every clause and none that is none."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, source_of

HEAD = "松原洲县人民政府\n关于加强防汛工作的通知\n\n松政发〔2024〕3号\n\n各镇人民政府：\n\n"
SIGNED = "\n\n松原洲县人民政府\n2024年3月5日\n"
TEXTS: dict[str, tuple[str, list[str]]] = {
    "inline han paren": ('为此：（一）巡查；（二）除险；（三）值守。',['（一）','（二）','（三）']),
    "inline han": ('要求：一、巡查；二、除险；三、值守。',['一、','二、','三、']),
    "wrapped number": ('一、目标。全年完成投资\n2.3亿元，增长\n5.5%。\n二、措施。抓好落实。',['一、','二、']),
    "money glued": ('1.完成投资5万元2.3亿元不等。\n2.抓好落实。',['1.','2.']),
    "year head": ('一、回顾。\n2023年，全县增长5%。\n2024年1月，启动建设。',['一、']),
    "percent head": ('一、目标。增长率达到\n80.2%。',['一、']),
    "three class prize": ('一、设奖。设\n一、二、三等奖各5名。\n二、评审。',['一、','二、']),
    "refs": ('第一条　甲。\n第二条　依照第一条第二款处理；\n违反前款和第二十条的规定的，处罚。',['第一条','第二条']),
    "mixed levels": ('一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n（2）己\n2.庚\n（二）辛\n二、壬',['一、','（一）','1.','（1）','①','（2）','2.','（二）','二、']),
    "firstly": ('一是巡查。二是除险。三是值守。',['一是','二是','三是']),
    "dash bullets": ('——巡查。\n——除险。\n• 值守',[]),
    "letters": ('一、分类\nA.甲类；\nB.乙类。\na.小类；',['一、','A.','B.']),
    "roman": ('Ⅰ.总则\nⅡ.分则',['Ⅰ.','Ⅱ.']),
    "decimal": ('1.1 目标\n1.1.1 近期\n1.1.2 远期\n1.2 任务',['1.1','1.1.1','1.1.2','1.2']),
    "decimal glued": ('1.1目标任务\n1.2保障措施',['1.1','1.2']),
    "article arabic": ('第1条 甲。\n第2条 乙。',['第1条','第2条']),
    "article colon title": ('第一条【目的】为规范管理，制定本办法。\n第二条（范围）本办法适用于本县。',['第一条','第二条']),
    "article 之一": ('第九条　甲。\n第九条之一　乙。\n第十条　丙。',['第九条','第九条之一','第十条']),
    "big articles": ('第九十九条　甲。\n第一百条　乙。\n第一百零一条　丙。',['第九十九条','第一百条','第一百零一条']),
    "phone": ('联系电话：0000-1234567\n1234567\n一、甲。',['一、']),
    "time head": ('一、时间\n9:00—11:30在县城集合。\n8月1日前报名。',['一、']),
    "qty list": ('购置下列设备：\n3台抽水机；\n12艘冲锋舟。',[]),
    "comma number": ('1,巡查堤防。\n2,备足物资。',['1,','2,']),
    "number no punct": ('1 巡查堤防\n2 备足物资',['1','2']),
    "paren then text w/ amounts": ('（一）补助标准。1.5万元以上的，补助\n1.2万元。',['（一）']),
    "items twenty": ('\n'.join(f'{i}.事项{i}办理完毕。' for i in range(1,23)),[f'{i}.' for i in range(1,23)]),
    "steps": ('第一步：摸底。\n第二步：整改。',['第一步：','第二步：']),
    "stage": ('（一）宣传阶段（3月1日—3月31日）。\n（二）整治阶段（4月1日—9月30日）。',['（一）','（二）']),
    "book": ('第一编　总则\n第一章　一般规定\n第一条　甲。\n第二编　分则\n第二章　特别规定\n第二条　乙。',['第一编','第一章','第一条','第二编','第二章','第二条']),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_markers_of_a_text(kind: str) -> None:
    text, expected = TEXTS[kind]
    issue = segment(source_of(HEAD + text + SIGNED))
    assert_sound(issue)
    (document,) = issue.documents
    assert [clause.marker for clause in document.clauses if clause.marker] == expected
    assert str(document.signed_date) == "2024-03-05"

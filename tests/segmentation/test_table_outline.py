"""Tables that are a whole document: rows counted by two systems are its clauses."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

TABLES = (
    (
        "青岚县2024年度换届风险排查责任表\n序号\t内容\t措施\t单位\n一\t组织准备\t3\n"
        "1\t成立专班\t1.抽调干部10人。2.每周会商1次。\t县委组织部\n2\t摸清底数\t\t县民政局\n"
        "二\t风险防控\t5\n（一）\t信访\t落实包案\t县信访局\n",
        [
            ("一", 1, "一", "组织准备"),
            ("1", 2, "一/1", "成立专班"),
            ("1.", 3, "一/1/1", None),
            ("2.", 3, "一/1/2", None),
            ("2", 2, "一/2", "摸清底数"),
            ("二", 1, "二", "风险防控"),
            ("（一）", 2, "二/（一）", "信访"),
        ],
    ),
    (
        "臨溪鎮防災檢查項目表\n編號\t項目\t內容\t主辦\n一、\t水利設施\n1\t堤防\t①巡查堤身。②清除雜物。\t水利科\n"
        "2\t閘門\t測試啟閉\t水利科\n二、\t道路\n3\t橋梁\t檢視橋墩\t工務科\n",
        [
            ("一、", 1, "一", "水利設施"),
            ("1", 2, "一/1", "堤防"),
            ("①", 3, "一/1/1", None),
            ("②", 3, "一/1/2", None),
            ("2", 2, "一/2", "閘門"),
            ("二、", 1, "二", "道路"),
            ("3", 2, "二/3", "橋梁"),
        ],
    ),
    ("云川区项目汇总表\n序号\t项目名称\t投资（万元）\n1\t道路改造\t300\n2\t学校扩建\t500\n", []),
    (
        "河口县考核办法\n一、考核对象\n各乡镇。\n附件\n考核表\n序号\t内容\t分值\n一\t组织\t3\n1\t专班\t2\n二\t防控\t5\n",
        [("一、", 1, "一", "考核对象")],
    ),
)


@pytest.mark.parametrize("case", range(len(TABLES)))
def test_rows_are_clauses_of_a_document_that_is_one_table(case: int) -> None:
    text, expected = TABLES[case]
    clauses = process(source_of(text))["clauses"].to_pylist()
    numbered = [clause for clause in clauses if clause["marker"]]
    assert [(c["marker"], c["level"], c["path"], c["heading"]) for c in numbered] == expected
    by_id = {clause["clause_id"]: clause for clause in clauses}
    for clause in numbered:
        above = by_id.get(clause["parent_id"])
        assert clause["level"] == 1 or (above and above["level"] == clause["level"] - 1)
        assert above is None or not above["marker"] or clause["subtree_end"] <= above["subtree_end"]

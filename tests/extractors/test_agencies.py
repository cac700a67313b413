"""Names of agencies: what is one, how lists fall apart, which wordings share a key."""

from __future__ import annotations

import pytest

from extractors.agencies.keys import Jurisdiction, agency_key, jurisdiction_of
from extractors.agencies.names import is_agency, split_list
from tests.extractors.marked import issue_of

COUNTY = Jurisdiction(("青山市云溪县", "云溪县"), "县")


@pytest.mark.parametrize(
    "name",
    [
        "县教育局", "市人力资源和社会保障局", "省农业农村厅计划财务处", "各乡镇街道", "各县（市、区）", "各县（市、区）人民政府",
        "人民银行临砥市分行", "县委组织部", "国家统计局云溪调查队", "相关部门单位", "团县委", "县供电公司", "各苏木镇",
        "县创建“五好”园区领导小组", "经济技术开发区管委会", "市发改委（粮储局）", "县处非办", "县残联",
    ],
)  # fmt: skip
def test_is_agency(name: str) -> None:
    assert is_agency(name)


@pytest.mark.parametrize(
    "name",
    ["张某某", "分管副县长", "县教育局局长", "县发改局主要负责人", "2023年", "加强部门", "推进措施", "的单位", "局", "粮食产量", "县教育局；县财政局"],
)  # fmt: skip
def test_is_no_agency(name: str) -> None:
    assert not is_agency(name)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("县财政局，各乡镇、街道", ["县财政局", "各乡镇", "街道"]),
        ("各县（市、区）人民政府，市开发区管委会", ["各县（市、区）人民政府", "市开发区管委会"]),
        ("市文化和旅游局和市体育局", ["市文化和旅游局", "市体育局"]),
        ("市林业和草原局、市水利局等相关单位", ["市林业和草原局", "市水利局"]),
        ("由市教育局与市公安局", ["市教育局", "市公安局"]),
        ("市处非办、市公安局及其他成员单位", ["市处非办", "市公安局", "其他成员单位"]),
        ("中等职业学校、市教育局等", ["中等职业学校", "市教育局"]),
        ("市住房和城乡建设局按职责分工", ["市住房和城乡建设局"]),
        ("县委组织部、县政府督查室", ["县委组织部", "县政府督查室"]),
        ("", []),
        ("、，；", []),
    ],
)
def test_split_list(text: str, entries: list[str]) -> None:
    assert [text[entry.start : entry.end] for entry in split_list(text, 0, len(text))] == entries


@pytest.mark.parametrize(
    ("printed", "known", "entries"),
    [
        ("市生态环境局 湘阴分局 水利局", (), ["市生态环境局湘阴分局", "水利局"]),
        ("地方金融 服务中心 贸促会", (), ["地方金融服务中心", "贸促会"]),
        ("农业 农村局 贸促会", ("农业农村局", "贸促会"), ["农业农村局", "贸促会"]),
        ("各级各 部门单位", (), ["各级各部门单位"]),
        ("领导小组各 成员单位", (), ["领导小组各成员单位"]),
        ("县土地清理 处理领导 小组", (), ["县土地清理处理领导小组"]),
        ("人民银行 临川支行", (), ["人民银行临川支行"]),
        ("县委 组织部 宣传部", (), ["县委组织部", "宣传部"]),
        ("高新区市场监管局 贸促会", ("高新区", "市场监管局", "贸促会"), ["高新区", "市场监管局", "贸促会"]),
        ("县政法委公安局", ("政法委", "公安局"), ["县政法委", "公安局"]),
        ("县公安局交警大队", ("县公安局", "交警大队"), ["县公安局交警大队"]),
        ("县委组织部", ("县委", "组织部"), ["县委组织部"]),
        ("市 监 局 商 务 粮 食 局", ("市监局", "商务粮食局"), ["市监局", "商务粮食局"]),
    ],
)
def test_split_cell(printed: str, known: tuple[str, ...], entries: list[str]) -> None:
    words = printed.split(" ")
    text = "".join(words)
    soft, position = set(), 0
    for word in words[:-1]:
        position += len(word)
        soft.add(position)
    found = split_list(text, 0, len(text), soft, frozenset(known), in_cell=True)
    assert [text[entry.start : entry.end] for entry in found] == entries


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县教育局", "教育局"),
        ("县卫健局", "卫生健康局"),
        ("云溪县发改局", "县发展和改革局"),
        ("县人社局", "县人力资源和社会保障局"),
        ("县住建局", "住房城乡建设局"),
        ("县市监局", "县市场监督管理局"),
        ("县市场监管局", "市监局"),
        ("县委宣传部", "宣传部"),
        ("县工信局", "工业和信息化局"),
        ("县城管执法局", "城市管理和综合执法局"),
        ("县政府办", "县政府办公室"),
        ("县文旅广体局", "文化旅游广电体育局"),
        ("⻓桥区民政局", "长桥区民政局"),
        ("縣水務局", "县水务局"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert agency_key(one, COUNTY) == agency_key(other, COUNTY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县教育局", "市教育局"),
        ("县教育局", "县财政局"),
        ("市生态环境局云溪分局", "生态环境局"),
        ("县城市管理局", "县城管执法局"),
        ("城关镇", "县城关镇中学"),
        ("各乡镇", "县各乡镇"),
        ("县委组织部", "县委宣传部"),
    ],
)
def test_two_keys(one: str, other: str) -> None:
    assert agency_key(one, COUNTY) != agency_key(other, COUNTY)


@pytest.mark.parametrize(
    ("jurisdiction", "agencies", "keys"),
    [
        (Jurisdiction(), ["国家发展改革委", "发展改革委", "发改委", "国家发改委"], 1),
        (Jurisdiction(), ["国家能源局", "能源局"], 1),
        (Jurisdiction(), ["国家税务总局", "税务总局"], 2),
        (COUNTY, ["国家发展改革委", "国家发改委"], 1),
        (COUNTY, ["国家发展改革委", "县发展改革委"], 2),
        (COUNTY, ["发改委", "县发展改革委"], 1),
    ],
)
def test_agencies_of_the_nation(jurisdiction: Jurisdiction, agencies: list[str], keys: int) -> None:
    assert len({agency_key(agency, jurisdiction) for agency in agencies}) == keys


@pytest.mark.parametrize(
    ("issuers", "level"),
    [
        (["中共云溪县委", "云溪县人民政府"], "县"),
        (["临砥市人民政府办公室"], "市"),
        (["岐东省人民政府"], "省"),
        (["澄阳市砚浦区人民政府"], "区"),
        (["某某协会"], None),
    ],
)
def test_jurisdiction(issuers: list[str], level: str | None) -> None:
    assert jurisdiction_of(issue_of("正文。", issuers=issuers)).level == level

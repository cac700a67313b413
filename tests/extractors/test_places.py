"""Places: the table of divisions, and what the name of an organ says of its place."""

from __future__ import annotations

import pytest

from extractors.places.divisions import NATION, above, by_name, divisions, path_of
from extractors.places.organs import locate, locate_gazette
from schemas.records import Area

COUNTY = locate("湘阴县人民政府", 2023).area
CITY = locate("浏阳市人民政府", 2023).area


def test_the_table_is_whole() -> None:
    """Counts of the list of 2024, and every county of every year under a province of that year."""
    now = [item for item in divisions() if item.last is None]
    assert [sum(item.level == level for item in now) for level in ("province", "prefecture")] == [34, 333]
    assert sum(item.level == "county" for item in now) == 2846
    assert len({item.code for item in now}) == len(now)
    for item in divisions():
        assert item.last is None or item.first <= item.last
        assert item.level == "province" or above(item, item.first)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("湘阴县", 2023, ["430624 湖南省/岳阳市/湘阴县"]),
        ("余江县", 2017, ["360622 江西省/鹰潭市/余江县"]),
        ("余江县", 2020, []),
        ("余江区", 2020, ["360603 江西省/鹰潭市/余江区"]),
        ("仙桃市", 2020, ["429004 湖北省/仙桃市"]),
        ("巢湖市", 2009, ["341400 安徽省/巢湖市"]),
        ("巢湖市", 2015, ["340181 安徽省/合肥市/巢湖市"]),
        ("莱芜市", 2015, ["371200 山东省/莱芜市"]),
    ],
)
def test_codes_and_paths_of_a_year(name: str, year: int, expected: list[str]) -> None:
    found = [item for item in by_name()[name] if item.stands_in(year)]
    assert [f"{item.code} {path_of(item, year)}" for item in found] == expected


@pytest.mark.parametrize(
    ("organ", "year", "code", "level", "path"),
    [
        ("湘阴县人民政府办公室", 2023, "430624", "county", "湖南省/岳阳市/湘阴县"),
        ("湖南省湘阴县人民政府", 2023, "430624", "county", "湖南省/岳阳市/湘阴县"),
        ("中共湘阴县委办公室", 2023, "430624", "county", "湖南省/岳阳市/湘阴县"),
        ("湖南省财政厅", 2023, "430000", "province", "湖南省"),
        ("内蒙古通辽市科尔沁左翼中旗人民政府", 2024, "150521", "county", "内蒙古自治区/通辽市/科尔沁左翼中旗"),
        ("恩施州人民政府", 2022, "422800", "prefecture", "湖北省/恩施土家族苗族自治州"),
        ("南京市鼓楼区人民政府", 2023, "320106", "county", "江苏省/南京市/鼓楼区"),
        ("上海市普陀区规划和自然资源局", 2020, "310107", "county", "上海市/普陀区"),
        ("浦东新区人民政府", 2020, "310115", "county", "上海市/浦东新区"),
        ("通州市人民政府", 2008, "320683", "county", "江苏省/南通市/通州市"),
        ("澳門特別行政區政府", 2024, "820000", "province", "澳门特别行政区"),
        ("東莞市人民政府", 2024, "441900", "prefecture", "广东省/东莞市"),
        ("岳阳市生态环境局湘阴分局", 2023, "430624", "county", "湖南省/岳阳市/湘阴县"),
        ("国家税务总局湖南省税务局", 2024, "430000", "province", "湖南省"),
        ("中国人民银行长沙中心支行", 2020, "430100", "prefecture", "湖南省/长沙市"),
        ("东方市市场监督管理局", 2023, "469007", "county", "海南省/东方市"),
        ("海南省东方市场监督管理局", 2023, "460000", "province", "海南省"),
        ("国务院办公厅", 2024, None, "nation", NATION),
        ("中央军委办公厅", 2023, None, "nation", NATION),
        ("国家知识产权局", 2023, None, "nation", NATION),
        ("臺中市政府交通局", 2023, None, "prefecture", "台湾省/台中市"),
        ("花蓮縣政府", 2016, None, "county", "台湾省/花莲县"),
        ("台湾省彰化县政府", 2016, None, "county", "台湾省/彰化县"),
        ("汨罗市新市镇人民政府", 2023, None, "township", "湖南省/岳阳市/汨罗市/新市镇"),
    ],
)
def test_the_place_of_an_organ(organ: str, year: int, code: str | None, level: str, path: str) -> None:
    area = Area(path.rsplit("/", 1)[-1], code, level, path)  # type: ignore[arg-type]
    assert (locate(organ, year).area, locate(organ, year).doubt) == (area, None)


@pytest.mark.parametrize(
    ("organ", "home", "name"),
    [
        ("县教育局", COUNTY, "湘阴县"),
        ("市生态环境局", COUNTY, "岳阳市"),
        ("省财政厅", COUNTY, "湖南省"),
        ("市教育局", CITY, "浏阳市"),
        ("教育局", COUNTY, "湘阴县"),
        ("市场监督管理局", COUNTY, "湘阴县"),
        ("城关镇人民政府", COUNTY, "城关镇"),
        ("州财政局", COUNTY, None),
        ("县教育局", None, None),
        ("张某某", COUNTY, None),
    ],
)
def test_the_place_of_an_organ_that_names_its_level_alone(organ: str, home: Area | None, name: str | None) -> None:
    area = locate(organ, 2023, home).area
    assert (area and area.name) == name


@pytest.mark.parametrize(
    ("organ", "name", "level", "path", "doubt"),
    [
        ("鼓楼区人民政府", "鼓楼区", "county", None, "may be"),
        ("江苏省鼓楼区人民政府", "鼓楼区", "county", None, "may be"),
        ("余江县人民政府", "余江县", "county", None, "no division was called"),
        ("某川县人民政府", "某川县", "county", None, "not in the table"),
        ("湖南省某川县人民政府", "某川县", "county", "湖南省/某川县", "not in the table"),
        ("长沙高新技术产业开发区管理委员会", "长沙高新技术产业开发区", None, None, "no division"),
        ("河北雄安新区管理委员会", "雄安新区", None, "河北省/雄安新区", "no division"),
        ("新疆生产建设兵团", "生产建设兵团", None, "新疆维吾尔自治区/生产建设兵团", "not in the table"),
    ],
)
def test_what_is_not_settled_has_no_code_and_says_why(
    organ: str, name: str, level: str | None, path: str | None, doubt: str
) -> None:
    located = locate(organ, 2023)
    assert located.area == Area(name, None, level, path)  # type: ignore[arg-type]
    assert doubt in (located.doubt or "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("徐州市鼓楼区2024年重点工作", "320302"),
        ("全区认真落实福州市委、市政府决策部署", "350102"),
        ("河南省统计局核定", "410204"),
        ("与玄武区、秦淮区、建邺区共建", "320106"),
        ("南京市和福州市的经验", None),
        ("", None),
    ],
)
def test_an_ambiguous_name_is_settled_by_the_words_of_the_issue(words: str, code: str | None) -> None:
    located = locate("鼓楼区人民政府", 2024, None, lambda: words)
    assert located.area is not None and located.area.code == code
    assert (located.doubt is None) == (code is not None)


def test_an_ambiguous_name_is_settled_by_the_gazette() -> None:
    home = locate("开封市人民政府", 2024).area
    located = locate("鼓楼区人民政府", 2024, home)
    assert located.area is not None and located.area.code == "410204"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("湘阴县人民政府公报", "湘阴县"),
        ("昆明政报", "昆明市"),
        ("江苏省人民政府公报", "江苏省"),
        ("湖南政报", "湖南省"),
        ("中华人民共和国国务院公报", NATION),
        ("澳門特別行政區公報", "澳门特别行政区"),
        ("政府公报", None),
    ],
)
def test_the_place_of_a_gazette(title: str, name: str | None) -> None:
    area = locate_gazette(title, 2023).area
    assert (area and area.name) == name

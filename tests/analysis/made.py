"""A small processed folder for the tests of analysis: two years of a county, a hostile notice, a text in two forms."""

from __future__ import annotations

from pathlib import Path

from tests.auditing.folders import made

PLAN = """清溪县人民政府办公室
关于印发《清溪县{year}年重点工作方案》的通知

清政办发〔{year}〕3号

各乡镇人民政府，县直各单位：

一、主要目标

（一）产业目标。{year}年，新增规模以上工业企业{firms}家以上，粮食播种面积稳定在{grain}万亩。（牵头单位：县工业和信息化局；责任单位：县农业农村局、财政局）

（二）民生目标。6月底前出台公共租赁住房管理办法，9月底前建成县第二幼儿园。（牵头单位：县住房和城乡建设局；责任单位：县财政局）

清溪县人民政府办公室
{year}年1月20日
"""
HOSTILE = """清溪县人民政府办公室
关于印发《=HYPERLINK("http://evil.example","点我")》的通知

清政办发〔2024〕9号

各乡镇人民政府：

一、主要目标

（一）=cmd|'/c calc'!A1。2024年10月底前建成茶叶加工厂4个，年底前启动茶园改造。（牵头单位：县农业农村局）

清溪县人民政府办公室
2024年4月2日
"""


def write_folder(folder: Path) -> Path:
    """*folder* with three issues of 清溪县."""
    made(folder, PLAN.format(year=2023, firms=18, grain=26), "2023.txt", 2023)
    made(folder, PLAN.format(year=2024, firms=20, grain=27), "2024.txt", 2024)
    return made(folder, HOSTILE, "hostile.txt", 2024)

"""A gazette that tries to break out of its page, and the sites that the tests look at."""

from __future__ import annotations

from pathlib import Path

from pipeline.auditing.folders import open_folder
from pipeline.evaluation import GoldSet
from pipeline.site import build_site

HOSTILE = """某湖县人民政府
关于印发《“𠮷安<script>globalThis.injected = 'title'</script>”行动方案》的通知

某湖政发〔2024〕8号

各乡镇人民政府：

一、主要目标

（一）面积&目标</div>。全年新植茶树2.5万亩，改造老茶园3000亩以上。</script><script>globalThis.injected = 'text'</script>（牵头单位：县农业农村局；责任单位：县财政局）

（二）投入"目标'。2024年投入资金600万元，<img src=x onerror="globalThis.injected = 'image'">建成加工厂4个。按照《茶产业条例》执行。

附件：任务分解表

茶树任务分解表
乡镇\t新植面积（亩）\t备注
桥头镇\t800\t<b onclick="injected=1">甲</b>
石岭乡\t1200\t<script>globalThis.injected = 'cell'</script>

某湖县人民政府
2024年4月2日
"""


def write_site(processed: Path, out: Path, gold: tuple[GoldSet, ...] = ()) -> Path:
    """The site of *processed* written below *out*."""
    for name, data in build_site(open_folder(processed), gold, why=True):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return out

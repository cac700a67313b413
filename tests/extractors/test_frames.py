"""What each number says: subject, metric, transformation and direction, and its value ready for a panel."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from extractors.quantities.frames.frame import Frame, Slot
from extractors.quantities.frames.observation import observation
from extractors.quantities.frames.resolve import Antecedent, Zones, resolve
from extractors.quantities.frames.transformation import Change
from extractors.quantities.frames.view import Around
from schemas.rows import Comparator, Direction, Transformation
from tests.extractors.describing import described


def test_what_is_behind_a_sentence_keeps_all_else_around_it() -> None:
    values = {one.name: object() for one in fields(Around)}
    around = Around(**values)  # type: ignore[arg-type]
    assert around.behind("产量", ()) == replace(around, carried="产量", wholes=())


SAID = [
    # text, then for each number: subject, metric, transformation, direction
    # words that lead from a limit to its value are no part of its name; 上浮 and 下调 are changes
    ("担保额度由原来的20万元提高至30万元。",
     [(None, "担保额度", "level", None), (None, "担保额度", "level", None)]),
    ("机房能效值由1.5降低为1.25，绿化系数缩小至1.8。",
     [(None, "机房能效值", "level", None), (None, "机房能效值", "level", None), (None, "绿化系数", "share", None)]),
    ("手续费减少为8元。", [(None, "手续费", "level", None)]),
    ("全县户籍人口40万人，与上次普查相比，十年共减少3万人，下降7%。",
     [(None, "户籍人口", "level", None), (None, "户籍人口", "change", "down"), (None, "户籍人口", "growth", "down")]),
    ("人口死亡率为6‰；自然增长率为1.5‰。", [(None, "人口死亡率", "share", None), (None, "自然增长率", "share", None)]),
    ("城乡居民收入倍差由2.6缩小到2.4，差距缩小0.2万元。",
     [(None, "城乡居民收入倍差", "level", None), (None, "城乡居民收入倍差", "level", None), (None, "差距", "change", "down")]),
    ("最低首付款比例统一调整为不低于20%。", [(None, "首付款比例", "share", None)]),
    ("最高担保额度可上浮10%。", [(None, "最高担保额度", "growth", "up")]),
    ("农村低保标准由每人每月500元提高到560元。",
     [(None, "农村低保标准", "level", None), (None, "农村低保标准", "level", None)]),
    # what goes on behind a share, a pace or a comparison with the budget is of the amount that they are of
    ("商铺销售面积50万平方米，占全省的8%，增长9%，高于全省增速3个百分点，销售额60亿元。",
     [(None, "商铺销售面积", "level", None), (None, "商铺销售面积占全省比重", "share", None),
      (None, "商铺销售面积", "growth", "up"), (None, "商铺销售面积增速", "change", "up"),
      (None, "商铺销售额", "level", None)]),
    ("房产税收6亿元，占财政收入比重为31%，占比较上年回落1个百分点，占全部税收比重为42%。",
     [(None, "房产税收", "level", None), (None, "房产税收占财政收入比重", "share", None),
      (None, "房产税收占财政收入比重", "change", "down"), (None, "房产税收占全部税收比重", "share", None)]),
    ("一般公共预算收入5亿元，为调整预算数的107%，比2022年决算（下同）增长9%，加上转移性收入3亿元，收入合计8亿元。",
     [(None, "一般公共预算收入", "level", None), (None, "一般公共预算收入完成调整预算数比例", "share", None),
      (None, "一般公共预算收入", "growth", "up"), (None, "转移性收入", "level", None),
      (None, "收入合计", "level", None)]),
    ("装备制造业和食品制造业增加值分别增长8%、6%。",
     [(None, "装备制造业增加值", "growth", "up"), (None, "食品制造业增加值", "growth", "up")]),
    ("粮食产量和工业增加值分别增长3%、6%。",
     [(None, "粮食产量", "growth", "up"), (None, "工业增加值", "growth", "up")]),
    ("审计事务43万元，较上年减支2万元。",
     [(None, "审计事务", "level", None), (None, "审计事务", "change", "down")]),
    ("规模以上工业增加值增长13%，高于市政府下达目标4个百分点，全省排名第3位。",
     [(None, "规模以上工业增加值", "growth", "up"),
      (None, "规模以上工业增加值增速高于市政府下达目标", "change", "up"),
      (None, "规模以上工业增加值", "rank", None)]),
    ("城镇居民人均可支配收入4万元、增长8%，人均消费支出2万元。",
     [(None, "城镇居民人均可支配收入", "level", None), (None, "城镇居民人均可支配收入", "growth", "up"),
      (None, "城镇居民人均消费支出", "level", None)]),
    ("专任教师80人，其中，普通中学27人、小学30人。",
     [(None, "专任教师", "level", None), (None, "普通中学专任教师", "level", None),
      (None, "小学专任教师", "level", None)]),
    ("公路里程227公里，其中国道36公里。", [(None, "公路里程", "level", None), (None, "国道里程", "level", None)]),
    ("0—17岁、18—34岁、60岁及以上户籍人口分别为2万人、3万人和4万人。",
     [(None, "0—17岁户籍人口", "level", None), (None, "18—34岁户籍人口", "level", None),
      (None, "60岁及以上户籍人口", "level", None)]),
    ("钢铁、食品加工、纺织服装行业分别下降5%、1%和2%。",
     [(None, "钢铁行业", "growth", "down"), (None, "食品加工行业", "growth", "down"),
      (None, "纺织服装行业", "growth", "down")]),
    ("刑事、治安案件分别下降6%、3%。", [(None, "刑事案件", "growth", "down"), (None, "治安案件", "growth", "down")]),
    ("报告期间内共完成审计项目19个，对2人予以提醒谈话。",
     [(None, "完成审计项目", "level", None), (None, "提醒谈话人数", "level", None)]),
    ("其中，一、二、三产业增加值分别为4亿元、3亿元和7亿元。",
     [(None, "第一产业增加值", "level", None), (None, "第二产业增加值", "level", None),
      (None, "第三产业增加值", "level", None)]),
    ("现代服务业增加值32亿元。", [(None, "现代服务业增加值", "level", None)]),
    ("作为重点项目之一，总投资3亿元。", [(None, "总投资", "level", None)]),
    ("争取每年参与制定2项国家标准。", [(None, "参与制定国家标准", "level", None)]),
    ("存量周期在2024年底缩短至20个月。", [(None, "存量周期", "limit", None)]),
    ("地区生产总值增长6%左右。", [(None, "地区生产总值", "growth", "up")]),
    # words that are only whose a number is: it measures what the number before does
    ("全市新开工电梯20部（其中东河区9部、西山区7部）。",
     [(None, "新开工电梯", "level", None), ("东河区", "新开工电梯", "level", None),
      ("西山区", "新开工电梯", "level", None)]),
    ("采油项目完成投资15亿元，下降10.8%；青柯石化公司1.1亿元，下降57.1%；管理局2.4亿元，下降6.6%。",
     [(None, "采油项目完成投资", "level", None), (None, "采油项目完成投资", "growth", "down"),
      ("青柯石化公司", "投资", "level", None), ("青柯石化公司", "投资", "growth", "down"),
      ("管理局", "投资", "level", None), ("管理局", "投资", "growth", "down")]),
    ("有感范围涉及湖北巴东县5个村，重庆巫山县6个村。",
     [("湖北巴东县", "有感范围涉及村", "level", None), ("重庆巫山县", "有感范围涉及村", "level", None)]),
    ("培育示范县12个，其中贫困县3个。", [(None, "培育示范县", "level", None), (None, "培育贫困县", "level", None)]),
    ("全省社会消费品零售总额820亿元，下降1.2%。",
     [(None, "社会消费品零售总额", "level", None), (None, "社会消费品零售总额", "growth", "down")]),
    ("茶叶产量、柑橘产量分别增长5%、8%。",
     [(None, "茶叶产量", "growth", "up"), (None, "柑橘产量", "growth", "up")]),
    ("税收增长6%、力争7%。", [(None, "税收", "growth", "up"), (None, "税收", "growth", "up")]),
    ("污水集中处理率由71%提高到80%。",
     [(None, "污水集中处理率", "share", None), (None, "污水集中处理率", "share", None)]),
    ("森林覆盖率提高0.4个百分点。", [(None, "森林覆盖率", "change", "up")]),
    ("存款余额比年初增加46亿元。", [(None, "存款余额", "change", "up")]),
    # a change of an amount behind a ratio; a comparison with another year; what a semicolon parts bears nothing
    # Behind a ratio, the amount is that of its own item: none beyond a semicolon.
    ("新增担保额18亿元；制造业贷款余额增长15%，较年初净增4亿元。",
     [(None, "新增担保额", "level", None), (None, "制造业贷款余额", "growth", "up"),
      (None, "制造业贷款余额", "change", "up")]),
    ("前三季度进出口总额增长8%，1—6月工业用电量增长5%。",
     [(None, "进出口总额", "growth", "up"), (None, "工业用电量", "growth", "up")]),
    ("会议费支出12万元，完成预算的80%，比上年减少3万元。",
     [(None, "会议费支出", "level", None), (None, "会议费支出完成预算比例", "share", None),
      (None, "会议费支出", "change", "down")]),
    ("事业收入90万元，占3.1%；其他收入20万元，与上年相比增加2万元。",
     [(None, "事业收入", "level", None), (None, "事业收入占比重", "share", None), (None, "其他收入", "level", None),
      (None, "其他收入", "change", "up")]),
    ("接待游客60万人次，恢复到2019年的80%。",
     [(None, "接待游客", "level", None), (None, "接待游客", "share", None)]),
    ("水泥产量30万吨，下降2%；发电量5亿千瓦时。",
     [(None, "水泥产量", "level", None), (None, "水泥产量", "growth", "down"), (None, "发电量", "level", None)]),
    # the part of which a share is told stands behind the number, or gives the share
    ("占总人口62%的村庄用上了自来水，占企业总数1.2%的大型企业贡献了全县57%的税收。",
     [(None, "村庄占总人口比重", "share", None), (None, "大型企业占企业比重", "share", None), (None, "大型企业税收占比", "share", None)]),
    ("民营经济贡献了全省六成以上的税收、70%以上的就业。",
     [(None, "民营经济税收占比", "share", None), (None, "民营经济就业占比", "share", None)]),
    ("力争90%以上的村集体收入超过12万元。",
     [(None, "村集体收入超过12万元比例", "share", None), (None, "村集体收入", "level", None)]),
    # what a pace is compared with is no part of it; each item of a list has the pace of all
    ("工业、服务业增速分别高于全省2个、0.4个百分点。", [(None, "工业增速", "change", "up"), (None, "服务业增速", "change", "up")]),
    ("生产总值年均增长4.4%，高于“十三五”时期1.1个百分点。",
     [(None, "生产总值", "growth", "up"), (None, "生产总值增速", "change", "up")]),
    ("机组占比超91%，其中风电机组占比超72%。", [(None, "机组占比", "share", None), (None, "风电机组占比", "share", None)]),
    ("保费由每生每年6元提高至11元。", [(None, "保费", "level", None), (None, "保费", "level", None)]),
    ("惠及16万婴幼儿，覆盖2.4万企业。", [(None, "婴幼儿", "level", None), (None, "覆盖企业", "level", None)]),
    ("消费对经济增长的贡献率为61%。", [(None, "消费对经济增长的贡献率", "share", None)]),
    ("整改率低于平均水平2.5个和3.5个百分点。",
     [(None, "整改率低于平均水平", "change", "down"), (None, "整改率低于平均水平", "change", "down")]),
    ("城镇新增就业5万人。", [(None, "城镇新增就业", "level", None)]),
    ("园区综合排名进入全省前10。", [(None, "园区综合排名", "rank", None)]),
    ("群众诉求须在5个工作日内办结。", [(None, "群众诉求办结期限", "limit", None)]),
    ("青柯自贸试验区改革指数连续三年排名全国第四。", [("青柯自贸试验区", "改革指数", "rank", None)]),
    ("省重点实验室由7家增至9家。", [(None, "省重点实验室", "level", None), (None, "省重点实验室", "level", None)]),
    ("基本医保参保率稳定在95%以上。", [(None, "基本医保参保率", "share", None)]),
    ("一二三产投资分别增长2%、3%、4%。",
     [(None, "第一产业投资", "growth", "up"), (None, "第二产业投资", "growth", "up"), (None, "第三产业投资", "growth", "up")]),
    ("优良天数比例达到77%、增加13天。", [(None, "优良天数比例", "share", None), (None, "优良天数", "change", "up")]),
    ("人均受教育年限在2021年基础上再提高2年。", [(None, "人均受教育年限", "change", "up")]),
    ("聚焦重点群体开展技能培训3万人次。", [(None, "开展技能培训", "level", None)]),
    ("审批时限从20个工作日压缩至7个工作日，惠及企业3万户。",
     [(None, "审批时限", "level", None), (None, "审批时限", "limit", None), (None, "惠及企业", "level", None)]),
    ("退役军人的定期补助，在现行标准的基础上每人每月提高五元。", [(None, "定期补助", "change", "up")]),
    ("减按1%征收率征收。", [(None, "征收率", "share", None)]),
    ("青柯镇早稻面积2万亩。", [("青柯镇", "早稻面积", "level", None)]),
    ("青柯国际机场旅客吞吐量突破800万人次。", [("青柯国际机场", "旅客吞吐量", "level", None)]),
    ("青柯国际机场旅客吞吐量800万人次、货邮吞吐量6万吨。",
     [("青柯国际机场", "旅客吞吐量", "level", None), ("青柯国际机场", "货邮吞吐量", "level", None)]),
    ("自贸试验区制度创新成果达到18项。", [("自贸试验区", "制度创新成果", "level", None)]),
    ("绵阳、德阳经济总量突破3000亿元。", [("绵阳、德阳", "经济总量", "level", None)]),
    ("城市空气质量优良天数320天。", [(None, "城市空气质量优良天数", "level", None)]),
    ("浙江省投入帮扶资金3.9亿元、实施项目81个。",
     [("浙江省", "投入帮扶资金", "level", None), ("浙江省", "实施项目", "level", None)]),
    ("株洲入境游客增长12%，完成造林32万亩。",
     [("株洲", "入境游客", "growth", "up"), (None, "完成造林", "level", None)]),
    ("洞庭湖总磷浓度下降11%。", [("洞庭湖", "总磷浓度", "growth", "down")]),
    ("怀化国际陆港开行货运班列210列。", [("怀化国际陆港", "开行货运班列", "level", None)]),
    ("省属公办高校生均经费增加1000元。", [("省属公办高校", "生均经费", "change", "up")]),
    ("“青易办”用户突破350万、月访问量20万人次。",
     [("“青易办”", "用户", "level", None), ("“青易办”", "用户月访问量", "level", None)]),
    ("“六大攻关项目”突破关键技术12项。", [("“六大攻关项目”", "突破关键技术", "level", None)]),
    ("武广高铁开通运营，累计发送旅客64万人次、运输货物7万吨。",
     [("武广高铁", "累计发送旅客", "level", None), ("武广高铁", "运输货物", "level", None)]),
    ("提升自贸试验区建设质效，形成18项成果，新设企业2万家。",
     [("自贸试验区", "形成成果", "level", None), ("自贸试验区", "新设企业", "level", None)]),
    ("惠及340万人的引江济湖工程启动建设。", [("引江济湖工程", "惠及", "level", None)]),
    ("新建县域医疗中心50个，9所省属高职院校完成划转。",
     [(None, "新建县域医疗中心", "level", None), (None, "省属高职院校", "level", None)]),
    ("现代产业、公共服务等领域320个共建重点项目完成投资53亿元。",
     [(None, "共建重点项目", "level", None), (None, "共建重点项目完成投资", "level", None)]),
    ("推进3个未来产业先导区、6个未来产业加速园建设。",
     [(None, "未来产业先导区", "level", None), (None, "未来产业加速园建设", "level", None)]),
    ("加快建设生态岛和11个市（州）分岛。", [(None, "建设市（州）分岛", "level", None)]),
    ("实有经营主体68万户，其中企业16万户、增长1.1倍。",
     [(None, "实有经营主体", "level", None), (None, "企业", "level", None), (None, "企业", "growth", "up")]),
    ("粮食总产量连续9年稳定在13亿斤以上。", [(None, "粮食总产量", "level", None)]),
    ("大宗商品骨干走廊等50余个合作事项扎实落地。", [(None, "合作事项", "level", None)]),
    ("“青执法”推动入企检查次数压减30%。", [(None, "入企检查次数", "growth", "down")]),
    ("加快南阳、洛阳等10个枢纽建设。", [(None, "枢纽建设", "level", None)]),
    ("铁路运营里程新增170公里、突破7000公里。",
     [(None, "铁路运营里程", "change", "up"), (None, "铁路运营里程", "level", None)]),
    ("空气优良天数增加25天。", [(None, "空气优良天数", "change", "up")]),
    ("对东盟进出口增长12%。", [(None, "对东盟进出口", "growth", "up")]),
    # a rank that names nothing ranked is of what went before; what goes on behind it is of that too
    ("生产总值347亿元，稳居省内大中城市第四位，增长1.5%。",
     [(None, "生产总值", "level", None), (None, "生产总值", "rank", None), (None, "生产总值", "growth", "up")]),
    ("一般公共预算收入增长6%，分居全省第4、第3位。",
     [(None, "一般公共预算收入", "growth", "up"), (None, "一般公共预算收入", "rank", None),
      (None, "一般公共预算收入", "rank", None)]),
    ("预算收入增速达9%，规模达到27亿元，上升至全省第三位。",
     [(None, "预算收入", "growth", "up"), (None, "预算收入规模", "level", None), (None, "预算收入规模", "rank", None)]),
    ("金融机构存、贷款余额分别增长8%、11%。",
     [(None, "金融机构存款余额", "growth", "up"), (None, "金融机构贷款余额", "growth", "up")]),
    ("三次产业结构由2000年的21：50：29调整为11：65：24。",
     [(None, name, "share", None) for name in ("第一产业", "第二产业", "第三产业") * 2]),
    # what a report plans of a budget: the object of a verb said once, the other side of an account, who pays
    ("拟发行特别国债，专项用于安全能力建设，今年先发行3000亿元。", [(None, "发行特别国债", "level", None)]),
    ("拟发行500亿元长期建设国债，中央财政预算安排救灾补助资金83亿元。",
     [(None, "发行长期建设国债", "level", None), (None, "救灾补助资金", "level", None)]),
    ("赤字率拟按3%安排，比去年预算高0.2个百分点。", [(None, "赤字率", "share", None), (None, "赤字率", "change", "up")]),
    ("国家财政收入35亿元，支出36亿元。", [(None, "国家财政收入", "level", None), (None, "国家财政支出", "level", None)]),
    ("广义货币M2和社会融资规模余额预期增长均为12%左右。", [(None, "广义货币M2和社会融资规模余额", "growth", "up")]),
    ("经济增长的预期目标为7%左右。", [(None, "经济", "growth", "up")]),
    ("按不低于5%的幅度压减一般性支出。", [(None, "压减一般性支出", "growth", "down")]),
    ("财政赤字占国内生产总值比重控制在3%以内。", [(None, "财政赤字占国内生产总值比重", "share", None)]),
    # what follows a share of an aim goes on with what was aimed at; lists share a measure and a share of a whole
    ("一般公共预算支出12亿元，完成预算的98%，增长6%。",
     [(None, "一般公共预算支出", "level", None), (None, "一般公共预算支出完成预算比例", "share", None),
      (None, "一般公共预算支出", "growth", "up")]),
    ("化学需氧量、氨氮排放总量分别控制在20万吨、2万吨以内。",
     [(None, "化学需氧量排放总量", "level", None), (None, "氨氮排放总量", "level", None)]),
    ("文化产业增加值和服务业增加值占生产总值比重分别提高到5%和56%。",
     [(None, "文化产业增加值占生产总值比重", "share", None), (None, "服务业增加值占生产总值比重", "share", None)]),
    ("煤炭占能源消费总量比重下降到58%以下。", [(None, "煤炭占能源消费总量比重", "share", None)]),
    ("新增规上企业12家、总数达136家。", [(None, "新增规上企业", "level", None), (None, "规上企业总数", "level", None)]),
    ("试点期为自批复之日起3年。", [(None, "试点期", "limit", None)]),
    ("国务院全体会议一般每半年召开一次。", [(None, "国务院全体会议召开", "frequency", None)]),
    ("将青柯新区蓝绿空间占比稳定在70%。", [("青柯新区", "蓝绿空间占比", "share", None)]),
    ("石桥村面积10平方公里。", [("石桥村", "面积", "level", None)]),
    ("山西省连续发生3起特大煤矿瓦斯爆炸事故。", [("山西省", "特大煤矿瓦斯爆炸事故", "level", None)]),
    ("22名相关责任人员也分别受到处分。", [(None, "相关责任人员", "level", None)]),
    ("在原有基础上新增环保项目28个。", [(None, "新增环保项目", "level", None)]),
    ("对东盟、欧盟进出口分别增长16%、40%。",
     [(None, "对东盟进出口", "growth", "up"), (None, "对欧盟进出口", "growth", "up")]),
]  # fmt: skip

FRAMES = [
    # text, then for each number: the construction, and the metric written from it
    ("授予“稻种创制”等38项成果青柯省科技进步奖二等奖，授予张三等8名外国专家国际合作奖。",
     [("frame.amount.prize", "青柯省科技进步奖二等奖"), ("frame.amount.prize", "国际合作奖")]),
    ("号牌规格为480毫米×140毫米。", [("frame.amount.width_across", "号牌宽度"), ("frame.amount.height_across", "号牌高度")]),
    ("医药费用在6000元限额内据实扣除。", [("frame.amount.within_quota", "扣除限额")]),
    ("分摊每月200元的扣除额度。", [("frame.amount.quota_behind", "扣除额度")]),
    ("由购买方按扣除标准的50%扣除。", [("frame.ratio.reckoned_of", "扣除标准扣除比例")]),
    ("建设具有年产130根大型曲轴能力的项目。", [("frame.amount.capacity_yearly", "大型曲轴年产能力")]),
    ("逾期不缴的，自收到复核申请之日起三十日内作出裁定。", [("frame.time.answer_since", "复核申请裁定期限")]),
    ("可以自收到通知书之日起十五日内向上级机关申请复核。", [("frame.time.request_since", "申请复核期限")]),
    ("在本意见印发之日起30日内，制定实施细则。", [("frame.time.since", "制定实施细则期限")]),
    ("享受补贴的用房，5年内不得转租。", [("frame.time.within", "用房不得转租期限")]),
    ("并与其签订1年以上劳动合同的，可以申请补贴。", [("frame.time.of_noun", "劳动合同期限")]),
    ("未经批准连续停业超过三十天的，视为终止。", [("frame.time.deed", "未经批准连续停业期限")]),
    ("违反本办法第八条规定，擅自占用绿地的，由城管部门处五千元以上三万元以下罚款。",
     [("frame.amount.fine", "擅自占用绿地罚款"), ("frame.amount.fine", "擅自占用绿地罚款")]),
    ("由城管部门处五千元以上三万元以下罚款。", [("frame.amount.fine", "罚款"), ("frame.amount.fine", "罚款")]),
    ("1.建立排污口台账，设立公示牌，得2分。", [("frame.amount.score", "建立排污口台账得分")]),
    ("每5年修订1次专业目录。", [("frame.times.of_deed", "专业目录修订")]),
    ("全年工作顺利，6个县（市）全部建成示范县。", [("frame.amount.counted_subject", "建成示范县县（市）")]),
    ("建设提速，81个省重点项目完成投资60亿元。",
     [("frame.amount.counted_alone", "省重点项目"), ("construction.direct", "省重点项目完成投资")]),
    ("棉花总产616万吨，占全国92%。",
     [("construction.direct", "棉花总产"), ("frame.ratio.part_of", "棉花总产占全国比重")]),
    ("一般公共预算支出420亿元，74%以上用于民生。",
     [("construction.direct", "一般公共预算支出"), ("frame.ratio.used_for", "一般公共预算支出用于民生比重")]),
    ("工业增加值同比增长1.5%，增速比一季度提高0.9个百分点。",
     [("construction.direct", "工业增加值"), ("frame.points.pace", "工业增加值增速")]),
    ("采矿业增加值下降6%，制造业增长2%。",
     [("construction.direct", "采矿业增加值"), ("frame.ratio.class_of", "制造业增加值")]),
]  # fmt: skip

TABLES = [
    ("乡镇\t早稻面积（万亩）\t增速（%）\n青柯镇\t2.3\t-1.5",
     [("青柯镇", "早稻面积", "level", None), ("青柯镇", "增速", "growth", "down")]),
    ("指标\t2024年目标（亿元）\n地区生产总值\t350", [(None, "地区生产总值", "level", None)]),
]  # fmt: skip

OBSERVED: list[tuple[str, str, str, str | None, Transformation, Direction | None, Comparator, tuple[object, ...]]] = [
    # low, high, unit, per, transformation, direction, comparator → unit, low, high, comparator
    ("1.2", "1.2", "%", None, "growth", "down", "=", ("%", -1.2, -1.2, "=")),
    ("3", "5", "%", None, "growth", "down", ">=", ("%", -5.0, -3.0, "<=")),
    ("-1.5", "-1.5", "%", None, "growth", "down", "=", ("%", -1.5, -1.5, "=")),
    ("7.2", "7.2", "‰", None, "share", None, "=", ("%", 0.72, 0.72, "=")),
    ("0.5", "0.5", "", None, "share", None, ">=", ("%", 50.0, 50.0, ">=")),
    ("2.5", "2.5", "", None, "share", None, "=", ("", 2.5, 2.5, "=")),
    ("1", "1", "番", None, "growth", "up", "=", ("%", 100.0, 100.0, "=")),
    ("2", "2", "番", None, "growth", "up", "=", ("%", 300.0, 300.0, "=")),
    ("1.5", "1.5", "倍", None, "growth", "up", ">", ("%", 150.0, 150.0, ">")),
    ("3.2", "3.2", "元", "立方米", "level", None, "<=", ("元/立方米", 3.2, 3.2, "<=")),
    ("3", "3", "亩", None, "level", None, "=", ("平方米", 2000.0, 2000.0, "=")),
]


@pytest.mark.parametrize("text, expected", [*SAID, *TABLES], ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_number_says(text: str, expected: list[tuple[str | None, str, str, str | None]]) -> None:
    found = described(text)
    assert [(one.subject, one.metric, one.transformation, one.direction) for one in found] == expected
    for one in found:
        assert (one.subject is None) == (one.subject_rule is None) == (one.subject_type is None)
        if one.subject_start is not None and one.subject_end is not None:
            assert text[one.subject_start : one.subject_end] == one.subject


@pytest.mark.parametrize("low, high, unit, per, transformation, direction, comparator, expected", OBSERVED)
def test_observations(
    low: str, high: str, unit: str, per: str | None, transformation: Transformation, direction: Direction | None,
    comparator: Comparator, expected: tuple[object, ...],
) -> None:  # fmt: skip
    change = Change(transformation, direction, "transformation.amount.level")
    made = observation(Decimal(low), Decimal(high), unit, per, change, comparator)
    assert (made.unit, made.low, made.high, made.comparator) == expected


@pytest.mark.parametrize("text, expected", FRAMES, ids=lambda value: value if isinstance(value, str) else "")
def test_constructions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.indicator_rule, one.metric) for one in described(text)] == expected


def test_what_resolving_proposed_is_kept_with_its_zone() -> None:
    frame = Frame("frame.ratio.part_of", "{part}占{whole}比重", {"whole": Slot("全省", "clause", "r", 0, 2)})
    around = Zones((Antecedent("油菜产量", "amount"), Antecedent("棉花产量", "amount")), carried="粮食产量")
    filled = resolve(frame, around)
    assert filled.phrase == "棉花产量占全省比重" and filled.empty == ()
    assert [(one.text, one.zone) for one in filled.proposals] == [
        ("棉花产量", "clause"), ("油菜产量", "clause"), ("粮食产量", "before"),
    ]  # fmt: skip
    assert frame.empty == ("part",), "resolving leaves the parsed frame as it was"

"""The required-by-stage table of an inspection: what the law and the seeds want, and when.

Ids are kept when rows go or come: marks and vectors name them. Words are the phone's (ux.md 3.5).
"""

from backend.features.inspections.rules.stages import (
    Before,
    Certified,
    ClosedRuns,
    Differs,
    EachHas,
    Filled,
    Level,
    Moment,
    NotPast,
    Records,
    Row,
    Select,
    Settled,
    Signed,
    Stage,
    StillFits,
    Whole,
)
from backend.features.inspections.rules.view import ORDER, RECORD

_OFFICERS = 2
_TWO_OFFICERS = "行政处罚法第四十二条第一款；S3-1.1、S3-4.2d"
_SHOW = "行政处罚法第五十五条第一款；安全生产法第六十七条第二款"
_WRITE_DOWN = "安全生产法第六十八条"
_ELEMENTS = "S4-11"
_SETTLE = "本系统设定：有两份待选的，先选定再定稿"
_RECHECK = "S0-5b"

_ON_SITE: dict[Stage, Level] = {"record": "duty", "end": "duty", "leave": "duty"}
_ON_PAPER: dict[Stage, Level] = {"order": "law", "record": "law", "end": "duty", "leave": "duty"}
_IN_ORDER: dict[Stage, Level] = {"order": "law", "record": "duty", "end": "duty", "leave": "duty"}
_BEFORE_FINDINGS: dict[Stage, Level] = {"findings": "duty", "leave": "duty"}
_RECHECKED: dict[Stage, Level] = {"recheck": "law", "recheck_opinion": "law"}
_ON_RECORD: dict[Stage, Level] = {"record": "law"}
_ON_OPINION: dict[Stage, Level] = {"recheck_opinion": "law"}

_INSPECTION = Select("inspection")
_FINDING = Select("finding")
_CHECK = Select("check")
_TO_ORDER = Select("finding", where={"dispositions": "order"})
_SHOWN = Select("step", where={"name": "certificates_shown"})
_DRAFT = Select("draft", among="chosen")
_RECORD_DRAFT = Select("draft", where={"kind": RECORD})
_RECORD_PAPER = Select("document", where={"kind": RECORD})
_ORDER_PAPER = Select("document", where={"kind": ORDER})
_DONE = Select("recheck", among="chosen")
_REMAINING = Select("finding", among="remaining")
_PHOTO = Select("evidence", where={"kind": "photo"})


def _step(name: str, *having: str) -> Records:
    return Records((Select("step", where={"name": name}, having=having),))


def _element(each: Select, field: str) -> Filled:
    return Filled(each, (field,))


_ENTRY = (
    Row("ST1", {"start": "law"}, Certified(_INSPECTION, "officers", _OFFICERS),
        "要两名持证执法人员到场，现在只有 {n} 名", "加同事", "officers", _TWO_OFFICERS),
    Row("ST2", {"start": "duty", "leave": "duty"},
        Records((Select("arrival", having=("scan",)), Select("arrival", having=("reason",)))),
        "企业的码没扫，也没写原因", "去扫码", "scan", "S3-4.2a"),
    Row("ST3", {"leave": "advice"},
        Records((Select("arrival", having=("scan",)),
                 Select("step", where={"name": "scan_skipped"}, having=("words",)))),
        "进门时没扫码，离场前补扫", "去补扫", "scan", "S3-4.2a",
        when=Select("arrival", having=("reason",))),
    Row("ST4", {"start": "duty", "leave": "duty"},
        Records((Select("custody", where={"act": "recording_started"}),
                 Select("step", where={"name": "recording_skipped"}, having=("words",)))),
        "录音没开，也没写原因", "去开", "recorder", "S3-4.2e、S3-A4a"),
    Row("ST5", {"findings": "law", "record": "law", "leave": "law"}, Records((_SHOWN,)),
        "证件还没出示", "去亮证", "step:certificates_shown", _SHOW),
    Row("ST6", _BEFORE_FINDINGS, _step("rights_told"),
        "权利还没告知", "去告知", "step:rights_told", "行政处罚法第四十三条第二款"),
    Row("ST7", _BEFORE_FINDINGS, _step("integrity_statement"),
        "廉洁规定还没说明", "去说明", "step:integrity_statement", "S3-A12"),
    Row("ST8", _BEFORE_FINDINGS, _step("reception", "reception.name"),
        "接待人还没写", "去写", "step:reception", "S3-A12"),
    Row("ST9", {"end": "duty", "leave": "duty"}, _step("law_lesson"),
        "普法提示还没做", "去做", "step:law_lesson", "S3-A5a、S4-14"),
)  # fmt: skip

_CHECKS = (
    Row("ST10", _ON_SITE, _element(_CHECK, "result"),
        "检查表还有 {n} 项没查", "接着查", "checklist", "S3-2.1a", together=True),
    Row("ST11", _ON_SITE, _element(Select("check", where={"result": "not_applicable"}), "reason"),
        "检查表有 {n} 项不涉及，没写原因", "去写", "checklist", "S3-2.1a", together=True),
    Row("ST12", {"record": "law", "end": "duty", "leave": "duty"},
        EachHas(Select("check", where={"result": "problem"}), _FINDING, "check"),
        "检查表第 {n} 项有问题，还没记成问题", "记问题", "checklist", _WRITE_DOWN),
)  # fmt: skip

_FINDINGS = (
    Row("ST13", _ON_PAPER, _element(_FINDING, "problem"),
        "问题 {n} 没写存在的问题", "去写", "finding:problem", _WRITE_DOWN),
    Row("ST56", _ON_PAPER, Whole(_FINDING, ("problem",)),
        "问题 {n} 存在的问题有空没填", "去填", "finding:problem", _WRITE_DOWN),
    Row("ST14", {"order": "duty", **_ON_SITE}, _element(_FINDING, "place"),
        "问题 {n} 没写部位", "去写", "finding:place", _WRITE_DOWN),
    Row("ST15", _IN_ORDER, _element(_FINDING, "basis"),
        "问题 {n} 没选判定依据", "去选", "finding:basis", _ELEMENTS),
    Row("ST16", _IN_ORDER, _element(_FINDING, "cause"),
        "问题 {n} 没写产生原因", "去写", "finding:cause", _ELEMENTS),
    Row("ST57", _IN_ORDER, Whole(_FINDING, ("cause",)),
        "问题 {n} 产生原因有空没填", "去填", "finding:cause", _ELEMENTS),
    Row("ST17", _IN_ORDER, Differs(_FINDING, ("cause", "problem")),
        "问题 {n} 的产生原因照抄了问题", "去改", "finding:cause", _ELEMENTS),
    Row("ST18", _IN_ORDER, _element(_FINDING, "measure"),
        "问题 {n} 没写整改措施建议", "去写", "finding:measure", _ELEMENTS),
    Row("ST58", _IN_ORDER, Whole(_FINDING, ("measure",)),
        "问题 {n} 整改措施建议有空没填", "去填", "finding:measure", _ELEMENTS),
    Row("ST19", _ON_PAPER, _element(_FINDING, "dispositions"),
        "问题 {n} 没写怎么处理", "去选", "finding:dispositions", "S0-5a"),
    Row("ST20", _IN_ORDER, _element(_TO_ORDER, "rectify_by.due"),
        "问题 {n} 没定整改期限", "去定", "finding:rectify_by", "S0-5a"),
    Row("ST21", {"order": "law"}, NotPast(_TO_ORDER, "rectify_by.due"),
        "问题 {n} 的整改期限早于今天", "去改", "finding:rectify_by", "S0-5a"),
    Row("ST22", _ON_SITE,
        EachHas(Select("finding", where={"dispositions": "corrected"}), _PHOTO, "of",
                listed="evidence", at_least=2),
        "问题 {n} 当场改正了，缺改正前后的照片", "去拍", "finding:evidence", "S0-5a、S0-7a"),
    Row("ST23", _ON_SITE, EachHas(_FINDING, Select("exchange"), "finding"),
        "问题 {n} 还没和企业交换意见", "去谈", "exchange", "S4-12b"),
    Row("ST59", _ON_SITE,
        StillFits(_FINDING, Select("exchange"), "finding",
                  (("read.problem", "problem"), ("read.measure", "measure"))),
        "问题 {n} 谈过以后改了，还没和企业再谈", "再谈", "exchange", "S4-12b"),
    Row("ST60", _ON_SITE,
        _element(Select("exchange", where={"agreed": False}), "words"),
        "有 {n} 处异议没写对方的话", "去写", "exchange", "S4-12b", together=True),
    Row("ST24", {"order": "advice"},
        EachHas(_FINDING, Select("exchange", where={"agreed": False}), "finding",
                at_least=0, at_most=0),
        "企业对问题 {n} 有异议，再核一下判定依据", "去核", "finding:basis", "S4-12b"),
)  # fmt: skip

_PAPERS = (
    Row("ST25", {"end": "law"}, Records((Select("inspection", having=("started",)),)),
        "检查还没开始", "去开始", "start", _WRITE_DOWN),
    Row("ST26", {"record": "law", "leave": "duty"}, Filled(_INSPECTION, ("started", "ended")),
        "检查还没结束，记录上缺检查时间", "去结束", "end", _WRITE_DOWN),
    Row("ST27", _ON_RECORD, _element(_INSPECTION, "unit.name"),
        "检查记录没写被检查单位", "去写", "inspection:unit", _WRITE_DOWN),
    Row("ST28", _ON_RECORD, _element(_INSPECTION, "premises"),
        "检查记录没写检查场所", "去写", "inspection:premises", _WRITE_DOWN),
    Row("ST29", {"record": "law", "leave": "duty"}, _element(_INSPECTION, "situation"),
        "检查记录没写检查情况，没有问题也要写明", "去写", "inspection:situation", _WRITE_DOWN),
    Row("ST30", _ON_RECORD, Settled(_INSPECTION),
        "检查记录有两份待选，先选定再定稿", "去选", "conflicts", _SETTLE),
    Row("ST31", _ON_RECORD, Settled(_CHECK),
        "检查表有 {n} 项两份待选，先选定再定稿", "去选", "conflicts", _SETTLE, together=True),
    Row("ST32", {"order": "law", "record": "law", "recheck_opinion": "law"}, Settled(_FINDING),
        "问题 {n} 有两份待选，先选定再定稿", "去选", "conflicts", _SETTLE),
    Row("ST33", {"order": "law"}, Records((_TO_ORDER,)),
        "没有要限期整改的问题，不用开指令书", "去看", "findings", "S0-5a"),
    Row("ST34", {"order": "law", "leave": "law"}, Signed(_RECORD_DRAFT, _OFFICERS),
        "检查记录还差 {n} 个签名，拒签要记下原因", "去签", f"document:{RECORD}", _WRITE_DOWN),
    Row("ST35", {"leave": "duty"}, Records((_RECORD_PAPER,)),
        "检查记录还没签发", "去签发", f"document:{RECORD}", _WRITE_DOWN),
    Row("ST36", {"leave": "duty"}, Records((_ORDER_PAPER,)),
        "责令限期整改指令书还没签发", "去签发", f"document:{ORDER}", "S0-5a", when=_TO_ORDER),
    Row("ST37", {"leave": "duty"}, EachHas(_ORDER_PAPER, Select("service"), "document"),
        "责令限期整改指令书还没送达", "去送达", f"document:{ORDER}", "S3-A4a"),
    Row("ST38", {"leave": "duty"}, ClosedRuns(),
        "有 {n} 台手机的录音和照片没收尾", "去收尾", "end", "S1-4c、S3-4.2e", together=True),
)  # fmt: skip

_ISSUE = (
    Row("ST39", {"issue": "law"}, Records((Select("draft", having=("content",), among="chosen"),)),
        "文书还没写内容", "去写", "document:content", _WRITE_DOWN),
    Row("ST40", {"issue": "law"}, Settled(_DRAFT),
        "文书有两份待选，先选定再定稿", "去选", "conflicts", _SETTLE),
    Row("ST41", {"issue": "law"}, EachHas(_DRAFT, Select("number"), "draft"),
        "文号还没取", "定稿，取文号", "document:number", "2016年安全生产行政执法文书式样"),
    Row("ST42", {"issue": "law"}, Signed(_DRAFT, _OFFICERS, certified=True),
        "还差 {n} 个签名，才能签发", "去签", "document:signatures",
        f"{_WRITE_DOWN}；{_TWO_OFFICERS}"),
)  # fmt: skip

_RECHECKS = (
    Row("ST43", {"recheck": "law"}, Certified(_DONE, "officers", _OFFICERS),
        "要两名持证执法人员复查，现在只有 {n} 名", "加同事", "officers", _TWO_OFFICERS),
    Row("ST44", {"recheck": "law"}, Records((_ORDER_PAPER,)),
        "没有已签发的指令书，不能复查", "去看", f"document:{ORDER}", _RECHECK),
    Row("ST45", _RECHECKED,
        EachHas(Select("finding", among="due"), _DONE, "items.finding"),
        "问题 {n} 还没复查", "去查", "recheck", _RECHECK),
    Row("ST46", _RECHECKED, _element(_DONE, "items.result"),
        "复查还有问题没写结果", "去写", "recheck", _RECHECK),
    Row("ST47", _ON_OPINION, Filled(_DONE, ("started", "ended")),
        "复查还没写起止时间", "去写", "recheck", _RECHECK),
    Row("ST48", _ON_OPINION, _element(_REMAINING, "basis"),
        "没改好的问题 {n} 没选判定依据", "去选", "finding:basis", _ELEMENTS),
    Row("ST49", _ON_OPINION, _element(_REMAINING, "cause"),
        "没改好的问题 {n} 没写产生原因", "去写", "finding:cause", _ELEMENTS),
    Row("ST50", _ON_OPINION, Differs(_REMAINING, ("cause", "problem")),
        "没改好的问题 {n} 的产生原因照抄了问题", "去改", "finding:cause", _ELEMENTS),
    Row("ST51", _ON_OPINION, _element(_REMAINING, "measure"),
        "没改好的问题 {n} 没写整改措施建议", "去写", "finding:measure", _ELEMENTS),
)  # fmt: skip

_FACTS_IN_ORDER = (
    Row("ST52", {"record": "advice"},
        Before(Moment(_SHOWN, "at"), Moment(_FINDING, "created")),
        "出示证件晚于第一个问题，在检查情况里写明", "去写", "inspection:situation", _SHOW,
        mark="certificates_after_findings"),
    Row("ST53", {"record": "law", "leave": "law"},
        Before(Moment(_INSPECTION, "started"), Moment(_INSPECTION, "ended")),
        "检查结束早于开始，要写补充说明更正", "去更正", "addendum", _WRITE_DOWN,
        mark="end_before_start"),
    Row("ST54", {}, Before(Moment(_INSPECTION, "started"), Moment(Select("document"), "issued")),
        "文书签发早于检查开始", "去看", "documents", _WRITE_DOWN, mark="document_before_start"),
    Row("ST55", {}, Before(Moment(_RECORD_PAPER, "issued"), Moment(_ORDER_PAPER, "issued")),
        "责令限期整改指令书的签发早于检查记录", "去看", "documents", _WRITE_DOWN,
        mark="order_before_record"),
)  # fmt: skip

STAGES: tuple[Row, ...] = (
    *_ENTRY, *_CHECKS, *_FINDINGS, *_PAPERS, *_ISSUE, *_RECHECKS, *_FACTS_IN_ORDER,
)  # fmt: skip

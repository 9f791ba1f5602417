"""What a row of the audit says in words: its codes and ids by name. The row itself stays as written. Pure."""

import re
from collections.abc import Mapping

from backend.features.identity.rules.chain import Entry

_FIELDS = {"name": "姓名", "phone": "电话", "section": "科室", "roles": "岗位"}
_REGISTERS = {"officers": "人员", "enterprises": "企业", "items": "检查事项清单"}
_CODES = {
    ">": "→",
    "on": "要批准",
    "off": "不用批准",
    "approve_plan": "审批方案",
    **_REGISTERS,
}
_REFUSALS = {
    "forbidden": "没有这项权限",
    "officer": "没有这名人员",
    "officers": "人数不对",
    "inactive": "账号已停用",
    "login": "账号不合格式",
    "login_taken": "账号已有人用",
    "name": "名称没有填或太长",
    "phone": "电话不对",
    "section": "科室没有填对",
    "section_name": "已有同名的科室",
    "posts": "岗位不能这样设",
    "stale": "打开以后别人改过",
    "last_administrator": "是最后一名管理员",
    "words": "没有写原因",
    "certificate": "执法证没有填对",
    "scope": "执法范围不对",
    "number_taken": "证号在另一人名下",
    "district": "行政区不对",
    "region": "地区简称不对",
    "government": "复议机关不对",
    "court": "法院不对",
    "revoked": "手机早已停用",
    "enrolment": "没有这台手机",
    "day": "日期不对",
}
_PLACES = {
    "people": "人员",
    "enrolments": "设备",
    "audit": "审计",
    "codes": "给一次性口令",
    "bureau": "改单位",
    "add_account": "添加账号",
    "add_section": "添加科室",
    "enrolment_approval": "改登记批准",
    "manage_registers": "数据导入",
    "manage_items": "数据导入",
    "manage_accounts": "数据导入",
}
_SUBJECTS = {
    "end_session": "另一处登录",
    "delegate": "审批",
    "withdraw_delegation": "一项委托",
    "report_fault": "故障报告",
}
_CODED = frozenset(
    {"add_account", "add_section", "change_section", "set_up", "delegate", "enrolment_approval"}
)
_IMPORT = re.compile(r"(\d+)\+(\d+) [0-9a-f]{64} ?(.*)", re.DOTALL)
_UNDONE = re.compile(r"(\d+) (\d+) ?(.*)", re.DOTALL)
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)")


def subject_words(entry: Entry, names: Mapping[str, str]) -> str:
    """To whom or what; empty where only its id is known. `names` by id."""
    if entry.subject in names:
        return names[entry.subject]
    if entry.act == "refused":
        return _PLACES.get(entry.subject, "")
    kind = entry.act.removeprefix("undo_").removeprefix("import_")
    return _REGISTERS.get(kind, "") or _SUBJECTS.get(entry.act, "")


def detail_words(entry: Entry, names: Mapping[str, str]) -> str:
    """The detail as it is read; words somebody wrote himself stay as they are."""
    act, detail = entry.act, entry.detail
    if act == "refused":
        return _refusal_words(entry.subject, detail)
    if act == "change_account":
        return _account_words(detail, names)
    if act.endswith("_certificate"):
        return _SPAN.sub(r"\1 到 \2", detail).replace(" > ", " → ")
    if act.startswith(("import_", "undo_import_")):
        return _import_words(detail)
    if act == "print_posters":
        return f"{detail.split(' ')[0]} 家企业"
    return _named(detail, names) if act in _CODED else detail


def _refusal_words(subject: str, code: str) -> str:
    """Of an import the register stands there: its only refusal is that somebody may not."""
    if subject.startswith("manage_") and code in _REGISTERS:
        return f"导入{_REGISTERS[code]}：{_REFUSALS['forbidden']}"
    return _REFUSALS.get(code, code)


def _account_words(detail: str, names: Mapping[str, str]) -> str:
    """「岗位：危化科 执法人员 → 危化科 科长」; older rows name no fields."""
    head, _, seats = detail.rpartition(": ") if " > " in detail else (detail, "", "")
    fields = "、".join(_FIELDS.get(each, each) for each in head.split())
    return "：".join(filter(None, (fields, _named(seats, names))))


def _import_words(detail: str) -> str:
    """File and counts; older rows do not know the file's name."""
    if done := _IMPORT.fullmatch(detail):
        created, changed, file = done.groups()
        return f"{file or '表格'}：新增 {created} 行，修改 {changed} 行"
    if undone := _UNDONE.fullmatch(detail):
        back, kept, file = undone.groups()
        return f"{file or '表格'}：撤回 {back} 行，保留 {kept} 行"
    return detail


def _named(detail: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(each) or _CODES.get(each, each) for each in detail.split())

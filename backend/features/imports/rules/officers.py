"""执法人员 as a spreadsheet: its columns, and a row of it as an account and a certificate.

Posts that may not be joined are refused here already: the detachment supervises nothing (S0-2b), a
section punishes nothing (S0-2a), and no import makes an administrator.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from backend.features.identity.model import Certificate
from backend.features.identity.public import phone_fault
from backend.features.imports.rules.cells import (
    Refused,
    day,
    identifier,
    several,
    text,
    within,
)
from backend.features.imports.rules.columns import Column, Table
from backend.features.imports.rules.judging import Fault

ROLES = {
    "执法人员": "R1",
    "监管人员": "R1",
    "科长": "R2",
    "科室负责人": "R2",
    "支队执法人员": "R3",
    "支队长": "R4",
    "支队负责人": "R4",
    "法规科": "R5",
    "法制审核": "R5",
    "绩效考核": "R6",
    "局领导": "R7",
    "分管领导": "R7",
    "主要领导": "R7",
    "专家": "R9",
    "辅助人员": "R13",
}
ANY_SECTOR = "综合"
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_CERTIFICATE = ("certificate", "scope", "issued", "until")


class OfficerRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """An account as an import sees it, without its password. `certificates` are all he was issued, the
    newest last."""

    id: str
    login: str
    name: str
    section: str
    roles: list[str]
    phone: str = ""
    active: bool = True
    certificates: list[Certificate] = []


def in_order(held: Iterable[Certificate]) -> list[Certificate]:
    """The newest last."""
    return sorted(held, key=lambda each: (each.issued, each.number))


def login_name(value: Any) -> str:
    """Small letters, digits, point, dash."""
    written = identifier(value).lower()
    if not _LOGIN.fullmatch(written):
        raise Refused("要 2 到 32 位，字母开头，只用小写字母、数字和 . _ -")
    return written


def telephone(value: Any) -> str:
    """A mobile number, or a line with its area code."""
    written = identifier(value)
    fault = phone_fault(written)
    if fault:
        raise Refused(fault)
    return written


def roles(value: Any) -> tuple[str, ...]:
    """Posts in words."""
    found = several(value)
    unknown = [each for each in found if each not in ROLES]
    if "管理员" in unknown:
        raise Refused("管理员不能导入，请在人员管理里单独设")
    if unknown or not found:
        raise Refused(f"不认识“{'、'.join(unknown)[:40]}”，可填：{'、'.join(ROLES)}")
    return tuple(sorted({ROLES[each] for each in found}))


TABLE = Table(
    "officers",
    "人员",
    "名人员",
    (
        Column(
            "login",
            "账号",
            login_name,
            "每人一个，字母开头，只用小写字母、数字和 . _ -。不要用身份证号。",
            "zhangwei",
            ("登录名", "用户名", "登录账号", "帐号"),
            required=True,
        ),
        Column("name", "姓名", within(40), "证件上的姓名。", "张伟", ("人员姓名",), required=True),
        Column(
            "section",
            "科室",
            within(40),
            "本局科室的名称。",
            "危化科",
            ("部门", "所在科室", "所属科室", "单位"),
            required=True,
        ),
        Column(
            "roles",
            "岗位",
            roles,
            f"可填：{'、'.join(ROLES)}。兼任的用顿号分开。",
            "执法人员",
            ("角色", "职责", "系统角色"),
            required=True,
        ),
        Column(
            "phone",
            "电话",
            telephone,
            "手机号，或者带区号的座机号。",
            "13900000000",
            ("手机", "手机号", "联系电话"),
        ),
        Column(
            "certificate",
            "执法证号",
            identifier,
            "行政执法证件编号。没有证件就四列都不填。整列先设为“文本”。",
            "31020117",
            ("证件号", "执法证件号", "执法证编号", "行政执法证号", "执法证件编号"),
        ),
        Column(
            "scope",
            "执法领域",
            several,
            "证件上的领域，用顿号分开；不限领域填“综合”。",
            "危险化学品、工贸",
            ("执法类别", "执法范围", "证件范围", "执法门类"),
        ),
        Column(
            "issued", "发证日期", day, "首日。", "2025-01-10", ("发证日", "有效期起", "生效日期")
        ),
        Column(
            "until",
            "有效期至",
            day,
            "最后一天。",
            "2028-01-09",
            ("有效期", "证件有效期", "有效期止", "到期日期", "失效日期"),
        ),
    ),
    least=("login", "name"),
)


@dataclass(frozen=True)
class OfficerRegister:
    """The bureau's accounts by login, its sections (name or id → id), their kinds, the
    sectors; `outside` are logins that another bureau has."""

    rows: Mapping[str, OfficerRow]
    sections: Mapping[str, str]
    kinds: Mapping[str, str]
    sectors: Mapping[str, str]
    outside: frozenset[str]
    importer: str
    post_fault: Callable[[Collection[str], str], str]
    new_id: Callable[[], str]
    numbers: dict[str, str] = field(default_factory=dict)
    table: Table = TABLE
    key: str = "login"
    unique: tuple[str, ...] = ("login", "certificate")

    def __post_init__(self) -> None:
        held = ((each, row.login) for row in self.rows.values() for each in row.certificates)
        self.numbers.update({each.number: login for each, login in held})

    def current(self, key: str) -> OfficerRow | None:
        """By login."""
        return self.rows.get(key)

    def holder(self, field: str, value: str) -> str | None:
        """Who holds a certificate, old ones too; a login of another bureau is taken, by nobody named."""
        if field == "certificate":
            return self.numbers.get(value)
        return "别处已用" if value in self.outside else None

    def build(
        self, given: Mapping[str, Any], before: OfficerRow | None
    ) -> tuple[OfficerRow | None, list[Fault]]:
        """A cell left empty leaves what the register holds."""
        if before and (before.id == self.importer or "R14" in before.roles):
            return None, [Fault("login", "是管理员或你自己的账号，不能用导入改")]
        faults: list[Fault] = []
        section = self._section(given, before, faults)
        posts = list(given["roles"]) if "roles" in given else list(before.roles if before else ())
        if section:
            words = self.post_fault(posts, self.kinds.get(section, ""))
            faults += [Fault("roles", words)] if words else []
        certificates = self._certificates(given, before, faults)
        if faults:
            return None, faults
        changes: dict[str, Any] = {name: given[name] for name in ("name", "phone") if name in given}
        changes |= {"section": section, "roles": posts, "active": True}
        changes["certificates"] = certificates
        if before is None:
            return OfficerRow(id=self.new_id(), login=given["login"], **changes), []
        return msgspec.structs.replace(before, **changes), []

    def _section(
        self, given: Mapping[str, Any], before: OfficerRow | None, faults: list[Fault]
    ) -> str:
        written = text(given.get("section", ""))
        if not written:
            return before.section if before else ""
        if written not in self.sections:
            names = dict.fromkeys(each for each in self.sections if each != self.sections[each])
            faults.append(Fault("section", f"没有科室“{written}”，可填：{'、'.join(names)}"))
        return self.sections.get(written, "")

    def _certificates(
        self, given: Mapping[str, Any], before: OfficerRow | None, faults: list[Fault]
    ) -> list[Certificate]:
        """His, with the one given: a new one, or one he has with new dates (换证). No suspension ends by
        a spreadsheet."""
        held = before.certificates if before else []
        if not any(name in given for name in _CERTIFICATE):
            return held
        for name in _CERTIFICATE:
            if name not in given:
                faults.append(Fault(name, "证号、领域和起止日期要一起填"))
                return held
        if given["until"] < given["issued"]:
            faults.append(Fault("until", "早于发证日期"))
        same = next((each for each in held if each.number == given["certificate"]), None)
        if held and not same and given["issued"] < held[-1].issued:
            faults.append(Fault("issued", "早于现有证件的发证日期，新证应在其后"))
        scope = [self.sectors.get(each, "") for each in given["scope"]]
        if not all(scope):
            unknown = [each for each in given["scope"] if each not in self.sectors]
            faults.append(Fault("scope", f"没有这个行业“{'、'.join(unknown)[:40]}”"))
        fresh = Certificate(
            number=given["certificate"],
            scope=scope,
            issued=given["issued"],
            until=given["until"],
            suspended=same is not None and same.suspended,
        )
        return in_order([*(each for each in held if each is not same), fresh])

    def shown(self, row: OfficerRow) -> dict[str, str]:
        """By field, as the columns name them; each certificate after a ；."""
        held = row.certificates
        words = {role: name for name, role in reversed(ROLES.items())}
        titles = {each: name for name, each in self.sectors.items() if name != each}
        return {
            "name": row.name,
            "section": next((n for n, s in self.sections.items() if s == row.section), row.section),
            "roles": "、".join(words.get(role, role) for role in row.roles),
            "phone": row.phone,
            "certificate": "；".join(each.number for each in held),
            "scope": "；".join("、".join(titles.get(s, s) for s in each.scope) for each in held),
            "issued": "；".join(each.issued for each in held),
            "until": "；".join(each.until for each in held),
        }

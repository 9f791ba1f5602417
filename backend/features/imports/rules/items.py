"""检查事项清单 as a spreadsheet (S3-2.1a): its columns, and a row of it as an item."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from backend.features.imports.rules.cells import Refused, identifier, phrases, text, within
from backend.features.imports.rules.columns import Column, Table
from backend.features.imports.rules.judging import Fault, Judged
from backend.features.plans.model import Item
from backend.features.plans.public import ItemRow, item_faults

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_CLAUSES = ("basis", "liability")
_TEXTS = ("group", "title", "content", "method")
_PHRASES = ("problems", "causes", "measures")
_WORDS = {
    "basis": "检查依据没有填",
    "liability": "责任条款读不懂",
    "problems": "问题（判定）用语不能空",
    "causes": "三要素之一“产生原因”不能空，也不能照抄问题",
    "measures": "三要素之一“整改措施建议”不能空",
    "title": "没有填",
    "content": "没有填",
    "method": "没有填",
}


def item_id(value: Any) -> str:
    """Letters, digits, dash."""
    written = identifier(value).upper()
    if not _ID.fullmatch(written):
        raise Refused("只用字母、数字和 -，最多 32 位，例如 WH-01")
    return written


TABLE = Table(
    "items",
    "检查事项清单",
    "项检查事项",
    (
        Column(
            "id",
            "事项编号",
            item_id,
            "每项一个，以后不变。",
            "WH-90",
            ("编号", "事项代码"),
            required=True,
        ),
        Column(
            "sector",
            "行业",
            within(40),
            "危险化学品、烟花爆竹、金属冶炼、工贸之一。",
            "危险化学品",
            ("所属行业", "行业领域"),
            required=True,
        ),
        Column("group", "类别", within(40), "检查表里的分组。", "管理", ("分类", "检查类别")),
        Column(
            "title",
            "事项名称",
            within(100),
            "短名。",
            "可燃气体检测报警",
            ("检查事项", "名称"),
            required=True,
        ),
        Column(
            "content",
            "检查内容",
            within(1000),
            "写成是否句，以句号结束。",
            "可燃气体检测报警系统是否正常投用。",
            ("检查要点", "内容"),
            required=True,
        ),
        Column(
            "method",
            "检查方式",
            within(1000),
            "怎么查。",
            "查记录，现场抽测一处探头。",
            ("检查方法", "方式"),
            required=True,
        ),
        Column(
            "basis",
            "检查依据",
            phrases,
            "每条一行，写成《安全生产法》第三十六条第一款。",
            "《安全生产法》第三十六条第一款",
            ("依据", "法律依据", "法规依据"),
            required=True,
        ),
        Column(
            "liability",
            "法律责任",
            phrases,
            "罚则，每条一行，写法同上。",
            "《安全生产法》第九十九条第（二）项",
            ("责任条款", "罚则"),
        ),
        Column(
            "problems",
            "常见问题",
            phrases,
            "每条一行；空格处用____。",
            "____处探头未投用。",
            ("问题描述", "判定用语", "问题"),
            required=True,
        ),
        Column(
            "causes",
            "产生原因",
            phrases,
            "每条一行，不能照抄问题。",
            "未落实定期校验。",
            ("原因",),
            required=True,
        ),
        Column(
            "measures",
            "整改措施建议",
            phrases,
            "每条一行。",
            "立即投用，一周内完成校验。",
            ("整改措施", "措施", "整改建议"),
            required=True,
        ),
    ),
    least=("id", "title"),
)


@dataclass(frozen=True)
class ItemRegister:
    """The list in force on the first day by id; `citation_of` reads a clause in words, `sectors` name
    or id → id; `later` are the lists that come into force after it: version and day."""

    rows: Mapping[str, Item]
    sectors: Mapping[str, str]
    citation_of: Callable[[str], str | None]
    list_version: str
    published: date
    later: tuple[tuple[str, str], ...] = ()
    outside: frozenset[str] = frozenset()
    table: Table = TABLE
    key: str = "id"
    unique: tuple[str, ...] = ("id",)

    def current(self, key: str) -> Item | None:
        """By id."""
        return self.rows.get(key)

    def holder(self, field: str, value: str) -> str | None:
        """An item's id is its key; nothing else must be unique."""
        return None

    def build(
        self, given: Mapping[str, Any], before: Item | None
    ) -> tuple[Item | None, list[Fault]]:
        """A cell left empty leaves what the list holds."""
        faults: list[Fault] = []
        values: dict[str, Any] = {name: given[name] for name in _TEXTS if name in given}
        values |= {name: list(given[name]) for name in _PHRASES if name in given}
        for name in _CLAUSES:
            if name in given:
                values[name] = self._clauses(name, given[name], faults)
        sector = text(given.get("sector", ""))
        if sector and sector not in self.sectors:
            faults.append(Fault("sector", f"没有这个行业“{sector}”"))
        elif sector:
            values["sector"] = self.sectors[sector]
        if faults:
            return None, faults
        values |= {"list_version": self.list_version, "withdrawn": False}
        item = (
            msgspec.structs.replace(before, **values)
            if before
            else Item(id=given["id"], **{"group": "", **values})
        )
        return item, self._unsound(item)

    def _clauses(self, name: str, written: tuple[str, ...], faults: list[Fault]) -> list[str]:
        found = [(each, self.citation_of(each)) for each in written]
        for words, citation in found:
            if citation is None:
                faults.append(Fault(name, f"条款不认识或现在不能引用：{words[:40]}"))
        return [citation for _, citation in found if citation]

    def _unsound(self, item: Item) -> list[Fault]:
        """The same judgement the pack's own items pass (S4-11)."""
        row = ItemRow(
            id=item.id,
            source="本局清单",
            in_force=self.published,
            sector=item.sector,
            group=item.group,
            title=item.title,
            content=item.content,
            method=item.method,
            basis=tuple(item.basis),
            problems=tuple(item.problems),
            causes=tuple(item.causes),
            measures=tuple(item.measures),
            liability=tuple(item.liability),
        )
        bad = item_faults(row, lambda clause: self.citation_of(clause) is not None)
        return [Fault(name, _WORDS[name]) for name in bad]

    def shown(self, row: Item) -> dict[str, str]:
        """By field, as the columns name them; the version stands at the id."""
        names = {each: name for name, each in self.sectors.items() if name != each}
        words = {name: getattr(row, name) for name in _TEXTS}
        lists = {name: "；".join(getattr(row, name)) for name in (*_CLAUSES, *_PHRASES)}
        version = f"{row.id}（{row.list_version}）"
        return {"id": version, "sector": names.get(row.sector, row.sector), **words, **lists}


def list_notes(known: ItemRegister, judged: Sequence[Judged]) -> list[str]:
    """What of the list the file does not name, and which later lists it does not reach."""
    named = {row.before.id for row in judged if row.before}
    left = sum(row.id not in named and not row.withdrawn for row in known.rows.values())
    notes = [f"现有清单里另有 {left} 项不在表里，保持原样。"] if left else []
    return notes + [
        f"清单“{version}”已定于 {day} 起生效，里面没有这次导入的内容。"
        for version, day in known.later
    ]

"""What an import did, in words for whoever started it."""

from collections.abc import Sequence

from backend.features.law.model import Law
from backend.features.law.service.reading import Reading

_STATES = {"new": "新入库", "changed": "更新", "same": "没有变化"}


def summary(readings: Sequence[Reading]) -> str:
    """A line a version, the files left out with the reason, the sum of it."""
    taken = [(each.law, each) for each in readings if each.law and not each.fault]
    lines = [_line(law, each) for law, each in sorted(taken, key=_order)]
    left = [f"没有导入 {each.name}：{each.fault}" for each in readings if each.fault]
    laws = len({law.id for law, _ in taken})
    articles = sum(each.articles for _, each in taken)
    total = f"共 {laws} 部法规、{len(taken)} 个版本、{articles} 条；{len(left)} 个文件没有导入"
    return "\n".join([*lines, *left, total]) + "\n"


def _order(one: tuple[Law, Reading]) -> tuple[str, str]:
    law, _ = one
    return law.title, law.in_force.isoformat()


def _line(law: Law, reading: Reading) -> str:
    words = [law.title, f"{law.in_force} 起施行", f"{reading.articles} 条", _STATES[reading.state]]
    return "  ".join([*words, *reading.notes])

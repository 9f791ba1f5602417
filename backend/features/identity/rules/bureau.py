"""The words by which a bureau goes: what its papers bear of it, and how each must read. Pure."""

import msgspec

from backend.features.identity.rules.people import phone_fault


class BureauWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`region` stands in numbers, `government` and `court` in remedies, `district` on no paper.

    `phone` stands on posters and open pages; empty: the bureau has none beside the hotline.
    """

    name: str
    district: str
    region: str
    government: str
    court: str
    phone: str = ""


def trimmed(words: BureauWords) -> BureauWords:
    """Without the blanks somebody typed round them."""
    return BureauWords(*(text.strip() for text in msgspec.structs.astuple(words)))


def words_fault(words: BureauWords) -> tuple[str, str] | None:
    """The field that will not do and why; None for words that will.

    行政复议法第二十四条, 行政诉讼法第十八条: one government, one court, each by its full name. The
    court may be one that sits across districts, such as a 铁路运输法院.
    """
    rules = (
        (2 <= len(words.name) <= 64, "name", "单位全称没有填，或者太长"),
        (len(words.district) <= 64, "district", "行政区太长"),
        (1 <= len(words.region) <= 8, "region", "文号里的地区简称没有填，或者太长"),
        (
            _is_one(words.government, "人民政府", "人民政府"),
            "government",
            "复议机关要写一个人民政府的全称",
        ),
        (_is_one(words.court, "人民法院", "法院"), "court", "受理诉讼的法院要写一个法院的全称"),
        (not phone_fault(words.phone), "phone", f"本局电话{phone_fault(words.phone)}"),
    )
    return next(((field, why) for good, field, why in rules if not good), None)


def _is_one(named: str, kind: str, ending: str) -> bool:
    """One full name: the kind alone is nobody's."""
    return len(kind) < len(named) <= 64 and named.endswith(ending) and named.count(ending) == 1

"""科室 and the bureau's own settings."""

from dataclasses import dataclass

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.ids import Ids
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.identity.rules.posts import post_fault
from backend.features.identity.service import add_section
from backend.features.identity.service.people import Actor
from backend.features.identity.service.posts import bureau_pack, post_rules, sectors_of
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit

SUPERVISION = "supervision"
"""监管业务科室: its enterprises are those of its sectors, so that without one it has none."""


@dataclass(frozen=True, slots=True)
class WantedSection:
    """A section as somebody wants it; `kind` and `sectors` are rows of the pack."""

    name: str
    kind: str
    sectors: list[str]


async def make_section(
    connection: Connection, actor: Actor, wanted: WantedSection, ids: Ids
) -> str:
    """A new section; answers its id.

    Raises:
        Problem: 422 `section`; 409 `section_name`.
    """
    pack = await bureau_pack(connection, actor.bureau)
    check_section(pack, wanted, day_of(actor.now))
    await _check_name(connection, actor.bureau, wanted.name, "")
    name = f"s{ids.hex(11)}"
    await add_section(
        connection, actor.bureau, name, wanted.name.strip(), wanted.kind, wanted.sectors
    )
    await write_audit(connection, actor.now, actor.officer, "add_section", name, wanted.kind)
    return name


async def change_section(
    connection: Connection, actor: Actor, name: str, wanted: WantedSection
) -> None:
    """Its name, kind and sectors; whoever sits in it must be able to stay.

    Raises:
        Problem: 404 `section`; 422 `section` or `posts`; 409 `section_name`.
    """
    await p.hold_bureau(connection, actor.bureau)
    if name not in {each.id for each in await p.sections_of(connection, actor.bureau)}:
        raise Problem(404, "section", "没有这个科室，什么也没有改动。")
    pack = await bureau_pack(connection, actor.bureau)
    check_section(pack, wanted, day_of(actor.now))
    await _check_name(connection, actor.bureau, wanted.name, name)
    rules = post_rules(pack, day_of(actor.now))
    for each in await p.people_of(connection, actor.bureau):
        inside = each.subject.active and each.subject.section == name
        fault = post_fault(rules, each.subject.roles, wanted.kind) if inside else ""
        if fault:
            title = f"{each.name}在这个科室：{fault}。什么也没有改动，请先给他换岗位。"
            raise Problem(422, "posts", title)
    await p.update_section(
        connection, name, name=wanted.name.strip(), kind=wanted.kind, sectors=wanted.sectors
    )
    await write_audit(connection, actor.now, actor.officer, "change_section", name, wanted.kind)


def check_section(pack: Pack, wanted: WantedSection, day: str) -> None:
    """Its words and rows exist.

    Raises:
        Problem: 422 `section`.
    """
    if not wanted.name.strip() or len(wanted.name) > 40:
        raise Problem(422, "section", "科室名称没有填，或者太长。什么也没有改动。")
    if wanted.kind not in post_rules(pack, day).kinds:
        raise Problem(422, "section", "没有这种科室类别，什么也没有改动。请重新选。")
    if not set(wanted.sectors) <= set(sectors_of(pack)):
        raise Problem(422, "section", "本地区没有这个行业，什么也没有改动。请重新选。")
    if wanted.kind == SUPERVISION and not wanted.sectors:
        title = f"“{wanted.name.strip()}”没有选监管的行业，什么也没有改动。请至少选一个。"
        raise Problem(422, "section", title)


async def _check_name(connection: Connection, bureau: str, name: str, own: str) -> None:
    others = {each.name for each in await p.sections_of(connection, bureau) if each.id != own}
    if name.strip() in others:
        raise Problem(409, "section_name", "已有同名的科室，什么也没有改动。请换个名称。")


async def set_approval(connection: Connection, actor: Actor, needed: bool) -> None:
    """Whether a phone may be enrolled without a code from an administrator."""
    await p.update_bureau(connection, actor.bureau, enrolment_needs_approval=needed)
    detail = "on" if needed else "off"
    await write_audit(
        connection, actor.now, actor.officer, "enrolment_approval", actor.bureau, detail
    )

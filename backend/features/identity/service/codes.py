"""一次性口令 and 登记码: given by an administrator, shown once, used once; passwords of one's own."""

from dataclasses import dataclass
from hashlib import sha256

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.ids import Ids
from backend.core.problems import Problem
from backend.core.sessions import Session, end_sessions_of
from backend.features.identity import tables as t
from backend.features.identity.rules.posts import spoken_code
from backend.features.identity.service import Passwords, sign_in
from backend.features.identity.service.people import Actor, person_of
from backend.features.identity.service.posts import bureau_pack, own_password_fault
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit

_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code as it is shown, this once; `until` is an instant (UTC ms)."""

    officer: str
    login: str
    name: str
    section_name: str
    code: str
    until: int


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code and its hash, made before the transaction that keeps it: hashing takes its time."""

    code: str
    password: str


async def make_codes(passwords: Passwords, ids: Ids, count: int) -> list[NewCode]:
    """So many one-time codes."""
    codes = [ids.device() for _ in range(count)]
    return [NewCode(code, await passwords.make(code)) for code in codes]


async def give_codes(
    connection: Connection, actor: Actor, officers: list[str], made: list[NewCode]
) -> list[GivenCode]:
    """One each; the passwords and sessions there were end.

    Raises:
        Problem: 404 `officer`; 409 `inactive`.
    """
    pack = await bureau_pack(connection, actor.bureau)
    until = actor.now + pack.setting("access.code_hours", int) * _HOUR_MS
    return [
        await _give(connection, actor, officer, new, until)
        for officer, new in zip(officers, made, strict=True)
    ]


async def _give(
    connection: Connection, actor: Actor, officer: str, new: NewCode, until: int
) -> GivenCode:
    held = await person_of(connection, actor.bureau, officer)
    if not held.subject.active:
        raise Problem(409, "inactive", f"{held.name}的账号已停用，没有给口令。请先恢复账号。")
    await p.update_officer(connection, officer, password=new.password, code_until=until)
    await end_sessions_of(connection, officer, actor.now)
    await write_audit(connection, actor.now, actor.officer, "give_code", officer)
    return _given(held, new.code, until)


def _given(held: t.Account, code: str, until: int) -> GivenCode:
    subject = held.subject
    return GivenCode(subject.officer, held.login, held.name, held.section_name, code, until)


async def give_enrolment_code(
    connection: Connection, actor: Actor, officer: str, ids: Ids
) -> GivenCode:
    """Permission to enrol one phone.

    Raises:
        Problem: 404 `officer`; 409 `inactive`.
    """
    held = await person_of(connection, actor.bureau, officer)
    if not held.subject.active:
        raise Problem(409, "inactive", f"{held.name}的账号已停用，没有给登记码。请先恢复账号。")
    pack = await bureau_pack(connection, actor.bureau)
    until = actor.now + pack.setting("access.enrolment_code_hours", int) * _HOUR_MS
    code = ids.device()
    await p.keep_enrolment_code(connection, officer, _hashed(code), until, actor.officer)
    await write_audit(connection, actor.now, actor.officer, "approve_enrolment", officer)
    return _given(held, code, until)


async def use_enrolment_code(connection: Connection, held: t.Account, code: str, now: int) -> None:
    """Where the bureau wants approval. Administrators need none: nobody else could give the first.

    Raises:
        Problem: 403 `enrolment_code`.
    """
    bureau = await p.bureau_row(connection, held.subject.bureau)
    if not bureau.enrolment_needs_approval or "R14" in held.subject.roles:
        return
    hashed = _hashed(spoken_code(code))
    if not await p.take_enrolment_code(connection, held.subject.officer, hashed, now):
        title = (
            "本局登记手机要管理员批准。登记码没有填、不对或已过期，没有登记。请向管理员要登记码。"
        )
        raise Problem(403, "enrolment_code", title)


def _hashed(code: str) -> str:
    """A code is 12 random letters: nothing to guess from its hash within a day."""
    return sha256(code.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody chooses a password: `old` is the one he has, or the code he was given."""

    login: str
    old: str
    new: str


async def prove_old(
    connection: Connection, passwords: Passwords, chosen: Choosing, now: int
) -> t.Account:
    """Whose password it will be.

    Raises:
        Problem: 401 `login` or `code_over`; 422 `password`.
    """
    held = await sign_in(connection, passwords, chosen.login, chosen.old, now, with_code=True)
    pack = await bureau_pack(connection, held.subject.bureau)
    fault = own_password_fault(pack, chosen.new, held.login, day_of(now))
    if fault or chosen.new == chosen.old:
        raise Problem(422, "password", f"{fault or '新密码和原来的一样'}。没有改动，请换一个。")
    return held


async def choose_password(
    connection: Connection, held: t.Account, password: str, now: int, kept: Session | None = None
) -> None:
    """His own from now on (`password` is hashed); his sessions end, `kept` goes on.

    Raises:
        Problem: 401 `login`: of two uses of one code one is good.
    """
    if not await p.swap_password(connection, held, password):
        raise Problem(401, "login", "口令已经用过。没有登录，请向管理员要新的。")
    officer = held.subject.officer
    await end_sessions_of(connection, officer, now, kept)
    await write_audit(connection, now, officer, "choose_password", officer)

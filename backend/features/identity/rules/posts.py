"""Which posts one person may hold in a section: separation of powers as rows of the pack. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import date

import msgspec

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


class SectionKind(msgspec.Struct, frozen=True):
    """科室类别."""

    id: str
    title: str
    source: str
    in_force: date


class Post(msgspec.Struct, frozen=True):
    """岗位, and the kinds of section that have it."""

    id: str
    title: str
    kinds: list[str]
    source: str
    in_force: date


class Separation(msgspec.Struct, frozen=True):
    """Nobody holds one of `roles` together with one of `against`; `source` is the article."""

    id: str
    roles: list[str]
    against: list[str]
    words: str
    source: str
    in_force: date


class PostRules(msgspec.Struct, frozen=True):
    """What a jurisdiction says of posts on a day."""

    kinds: dict[str, SectionKind]
    posts: dict[str, Post]
    separations: list[Separation]


def post_fault(rules: PostRules, roles: Collection[str], kind: str) -> str:
    """Why nobody may hold these posts in a section of this kind; empty: one may."""
    unknown = sorted(set(roles) - set(rules.posts))
    if not roles or unknown:
        return "岗位没有选，或者选了没有的岗位"
    for role in sorted(roles):
        post = rules.posts[role]
        if kind not in post.kinds:
            where = rules.kinds[kind].title if kind in rules.kinds else kind
            return f"“{where}”没有“{post.title}”这个岗位（{post.source}）"
    return _conflict(rules.separations, set(roles))


def _conflict(separations: Iterable[Separation], roles: set[str]) -> str:
    for each in separations:
        if roles & set(each.roles) and roles & set(each.against):
            return f"{each.words}（{each.source}）"
    return ""


def login_fault(login: str) -> str:
    """Why a login cannot be given; empty: it can."""
    if _LOGIN.fullmatch(login):
        return ""
    return "账号只能用小写字母、数字、点、横线，2 到 32 位"


def spoken_code(code: str) -> str:
    """A one-time code as it was given, however it was typed in."""
    return re.sub(r"[\s-]", "", code).lower()

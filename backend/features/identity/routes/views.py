"""Bodies of the administrator's desk."""

import msgspec

from backend.features.identity.model import Certificate
from backend.features.identity.rules.bureau import BureauWords


class PersonBody(msgspec.Struct, forbid_unknown_fields=True):
    """An account as it is wanted. Of one that exists the login is not changed, and `version` says
    what the change is based on."""

    login: str
    name: str
    section: str
    roles: list[str]
    phone: str = ""
    version: str = ""


class PersonView(msgspec.Struct):
    """An account. `login_state`: none (no password yet), code (given, not used), own."""

    id: str
    login: str
    name: str
    phone: str
    section: str
    section_name: str
    roles: list[str]
    active: bool
    login_state: str
    certificates: list[Certificate]
    warning: int
    """Days of the certificate warning that is due; 0: over; -1: none."""

    version: str
    """What a change of name, telephone, section or posts is based on."""


class SectionBody(msgspec.Struct, forbid_unknown_fields=True):
    """科室 as it is wanted."""

    name: str
    kind: str
    sectors: list[str] = []


class SectionView(msgspec.Struct):
    """科室."""

    id: str
    name: str
    kind: str
    sectors: list[str]
    people: int


class Titled(msgspec.Struct):
    """A row of the pack with what it is called; `kinds` for posts: sections that have it."""

    id: str
    title: str
    kinds: list[str] = []


class PeopleView(msgspec.Struct):
    """Everything the desk of people shows."""

    bureau: BureauWords
    enrolment_needs_approval: bool
    may_manage: bool
    people: list[PersonView]
    sections: list[SectionView]
    posts: list[Titled]
    section_kinds: list[Titled]
    sectors: list[Titled]


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """Why."""

    words: str = ""


class StateBody(msgspec.Struct, forbid_unknown_fields=True):
    """An account closed or opened again, and why."""

    active: bool
    words: str = ""


class CertificateBody(msgspec.Struct, forbid_unknown_fields=True):
    """A certificate, or new dates of one he has."""

    number: str
    scope: list[str]
    issued: str
    until: str


class SuspensionBody(msgspec.Struct, forbid_unknown_fields=True):
    """A certificate suspended or restored, and why."""

    number: str
    suspended: bool
    words: str = ""


class CodesBody(msgspec.Struct, forbid_unknown_fields=True):
    """To whom one-time codes are given."""

    officers: list[str]


class CodeView(msgspec.Struct):
    """A code, shown this once; `until` UTC ms."""

    officer: str
    login: str
    name: str
    section_name: str
    code: str
    until: int


class ApprovalBody(msgspec.Struct, forbid_unknown_fields=True):
    """Whether enrolling a phone needs a code."""

    needed: bool


class EnrolmentView(msgspec.Struct):
    """A phone's enrolment. Instants UTC ms; `unsent` as the phone last told; skew: phone minus server."""

    device: str
    officer: str
    officer_name: str
    name: str
    enrolled: int
    revoked: int | None
    revoked_words: str
    last_contact: int | None
    skew: int
    unsent: int | None


class AuditEntry(msgspec.Struct):
    """One row of the audit; `at` UTC ms."""

    n: int
    at: int
    actor: str
    actor_name: str
    act: str
    subject: str
    subject_name: str
    detail: str
    words: str
    """The detail as it is read; `detail` is what the chain covers."""


class AuditView(msgspec.Struct):
    """A page of the audit; `broken_at` 0: the whole chain follows."""

    rows: list[AuditEntry]
    entries: int
    broken_at: int
    more: bool


class SetupToken(msgspec.Struct, forbid_unknown_fields=True):
    """The token of the printed link."""

    token: str


class PackChoice(msgspec.Struct):
    """A pack a bureau can have, and what it offers."""

    id: str
    title: str
    region: str
    government: str
    court: str
    section_kinds: list[Titled]
    sectors: list[Titled]


class SetupOffer(msgspec.Struct):
    """What the set-up page lets one choose."""

    packs: list[PackChoice]
    password_length: int


class SetupBody(msgspec.Struct, forbid_unknown_fields=True):
    """首次设置."""

    token: str
    bureau: BureauWords
    pack: str
    sections: list[SectionBody]
    login: str
    administrator: str
    password: str


class ChoosePassword(msgspec.Struct, forbid_unknown_fields=True):
    """With the one-time code, or with the password one has."""

    login: str
    old: str
    new: str


class OwnPassword(msgspec.Struct, forbid_unknown_fields=True):
    """A new password for who is signed in."""

    old: str
    new: str


class SessionView(msgspec.Struct):
    """A running session of the reader's own; instants UTC ms."""

    id: str
    started: int
    until: int
    client: str
    this: bool

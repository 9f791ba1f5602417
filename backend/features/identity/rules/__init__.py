"""Who may do what: domain.md 6.2 as a table, certificates, separation of powers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.core.dossiers.ports import DossierFacts, Sight
from backend.features.identity.model import Certificate, CertificateState
from sync.server.admission import Right

Scope = Literal["own", "section", "bureau"]
DelegationFault = Literal["act", "dates", "past", "reversed", "overlong"]
DelegationState = Literal["coming", "running", "over", "withdrawn"]

ACTS: dict[str, dict[str, Scope]] = {
    "open": {"R1": "section", "R2": "section"},
    "read": {
        "R1": "own",
        "R2": "section",
        "R3": "own",
        "R4": "section",
        "R5": "bureau",
        "R7": "bureau",
        "R9": "own",
        "R13": "own",
    },
    "write": {"R1": "own", "R2": "section", "R3": "own", "R4": "own", "R9": "own", "R13": "own"},
    "issue": {"R1": "own", "R2": "section", "R3": "own", "R4": "own"},
    "release": {"R2": "section"},
    "close": {"R2": "section", "R4": "section"},
    "make_plan": {"R1": "section", "R2": "section"},
    "review_plan": {"R2": "section"},
    "approve_plan": {"R7": "bureau"},
    "request_special": {"R2": "section"},
    "approve_special": {"R7": "bureau"},
    "publish_items": {"R5": "bureau"},
    "plan_recheck": {"R1": "own", "R2": "section"},
    "grant_extension": {"R2": "section"},
    "delegate": {"R7": "bureau"},
    "see_clocks": {
        "R1": "own",
        "R2": "section",
        "R3": "own",
        "R4": "section",
        "R5": "bureau",
        "R7": "bureau",
    },
    "see_accounts": {"R5": "bureau", "R14": "bureau"},
    "manage_accounts": {"R14": "bureau"},
    "manage_registers": {"R14": "bureau"},
    "manage_laws": {"R5": "bureau"},
    "manage_items": {"R5": "bureau"},
    "issue_codes": {"R1": "section", "R2": "section", "R14": "bureau"},
    "see_faults": {"R14": "bureau"},
}
"""Act → role → how far it reaches: dossiers granted to the officer, of the section, of the bureau."""

ISSUED: frozenset[str] = frozenset(
    {"document", "number", "print", "recheck", "service", "signature"}
)
"""Records only an officer writes (S3-4.2d): papers, their numbers, hands and service, a recheck.
An expert or assistant who was invited writes the others."""

DELEGABLE: frozenset[str] = frozenset({"approve_plan"})
"""What a leader may hand to a section head for some days (domain.md 6.2: delegate own approval)."""

CONFIDENTIAL: frozenset[str] = frozenset({"complaint", "evaluation"})
"""Kinds of dossier the people they speak of never read (S3-5.1); nobody writes them by a phone."""

CONFIDENTIAL_ACTS: dict[str, frozenset[str]] = {
    "read": frozenset({"R5", "R7"}),
    "answer_complaint": frozenset({"R5"}),
}
"""Act → roles, for these kinds alone. Whoever took part in the inspection is barred by name."""

SECTION_ONLY: frozenset[str] = frozenset({"open", "make_plan", "review_plan", "request_special"})
"""监管与执法分离 (S0-2b): the detachment plans and opens no supervisory inspection."""

_RANKS = {"valid": 0, "suspended": 1, "not_yet": 2, "expired": 3, "none": 4}


@dataclass(frozen=True, slots=True)
class Subject:
    """An officer as a question of permission sees him."""

    officer: str
    bureau: str
    section: str
    section_kind: str
    roles: frozenset[str]
    active: bool
    certificates: tuple[Certificate, ...]
    """Every one he was issued, the last issued at the end."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """授权: `giver` lets the taker do `act` from day to day, both included (Asia/Shanghai)."""

    id: str
    giver: str
    taker: str
    act: str
    since: str
    until: str
    words: str
    given: int
    withdrawn_at: int | None = None
    withdrawn_by: str = ""


def may(subject: Subject, act: str, dossier: DossierFacts) -> Right:
    """The one question of permission. `revoked` where a grant there was has ended."""
    if dossier.kind == "reference":
        mine = subject.active and dossier.bureau == subject.bureau
        return "yes" if mine and act == "read" else "no_authority"
    if dossier.kind in CONFIDENTIAL:
        return _confidential(subject, act, dossier)
    if not subject.active or dossier.bureau != subject.bureau:
        return _refusal(dossier)
    if act in SECTION_ONLY and subject.section_kind == "detachment":
        return "no_authority"
    scopes = {scope for role, scope in ACTS.get(act, {}).items() if role in subject.roles}
    return "yes" if any(_within(subject, scope, dossier) for scope in scopes) else _refusal(dossier)


def sight_of(subject: Subject, act: str, kind: str) -> Sight | None:
    """How far an act reaches over dossiers of a kind, asked as of three of them; None: over none."""
    bureau, section, officer = subject.bureau, subject.section, subject.officer
    barred = officer if kind in CONFIDENTIAL else ""
    questions = (
        (Sight(bureau, barred=barred), DossierFacts("", kind, bureau, "")),
        (Sight(bureau, section, officer, barred), DossierFacts("", kind, bureau, section)),
        (Sight(bureau, "", officer, barred), DossierFacts("", kind, bureau, "", granted=True)),
    )
    return next((sight for sight, facts in questions if may(subject, act, facts) == "yes"), None)


def act_of(entity: str) -> str:
    """The act that writing a record of an entity is."""
    return "issue" if entity in ISSUED else "write"


def _confidential(subject: Subject, act: str, dossier: DossierFacts) -> Right:
    mine = subject.active and dossier.bureau == subject.bureau and not dossier.revoked
    able = subject.roles & CONFIDENTIAL_ACTS.get(act, frozenset())
    return "yes" if mine and able else "no_authority"


def _within(subject: Subject, scope: Scope, dossier: DossierFacts) -> bool:
    if scope == "bureau":
        return True
    if scope == "section":
        return dossier.granted or dossier.section == subject.section
    return dossier.granted


def _refusal(dossier: DossierFacts) -> Right:
    return "revoked" if dossier.revoked else "no_authority"


def delegation_fault(
    act: str, since: str, until: str, today: str, longest: int
) -> DelegationFault | None:
    """Why a delegation may not be given on a day; `longest` counts days, both ends included.

    Who gives and who takes is asked of the registers, not here.
    """
    if act not in DELEGABLE:
        return "act"
    if not (_is_day(since) and _is_day(until)):
        return "dates"
    if since < today:
        return "past"
    if until < since:
        return "reversed"
    return "overlong" if _days(since, until) > longest else None


def _is_day(text: str) -> bool:
    """Only `YYYY-MM-DD`: days are compared as text, so no other spelling may be kept."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _days(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days + 1


def is_section_head(subject: Subject) -> bool:
    """科室负责人 in office: who may be given a leader's approval. The detachment's head is none."""
    return subject.active and "R2" in subject.roles and subject.section_kind != "detachment"


def may_stand_in(subject: Subject, dossier: DossierFacts) -> bool:
    """A delegated act reaches the head's own section only, however far the leader's reaches."""
    return is_section_head(subject) and dossier.section == subject.section


def running(delegations: Iterable[Delegation], act: str, day: str) -> list[Delegation]:
    """Those under which the act may be done on a day."""
    if act not in DELEGABLE:
        return []
    return [d for d in delegations if d.act == act and delegation_state(d, day) == "running"]


def overlapping(delegations: Iterable[Delegation], act: str, since: str, until: str) -> bool:
    """Whether one that stands shares a day with this span: two givers of one act on one day would
    leave it open in whose name the head acts."""
    return any(
        d.act == act and d.withdrawn_at is None and d.since <= until and since <= d.until
        for d in delegations
    )


def delegation_state(held: Delegation, day: str) -> DelegationState:
    """Where it stands on a day."""
    if held.withdrawn_at is not None:
        return "withdrawn"
    if day < held.since:
        return "coming"
    return "running" if day <= held.until else "over"


def certificate_state(held: Certificate | None, day: str) -> CertificateState | Literal["none"]:
    """行政执法证件 on a day (S2-8(8)): one that is none, suspended or out of time counts for nothing."""
    if held is None:
        return "none"
    if held.suspended:
        return "suspended"
    if day < held.issued:
        return "not_yet"
    return "valid" if day <= held.until else "expired"


def held_on(certificates: Iterable[Certificate], day: str) -> Certificate | None:
    """The one that counts on a day: a valid one before all others, then the one lasting longest."""
    ranked = sorted(certificates, key=lambda each: each.until, reverse=True)
    return min(ranked, key=lambda each: _RANKS[certificate_state(each, day)], default=None)


def may_inspect(subject: Subject, sector: str, day: str) -> bool:
    """Whether he counts as one of the two officers (处罚法 42(1)): post, valid certificate, scope.

    An expert or assistant never does (S3-4.2d). An empty sector asks for no scope.
    """
    held = held_on(subject.certificates, day)
    if not subject.active or held is None or certificate_state(held, day) != "valid":
        return False
    in_scope = not sector or sector in held.scope or "综合" in held.scope
    return in_scope and bool({"R1", "R2", "R3", "R4"} & subject.roles)

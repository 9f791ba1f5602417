"""Who may do what: domain.md 6.2 as a table, certificates, separation of powers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from backend.core.dossiers.ports import DossierFacts
from backend.features.identity.model import Certificate, CertificateState
from sync.server.admission import Right

Scope = Literal["own", "section", "bureau"]

ACTS: dict[str, dict[str, Scope]] = {
    "open": {"R1": "section", "R2": "section"},
    "read": {
        "R1": "own",
        "R2": "section",
        "R3": "own",
        "R4": "own",
        "R5": "bureau",
        "R7": "bureau",
        "R9": "own",
        "R13": "own",
    },
    "write": {"R1": "own", "R2": "section", "R3": "own", "R4": "own", "R9": "own", "R13": "own"},
    "release": {"R2": "section"},
    "close": {"R2": "section", "R4": "section"},
    "make_plan": {"R1": "section", "R2": "section"},
    "review_plan": {"R2": "section"},
    "approve_plan": {"R7": "bureau"},
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
    "manage_accounts": {"R14": "bureau"},
    "manage_registers": {"R14": "bureau"},
}
"""Act → role → how far it reaches: dossiers granted to the officer, of the section, of the bureau."""

DELEGABLE: frozenset[str] = frozenset({"approve_plan"})
"""What a leader may hand to a section head for some days (domain.md 6.2: delegate own approval)."""

SECTION_ONLY: frozenset[str] = frozenset({"open", "make_plan", "review_plan"})
"""监管与执法分离 (S0-2b): the detachment plans and opens no supervisory inspection."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An officer as a question of permission sees him."""

    officer: str
    bureau: str
    section: str
    section_kind: str
    roles: frozenset[str]
    active: bool
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class Delegation:
    """授权: `giver` lets the taker do `act` from day to day, both included (Asia/Shanghai)."""

    giver: str
    act: str
    since: str
    until: str


def may(subject: Subject, act: str, dossier: DossierFacts) -> Right:
    """The one question of permission. `revoked` where a grant there was has ended."""
    if dossier.kind == "reference":
        mine = subject.active and dossier.bureau == subject.bureau
        return "yes" if mine and act == "read" else "no_authority"
    if not subject.active or dossier.bureau != subject.bureau:
        return _refusal(dossier)
    if act in SECTION_ONLY and subject.section_kind == "detachment":
        return "no_authority"
    scopes = {scope for role, scope in ACTS.get(act, {}).items() if role in subject.roles}
    return "yes" if any(_within(subject, scope, dossier) for scope in scopes) else _refusal(dossier)


def _within(subject: Subject, scope: Scope, dossier: DossierFacts) -> bool:
    if scope == "bureau":
        return True
    if scope == "section":
        return dossier.granted or dossier.section == subject.section
    return dossier.granted


def _refusal(dossier: DossierFacts) -> Right:
    return "revoked" if dossier.revoked else "no_authority"


def delegated_by(delegations: Iterable[Delegation], act: str, day: str) -> str:
    """The officer whose delegation of `act` runs on `day`, or nothing."""
    running = (d for d in delegations if d.act == act and d.since <= day <= d.until)
    found = next(running, None)
    return found.giver if found and act in DELEGABLE else ""


def certificate_state(held: Certificate | None, day: str) -> CertificateState | Literal["none"]:
    """行政执法证件 on a day (S2-8(8)): one that is none, suspended or out of time counts for nothing."""
    if held is None:
        return "none"
    if held.suspended:
        return "suspended"
    if day < held.issued:
        return "not_yet"
    return "valid" if day <= held.until else "expired"


def may_inspect(subject: Subject, sector: str, day: str) -> bool:
    """Whether he counts as one of the two officers (处罚法 42(1)): post, valid certificate, scope.

    An expert or assistant never does (S3-4.2d). An empty sector asks for no scope.
    """
    held = subject.certificate
    if not subject.active or held is None or certificate_state(held, day) != "valid":
        return False
    in_scope = not sector or sector in held.scope or "综合" in held.scope
    return in_scope and bool({"R1", "R2", "R3", "R4"} & subject.roles)

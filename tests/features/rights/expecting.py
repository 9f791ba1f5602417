"""Who is let in, worked out from the table alone and not by the code that decides it."""

from typing import Literal

from backend.core.openapi import ANY, OWN
from backend.features.identity.rules import (
    ACTS,
    CONFIDENTIAL_ACTS,
    SECTION_ONLY,
)

Place = Literal["", "own", "section", "bureau"]
"""Whose the thing is that is asked for: "" nobody's in particular, of the section 危化科, of another
section of the bureau, of another bureau."""

LOGINS = {
    "nobody": "",
    "R1": "lijie",
    "R2": "gulnar",
    "R3": "yanglin",
    "R4": "hejianguo",
    "R5": "ayinuer",
    "R6": "wumin",
    "R7": "xujianming",
    "R9": "dinghongwei",
    "R13": "zhoutao",
    "R14": "gaoyuan",
}
"""One of each post an account can have. R1, R2, R9 and R13 sit in 危化科; R1 opened its dossier."""

_OF_THE_SECTION = {"R1", "R2", "R9", "R13"}
_DETACHMENT = {"R3", "R4"}


def allowed(role: str, act: str, place: Place, secret: bool = False) -> bool:
    """Whether a role gets what it asks for; `secret`: of a complaint or an evaluation."""
    if role == "nobody" or place == "bureau":
        return False
    if act in (ANY, OWN):
        return act == ANY or place == ""
    if secret:
        return role in CONFIDENTIAL_ACTS[act]
    if act in SECTION_ONLY and role in _DETACHMENT:
        return False
    scope = ACTS[act].get(role)
    if scope is None or scope == "bureau" or place == "":
        return scope is not None
    mine = place == "own"
    return mine and (role == "R1" if scope == "own" else role in _OF_THE_SECTION)

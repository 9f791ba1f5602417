"""domain.md 6.2 row by row: a change of ACTS against the paper falls here."""

import pytest

from backend.features.identity.rules import (
    ACTS,
    CONFIDENTIAL_ACTS,
    DELEGABLE,
    SECTION_ONLY,
    Scope,
)

PAPER: dict[str, dict[str, Scope]] = {
    # Start inspection, open offline: R1, R2; R3 and R4 only in cases, which do not exist yet.
    "open": {"R1": "section", "R2": "section"},
    # Read a dossier: own, section's, own cases, detachment's, r, –, r, invited; drafts of R13.
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
    # An expert writes an opinion and an assistant drafts, where they were invited. R5, R7 only read.
    "write": {"R1": "own", "R2": "section", "R3": "own", "R4": "own", "R9": "own", "R13": "own"},
    # Issue and void papers, sign, recheck: never an expert or assistant.
    "issue": {"R1": "own", "R2": "section", "R3": "own", "R4": "own"},
    "release": {"R2": "section"},
    "close": {"R2": "section", "R4": "section"},
    "make_plan": {"R1": "section", "R2": "section"},
    "review_plan": {"R2": "section"},
    "approve_plan": {"R7": "bureau"},
    "request_special": {"R2": "section"},
    "approve_special": {"R7": "bureau"},
    "plan_recheck": {"R1": "own", "R2": "section"},
    # Grant extension: R2; R4 only in cases.
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
    # Accounts, sections, certificates, enrolments, imports, audit: R14; R5 reads.
    "see_accounts": {"R5": "bureau", "R14": "bureau"},
    "see_faults": {"R14": "bureau"},
    "manage_accounts": {"R14": "bureau"},
    "manage_registers": {"R14": "bureau"},
    # Item lists, law library: R5.
    "publish_items": {"R5": "bureau"},
    "manage_items": {"R5": "bureau"},
    "manage_laws": {"R5": "bureau"},
    "issue_codes": {"R1": "section", "R2": "section", "R14": "bureau"},
}
CASE_CONTENT = {
    "open",
    "read",
    "write",
    "issue",
    "release",
    "close",
    "make_plan",
    "review_plan",
    "approve_plan",
    "grant_extension",
    "see_clocks",
    "plan_recheck",
}


def test_the_table_is_the_papers() -> None:
    assert ACTS == PAPER


def test_what_is_confidential_is_for_the_legal_section_and_the_leaders() -> None:
    assert {
        "read": frozenset({"R5", "R7"}),
        "answer_complaint": frozenset({"R5"}),
    } == CONFIDENTIAL_ACTS


@pytest.mark.parametrize("act", sorted(CASE_CONTENT))
def test_an_administrator_and_the_appraisers_never_touch_case_content(act: str) -> None:
    assert not {"R6", "R14"} & set(ACTS[act])


@pytest.mark.parametrize("act", sorted(set(ACTS) - {"read", "write"}))
def test_an_expert_or_assistant_does_nothing_an_officer_does(act: str) -> None:
    assert not {"R9", "R13"} & set(ACTS[act])


def test_S0_2b_the_detachment_plans_and_opens_no_supervisory_inspection() -> None:
    planning = {"open", "make_plan", "review_plan", "request_special"}
    assert planning <= SECTION_ONLY
    assert not any({"R3", "R4"} & set(ACTS[act]) for act in planning)


def test_only_a_leaders_approval_of_plans_is_handed_on() -> None:
    assert frozenset({"approve_plan"}) == DELEGABLE
    assert set(ACTS["delegate"]) == {"R7"} == set(ACTS["approve_plan"])


def test_nobody_deletes_evidence_or_edits_what_is_issued() -> None:
    assert not [act for act in ACTS if act.startswith(("delete", "edit"))]

"""Facts are lawful or they are refused, with the path of the fault."""

import json
import subprocess
import sys

import pytest
from paper_samples import (
    ALL,
    PROBLEM_1,
    opinion,
    order,
    party,
    record,
    refusing_party,
    text_of,
)

from printing.facts import KINDS, FactsError, dump, load


def refused(kind, facts):
    with pytest.raises(FactsError) as fault:
        load(kind, facts if isinstance(facts, str) else text_of(facts))
    return fault.value.field


@pytest.mark.parametrize("kind", KINDS)
def test_facts_come_back_from_their_canonical_text(kind):
    facts = load(kind, text_of(ALL[kind]()))
    assert json.loads(dump(facts)) == ALL[kind]()
    assert load(kind, dump(facts)) == facts


def test_canonical_text_does_not_depend_on_the_order_of_names():
    backwards = dict(reversed(order().items()))
    kind = "rectification_order"
    assert dump(load(kind, text_of(backwards))) == dump(load(kind, text_of(order())))


def test_unknown_kind():
    assert refused("penalty_decision", order()) == "kind"


@pytest.mark.parametrize("kind", KINDS)
def test_every_missing_field_is_named(kind):
    for name in ALL[kind]():
        facts = ALL[kind]()
        del facts[name]
        assert refused(kind, facts) == name


def test_a_field_the_paper_does_not_know():
    assert refused("rectification_order", order(colour="red")) == "colour"


def problem(**changes):
    return {"problems": [PROBLEM_1 | changes]}


def without(name):
    return {"problems": [{key: value for key, value in PROBLEM_1.items() if key != name}]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (without("basis"), "problems[0].basis"),
        (without("cause"), "problems[0].cause"),
        (without("measure"), "problems[0].measure"),
        (problem(basis=[]), "problems[0].basis"),
        (problem(basis=[" "]), "problems[0].basis[0]"),
        (problem(cause=""), "problems[0].cause"),
        (problem(cause=PROBLEM_1["text"]), "problems[0].cause"),
        (problem(measure=None), "problems[0].measure"),
    ],
)
def test_s4_11_no_order_without_the_three_elements(changes, field):
    assert refused("rectification_order", order(**changes)) == field


REMAINING = {"basis": ["某条"], "cause": "因", "measure": "法", "due": None}


@pytest.mark.parametrize(
    ("result", "field"),
    [
        ({"outcome": "not_done", "remaining": None}, "results[0].remaining"),
        ({"outcome": "partly", "remaining": None}, "results[0].remaining"),
        ({"outcome": "done", "remaining": REMAINING}, "results[0].remaining"),
        (
            {"outcome": "partly", "remaining": REMAINING | {"basis": []}},
            "results[0].remaining.basis",
        ),
        (
            {"outcome": "partly", "remaining": REMAINING | {"due": "明天"}},
            "results[0].remaining.due",
        ),
        ({"outcome": "nearly", "remaining": None}, "results[0].outcome"),
    ],
)
def test_s4_11_a_recheck_says_of_what_remains_why_and_how(result, field):
    item = {"number": 1, "text": "报警器关闭", "note": None, **result}
    assert refused("recheck_opinion", opinion(results=[item])) == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"officers": order()["officers"][:1]}, "officers"),
        ({"officers": order()["officers"][:1] * 2}, "officers"),
        ({"problems": []}, "problems"),
        ({"problems": [PROBLEM_1 | {"number": 2}]}, "problems"),
        (problem(due="2026-09-17"), "problems[0].due"),
        (problem(due="20260928"), "problems[0].due"),
        ({"government": "新疆维吾尔自治区应急管理厅"}, "government"),
        ({"government": "昌吉市人民政府或者昌吉回族自治州人民政府"}, "government"),
        ({"wording_date": "2026-02-30"}, "wording_date"),
        ({"when": -1}, "when"),
        ({"when": 1.5}, "when"),
        ({"when": True}, "when"),
        ({"when": 2**53}, "when"),
        ({"draft": 0}, "draft"),
        ({"draft": True}, "number"),
        ({"practice": True, "number": None}, "verify_url"),
        ({"number": None}, "number"),
        ({"verify_url": None}, "verify_url"),
        ({"verify_url": "http://anxun.example.cn/v/1"}, "verify_url"),
        ({"verify_url": "http://localhost.example.cn/v/1"}, "verify_url"),
        ({"addressee": "昌吉\u0007公司"}, "addressee"),
        ({"addressee": "昌吉\ud842公司"}, "addressee"),
        ({"addressee": 7}, "addressee"),
        ({"officers": {}}, "officers"),
        ({"party": None}, "party"),
        ({"party": party(strokes=[])}, "party.strokes"),
        ({"party": party(strokes=[[]])}, "party.strokes"),
        ({"party": party(strokes=[[[0, 401]]])}, "party.strokes"),
        ({"party": party(strokes=[[[1, 2, 3]]])}, "party.strokes[0][0]"),
        ({"party": party(strokes=[[[1.0, 2]]])}, "party.strokes[0][0][0]"),
        ({"party": refusing_party(witness=None, left=False)}, "party.refused.witness"),
        ({"party": {**refusing_party(), "strokes": [[[1, 1]]]}}, "party.refused"),
    ],
)
def test_an_order_the_law_does_not_allow(changes, field):
    facts = order(**changes)
    assert refused("rectification_order", json.dumps(facts)) == field


def test_a_trial_on_one_machine_prints_the_address_it_has():
    facts = order(verify_url="http://localhost:8000/v/7kq3mz5d2n8rw4xc6hbt9fyae1")
    assert load("rectification_order", text_of(facts)).verify_url == facts["verify_url"]


def test_an_inspection_that_ends_before_it_begins():
    facts = record()
    assert refused("site_inspection_record", facts | {"ended": facts["begun"] - 1}) == "ended"
    assert refused("site_inspection_record", facts | {"situation": []}) == "situation"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "nul", '{"a": 1, "a": 2}', "[" * 100_000, "9" * 5000]
)
def test_what_is_no_object_of_facts(text):
    assert refused("rectification_order", text) == ""


def test_reading_facts_loads_no_layout():
    code = "import sys, printing.facts; print('reportlab' in sys.modules, 'tomllib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]

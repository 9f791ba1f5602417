"""The browser's engine prints what the server prints, byte for byte."""

import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from paper_samples import generated, order, text_of

from printing.render import render

NODE = Path(__file__).with_name("engine_render.mjs")
KIND = "rectification_order"
PAPERS = generated(33)
REFUSED = [
    (KIND, text_of(order(court="")), {"code": "facts", "field": "court"}),
    (KIND, text_of(order(wording_date="2020-01-01")), {"code": "wording"}),
    (
        KIND,
        text_of(order(addressee="某\ue123公司")),
        {"code": "missing_glyph", "character": "\ue123"},
    ),
    ("penalty_decision", "{}", {"code": "facts", "field": "kind"}),
]


@pytest.fixture(scope="module")
def answers(engine):
    """What the engine says to every paper above, in one run."""
    asked = [*PAPERS, *((kind, facts) for kind, facts, _ in REFUSED)]
    lines = "\n".join(json.dumps({"kind": kind, "facts": facts}) for kind, facts in asked)
    command = ["node", str(NODE), str(engine)]
    run = subprocess.run(
        command, input=lines, capture_output=True, text=True, check=True, timeout=120
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_many_papers_of_all_kinds_are_the_same_bytes_in_both_hosts(answers, faces):
    expected = [{"sha256": sha256(render(*paper, faces)).hexdigest()} for paper in PAPERS]
    assert answers[: len(PAPERS)] == expected
    assert len({answer["sha256"] for answer in expected}) == len(PAPERS)


def test_the_engine_refuses_what_the_server_refuses(answers):
    assert answers[len(PAPERS) :] == [expected for _, _, expected in REFUSED]


def test_the_engine_lists_every_file_it_has(engine):
    files = json.loads((engine / "engine.json").read_text())["files"]
    found = {str(path.relative_to(engine)) for path in engine.rglob("*") if path.is_file()}
    assert {file["path"] for file in files} == found - {"engine.json"}
    for file in files:
        data = (engine / file["path"]).read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (file["size"], file["sha256"])

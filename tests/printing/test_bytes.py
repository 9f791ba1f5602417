"""The same facts are the same bytes, whatever the host is like."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from paper_samples import ALL, generated, order, text_of

from printing.layout.fonts import MissingGlyph
from printing.render import faces_of, load_faces, render, with_rare

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from hashlib import sha256
from pathlib import Path
from printing.render import load_faces, render
data = render("rectification_order", sys.stdin.read(), load_faces(Path(sys.argv[1])))
print(sha256(data).hexdigest())
"""


def digest(data):
    return sha256(data).hexdigest()


def digest_elsewhere(faces_folder, home, **environment):
    """The digest of the sample order, printed by another process."""
    settled = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        **environment,
    }
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", SCRIPT, str(faces_folder)],
        input=text_of(order()).encode(),
        env=settled,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return run.stdout.decode().strip()


@pytest.mark.parametrize("kind", ALL)
def test_printing_twice_gives_the_same_bytes(faces, kind):
    text = text_of(ALL[kind]())
    assert render(kind, text, faces) == render(kind, text, faces)


def test_what_was_printed_before_leaves_no_trace(faces, faces_folder):
    papers = generated(6)
    forth = [digest(render(*paper, faces)) for paper in papers]
    back = [digest(render(*paper, load_faces(faces_folder))) for paper in reversed(papers)]
    assert forth == back[::-1]


def test_the_order_of_names_in_the_facts_does_not_matter(faces):
    facts = order()
    backwards = json.dumps(dict(reversed(facts.items())), indent=3)
    kind = "rectification_order"
    assert render(kind, backwards, faces) == render(kind, text_of(facts), faces)


def test_every_fact_reaches_the_bytes(faces):
    kind = "rectification_order"
    papers = [order(), order(when=order()["when"] + 1000), order(court="呼图壁县人民法院")]
    assert len({render(kind, text_of(facts), faces) for facts in papers}) == 3


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "777", "TZ": "America/New_York"},
        {"SOURCE_DATE_EPOCH": "5", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
        {"RL_invariant": "0", "RL_pageCompression": "1", "RL_ttfAsciiReadable": "1"},
    ],
)
def test_the_environment_does_not_change_the_bytes(faces, faces_folder, tmp_path, environment):
    expected = digest(render("rectification_order", text_of(order()), faces))
    assert digest_elsewhere(faces_folder, tmp_path, **environment) == expected


def test_settings_in_the_home_folder_do_not_change_the_bytes(faces, faces_folder, tmp_path):
    (tmp_path / ".reportlab_settings").write_text("pageCompression = 1\ninvariant = 0\n")
    expected = digest(render("rectification_order", text_of(order()), faces))
    assert digest_elsewhere(faces_folder, tmp_path) == expected


def test_the_rare_face_changes_nothing_where_no_character_needs_it(faces, faces_folder):
    plain = order()
    plain["officers"][0]["name"] = "李明"
    body, bold, rare = (
        (faces_folder / f"{role}.ttf").read_bytes() for role in ("body", "bold", "rare")
    )
    small = faces_of(body, bold)
    kind = "rectification_order"
    assert render(kind, text_of(plain), small) == render(kind, text_of(plain), faces)
    with pytest.raises(MissingGlyph) as fault:
        render(kind, text_of(order()), small)
    assert fault.value.character == "㛃"
    assert render(kind, text_of(order()), with_rare(small, rare)) == render(
        kind, text_of(order()), faces
    )

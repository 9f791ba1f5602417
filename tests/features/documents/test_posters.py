"""企业码海报: what hangs at the gate can be scanned as it hangs there, and says what it is for."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from litestar.testing import TestClient
from PIL import Image, ImageFilter
from pypdf import PdfReader

from backend.core.signing import ServerKeys, verify
from backend.features.enterprises.rules import CodeParts, parse_code
from backend.settings import Settings
from printing.build_faces import build
from printing.layout.manifest import manifest
from printing.render import load_faces, posters
from printing.strict import FactsError
from tests.features.imports.conftest import ADMINISTRATOR, Desk

ROOT = Path(__file__).parents[3]
FACES = ROOT / ".cache" / "faces"
KNOWN = "91652301MA0001181J"
UNITS = 20
DPI = 200


@pytest.fixture(scope="module", autouse=True)
def faces() -> Any:
    build(ROOT / "pwa" / "node_modules", FACES, manifest())
    return load_faces(FACES)


@pytest.fixture
def desk(client: TestClient[Any]) -> Desk:
    return Desk(client)


def as_hung(page: Any, turn: float) -> Image.Image:
    """The sheet as a phone sees it: at 200 dpi, a little out of focus and askew."""
    sheet = page.render(scale=DPI / 72).to_pil().convert("L")
    return sheet.filter(ImageFilter.GaussianBlur(2)).rotate(
        turn, Image.Resampling.BILINEAR, expand=True, fillcolor=255
    )


def test_every_code_of_the_register_is_scanned_blurred_and_askew_and_its_signature_holds(
    desk: Desk, settings: Settings
) -> None:
    made = desk.get(ADMINISTRATOR, "/api/v1/enterprises/posters")
    assert made.headers["content-type"] == "application/pdf"
    book = pypdfium2.PdfDocument(made.content)
    keys = ServerKeys.at(settings.data_dir / "keys")
    read: dict[str, str] = {}
    for number in range(min(UNITS, len(book))):
        (found,) = zxingcpp.read_barcodes(as_hung(book[number], turn=number % 9 - 4.0))
        parts = parse_code(found.text)
        assert isinstance(parts, CodeParts)
        assert verify(keys.code.public, parts.signed_text, parts.signature)
        read[parts.payload.enterprise] = found.text
    assert len(read) == UNITS
    code = desk.get(ADMINISTRATOR, f"/api/v1/enterprises/{KNOWN}/code").json()["text"]
    assert (KNOWN not in read) or _payload(read[KNOWN]) == _payload(code)


def _payload(text: str) -> Any:
    parts = parse_code(text)
    assert isinstance(parts, CodeParts)
    return parts.payload


def words_of(pdf: bytes) -> str:
    return "".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_one_poster_says_whose_it_is_what_for_and_until_when(desk: Desk) -> None:
    made = desk.get("lijie", f"/api/v1/enterprises/{KNOWN}/poster")
    words = words_of(made.content)
    code = desk.get("lijie", f"/api/v1/enterprises/{KNOWN}/code").json()["text"]
    year, month, day = _payload(code).until.split("-")
    for expected in (
        "昌吉回族自治州应急管理局",
        "昌吉启明精细化工有限公司",
        f"统一社会信用代码{KNOWN}",
        "执法人员进门检查，请先扫此码",
        f"有效期至{year}年{int(month)}月{int(day)}日",
        "12345",
    ):
        assert expected in words
    assert words.count("12345") == 1


def test_a_code_is_shown_to_nobody_who_may_not_hang_it_up(desk: Desk) -> None:
    path = f"/api/v1/enterprises/{KNOWN}"
    assert desk.get("lijie", f"{path}/code").status_code == 200
    for what in ("code", "poster"):
        assert desk.get("wangyi", f"{path}/{what}").status_code == 404
        assert desk.get("hanzhigang", f"{path}/{what}").status_code == 403


POSTER = {
    "name": "昌吉𫖮㛃䶮化工有限公司",
    "credit_code": KNOWN,
    "text": "x" * 300,
    "until": "2029-11-28",
}
SHEETS = {
    "bureau": "某局",
    "phones": "12345",
    "wording_date": "2026-11-28",
    "when": 1_780_000_000_000,
}


@pytest.mark.parametrize("name", [POSTER["name"], "昌吉回族自治州" * 14 + "公司"])
def test_a_name_is_printed_with_rare_characters_and_at_its_longest(faces: Any, name: str) -> None:
    made = posters(json.dumps({**SHEETS, "posters": [{**POSTER, "name": name}]}), faces)
    assert name in words_of(made)


@pytest.mark.parametrize("over", [{"until": "soon"}, {"text": "x" * 1201}, {"name": " "}])
def test_facts_no_poster_may_be_made_of(faces: Any, over: dict[str, str]) -> None:
    with pytest.raises(FactsError):
        posters(json.dumps({**SHEETS, "posters": [{**POSTER, **over}]}), faces)


@pytest.mark.parametrize(
    ("login", "path", "status"),
    [
        ("lijie", "posters/files", 200),
        ("wangyi", f"{KNOWN}/poster", 404),
        ("xujianming", f"{KNOWN}/poster", 403),
        ("xujianming", "posters", 403),
        ("lijie", "nobody/poster", 404),
        (ADMINISTRATOR, "posters?file=99", 404),
    ],
)
def test_who_may_print_which(desk: Desk, login: str, path: str, status: int) -> None:
    assert desk.get(login, f"/api/v1/enterprises/{path}").status_code == status


def test_a_section_prints_its_own_and_the_administrator_all(desk: Desk) -> None:
    counted: Callable[[str], int] = lambda login: desk.get(  # noqa: E731
        login, "/api/v1/enterprises/posters/files"
    ).json()["enterprises"]
    assert 0 < counted("lijie") < counted(ADMINISTRATOR)

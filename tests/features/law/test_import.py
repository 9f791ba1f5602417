"""Texts brought into the library: from a folder, and at the desk by 法规科."""

import base64
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.cli import main
from backend.core.packs import load_pack
from backend.features.law.model import Law
from backend.features.law.service.reading import Reading, TextFile, judge
from backend.features.law.service.summary import summary
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone

INDEX = load_pack("changji").rows("law", Law)
BODY = (
    "第一章 总则\n第一条 为了说明，制定本办法。\n第二条 不得关闭报警装置。\n第二条之一 新的一条。\n"
)
OLD = f"# 中华人民共和国安全生产法\n2014年8月31日 第二次修正\n2014年12月1日 施行\n{BODY}"
NEW = f"# 安全生产法\n2021年6月10日 第三次修正\n{BODY}第三条 本法自2002年11月1日起施行。\n"


def read(*files: tuple[str, str]) -> list[Reading]:
    return judge([TextFile(name, text.encode("utf-8")) for name, text in files], INDEX, {})


def law_of(reading: Reading) -> Law:
    assert reading.law, reading.fault
    return reading.law


def test_two_versions_of_one_law_are_told_apart_by_their_days() -> None:
    old, new = read(("安全生产法(2014).md", OLD), ("安全生产法(2021-06-10).md", NEW))
    assert [(law_of(one).id, law_of(one).in_force.isoformat()) for one in (old, new)] == [
        ("aqscf", "2014-12-01"),
        ("aqscf", "2021-09-01"),
    ]
    assert old.articles == 3


def test_the_last_article_of_an_amended_law_keeps_its_first_day_and_is_not_believed() -> None:
    (found,) = read(("某条例.md", NEW.replace("安全生产法", "某条例")))
    assert found.law is None
    assert "看不出哪天起施行" in found.fault


def test_a_day_only_in_the_name_makes_the_whole_text_unchecked() -> None:
    (found,) = read(("某条例(2019-05-06).md", f"# 某条例\n{BODY}"))
    law = law_of(found)
    assert (law.in_force.isoformat(), law.unchecked) == ("2019-05-06", (1, 2))
    assert found.notes == ("施行日期取自文件名，全文按待核对入库",)


def test_a_law_unknown_to_the_index_gets_one_id_for_all_its_versions() -> None:
    first, second = (f"# 某条例\n{year}年1月1日 施行\n{BODY}" for year in (2010, 2020))
    ids = {law_of(one).id for one in read(("甲.md", first), ("乙.txt", second))}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# 说明\n没有条文", "里面没有"),
        ("# 某条例\n2020年1月1日 施行\n第一条 甲。\n第二条 乙。\n第二条 丙。", "第二条出现了两次"),
        (f"# 某条例\n{BODY}", "看不出哪天起施行"),
        (f"{BODY}", "看不出法规名称"),
    ],
)
def test_a_text_that_is_not_sure_is_refused_in_words(text: str, fault: str) -> None:
    (found,) = read(("甲.md", text))
    assert found.law is None
    assert fault in found.fault


def test_bytes_that_are_no_text_are_named_and_gb18030_is_read() -> None:
    rows = judge(
        [TextFile("坏.md", b"\xff\x00\xfe\x81"), TextFile("国标.txt", OLD.encode("gb18030"))],
        INDEX,
        {},
    )
    assert "读不出文字" in rows[0].fault
    assert law_of(rows[1]).in_force.isoformat() == "2014-12-01"


def test_two_texts_of_one_version_spoil_each_other_and_a_gap_is_told() -> None:
    one, other = read(("甲.md", OLD), ("乙.md", OLD.replace("关闭", "破坏")))
    assert "乙.md" in one.fault
    assert "甲.md" in other.fault
    (gap,) = read(("丙.md", OLD + "第五条 丁。\n"))
    assert gap.notes == ("条号不连续：缺第 3、4 条",)
    said = summary([one, gap])
    assert "没有导入 甲.md：" in said
    assert said.endswith("共 1 部法规、1 个版本、4 条；1 个文件没有导入\n")


def laws_kept(settings: Settings) -> list[tuple[str, int]]:
    with sqlite3.connect(settings.data_dir / "anxun.sqlite") as database:
        query = """SELECT record, LENGTH(fields) FROM record_state
            WHERE dossier = 'ref.law.changji' ORDER BY record"""
        return list(database.execute(query))


def test_folder_is_imported_once_however_often(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "安全生产法(2021-06-10).md").write_text(NEW, encoding="utf-8")
    (folder / "坏.md").write_bytes(b"\xff\x00")
    monkeypatch.setenv("ANXUN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ANXUN_DATA_DIR", str(settings.data_dir))
    main(["law", "import", str(folder)])
    first = capsys.readouterr().out
    kept = laws_kept(settings)
    main(["law", "import", str(folder)])
    assert "新入库" in first
    assert "没有导入 坏.md" in first
    assert "没有变化" in capsys.readouterr().out
    assert len(kept) == 1
    assert laws_kept(settings) == kept


def test_before_any_bureau_stands_the_import_says_so_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "安全生产法(2021-06-10).md").write_text(NEW, encoding="utf-8")
    monkeypatch.setenv("ANXUN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'anxun.sqlite'}")
    monkeypatch.setenv("ANXUN_DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as refused:
        main(["law", "import", str(tmp_path)])
    assert "还没有建立单位" in str(refused.value.code)


def handed(text: str, **more: str) -> dict[str, str]:
    data = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return {"name": "甲.md", "data": data, **more}


@ON_BOTH
def test_legal_section_sees_what_a_text_would_become_then_brings_it_to_every_phone(
    phone: Callable[[str], Phone],
) -> None:
    desk = phone("ayinuer")
    unsure = handed(f"# 某条例\n{BODY}")
    dry = desk.post("/api/v1/laws/preview", unsure)
    assert dry.status_code == 200
    assert "看不出哪天起施行" in dry.json()["fault"]
    assert desk.post("/api/v1/laws", unsure).status_code == 422
    told = handed(f"# 某条例\n{BODY}", in_force="2020-03-01")
    assert desk.post("/api/v1/laws/preview", told).json()["state"] == "new"
    done = desk.post("/api/v1/laws", told)
    assert (done.status_code, done.json()["in_force"]) == (201, "2020-03-01")
    assert desk.post("/api/v1/laws/preview", told).json()["state"] == "same"


@pytest.mark.parametrize("login", ["lijie", "gulnar", "gaoyuan", "xujianming"])
def test_nobody_else_keeps_the_library(phone: Callable[[str], Phone], login: str) -> None:
    other = phone(login)
    for path in ("/api/v1/laws/preview", "/api/v1/laws"):
        assert other.post(path, handed(OLD)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"name": "甲.md", "data": "不是 base64"},
        handed(OLD, in_force="昨天"),
    ],
)
def test_a_damaged_request_changes_nothing(
    phone: Callable[[str], Phone], settings: Settings, body: dict[str, Any]
) -> None:
    assert phone("ayinuer").post("/api/v1/laws", body).status_code == 422
    assert laws_kept(settings) == []

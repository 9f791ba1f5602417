"""Packs: the layers of the law as data, and what is said when one of them is wrong."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from backend.core.packs import PackError, in_force_on, load_pack

SETTING = '[bureau.name]\nvalue = "{0}"\nsource = "s"\nin_force = 2020-01-01\n'
ROW = '[[cap]]\nid = "{0}"\nlimit = {1}\nsource = "s"\nin_force = {2}\n'


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    limit: int
    source: str
    in_force: date


def write(root: Path, pack: str, text: str, file: str = "a.toml") -> None:
    (root / pack).mkdir(exist_ok=True)
    (root / pack / file).write_text(text, encoding="utf-8")


def limits(root: Path, pack: str) -> list[tuple[str, int]]:
    return [(cap.id, cap.limit) for cap in load_pack(pack, root).rows("cap", Cap)]


def test_the_bureau_stands_above_the_nation(tmp_path: Path) -> None:
    old, new, other = ROW.format("a", 1, "2020-01-01"), ROW.format("a", 2, "2021-01-01"), "b"
    write(
        tmp_path, "national", SETTING.format("国") + old + new + ROW.format(other, 5, "2020-01-01")
    )
    write(tmp_path, "here", SETTING.format("本局") + ROW.format("a", 9, "2022-01-01"))
    assert load_pack("here", tmp_path).setting("bureau.name", str) == "本局"
    assert limits(tmp_path, "here") == [("b", 5), ("a", 9)]
    assert limits(tmp_path, "national") == [("a", 1), ("a", 2), ("b", 5)]


def test_a_table_may_be_spread_over_files(tmp_path: Path) -> None:
    write(tmp_path, "national", ROW.format("a", 1, "2020-01-01"), "one.toml")
    write(tmp_path, "national", ROW.format("b", 2, "2020-01-01"), "two.toml")
    assert limits(tmp_path, "national") == [("a", 1), ("b", 2)]


def test_the_version_in_force_on_the_day_is_chosen(tmp_path: Path) -> None:
    write(tmp_path, "national", ROW.format("a", 2, "2021-01-01") + ROW.format("a", 1, "2020-01-01"))
    rows = load_pack("national", tmp_path).rows("cap", Cap)
    assert in_force_on(rows, date(2019, 12, 31)) == {}
    assert in_force_on(rows, date(2020, 12, 31))["a"].limit == 1
    assert in_force_on(rows, date(2021, 1, 1))["a"].limit == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "national/a.toml: "),
        ("number = 3", "national/a.toml: number: a value without source and in_force"),
        ("list = [3]", "national/a.toml: list: a value without source and in_force"),
        ("[a]\nb = 3", "national/a.toml: a.b: a value without source and in_force"),
        ('[a]\nvalue = 1\nsource = "s"', "national/a.toml: a: .*in_force"),
        ('[a]\nvalue = 1\nsource = ""\nin_force = 2020-01-01', "national/a.toml: a: .*source"),
        ('[[cap]]\nid = "a"\nlimit = 1', r"national/a.toml: cap\[a\]: no source, in_force"),
        ('[[cap]]\nsource = "s"', r"national/a.toml: cap\[0\]: no id, in_force"),
        (ROW.format("a", 1, "2020-01-01") * 2, r"national/a.toml: cap\[a\]: two versions in force"),
    ],
)
def test_a_faulty_file_is_named_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "national", text)
    with pytest.raises(PackError, match=said):
        load_pack("national", tmp_path)


def test_a_setting_given_twice_in_one_pack_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "national", SETTING.format("a"), "one.toml")
    write(tmp_path, "national", SETTING.format("b"), "two.toml")
    with pytest.raises(PackError, match="national/two.toml: bureau.name: set twice"):
        load_pack("national", tmp_path)


def test_a_row_that_does_not_fit_is_named(tmp_path: Path) -> None:
    write(tmp_path, "national", ROW.format("a", '"many"', "2020-01-01"))
    with pytest.raises(PackError, match=r"national/a.toml: cap\[a\]: .*\$.limit"):
        limits(tmp_path, "national")


def test_an_absent_or_mistyped_setting_is_named(tmp_path: Path) -> None:
    write(tmp_path, "national", SETTING.format("国"))
    pack = load_pack("national", tmp_path)
    with pytest.raises(PackError, match="national: no setting bureau.court"):
        pack.setting("bureau.court", str)
    with pytest.raises(PackError, match="national: bureau.name: Expected `int`"):
        pack.setting("bureau.name", int)


def test_an_unknown_pack_is_named(tmp_path: Path) -> None:
    write(tmp_path, "national", "")
    with pytest.raises(PackError, match="no pack named nowhere"):
        load_pack("nowhere", tmp_path)

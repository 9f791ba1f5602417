"""An empty server: one link, used once, by one of two at the same moment; then there is nothing."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from backend import users
from backend.app import create_app, make_dossiers
from backend.cli import main
from backend.core.database import Database
from backend.core.signing import ServerKeys
from backend.features.identity import public as identity
from backend.migrate import migrate
from backend.settings import Settings
from tests.browser.conftest import ROOT, free_port
from tests.features.conftest import KINDS, settings_at
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_at_once import at_once
from tests.features.postgres import drop_database, new_database

OWN = "梧桐树下三点半开会吧"
BUREAU = {
    "name": "阜康市应急管理局",
    "district": "阜康市",
    "region": "阜",
    "government": "阜康市人民政府",
    "court": "阜康市人民法院",
    "phone": "0994-3221234",
}
ASKED = {
    "bureau": BUREAU,
    "pack": "changji",
    "sections": [
        {"name": "办公室", "kind": "administration", "sectors": []},
        {"name": "危化科", "kind": "supervision", "sectors": ["hazardous_chemicals"]},
    ],
    "login": "Admin1",
    "administrator": "马晓东",
    "password": OWN,
}


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        settings = settings_at(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'anxun.sqlite'}")
        migrate(settings.database_url)
        yield settings
        return
    server = request.getfixturevalue("postgres")
    settings = settings_at(tmp_path, new_database(server))
    migrate(settings.database_url)
    yield settings
    drop_database(server, settings.database_url)


@pytest.fixture
def server(empty: Settings) -> Iterator[TestClient[Any]]:
    app = create_app(empty, work=False)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


def link(settings: Settings) -> str | None:
    """What a start prints."""

    async def start() -> str | None:
        database = Database(settings.database_url)
        dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
        async with database.write() as connection:
            token = await identity.offer_link(dossiers, connection)
        await database.close()
        return token

    return asyncio.run(start())


def set_up(server: TestClient[Any], token: str | None, **over: Any) -> Any:
    return server.post("/api/v1/setup", json={**ASKED, "token": token, **over})


def test_the_link_makes_the_bureau_once_and_of_two_at_once_one(
    empty: Settings, server: TestClient[Any]
) -> None:
    first, token = link(empty), link(empty)
    for wrong in (first, "", "made-up"):
        assert server.post("/api/v1/setup/offer", json={"token": wrong}).status_code == 404
        assert set_up(server, wrong).status_code == 404
    offer = server.post("/api/v1/setup/offer", json={"token": token}).json()
    assert "changji" in {each["id"] for each in offer["packs"]}
    replies = at_once([lambda n=n: set_up(server, token, login=f"admin{n}") for n in (1, 2)])
    assert sorted(each.status_code for each in replies) == [204, 404]
    assert server.post("/api/v1/setup/offer", json={"token": token}).status_code == 404
    assert link(empty) is None


def test_the_first_administrator_finds_his_bureau_and_a_newcomer_his_registers(
    empty: Settings, server: TestClient[Any]
) -> None:
    assert set_up(server, link(empty)).status_code == 204
    body = {"login": "admin1", "password": OWN}
    admin = Phone(server, "", server.post("/api/v1/session", json=body).json()["token"])
    server.cookies.clear()
    people = server.get("/api/v1/admin/people", headers=admin.headers()).json()
    assert people["bureau"] == BUREAU
    assert [each["roles"] for each in people["people"]] == [["R14"]]
    section = next(each["id"] for each in people["sections"] if each["name"] == "危化科")
    wanted = {"login": "li", "name": "李", "section": section, "roles": ["R1"]}
    officer = admin.post("/api/v1/admin/people", wanted).json()["id"]
    (given,) = admin.post("/api/v1/admin/codes", {"officers": [officer]}).json()
    chosen = {"login": "li", "old": given["code"], "new": OWN}
    token = server.post("/api/v1/session/password", json=chosen).json()["token"]
    server.cookies.clear()
    phone = Phone(server, officer, token).enrol()
    hello = {
        "device": phone.device,
        "epoch": 1,
        "n": 0,
        "hash": phone.prev,
        "timeline": phone.timeline,
        "schema": 1,
        "now": 1_780_000_000_000,
    }
    grants = phone.post("/api/v1/sync/hello", hello).json()["grants"]
    bureau = admin.client.get("/api/v1/me", headers=admin.headers()).json()["bureau"]
    carried = {each["dossier"] for each in grants}
    kinds = ("officers", "keys", "items", "packs", "enterprises")
    assert carried == {f"ref.{kind}.{bureau}" for kind in kinds}
    packs = phone.pull({f"ref.packs.{bureau}": 0}).text
    assert "阜康市应急管理局" in packs
    assert "阜康市人民政府" in packs
    assert "昌吉回族自治州人民政府" not in packs
    leases = phone.post("/api/v1/sync/hello", hello).json()["leases"]
    assert {each["prefix"][:3] for each in leases} == {"（阜）"}


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"bureau": {**BUREAU, "name": " "}}, "单位全称"),
        ({"pack": "national"}, "地区"),
        ({"pack": "../changji"}, "地区"),
        ({"bureau": {**BUREAU, "region": " "}}, "地区简称"),
        ({"bureau": {**BUREAU, "government": "阜康市政府"}}, "复议机关"),
        ({"bureau": {**BUREAU, "court": "人民法院"}}, "法院"),
        ({"sections": []}, "管理用的科室"),
        (
            {"sections": [*ASKED["sections"], {"name": "工贸科", "kind": "supervision"}]},
            "没有选监管的行业",
        ),
        ({"sections": ASKED["sections"] * 2}, "同名"),
        ({"login": "李"}, "小写字母"),
        ({"password": "short"}, "密码太短"),
        ({"administrator": ""}, "管理员姓名"),
    ],
)
def test_what_cannot_be_set_up_gets_a_reason_and_the_link_stands(
    empty: Settings, server: TestClient[Any], over: dict[str, Any], words: str
) -> None:
    token = link(empty)
    reply = set_up(server, token, **over)
    assert reply.status_code == 422, reply.text
    assert words in reply.json()["title"]
    assert server.post("/api/v1/setup/offer", json={"token": token}).status_code == 200


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_the_shell_adds_lists_and_resets_by_the_same_rules(
    empty: Settings,
    server: TestClient[Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(users, "read_settings", lambda: empty)
    add = ["user", "add", "--login", "li", "--name", "李", "--section", "危化科", "--roles"]
    said = refused(lambda: main([*add, "R1"]))
    assert "首次设置" in said
    assert set_up(server, link(empty)).status_code == 204
    assert "专家只提意见" in refused(lambda: main([*add, "R1,R9"]))
    main([*add, "R1"])
    login, code, name = capsys.readouterr().out.split()
    assert (login, name) == ("li", "李")
    assert server.post("/api/v1/session", json={"login": "li", "password": code}).status_code == 409
    main(["user", "reset", "li"])
    assert capsys.readouterr().out.split()[1] != code
    main(["user", "list"])
    assert "admin1" in capsys.readouterr().out


def test_the_link_leads_to_the_port_the_command_line_names(tmp_path: Path) -> None:
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("ANXUN_")}
    command = [sys.executable, "-m", "backend.cli", "serve", "--port", str(port)]
    environment = {**own, "ANXUN_DATA_DIR": str(tmp_path), "ANXUN_PORT": "8000"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as running:
        assert running.stdout
        said = [running.stdout.readline().decode("utf-8") for _ in range(2)]
        running.terminate()
    assert "首次设置" in said[0]
    assert said[1].startswith(f"http://localhost:{port}/#/setup/")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(SystemExit) as stopped:
        act()
    return str(stopped.value.code)

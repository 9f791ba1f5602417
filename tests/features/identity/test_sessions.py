"""Logging in, and a session renewed by the enrolment's key."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from litestar.testing import TestClient

from backend.core.signing import KeyPair
from backend.demo.load import PASSWORD
from backend.features.identity.service.renewal import CHALLENGE_MS, is_ours, make_challenge
from backend.settings import Settings
from sync.server.chain import signed_text
from tests.features.dossiers.phone import Phone, new_key

BROWSER = {"Sec-Fetch-Site": "same-origin"}
NOW = 1_780_000_000_000


def challenged(client: TestClient[Any], device: str) -> str:
    reply = client.post("/api/v1/session/challenge", json={"device": device})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["challenge"])


def renew(client: TestClient[Any], device: str, challenge: str, key: KeyPair) -> Any:
    signature = key.sign(signed_text("session", device, challenge))
    body = {"device": device, "challenge": challenge, "signature": signature}
    return client.post("/api/v1/session/renewal", json=body)


def test_a_login_gives_a_new_session_each_time_and_a_browser_no_token_to_read(
    client: TestClient[Any],
) -> None:
    body = {"login": "lijie", "password": PASSWORD}
    client.cookies.set("__Host-anxun", "chosen-by-the-attacker")
    replies = [client.post("/api/v1/session", json=body, headers=BROWSER) for _ in range(2)]
    cookies = [reply.headers["set-cookie"] for reply in replies]
    assert [reply.json()["token"] for reply in replies] == ["", ""]
    assert cookies[0] != cookies[1]
    assert "chosen-by-the-attacker" not in "".join(cookies)
    assert all("HttpOnly" in each and "Secure" in each for each in cookies)


@pytest.mark.parametrize(("login", "password"), [("lijie", "falsch"), ("niemand", PASSWORD)])
def test_a_wrong_login_says_the_same_for_an_unknown_name(
    client: TestClient[Any], login: str, password: str
) -> None:
    reply = client.post("/api/v1/session", json={"login": login, "password": password})
    assert reply.status_code == 401
    assert reply.json()["title"] == "账号或密码不对。没有登录，请再试。"


def test_the_eleventh_login_in_five_minutes_is_refused(client: TestClient[Any]) -> None:
    body = {"login": "lijie", "password": "falsch"}
    codes = [client.post("/api/v1/session", json=body).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_the_tries_of_a_login_are_counted_however_it_is_spelled(client: TestClient[Any]) -> None:
    spellings = ["lijie", "LiJie", " lijie", "lijie\t", "LIJIE", "liJie  "]
    bodies = [{"login": spellings[n % 6], "password": "falsch"} for n in range(11)]
    codes = [client.post("/api/v1/session", json=body).status_code for body in bodies]
    assert codes == [401] * 10 + [429]


def test_SN12_an_enrolments_key_renews_its_officers_session(
    client: TestClient[Any], phone: Callable[[str], Phone]
) -> None:
    held = phone("lijie")
    reply = renew(client, held.device, challenged(client, held.device), held.key)
    assert reply.status_code == 201, reply.text
    bearer = {"Authorization": f"Bearer {reply.json()['token']}"}
    client.cookies.clear()
    assert client.get("/api/v1/me", headers=bearer).json()["officer"] == "lijie"


def test_a_phone_is_enrolled_only_soon_after_a_password(
    client: TestClient[Any], phone: Callable[[str], Phone], settings: Settings
) -> None:
    """Whoever holds a locked phone has its cookie, or its key's, but no password."""
    held = phone("lijie")
    token = renew(client, held.device, challenged(client, held.device), held.key).json()["token"]
    client.cookies.clear()
    with sqlite3.connect(settings.data_dir / "anxun.sqlite") as database:
        late = "UPDATE session SET enrols_until = enrols_until - 15 * 60000"
        database.execute(f"{late} WHERE enrols_until > 0")
    for bearer in (token, held.token):
        headers = {"Authorization": f"Bearer {bearer}"}
        body = {"public_key": new_key().public, "name": "手机"}
        reply = client.post("/api/v1/enrolments", json=body, headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (403, "login_again")


@pytest.mark.parametrize("fault", ["another key", "another's challenge", "made up", "cut"])
def test_SN12_what_the_enrolment_did_not_sign_renews_nothing(
    client: TestClient[Any], phone: Callable[[str], Phone], fault: str
) -> None:
    held, other = phone("lijie"), phone("nurlan")
    challenge = challenged(client, (other if fault == "another's challenge" else held).device)
    if fault == "made up":
        challenge = make_challenge(new_key(), held.device, NOW, "ab")
    if fault == "cut":
        challenge = challenge[:-1]
    key = other.key if fault == "another key" else held.key
    reply = renew(client, held.device, challenge, key)
    assert reply.status_code == 401
    assert reply.json()["code"] == "challenge"
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize(
    "close",
    ["UPDATE officer SET active = 0 WHERE id = 'lijie'", "UPDATE device SET revoked = 1"],
)
def test_SN12_a_closed_account_or_phone_gets_no_session(
    client: TestClient[Any], phone: Callable[[str], Phone], settings: Settings, close: str
) -> None:
    held = phone("lijie")
    challenge = challenged(client, held.device)
    with sqlite3.connect(settings.data_dir / "anxun.sqlite") as database:
        database.execute(close)
    reply = renew(client, held.device, challenge, held.key)
    assert reply.status_code == 403
    assert reply.json()["code"] == "enrolment"


@pytest.mark.parametrize(
    ("late", "ours"), [(-1, False), (0, True), (CHALLENGE_MS - 1, True), (CHALLENGE_MS, False)]
)
def test_SN12_a_challenge_lasts_two_minutes(late: int, ours: bool) -> None:
    key = new_key()
    assert is_ours(key, "d1", make_challenge(key, "d1", NOW, "ab12"), NOW + late) is ours


@pytest.mark.parametrize("words", ["", ".", "1", "x.y.z", f"{NOW}.a\nb.c", "٣.a.b", f"{NOW}.."])
def test_SN12_malformed_challenges_are_a_plain_no(words: str) -> None:
    assert not is_ours(new_key(), "d1", words, NOW)

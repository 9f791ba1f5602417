"""企业码 as the server gives it: what phones take for ours, under whatever address it runs."""

from collections.abc import Callable
from typing import Any

from litestar.testing import TestClient

from backend.core.signing import ServerKeys, verify
from backend.features.enterprises.rules import CodeParts, parse_code
from backend.settings import Settings
from tests.features.dossiers.phone import Phone

CODE = "91652301MA0001181J"


def test_a_code_of_a_server_tried_out_on_localhost_is_read_and_its_signature_holds(
    client: TestClient[Any], phone: Callable[[str], Phone], settings: Settings
) -> None:
    assert settings.public_url.startswith("http://localhost")
    held = phone("lijie")
    text = client.get(f"/api/v1/enterprises/{CODE}/code", headers=held.headers()).json()["text"]
    parts = parse_code(text)
    assert isinstance(parts, CodeParts)
    keys = ServerKeys.at(settings.data_dir / "keys")
    assert parts.key == keys.code.id
    assert verify(keys.code.public, parts.signed_text, parts.signature)

"""收据: what the server signs, when, and that it can be checked without our code."""

import base64
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from backend.features.evidence import public
from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import (
    Office,
    create,
    evidence,
    metadata,
    photo,
    records,
    send,
    upload,
)

Enrol = Callable[[str], Phone]


def state(phone: Phone, record: str) -> Any:
    return phone.client.get(f"/api/v1/evidence/{record}/state", headers=phone.headers()).json()


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def server_key(phone: Phone) -> tuple[str, ec.EllipticCurvePublicKey]:
    """As a phone learns it at enrolment."""
    reply = phone.post("/api/v1/enrolments", {"public_key": phone.key.public, "name": "x"}).json()
    key = serialization.load_der_public_key(from_base64url(reply["sign_public"]))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return reply["sign_key"], key


def missing(office: Office, dossier: str) -> list[str]:
    async def asked(dossiers: Any, _blobs: Any) -> list[str]:
        async with dossiers.database.read() as connection:
            return [held.record for held in await public.missing(connection, dossier)]

    return office.with_log(asked)


def test_the_receipt_is_signed_over_the_text_of_the_paper(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 30)
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data)
    lijie.push()
    upload(lijie, metadata(dossier, record, data), data)
    (receipt,) = records(lijie, dossier, "receipt")
    key_id, key = server_key(lijie)
    text = (
        f"anxun/receipt/1\n{key_id}\n{dossier}\n{record}\n{sha256(data).hexdigest()}\n"
        f"{len(data)}\n{receipt['received']}\n"
    )
    raw = from_base64url(receipt["signature"])
    signature = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(signature, text.encode(), ec.ECDSA(hashes.SHA256()))
    assert (receipt["evidence"], receipt["key"]) == (record, key_id)
    assert (receipt["sha256"], receipt["bytes"]) == (sha256(data).hexdigest(), len(data))
    assert state(lijie, record) == {
        "state": "stored",
        "offset": len(data),
        "length": len(data),
        "receipt": receipt["record"],
        **{name: receipt[name] for name in ("received", "key", "signature")},
    }


def test_a_file_that_comes_before_its_record_is_signed_for_once_the_record_is_there(
    office: Office, phone: Enrol
) -> None:
    lijie, data = phone("lijie"), photo(9_000, 31)
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data)
    assert upload(lijie, metadata(dossier, record, data), data).status_code == 204
    assert state(lijie, record)["state"] == "stored"
    assert state(lijie, record)["receipt"] == ""
    lijie.push()
    assert missing(office, dossier) == [record]
    office.work()
    (receipt,) = records(lijie, dossier, "receipt")
    assert receipt["evidence"] == record
    assert missing(office, dossier) == []


def test_two_uploads_of_one_evidence_give_one_receipt(office: Office, phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 32)
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data)
    lijie.push()
    for _ in range(2):
        assert upload(lijie, metadata(dossier, record, data), data).status_code == 204
    office.work(later=61_000)
    assert len(records(lijie, dossier, "receipt")) == 1


def test_one_file_for_two_records_is_kept_once_and_signed_for_twice(
    office: Office, phone: Enrol
) -> None:
    lijie, data = phone("lijie"), photo(9_000, 33)
    dossier = lijie.open_dossier()
    both = [evidence(lijie, dossier, data), evidence(lijie, dossier, data)]
    lijie.push()
    upload(lijie, metadata(dossier, both[0], data), data)
    assert missing(office, dossier) == [both[1]]
    upload(lijie, metadata(dossier, both[1], data), data)
    receipts = records(lijie, dossier, "receipt")
    assert sorted(each["evidence"] for each in receipts) == sorted(both)
    assert missing(office, dossier) == []


def test_a_file_other_than_the_recorded_one_is_never_signed_for(
    office: Office, phone: Enrol
) -> None:
    lijie, data, other = phone("lijie"), photo(9_000, 34), photo(8_000, 35)
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data)
    upload(lijie, metadata(dossier, record, other), other)
    lijie.push()
    office.work()
    assert records(lijie, dossier, "receipt") == []
    assert missing(office, dossier) == [record]
    assert state(lijie, record)["state"] == "absent"
    upload(lijie, metadata(dossier, record, data), data)
    assert len(records(lijie, dossier, "receipt")) == 1


def test_the_state_follows_the_file(phone: Enrol) -> None:
    lijie, data = phone("lijie"), photo(9_000, 36)
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data)
    assert state(lijie, record)["state"] == "absent"
    lijie.push()
    where = create(lijie, metadata(dossier, record, data), len(data)).headers["Location"]
    send(lijie, where, 0, data[:4000])
    assert state(lijie, record) == {
        "state": "uploading",
        "offset": 4000,
        "length": 9000,
        "receipt": "",
        "received": 0,
        "key": "",
        "signature": "",
    }
    send(lijie, where, 4000, data[4000:])
    assert state(lijie, record)["state"] == "stored"

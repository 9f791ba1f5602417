"""Lines that are cut, servers that die, workers that race, uploads nobody goes on with."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import httpx
import pytest
import sqlalchemy as sa

from backend.features.evidence import public
from backend.features.evidence.tables.uploads import upload as upload_table
from tests.features.dossiers.phone import Phone
from tests.features.evidence.office import (
    PIECE,
    TUS,
    Office,
    create,
    cut_off,
    evidence,
    metadata,
    offset,
    photo,
    records,
    send,
    stand,
    upload,
)

MIB = 2**20
DAY_MS = 86_400_000


@pytest.fixture
def two_offices(template: Path, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two server processes over one database and one folder."""
    shutil.copytree(template, tmp_path / "data")
    running = Office(tmp_path / "data").start(), Office(tmp_path / "data").start()
    yield running
    for office in running:
        office.close()


def begun(office: Office, data: bytes, kind: str = "image/jpeg") -> tuple[Phone, str, str]:
    lijie = office.phone("lijie")
    dossier = lijie.open_dossier()
    record = evidence(lijie, dossier, data, kind)
    lijie.push()
    made = create(lijie, metadata(dossier, record, data, kind), len(data))
    assert made.status_code == 201, made.text
    return lijie, dossier, made.headers["Location"]


def until(seen: Callable[[], bool]) -> None:
    """Ask the server until it is so; each question is a request of its own."""
    for _ in range(5000):
        if seen():
            return
    pytest.fail("never came")


def half_a_patch(phone: Phone, where: str, data: bytes, length: int) -> bytes:
    headers = phone.headers(**PIECE, **{"Upload-Offset": "0", "Content-Length": str(length)})
    lines = [f"PATCH {where} HTTP/1.1", "Host: x", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def test_a_cut_line_costs_only_what_had_not_come(office: Office) -> None:
    data = photo(2 * MIB, 20)
    lijie, _, where = begun(office, data)
    cut_off(office.address, half_a_patch(lijie, where, data[:MIB], len(data)))
    until(lambda: offset(lijie, where) > 0)
    at = offset(lijie, where)
    assert 0 < at <= MIB
    assert send(lijie, where, at, data[at:]).status_code == 204
    assert office.kept(data).read_bytes() == data


def test_a_server_killed_in_mid_upload_goes_on_where_it_was(own_office: Office) -> None:
    data = photo(3 * MIB, 21)
    lijie, dossier, where = begun(own_office, data)
    send(lijie, where, 0, data[:MIB])
    own_office.kill()
    own_office.start()
    assert offset(lijie, where) == MIB
    assert send(lijie, where, MIB, data[MIB:]).status_code == 204
    assert len(records(lijie, dossier, "receipt")) == 1


def test_of_two_workers_with_the_same_piece_one_wins(two_offices: tuple[Office, Office]) -> None:
    one, two = two_offices
    data = photo(8 * 10_000, 22)
    lijie, dossier, where = begun(one, data)
    clients = [httpx.Client(base_url=each.url, timeout=30) for each in two_offices]

    def race(at: int) -> list[int]:
        start = Barrier(2)

        def patch(client: httpx.Client) -> int:
            headers = lijie.headers(**PIECE, **{"Upload-Offset": str(at)})
            start.wait()
            return client.patch(where, content=data[at : at + 10_000], headers=headers).status_code

        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(patch, clients))

    *before, last = range(0, len(data), 10_000)
    assert [race(at) for at in before] == [[204, 409]] * 7
    # The loser of the last piece may come while the whole file is being checked (tus 423).
    assert race(last) in ([204, 409], [204, 423])
    assert one.kept(data).read_bytes() == data
    assert two.staged() == []
    assert len(records(lijie, dossier, "receipt")) == 1


def test_a_large_file_is_checked_by_the_worker_and_may_not_be_touched_meanwhile(
    own_office: Office,
) -> None:
    data = b"\x1a\x45\xdf\xa3" + bytes(65 * MIB)
    lijie, dossier, where = begun(own_office, data, "video/webm")
    for at in range(0, len(data), 16 * MIB):
        assert send(lijie, where, at, data[at : at + 16 * MIB]).status_code == 204
    assert stand(lijie, where).headers["Anxun-Upload"] == "checking"
    assert send(lijie, where, len(data), b"!").status_code == 423
    assert lijie.client.delete(where, headers=lijie.headers(**TUS)).status_code == 423
    assert records(lijie, dossier, "receipt") == []
    assert own_office.work() >= 1
    assert stand(lijie, where).headers["Anxun-Upload"] == "stored"
    assert sha256(own_office.kept(data).read_bytes()).digest() == sha256(data).digest()
    assert len(records(lijie, dossier, "receipt")) == 1
    assert own_office.staged() == []


def test_a_large_file_that_is_another_one_starts_anew(own_office: Office) -> None:
    data = b"\x1a\x45\xdf\xa3" + bytes(65 * MIB)
    lijie, dossier, where = begun(own_office, data, "video/webm")
    other = data[:-1] + b"!"
    for at in range(0, len(data), 16 * MIB):
        send(lijie, where, at, other[at : at + 16 * MIB])
    own_office.work()
    headers = stand(lijie, where).headers
    assert (headers["Anxun-Upload"], headers["Upload-Offset"]) == ("receiving", "0")
    assert records(lijie, dossier, "receipt") == []
    assert own_office.staged() == []


def test_a_process_that_dies_before_the_check_leaves_it_to_the_worker(own_office: Office) -> None:
    data = photo(9_000, 23)
    lijie, dossier, where = begun(own_office, data)
    send(lijie, where, 0, data[:5000])
    _lose_the_finish(own_office, lijie, where, data)
    assert stand(lijie, where).headers["Anxun-Upload"] == "checking"
    own_office.work(later=61_000)
    assert stand(lijie, where).headers["Anxun-Upload"] == "stored"
    own_office.work(later=10 * 61_000)
    assert len(records(lijie, dossier, "receipt")) == 1


def _lose_the_finish(office: Office, phone: Phone, where: str, data: bytes) -> None:
    """Bring the last piece with a folder that cannot be written, as a full disk would be."""
    kept = office.folder / "blobs" / "sha256"
    kept.write_text("in the way")
    assert send(phone, where, 5000, data[5000:]).status_code == 500
    kept.unlink()


def test_an_upload_nobody_goes_on_with_expires_and_is_swept(own_office: Office) -> None:
    data = photo(9_000, 24)
    lijie, _, where = begun(own_office, data)
    send(lijie, where, 0, data[:5000])
    assert own_office.with_log(public.sweep, later=6 * DAY_MS) == 0
    _set_expires(own_office, where, 1)
    reply = send(lijie, where, 5000, data[5000:])
    assert (reply.status_code, reply.json()["code"]) == (410, "expired")
    assert own_office.with_log(public.sweep) == 1
    assert own_office.staged() == []
    assert stand(lijie, where).status_code == 404


def test_a_stored_upload_never_expires(own_office: Office) -> None:
    data = photo(9_000, 25)
    lijie, dossier, where = begun(own_office, data)
    send(lijie, where, 0, data)
    assert own_office.with_log(public.sweep, later=30 * DAY_MS) == 0
    assert stand(lijie, where).headers["Anxun-Upload"] == "stored"
    again = upload(
        lijie, metadata(dossier, records(lijie, dossier, "evidence")[0]["record"], data), data
    )
    assert again.status_code == 204


def _set_expires(office: Office, where: str, expires: int) -> None:
    engine = sa.create_engine(f"sqlite:///{office.folder / 'anxun.sqlite'}")
    name = where.rpartition("/")[2]
    with engine.begin() as connection:
        connection.execute(
            upload_table.update().where(upload_table.c.id == name).values(expires=expires)
        )
    engine.dispose()

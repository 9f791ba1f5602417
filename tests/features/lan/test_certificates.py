"""The authority and certificate of a machine that phones of its network shall trust."""

import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from backend.lan.addresses import Reached, find
from backend.lan.authority import Files, authority, renew

NOW = 1_800_000_000_000
DAY_MS = 86_400_000
HOME = Reached(("192.168.1.20", "127.0.0.1"), ("desk", "desk.local", "localhost"))
MOVED = Reached(("192.168.1.77", "127.0.0.1"), HOME.names)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "lan")


def served(files: Files) -> x509.Certificate:
    return x509.load_pem_x509_certificate(files.certificate.read_bytes())


def test_the_authority_is_made_once(files: Files) -> None:
    made = authority(files, HOME, NOW)
    later = authority(files, MOVED, NOW + 400 * DAY_MS)
    assert later.certificate == made.certificate


def test_the_keys_are_the_owners_alone(files: Files) -> None:
    renew(files, authority(files, HOME, NOW), HOME, NOW)
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    keys = sorted(files.folder.glob("*.key"))
    assert [(key.name, stat.S_IMODE(key.stat().st_mode)) for key in keys] == [
        ("ca.key", 0o600),
        ("server.key", 0o600),
    ]


def test_the_certificate_names_every_address_and_name(files: Files) -> None:
    issuer = authority(files, HOME, NOW)
    assert renew(files, issuer, HOME, NOW)
    served(files).verify_directly_issued_by(issuer.certificate)
    names = served(files).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.DNSName)) == set(HOME.names)
    assert {str(ip) for ip in names.get_values_for_type(x509.IPAddress)} == set(HOME.addresses)


def test_it_stays_while_it_fits(files: Files) -> None:
    issuer = authority(files, HOME, NOW)
    renew(files, issuer, HOME, NOW)
    assert not renew(files, issuer, HOME, NOW + 59 * DAY_MS)


@pytest.mark.parametrize(("reached", "days"), [(MOVED, 0), (HOME, 61)])
def test_another_address_or_the_coming_end_makes_it_anew(
    files: Files, reached: Reached, days: int
) -> None:
    issuer = authority(files, HOME, NOW)
    renew(files, issuer, HOME, NOW)
    before = served(files)
    assert renew(files, issuer, reached, NOW + days * DAY_MS)
    assert served(files).serial_number != before.serial_number
    assert stat.S_IMODE(files.key.stat().st_mode) == 0o600


def test_an_authority_near_its_end_is_replaced_and_with_it_the_certificate(files: Files) -> None:
    renew(files, old := authority(files, HOME, NOW), HOME, NOW)
    later = NOW + 3640 * DAY_MS
    new = authority(files, HOME, later)
    assert new.certificate != old.certificate
    assert renew(files, new, HOME, later)
    served(files).verify_directly_issued_by(new.certificate)
    with pytest.raises(InvalidSignature):
        served(files).verify_directly_issued_by(old.certificate)


def test_an_authority_that_may_not_speak_for_the_machine_is_replaced(files: Files) -> None:
    """A network of other addresses, or another name of the machine."""
    made = authority(files, HOME, NOW)
    elsewhere = Reached(("198.18.0.9", "127.0.0.1"), HOME.names)
    assert authority(files, elsewhere, NOW).certificate != made.certificate
    assert authority(files, HOME, NOW).certificate != made.certificate


def test_it_can_speak_for_no_site_of_the_world(files: Files) -> None:
    limits = authority(files, HOME, NOW).certificate.extensions.get_extension_for_class(
        x509.NameConstraints
    )
    assert limits.critical
    named = {each.value for each in limits.value.permitted_subtrees or []}
    assert named >= {"desk", "desk.local", "localhost"}
    assert all(each in HOME.names for each in named if isinstance(each, str))
    assert not any(each.is_global for each in named if not isinstance(each, str))


def test_this_machine_is_reached_under_local_addresses_only() -> None:
    reached = find()
    assert reached.addresses[-1] == "127.0.0.1"
    assert "localhost" in reached.names

"""The certificate authority of one machine, and the server certificate it gives.

The authority can speak for local addresses and this machine's own names only: whoever stole its key
could not stand in for any other site on a phone that trusts it.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.lan.addresses import Reached

_LOCAL = tuple(
    map(
        IPv4Network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"),
    )
)
_AUTHORITY_DAYS = 3650
_SERVER_DAYS = 90
"""Phones refuse a server certificate of more than 825 days."""
_RENEW_BEFORE = timedelta(days=30)
_SKEW = timedelta(days=1)
"""A phone's clock may be behind."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 as phones show it, to be compared by eye."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def pem(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@dataclass(frozen=True, slots=True)
class Files:
    """Where they lie: `<data>/lan`, open to the owner only."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """Of the server."""
        return self.folder / "server.crt"

    @property
    def key(self) -> Path:
        """Of the server."""
        return self.folder / "server.key"


def authority(files: Files, reached: Reached, now: int) -> Pair:
    """Made once; anew only where it may not speak for an address or name of today, or has ended."""
    files.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = _read(files.folder / "ca.crt", files.folder / "ca.key")
    if kept and _lasts(kept.certificate, now) and _may_speak_for(kept.certificate, reached):
        return kept
    made = _make_authority(reached, _moment(now))
    _write(made, files.folder / "ca.crt", files.folder / "ca.key")
    return made


def renew(files: Files, issuer: Pair, reached: Reached, now: int) -> bool:
    """Bring the server certificate up to date; True where it had to be made."""
    kept = _read(files.certificate, files.key)
    if kept and _serves(kept.certificate, issuer, reached, now):
        return False
    _write(_make_server(issuer, reached, _moment(now)), files.certificate, files.key)
    return True


def _serves(given: x509.Certificate, issuer: Pair, reached: Reached, now: int) -> bool:
    wanted = [*map(x509.DNSName, reached.names), *_ips(reached)]
    known = given.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    # The authority may have been made anew since, under the same name.
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    by = given.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    return by == identifier and set(known) == set(wanted) and _lasts(given, now)


def _lasts(given: x509.Certificate, now: int) -> bool:
    return _moment(now) + _RENEW_BEFORE < given.not_valid_after_utc


def _may_speak_for(given: x509.Certificate, reached: Reached) -> bool:
    limits = given.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = limits.permitted_subtrees or []
    names = {each.value for each in permitted if isinstance(each, x509.DNSName)}
    networks = [each.value for each in permitted if isinstance(each.value, IPv4Network)]
    inside = (
        any(IPv4Address(address) in network for network in networks)
        for address in reached.addresses
    )
    return names.issuperset(reached.names) and all(inside)


def _make_authority(reached: Reached, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    own = [IPv4Network(address) for address in reached.addresses]
    networks = dict.fromkeys((*_LOCAL, *own))
    limits = [*map(x509.DNSName, reached.names), *map(x509.IPAddress, networks)]
    name = f"安巡 本机证书 {reached.names[0]}"
    certificate = (
        _begin(name, name, key, now, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(limits, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Pair(certificate, key)


def _make_server(issuer: Pair, reached: Reached, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    by = issuer.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    names = [*map(x509.DNSName, reached.names), *_ips(reached)]
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    certificate = (
        _begin(reached.addresses[0], str(by), key, now, _SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(identifier, critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
    return Pair(certificate, key)


def _begin(
    name: str, by: str, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, by)]))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _ips(reached: Reached) -> list[x509.IPAddress]:
    return [x509.IPAddress(IPv4Address(address)) for address in reached.addresses]


def _moment(now: int) -> datetime:
    return datetime.fromtimestamp(now // 1000, UTC)


def _read(certificate: Path, key: Path) -> Pair | None:
    if not (certificate.exists() and key.exists()):
        return None
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        return None
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    return Pair(read, private) if read.public_key() == private.public_key() else None


def _write(pair: Pair, certificate: Path, key: Path) -> None:
    """The key first: a certificate without its own key is made anew."""
    private = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    certificate.write_bytes(pair.pem)

"""People of a bureau and their certificates (S2-8(8), S3-1.1)."""

from typing import Literal

from sync.server.schema import Authority, EntityRule, Record, Value, entity

Role = Literal["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R9", "R11", "R13", "R14"]
"""Roles of domain.md 6.1 that hold an account; R10 enterprises hold none, R8 and R12 act as others."""

CertificateState = Literal["valid", "not_yet", "expired", "suspended"]


class Certificate(Value):
    """行政执法证件: number, sectors it covers, first and last day of validity (Asia/Shanghai)."""

    number: str
    scope: list[str]
    issued: str
    until: str
    suspended: bool = False


class Officer(Value):
    """执法人员, 专家 or 辅助人员 as the register of the bureau shows them to phones."""

    id: str
    name: str
    section: str
    section_name: str
    roles: list[str]
    certificate: Certificate | None = None
    """The one that counted when the register was last written."""

    certificates: list[Certificate] = []
    """Every one he was issued: a phone chooses by the day, with or without a network."""

    active: bool = True
    phone: str = ""
    devices: list[str] = []
    """Enrolments, ended ones too: whose hand a changeset is."""


class OfficerEntry(Record):
    """One row of `ref.officers.<bureau>`."""

    record: Authority[Officer] | None = None


class ServerKey(Value):
    """A public key (SPKI, base64url): `sign` for receipts, `code` for QR codes, `hpke`."""

    id: str
    use: str
    public: str
    withdrawn_on: str = ""


class ServerKeyEntry(Record):
    """One row of `ref.keys.<bureau>`."""

    record: Authority[ServerKey] | None = None


ENTITIES: tuple[EntityRule, ...] = (
    entity("officer", OfficerEntry, "server"),
    entity("server_key", ServerKeyEntry, "server"),
)

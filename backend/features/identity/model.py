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


class Officer(Record):
    """执法人员, 专家 or 辅助人员 as the register of the bureau shows them to phones."""

    name: Authority[str] = ""
    section: Authority[str] = ""
    section_name: Authority[str] = ""
    roles: Authority[list[str]] = []
    certificate: Authority[Certificate] | None = None
    active: Authority[bool] = True
    phone: Authority[str] = ""


class ServerKey(Record):
    """A public key of the server or a bureau: `sign` for receipts, `code` for QR codes, `hpke`."""

    use: Authority[str] = ""
    public: Authority[str] = ""
    withdrawn_on: Authority[str] = ""


ENTITIES: tuple[EntityRule, ...] = (
    entity("officer", Officer, "server"),
    entity("server_key", ServerKey, "server"),
)

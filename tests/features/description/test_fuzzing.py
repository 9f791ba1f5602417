"""The OpenAPI description against the running server, signed in as every role and as nobody.

Schemathesis makes requests that fit the description and requests that do not. Whatever comes, the
server answers as described and never with a fault of its own.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.core.openapi import describe
from backend.features.imports.papers.workbook import XLSX
from tests.features.dossiers.server import Server

LOGINS = {
    "nobody": "",
    "R1": "lijie",
    "R2": "gulnar",
    "R3": "yanglin",
    "R4": "hejianguo",
    "R5": "ayinuer",
    "R6": "wumin",
    "R7": "xujianming",
    "R9": "dinghongwei",
    "R13": "zhoutao",
    "R14": "gaoyuan",
}
APART = {"/api/v1/sync/poke", "/health/ready"}
"""A stream of events has no end to wait for, and readiness says 503 by design: proved elsewhere."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("ANXUN_EXAMPLES", "1"))
"""Of each kind an operation; more for a long run."""
ASKERS = {"sqlite": frozenset(LOGINS), "postgresql": frozenset({"nobody", "R2", "R5", "R14"})}
"""PostgreSQL differs in what its columns take, not in who may ask."""
HOST = "http://localhost:8000"


@schemathesis.serializer("application/x-ndjson", "application/offset+octet-stream", XLSX)
def raw(_context, value) -> bytes:
    """Bodies that are no JSON: whatever bytes came up."""
    return getattr(value, "data", None) or str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def described(running: Server) -> BaseSchema:
    schema = schemathesis.openapi.from_dict(describe(running.client.app))
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


def test_every_answer_is_described_whoever_asks(running: Server, described: BaseSchema) -> None:
    kind = "sqlite" if running.settings.database_url.startswith("sqlite") else "postgresql"
    signs = {role: _sign_in(running, LOGINS[role]) for role in sorted(ASKERS[kind])}
    asking = Asking(running, signs)
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path not in APART:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                asking.ask(operation, mode)
    assert asking.asked > 100 * len(signs)
    assert asking.faults == []


def _sign_in(running: Server, login: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {running.phone(login).token}"} if login else {}


@dataclass
class Asking:
    """Every role asks the same; what was wrong in the answers, once each."""

    running: Server
    signs: dict[str, dict[str, str]]
    asked: int = 0
    faults: list[str] = field(default_factory=list)

    def ask(self, operation: APIOperation, mode: GenerationMode) -> None:
        """A few requests of one kind to one operation."""

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Case) -> None:
            request = case.as_transport_kwargs(base_url=HOST)
            for role, sign in self.signs.items():
                self._send(role, case, _signed(request, sign))

        with suppress(Unsatisfiable):
            send()

    def _send(self, role: str, case: Case, request: dict[str, Any]) -> None:
        self.running.client.cookies.clear()
        answer = self.running.client.request(**request)
        self.asked += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            asked = f"{role} {case.method} {case.operation.path} {answer.status_code}"
            said = [f"{asked}: {fault.title} {fault.message[:200]}" for fault in group.exceptions]
            self.faults += [each for each in said if each not in self.faults]


def _signed(request: dict[str, Any], sign: dict[str, str]) -> dict[str, Any]:
    """With our own sign of who asks; the client counts the body itself."""
    kept = {
        name: value
        for name, value in (request.get("headers") or {}).items()
        if name.lower() not in ("authorization", "cookie", "content-length")
    }
    return {**request, "headers": {**kept, **sign}, "cookies": None}

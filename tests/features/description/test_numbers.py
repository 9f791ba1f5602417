"""A number in an address that no column holds is refused like any other that cannot be."""

from collections.abc import Iterator
from typing import Any

from backend.core.openapi import describe
from tests.features.dossiers.server import Server

BEYOND = (2**63, -(2**63) - 1)
"""What neither database counts to."""


def asking(described: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path and name of every number a query may hold, with its schema."""
    for path, item in described["paths"].items():
        for each in item.get("get", {}).get("parameters", []):
            kinds = each["schema"].get("oneOf", [each["schema"]])
            for schema in (kind for kind in kinds if kind["type"] == "integer"):
                if each["in"] == "query":
                    yield path, each["name"], schema


def test_no_number_of_a_query_is_too_great_for_the_server(running: Server) -> None:
    signs = [running.phone(login).headers() for login in ("gaoyuan", "ayinuer")]
    asked = list(asking(describe(running.client.app)))
    bounded = {(path, name) for path, name, schema in asked if schema.get("maximum") == 2**53 - 1}
    assert bounded == {("/api/v1/clocks", "until"), ("/api/v1/admin/audit", "before")}
    for path, name, schema in asked:
        for number in BEYOND:
            for sign in signs:
                reply = running.client.get(path, params={name: number}, headers=sign)
                said = (path, name, number, reply.status_code)
                assert reply.status_code < 500, said
                if {"minimum", "maximum"} & schema.keys():
                    assert reply.status_code == 400, said


def test_the_greatest_instant_and_number_are_answered(running: Server) -> None:
    sign = running.phone("ayinuer").headers()
    for path in ("/api/v1/clocks?until=", "/api/v1/admin/audit?before="):
        assert running.client.get(f"{path}{2**53 - 1}", headers=sign).status_code == 200
        assert running.client.get(f"{path}{2**53}", headers=sign).status_code == 400

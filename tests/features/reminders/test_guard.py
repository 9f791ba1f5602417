"""Push endpoints are user input: nothing inside can be reached by one."""

from collections.abc import Sequence

import pytest

from backend.features.deadlines.public import EndpointGuard
from backend.features.deadlines.service.endpoints import (
    ForbiddenEndpoint,
    GuardedResolver,
    is_public,
    resolve_host,
)

NAMES = {
    "push.example": ["203.0.114.7"],
    "both.example": ["203.0.114.7", "10.0.0.5"],
    "inward.example": ["10.1.2.3"],
    "inward6.example": ["fd00::1"],
    "loop.example": ["127.0.0.1"],
    "meta.example": ["169.254.169.254"],
    "empty.example": [],
}


async def resolve(host: str) -> Sequence[str]:
    if host not in NAMES:
        raise OSError
    return NAMES[host]


GUARD = EndpointGuard(frozenset(), resolve)


@pytest.mark.parametrize(
    "endpoint", ["https://push.example/x", "https://push.example:443/x?y", "https://1.1.1.1/x"]
)
async def test_a_public_https_endpoint_passes(endpoint: str) -> None:
    await GUARD.check(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "ftp://push.example/x",
        "file:///etc/passwd",
        "//push.example/x",
        "https:///x",
        "",
        "https://push.example:8443/x",
        "https://push.example:x/",
        "https://me@push.example/x",
        "https://push.example\\@127.0.0.1/x",
        "https://push.example /x",
        "https://push.example/\n",
        "https://pusｈ.example/x",
        "https://push.example/" + "x" * 1024,
        "https://127.0.0.1/x",
        "https://127.0.0.1:443/x",
        "https://10.0.0.1/x",
        "https://172.16.5.4/x",
        "https://192.168.1.1/x",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/x",
        "https://0.0.0.0/x",
        "https://224.0.0.1/x",
        "https://[::1]/x",
        "https://[fe80::1]/x",
        "https://[fd00::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[64:ff9b::7f00:1]/x",
        "https://[2002:7f00:1::]/x",
        "https://unknown.example/x",
        "https://inward.example/x",
        "https://inward6.example/x",
        "https://both.example/x",
        "https://loop.example/x",
        "https://meta.example/x",
        "https://empty.example/x",
    ],
)
async def test_everything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(ForbiddenEndpoint):
        await GUARD.check(endpoint)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "127.1", "0x7f000001"])
async def test_spellings_of_this_machine_are_seen_through(host: str) -> None:
    with pytest.raises(ForbiddenEndpoint):
        await EndpointGuard(frozenset(), resolve_host).check(f"https://{host}/x")


@pytest.mark.parametrize("host", ["127.0.0.1", "inward.example"])
async def test_a_host_on_the_allow_list_passes_and_only_that(host: str) -> None:
    guard = EndpointGuard(frozenset({host}), resolve)
    await guard.check(f"http://{host}:8123/x")
    for other in ("http://push.example/x", "https://loop.example/x", f"ftp://{host}/x"):
        with pytest.raises(ForbiddenEndpoint):
            await guard.check(other)


async def test_a_name_that_turns_inward_between_check_and_call_is_not_connected() -> None:
    answers = [["203.0.114.7"], ["127.0.0.1"]]

    async def turning(_: str) -> Sequence[str]:
        return answers.pop(0)

    guard = EndpointGuard(frozenset(), turning)
    await guard.check("https://turning.example/x")
    with pytest.raises(OSError, match="inside"):
        await GuardedResolver(guard).resolve("turning.example", 443)


async def test_the_client_connects_to_what_was_judged() -> None:
    (found,) = await GuardedResolver(GUARD).resolve("push.example", 443)
    assert (found["host"], found["hostname"], found["port"]) == ("203.0.114.7", "push.example", 443)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1", True), ("198.18.0.1", False), ("::", False)],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public

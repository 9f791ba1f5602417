"""The shared vectors of the protocol, run against `sync.server`."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.core.signing import verify
from sync.server import chain, merge
from sync.server.admission import read_item, values_fit
from sync.server.changeset import Changeset, read_changeset
from sync.server.clock import effective_time, is_time, parse_id, tick
from sync.server.merge import RecordState
from sync.server.schema import EntityRule, Merge, MergeTable, Record

VECTORS = Path(__file__).parents[2] / "sync" / "vectors"


def load(name: str) -> list[Any]:
    document = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, document, id=case["name"]) for case in document["cases"]]


def table_of(spec: dict[str, Any]) -> MergeTable:
    entities = {}
    for name, entity in spec["entities"].items():
        fields = {
            field: Merge(rule["rule"], tuple(rule.get("ranks", ())))
            for field, rule in entity["fields"].items()
        }
        entities[name] = EntityRule(name, Record, entity["creator"], fields)
    return MergeTable(entities)


@pytest.mark.parametrize(
    "name", ["clock", "changeset", "chain", "merge", "union", "digest", "signed", "example"]
)
def test_count(name: str) -> None:
    print(f"vectors {name}: {len(load(name))}")
    assert load(name)


@pytest.mark.parametrize(("case", "document"), load("clock"))
def test_clock(case: Any, document: Any) -> None:
    given, expect, rule = case["given"], case["expect"], case["rule"]
    if rule == "CK1":
        assert is_time(given["text"]) == expect["valid"]
    elif rule == "CK2":
        assert tick(given["last"], given["wall"]) == expect["time"]
    elif rule == "CK3":
        assert effective_time(given["time"], given["received"]) == expect["effective"]
    elif rule == "CK4":
        seen = [row.get("effective") or row["time"] for row in given["rows"]]
        last = max([*filter(None, [given["last"]]), *seen], default=None)
        assert tick(last, given["wall"]) == expect["time"]
    else:
        assert [head["id"] for head in sorted(given["heads"], key=merge.head_order)] == expect[
            "order"
        ]


def reads(body: str, changeset_id: str, table: MergeTable) -> bool:
    place = parse_id(changeset_id)
    if place is None:
        return False
    item = read_item(place.device, place.epoch, place.n, body, "")
    if item.changeset is None:
        return False
    return values_fit(item.changeset, table)


@pytest.mark.parametrize(("case", "document"), load("changeset"))
def test_changeset(case: Any, document: Any) -> None:
    given = case["given"]
    body = given["body"]
    if fill := given.get("fill"):
        body = body.replace(fill["mark"], fill["text"] * fill["times"])
    assert reads(body, given["id"], table_of(document["table"])) == case["expect"]["valid"]


@pytest.mark.parametrize(("case", "document"), load("chain"))
def test_chain(case: Any, document: Any) -> None:
    given, expect = case["given"], case["expect"]
    prev, found = given["first_prev"], []
    for item in given["items"]:
        body_sha256 = item.get("body_sha256") or chain.body_hash(item["body"])
        text = f"anxun/link/1\n{item['id']}\n{prev}\n{body_sha256}"
        link_hash = chain.link(item["id"], prev, body_sha256)
        found.append(
            {
                "id": item["id"],
                "prev": prev,
                "hash": link_hash,
                "body_sha256": body_sha256,
                "link_text": text,
                "head_text": chain.head_text(item["id"], link_hash),
            }
        )
        prev = link_hash
    assert found == expect["links"]
    assert (
        verify(given["public_key"], found[-1]["head_text"], given["signature"]) == expect["signed"]
    )


@pytest.mark.parametrize(("case", "document"), load("signed"))
def test_signed(case: Any, document: Any) -> None:
    given, expect = case["given"], case["expect"]
    fields = given["fields"]
    text = (
        chain.head_text(*fields)
        if given["what"] == "head"
        else chain.signed_text(given["what"], *fields)
    )
    if "text" in expect:
        assert text == expect["text"]
    assert verify(given["public_key"], text, given["signature"]) == expect["valid"]


def apply(
    log: list[Changeset], received: list[int], table: MergeTable
) -> tuple[dict[Any, RecordState], list[Any]]:
    states: dict[Any, RecordState] = {}
    after = []
    for seq, (changeset, at) in enumerate(zip(log, received, strict=True), 1):
        state = states.setdefault((changeset.entity, changeset.record), RecordState())
        effective = effective_time(changeset.time, at)
        after.append(merge.accept(state, changeset, effective, seq, table))
    return states, after


def ids(register: Any) -> Any:
    if "union" in register:
        return register["union"]
    return [head["id"] for head in register["heads"]]


@pytest.mark.parametrize(("case", "document"), [*load("merge"), *load("union")])
def test_merge(case: Any, document: Any) -> None:
    given, expect = case["given"], case["expect"]
    table = table_of(given["table"])
    rows = given["log"]
    bodies = [
        {k: v for k, v in row.items() if k not in ("seq", "received", "effective")} for row in rows
    ]
    log = [read_changeset(json.dumps(body, ensure_ascii=False)) for body in bodies]
    states, after = apply(log, [row["received"] for row in rows], table)
    ((entity, _), state), *others = states.items()
    assert not others
    assert {name: ids(register) for name, register in state.fields.items()} == expect["heads"]
    assert merge.shown_values(entity, state.fields, table) == expect["shown"]
    conflicts = merge.conflicts(state.fields)
    assert {name: name in conflicts for name in expect["conflict"]} == expect["conflict"]
    assert after == expect["heads_after"]


@pytest.mark.parametrize(("case", "document"), load("digest"))
def test_digest(case: Any, document: Any) -> None:
    lines = [
        line
        for record in case["given"]["records"]
        for line in merge.digest_lines(record["entity"], record["record"], record["fields"])
    ]
    assert merge.digest(lines) == (case["expect"]["count"], case["expect"]["digest"])
    assert sorted(line.encode() for line in lines) == sorted(
        line.encode() for line in case["expect"]["lines"]
    )


@pytest.mark.parametrize(("case", "document"), load("example"))
def test_example(case: Any, document: Any) -> None:
    given, expect = case["given"], case["expect"]
    match case["name"]:
        case "links":
            for item, link_hash, body in zip(
                given["items"], expect["hashes"], expect["body_sha256"], strict=True
            ):
                assert chain.body_hash(item["body"]) == body
                assert chain.link(item["id"], item["prev"], body) == link_hash
        case "signatures":
            for head in given["heads"]:
                key = given["public_keys"][head["id"].split(".")[0]]
                assert verify(key, chain.head_text(head["id"], head["hash"]), head["signature"])
        case _:
            follow_example(given, expect)


def follow_example(given: Any, expect: Any) -> None:
    bodies = given.get("bodies") or [row["body"] for row in given["rows"]]
    log = [read_changeset(body) for body in bodies]
    received = given.get("received") or [row["received"] for row in given["rows"]]
    states, after = apply(log, received, table_of(given["table"]))
    if "rows" in expect:
        assert [a or None for a in after] == [row.get("heads_after") for row in expect["rows"]]
    if "heads" in expect:
        (state,) = [s for (_, record), s in states.items() if record == given["record"]]
        assert {name: ids(register) for name, register in state.fields.items()} == expect["heads"]
    for line in expect["lines"] if "lines" in expect and "digest" not in expect else ():
        assert states[line["entity"], line["record"]].fields == on_the_wire(line, given["table"])
    if "digest" in expect:
        lines = [
            x
            for (entity, record), s in states.items()
            for x in merge.digest_lines(entity, record, s.fields)
        ]
        assert sorted(lines) == sorted(expect["lines"])
        assert merge.digest(lines) == (expect["count"], expect["digest"])


def on_the_wire(line: Any, spec: Any) -> Any:
    """A line as the server sends it: only heads of `first` bear their seq, a phone keeps it of all."""
    rules = table_of(spec)
    fields: dict[str, Any] = {}
    for name, register in line["fields"].items():
        if "heads" in register and rules.rule(line["entity"], name).rule != "first":
            heads = [{k: v for k, v in head.items() if k != "seq"} for head in register["heads"]]
            fields[name] = {"heads": heads}
        else:
            fields[name] = register
    return fields

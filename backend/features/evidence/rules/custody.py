"""保管链: a run is what one enrolment in one epoch numbered in a dossier; is it whole and its own?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.server.clock import record_device

_CAPTURES = frozenset({"captured", "recording_started"})
_OF_THE_CAPTURER = _CAPTURES | {"discarded", "trimmed"}
"""Acts only he can attest who took the evidence."""


@dataclass(frozen=True, slots=True)
class Act:
    """One custody record as it stands."""

    record: str
    n: int
    act: str
    evidence: str

    @property
    def run(self) -> str:
        """`<device>.<epoch>` of the record's name, which outlives a fork (CS11)."""
        return ".".join(self.record.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit, as a mark says it."""

    kind: str
    text: str


def read_act(record: str, values: Mapping[str, Any]) -> Act:
    """A custody record from its shown values; ill-typed members count as absent."""
    n, act, evidence = (values.get(name) for name in ("n", "act", "evidence"))
    return Act(
        record,
        n if isinstance(n, int) else 0,
        act if isinstance(act, str) else "",
        evidence if isinstance(evidence, str) else "",
    )


def faults(acts: Iterable[Act]) -> dict[tuple[str, str], Fault]:
    """By record and kind of mark: numbers missing or used twice, and attesting for another."""
    found: dict[tuple[str, str], Fault] = {}
    for act, last in _with_number_before(acts):
        if act.n <= last:
            text = f"保管链编号{act.n}重复。"
            found[act.record, "custody_gap"] = Fault("custody_gap", text)
        elif act.n > last + 1:
            text = f"保管链编号不连续：缺{_missing(last + 1, act.n - 1)}号。"
            found[act.record, "custody_gap"] = Fault("custody_gap", text)
        if _is_foreign(act):
            text = "保管链记的是另一台手机取得的证据，请核对。"
            found[act.record, "custody_foreign"] = Fault("custody_foreign", text)
    return found


def _with_number_before(acts: Iterable[Act]) -> Iterable[tuple[Act, int]]:
    last: dict[str, int] = {}
    for act in sorted(acts, key=lambda each: (each.run, each.n, _order(each.record))):
        yield act, last.get(act.run, 0)
        last[act.run] = act.n


def _order(record: str) -> int:
    return int(record.split(".")[2])


def _missing(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}至{last}"


def _is_foreign(act: Act) -> bool:
    owner = record_device(act.evidence)
    return act.act in _OF_THE_CAPTURER and owner not in (None, record_device(act.record))


def open_runs(acts: Iterable[Act]) -> list[str]:
    """Runs with a capture that no `run_closed` follows; what was only looked at opens none."""
    last: dict[str, Act] = {}
    for act in sorted(acts, key=lambda each: each.n):
        if act.act in _CAPTURES or act.act == "run_closed":
            last[act.run] = act
    return sorted(run for run, act in last.items() if act.act != "run_closed")

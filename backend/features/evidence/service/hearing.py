"""What the log tells of evidence: records to expect files for, custody runs to check."""

from typing import Any

from backend.core.dossiers.listening import Happening, Shown, SystemWrite
from backend.features.evidence.rules.custody import Fault, faults, read_act
from backend.features.evidence.service.finishing import SETTLE
from backend.features.evidence.tables import holdings

_KINDS = frozenset({"custody_gap", "custody_foreign"})
_SOURCE = "architecture.md 6"
_MENDED = {"reason": "缺的编号后来补到，保管链完整。"}


async def note_evidence(happening: Happening, shown: Shown) -> None:
    """Expect the file; where it came before the record, the worker signs for it now."""
    values = shown.values
    held = holdings.Holding(
        dossier=shown.dossier,
        record=shown.record,
        kind=_text(values, "kind"),
        type=_text(values, "type"),
        bytes=values["bytes"] if isinstance(values.get("bytes"), int) else 0,
        sha256=_text(values, "sha256"),
        receipt="",
    )
    await holdings.note_evidence(happening.connection, held)
    await happening.post(
        SETTLE,
        f"{shown.dossier}/{shown.record}",
        {"dossier": shown.dossier, "evidence": shown.record},
    )


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


async def check_custody(happening: Happening, dossier: str) -> None:
    """Marks say what does not fit in the dossier's runs; what a late number mends is taken back."""
    records = await happening.records(dossier, "custody")
    found = faults(read_act(each.record, each.values) for each in records)
    standing = {
        (each.values["of"], each.values["kind"]): each
        for each in await happening.records(dossier, "mark")
        if each.values.get("kind") in _KINDS and not each.values.get("withdrawn")
    }
    for key, fault in found.items():
        if key not in standing:
            happening.write(_mark(dossier, key[0], fault))
        elif standing[key].values["text"] != fault.text:
            _edit(happening, standing[key], {"text": fault.text})
    for key, mark in standing.items():
        if key not in found:
            _edit(happening, mark, {"withdrawn": _MENDED})


def _mark(dossier: str, of: str, fault: Fault) -> SystemWrite:
    fields = {"of": of, "kind": fault.kind, "text": fault.text, "source": _SOURCE}
    return SystemWrite(dossier, "mark", fields, cause=f"{of}/{fault.kind}")


def _edit(happening: Happening, mark: Shown, fields: dict[str, Any]) -> None:
    happening.write(SystemWrite(mark.dossier, "mark", fields, record=mark.record))

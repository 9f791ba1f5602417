"""报告问题: what a phone tells of its own trouble, kept for the bureau's administrator (R14)."""

import re
from typing import Any

from backend.core.clock import Clock
from backend.core.database import Connection
from backend.core.dossiers.ports import DossierFacts
from backend.core.ids import Ids
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.features.identity import rules
from backend.features.identity.tables import faults, find_account
from backend.features.identity.tables.auditing import write_audit

HOUR_MS = 3_600_000
HOURLY = 6
MOST_LINES = 250
LONGEST_LINE = 200
LONGEST_WORDS = 2_000
MOST_SHOWN = 200

LINE = re.compile(r"[ -~]*")
"""Names of screens, codes, sizes, times: ASCII. The words of a dossier are not, and never pass."""


async def report(
    connection: Connection, officer: str, words: str, lines: list[str], ids: Ids, clock: Clock
) -> str:
    """Keep a report; answers its id.

    Raises:
        Problem: 422 `fault` for lines no phone of ours writes, 429 `rate`.
    """
    _check(words, lines)
    now = clock.now()
    await spend(connection, f"fault/{officer}", HOURLY, HOUR_MS, now)
    name = ids.hex(20)
    await faults.insert_fault(connection, name, officer, now, words.strip(), "\n".join(lines))
    await write_audit(connection, now, officer, "report_fault", name)
    return name


async def reported(connection: Connection, officer: str) -> list[Any]:
    """What the officers of the reader's bureau reported, the newest first.

    Raises:
        Problem: 403 `forbidden`.
    """
    account = await find_account(connection, id=officer)
    if account is None:
        raise Problem(403, "forbidden")
    subject = account.subject
    facts = DossierFacts("", "", subject.bureau, subject.section)
    if rules.may(subject, "see_faults", facts) != "yes":
        raise Problem(403, "forbidden", "只有系统管理员能看问题报告。")
    return await faults.faults_in(connection, subject.bureau, MOST_SHOWN)


def _check(words: str, lines: list[str]) -> None:
    short = len(words) <= LONGEST_WORDS and len(lines) <= MOST_LINES
    if not short or not all(len(each) <= LONGEST_LINE and LINE.fullmatch(each) for each in lines):
        raise Problem(422, "fault", "报告的内容不对，没有收下。请存成文件交给信息员。")

"""Whether the web process stays as large as it is: rounds of findings pushed and pulled by fresh phones.

Run alone with `python -m tests.bench.memory`; `make bench` runs it after the others.
"""

import tempfile
from pathlib import Path
from typing import Any

import httpx

from tests.browser.conftest import Server
from tests.features.dossiers.phone import Phone

ROUNDS = 10
FINDINGS = 2000
RUN = 400
PAGE = 500
WARM = 2
"""The first rounds fill caches and arenas; the slope is that of the others."""

WORDS = (
    "可燃气体报警器在控制室被人为关闭，无停用审批记录，当班值班员称系误报后关闭，现场未见复位登记。"
    * 4
)


def measure(folder: Path) -> list[float]:
    """MB after each round."""
    server = Server(folder)
    server.run("demo")
    server.start()
    assert server.process
    try:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            return [_round(client, server) for _ in range(ROUNDS)]
    finally:
        server.kill()


def _round(client: Any, server: Server) -> float:
    author = Phone(client, "lijie", server.login("lijie")).enrol()
    dossier = author.open_dossier()
    for number in range(FINDINGS):
        words = {"problem": f"{number}：{WORDS}", "basis": {"value": {"add": ["x"], "remove": {}}}}
        author.author(dossier, "finding", author.new_record(), words)
        if len(author.waiting) == RUN:
            _push(author)
    if author.waiting:
        _push(author)
    _pull_all(Phone(client, "lijie", server.login("lijie")).enrol(), dossier)
    assert server.process
    return resident_mb(server.process.pid)


def _push(phone: Phone) -> None:
    reply = phone.push()
    assert reply.status_code == 200, reply.text
    assert reply.json()["other"] == []


def _pull_all(phone: Phone, dossier: str) -> None:
    at, rows = 0, 0
    while True:
        body = {"timeline": phone.timeline, "cursors": {dossier: at}, "limit": PAGE}
        (page,) = phone.post("/api/v1/sync/pull", body).json()["pages"] or ({"rows": []},)
        if not page["rows"]:
            break
        rows += len(page["rows"])
        at = page["rows"][-1]["seq"]
    assert rows > FINDINGS


def slope(sizes: list[float]) -> float:
    """MB a round by least squares, the warm rounds left out."""
    settled = sizes[WARM:]
    middle, mean = (len(settled) - 1) / 2, sum(settled) / len(settled)
    above = sum((at - middle) * (size - mean) for at, size in enumerate(settled))
    return above / sum((at - middle) ** 2 for at in range(len(settled)))


def report(sizes: list[float]) -> dict[str, float]:
    """First, last and slope under the names of the table."""
    return {"first_mb": sizes[0], "last_mb": sizes[-1], "slope_mb_a_round": slope(sizes)}


def main() -> None:
    """Alone."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = measure(Path(folder))
    print(" ".join(f"{size:.1f}" for size in sizes))
    for name, value in report(sizes).items():
        print(f"sync.server.rss.{name:18} {value:8.2f}")


def resident_mb(pid: int) -> float:
    """What the kernel says the process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()

"""`make bench`: the same rows through ours and through PouchDB, in one run, over one proxy.

Prints a table; with BENCH_JSON=FILE also one JSON object a line.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from tests.bench import lighthouse, memory, paper, phone, searching
from tests.bench.counting_proxy import CountingProxy
from tests.browser.conftest import PASSWORD, Server

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "tests" / "bench"
TSX = ROOT / "pwa" / "node_modules" / ".bin" / "tsx"

Figures = dict[str, float]
Row = dict[str, Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def lines(process: asyncio.subprocess.Process) -> AsyncIterator[dict[str, Any]]:
    assert process.stdout
    async for line in process.stdout:
        if line.startswith(b"{"):
            yield json.loads(line)


async def follow(command: list[str], proxy: CountingProxy) -> Figures:
    """Run a peer; at each `next` the byte counter starts anew."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=BENCH)
    assert process.stdin
    figures: Figures = {}
    phase = "push"
    async for said in lines(process):
        if "next" in said:
            proxy.taken()
            phase = said["next"]
            process.stdin.write(b"go\n")
        else:
            figures |= said
            figures[f"{phase}_bytes"] = proxy.taken()
    if await process.wait():
        raise SystemExit(f"{command[-1]} failed")
    return figures


async def ours(folder: Path) -> Figures:
    server = Server(folder)
    server.run("demo")
    server.start()
    proxy = CountingProxy(server.port)
    await proxy.start()
    command = [str(TSX), "ours.ts", server.url, f"http://127.0.0.1:{proxy.port}", PASSWORD]
    try:
        figures = await follow(command, proxy)
        assert server.process
        figures["rss"] = memory.resident_mb(server.process.pid)
        figures["disk"] = sum(f.stat().st_size for f in folder.glob("anxun.sqlite*")) / 2**20
    finally:
        server.kill()
    return figures


async def pouch() -> Figures:
    port = free_port()
    proxy = CountingProxy(port)
    await proxy.start()
    return await follow(["node", "pouch.mjs", "measure", str(port), str(proxy.port)], proxy)


def report(mine: Figures, peer: Figures) -> list[Row]:
    rows = [
        ("sync.push_10k.seconds", "push", "s"),
        ("sync.push_10k_and_echo.seconds", "push_and_echo", "s"),
        ("sync.push_10k.wire_bytes", "push_bytes", "B"),
        ("sync.pull_10k.seconds", "pull", "s"),
        ("sync.pull_10k.wire_bytes", "pull_bytes", "B"),
        ("sync.conflict_1000.seconds", "conflict", "s"),
        ("sync.conflict_1000.surfaced", "surfaced", ""),
        ("sync.conflict_1000.kept", "kept", ""),
        ("sync.server.rss_mb", "rss", "MB"),
        ("sync.server.disk_mb", "disk", "MB"),
    ]
    out = []
    for name, key, unit in rows:
        value, other = mine.get(key), peer.get(key)
        ratio = f"{value / other:.2f}" if value and other else ""
        print(f"{name:32} {value!s:>22} {unit:3} pouchdb {other!s:>20}  {ratio}")
        out.append(
            {"name": name, "value": value, "unit": unit, "peer": "pouchdb", "peer_value": other}
        )
    return out


def own_rows(found: list[tuple[str, float, str]]) -> list[Row]:
    """Figures of ours with nobody to compare with, printed."""
    for name, value, unit in found:
        print(f"{name:36} {value:18.2f} {unit}")
    return [
        {"name": name, "value": value, "unit": unit, "peer": "", "peer_value": None}
        for name, value, unit in found
    ]


def in_a_folder(measure: Callable[[Path], list[tuple[str, float, str]]]) -> list[Row]:
    """Measured in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return own_rows(measure(Path(folder)))


def searches() -> list[tuple[str, float, str]]:
    """Searching on the phone."""
    return [(name, value, "ms") for name, value in searching.measure().items()]


def sizes(folder: Path) -> list[tuple[str, float, str]]:
    """The server's size over many rounds."""
    found = memory.report(memory.measure(folder))
    return [(f"sync.server.rss.{name}", value, "MB") for name, value in found.items()]


def write_json(rows: list[Row]) -> None:
    """One object a line, where BENCH_JSON asks for it."""
    if target := os.environ.get("BENCH_JSON"):
        Path(target).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


async def main() -> None:
    if not (BENCH / "node_modules").exists():
        subprocess.run(["npm", "ci"], cwd=BENCH, check=True)
    with tempfile.TemporaryDirectory() as folder:
        mine = await ours(Path(folder))
    rows = report(mine, await pouch())
    rows += own_rows(await asyncio.to_thread(searches))
    rows += await asyncio.to_thread(in_a_folder, sizes)
    rows += await asyncio.to_thread(in_a_folder, phone.figures)
    rows += await asyncio.to_thread(in_a_folder, lighthouse.figures)
    write_json(rows)
    with tempfile.TemporaryDirectory() as folder:
        papers = await asyncio.to_thread(paper.measure, Path(folder))
    for where, took in papers.items():
        print(f"paper.{where:9} cold {took['cold']:.2f} s, warm {took['warm']:.3f} s")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    asyncio.run(main())

"""Run every suite and print what each took beside its budget (seconds).

Two lanes for two cores. Each suite prints when it has ended, so that no two of them mix their words.
The simulation fills both cores by itself and runs alone.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PY = sys.executable
VITEST = str(ROOT / "pwa" / "node_modules" / ".bin" / "vitest")
ENVIRONMENT = {**os.environ, "CI": "true"}


@dataclass(frozen=True)
class Suite:
    """One command with its budget in seconds."""

    name: str
    budget: int
    command: list[str]
    folder: Path = ROOT


def pytest(name: str, budget: int, *folders: str) -> Suite:
    """A suite of Python tests."""
    return Suite(name, budget, [PY, "-m", "pytest", *folders])


BROWSER_LANE = [
    Suite("protocol", 40, [VITEST, "run", "--reporter=dot"], ROOT / "sync" / "client"),
    Suite("TypeScript", 150, [VITEST, "run", "--reporter=dot"], ROOT / "pwa"),
    pytest("browser", 600, "tests/browser"),
]
SERVER_LANE = [
    Suite("check", 150, ["make", "-s", "check"]),
    pytest("printing", 120, "tests/printing"),
    pytest("server", 600, "tests/conformance", "tests/features", "tests/architecture"),
]
ALONE = [pytest("simulation", 120, "tests/simulation")]


@dataclass(frozen=True)
class Ended:
    """How a suite went."""

    suite: Suite
    seconds: float
    passed: bool

    @property
    def line(self) -> str:
        state = "" if self.passed else "  FAILED"
        return f"{self.suite.name:14} {self.seconds:6.0f} s of {self.suite.budget:4} s{state}"


def run(suite: Suite) -> Ended:
    """Run one suite to its end, then print what it said."""
    started = time.monotonic()
    done = subprocess.run(
        suite.command,
        cwd=suite.folder,
        env=ENVIRONMENT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"== {suite.name}\n{done.stdout}", flush=True)
    return Ended(suite, time.monotonic() - started, done.returncode == 0)


def run_lane(suites: list[Suite]) -> list[Ended]:
    """One after the other; what follows a failure is not begun."""
    ended: list[Ended] = []
    for suite in suites:
        ended.append(run(suite))
        if not ended[-1].passed:
            break
    return ended


def main() -> int:
    """0 when every suite has passed."""
    started = time.monotonic()
    with ThreadPoolExecutor(2) as lanes:
        ended = [each for lane in lanes.map(run_lane, (BROWSER_LANE, SERVER_LANE)) for each in lane]
    if all(each.passed for each in ended):
        ended += run_lane(ALONE)
    failed = sum(not each.passed for each in ended)
    print("\nbudget", *(each.line for each in ended), sep="\n")
    print(f"{'together':14} {time.monotonic() - started:6.0f} s of  800 s")
    print(f"{len(ended) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

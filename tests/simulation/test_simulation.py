"""Many phones, one real server, every mishap: the protocol as a whole (architecture.md 12).

`ANXUN_HISTORIES` sets how many random histories are run; those of seeds.json always come first.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tests" / "simulation" / "main.ts"
RUNNER = ROOT / "pwa" / "node_modules" / ".bin" / "tsx"
HISTORIES = int(os.environ.get("ANXUN_HISTORIES", "500"))
SECONDS_A_HISTORY = 2
RUNNERS = max(1, min(4, os.cpu_count() or 1))
"""Each with a server of its own: a phone waits while the server works, and the other way round."""


@pytest.mark.timeout(60 + HISTORIES * SECONDS_A_HISTORY)
def test_histories() -> None:
    """I1–I4, I6, I8 hold after every history; a failure prints its seed and shortest history."""
    each = -(-HISTORIES // RUNNERS)
    running = [
        subprocess.Popen(
            [RUNNER, PROGRAM, "--histories", str(each), "--seed", str(1 + n * each)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for n in range(RUNNERS)
    ]
    said = [process.communicate()[0] for process in running]
    print(*(text[-8000:] for text in said))
    counted = [re.search(r"(\d+) passed, (\d+) failed", text) for text in said]
    assert all(found and int(found[1]) >= each and found[2] == "0" for found in counted)
    assert [process.returncode for process in running] == [0] * RUNNERS

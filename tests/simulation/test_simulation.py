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


@pytest.mark.timeout(60 + HISTORIES * SECONDS_A_HISTORY)
def test_histories() -> None:
    """I1–I4, I6, I8 hold after every history; a failure prints its seed and shortest history."""
    done = subprocess.run(
        [RUNNER, PROGRAM, "--histories", str(HISTORIES), "--seed", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout[-16000:])
    counted = re.search(r"(\d+) passed, (\d+) failed", done.stdout)
    assert counted
    assert int(counted[1]) >= HISTORIES
    assert counted[2] == "0"
    assert done.returncode == 0

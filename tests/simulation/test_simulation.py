"""Many phones, one real server, every mishap: the protocol as a whole (architecture.md 12).

`ANXUN_HISTORIES` sets how many random histories are run, `ANXUN_FIRST_SEED` the first of their
seeds. They run in spans, each a test of its own, so that a long run shows how far it is and, cut
short, goes on from the last span that passed. The histories of seeds.json come first in each.
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
FIRST_SEED = int(os.environ.get("ANXUN_FIRST_SEED", "1"))
SPAN = 500
SECONDS_A_SPAN = 1060


@pytest.mark.timeout(SECONDS_A_SPAN)
@pytest.mark.parametrize("first", range(FIRST_SEED, FIRST_SEED + HISTORIES, SPAN))
def test_histories_from_seed(first: int) -> None:
    """I1–I4, I6, I8 hold after every history; a failure prints its seed and shortest history."""
    count = min(SPAN, FIRST_SEED + HISTORIES - first)
    done = subprocess.run(
        [RUNNER, PROGRAM, "--histories", str(count), "--seed", str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout[-16000:])
    counted = re.search(r"(\d+) passed, (\d+) failed", done.stdout)
    assert counted
    assert int(counted[1]) >= count
    assert counted[2] == "0"
    assert done.returncode == 0

"""Run every suite one after the other and print what each took beside its budget (seconds)."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PY = sys.executable
VITEST = str(ROOT / "pwa" / "node_modules" / ".bin" / "vitest")

SUITES: list[tuple[str, int, list[str], Path]] = [
    ("check", 120, ["make", "-s", "check"], ROOT),
    ("TypeScript: vectors, rules, store", 150, [VITEST, "run", "--reporter=dot"], ROOT / "pwa"),
    (
        "server",
        240,
        [PY, "-m", "pytest", "tests/conformance", "tests/features", "tests/architecture"],
        ROOT,
    ),
    ("simulation", 120, [PY, "-m", "pytest", "tests/simulation"], ROOT),
    ("printing", 90, [PY, "-m", "pytest", "tests/printing"], ROOT),
    ("browser", 300, [PY, "-m", "pytest", "tests/browser"], ROOT),
]


def main() -> int:
    """Stop at the first suite that fails."""
    lines = []
    for name, budget, command, folder in SUITES:
        started = time.monotonic()
        print(f"== {name}", flush=True)
        environment = {**os.environ, "CI": "true"}
        code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
        took = time.monotonic() - started
        lines.append(f"{name:32} {took:6.0f} s of {budget:4} s")
        if code:
            print("\n".join([*lines, f"{name} failed"]))
            return code
    print("\n".join(["", "budget", *lines, f"{len(lines)} passed, 0 failed"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

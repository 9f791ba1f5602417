"""The product behind uvicorn on an inherited socket: `python -m … <fd> <data folder>`.

Without the worker: the tests run its jobs, so that they know when.
"""

import sys
from pathlib import Path

import uvicorn

from backend.app import create_app
from backend.settings import Settings, read_settings


def settings_of(folder: Path) -> Settings:
    url = f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}"
    return read_settings({"ANXUN_DATA_DIR": str(folder), "ANXUN_DATABASE_URL": url})


if __name__ == "__main__":
    app = create_app(settings_of(Path(sys.argv[2])), work=False)
    uvicorn.run(app, fd=int(sys.argv[1]), log_level="error", access_log=False)

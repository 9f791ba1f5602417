"""The environment as one typed object, read by the two roots only (architecture.md 11)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and on which port to listen."""

    database_url: str
    blob_url: str
    data_dir: Path
    port: int
    https_port: int
    public_url: str
    pack: str
    push_allow: frozenset[str]
    metrics_token: str
    site: Path
    faces: Path


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """`ANXUN_*`; everything has a default that keeps all data in one folder."""
    data = Path(environment.get("ANXUN_DATA_DIR", ROOT / ".data")).resolve()
    port = int(environment.get("ANXUN_PORT", "8000"))
    return Settings(
        database_url=environment.get(
            "ANXUN_DATABASE_URL", f"sqlite+aiosqlite:///{data / 'anxun.sqlite'}"
        ),
        blob_url=environment.get("ANXUN_BLOB_URL", f"file://{data / 'blobs'}"),
        data_dir=data,
        port=port,
        https_port=int(environment.get("ANXUN_HTTPS_PORT", "8443")),
        public_url=environment.get("ANXUN_PUBLIC_URL", f"http://localhost:{port}"),
        pack=environment.get("ANXUN_PACK", "changji"),
        push_allow=frozenset(filter(None, environment.get("ANXUN_PUSH_ALLOW", "").split(","))),
        metrics_token=environment.get("ANXUN_METRICS_TOKEN", ""),
        site=Path(environment.get("ANXUN_SITE", ROOT / "pwa" / "dist")),
        faces=Path(environment.get("ANXUN_FACES", ROOT / ".cache" / "faces")),
    )

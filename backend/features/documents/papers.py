"""The server's own rendering of a paper, in a process of its own with a time limit.

Run as `python -m backend.features.documents.papers KIND FACES` with the facts' JSON on standard
input; the PDF comes out of standard output. Importing this module loads no layout code.
"""

import asyncio
import sys
from hashlib import sha256
from pathlib import Path

from printing.layout.fonts import load_faces
from printing.render import posters, render

TIME_LIMIT_S = 60
_POSTERS_LIMIT_S = 180
_POSTERS = "posters"


class RenderingFailed(Exception):
    """The process refused the facts, died, or took too long."""


async def rendered_sha256(kind: str, facts: str, faces: Path) -> str:
    """SHA-256 of the paper's bytes as this server renders them.

    Raises:
        RenderingFailed.
    """
    return sha256(await _rendered(kind, facts, faces)).hexdigest()


async def posters_pdf(facts: str, faces: Path) -> bytes:
    """企业码海报 as a file.

    Raises:
        RenderingFailed.
    """
    return await _rendered(_POSTERS, facts, faces, _POSTERS_LIMIT_S)


async def _rendered(kind: str, facts: str, faces: Path, limit_s: int = TIME_LIMIT_S) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "backend.features.documents.papers",
        kind,
        str(faces),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        pdf, _ = await asyncio.wait_for(process.communicate(facts.encode("utf-8")), limit_s)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise RenderingFailed("time limit") from None
    if process.returncode != 0:
        raise RenderingFailed(f"exit {process.returncode}")
    return pdf


def main(kind: str, faces: str) -> None:
    """The child process."""
    facts = sys.stdin.buffer.read().decode("utf-8")
    loaded = load_faces(Path(faces))
    made = posters(facts, loaded) if kind == _POSTERS else render(kind, facts, loaded)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:3])

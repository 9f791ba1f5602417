"""`anxun`: serve, migrate, simulate, export-contract."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from backend import simulate
from backend.app import contract, create_app
from backend.migrate import migrate
from backend.settings import ROOT, read_settings
from sync.server import export

SHUTDOWN_S = 3
"""Open streams end by themselves; a hung one must not keep the server alive."""


def _serve(arguments: argparse.Namespace) -> None:
    """Migrate, then serve."""
    settings = read_settings()
    migrate(settings.database_url)
    uvicorn.run(
        create_app(settings),
        host=arguments.host,
        port=arguments.port or settings.port,
        timeout_graceful_shutdown=SHUTDOWN_S,
        access_log=False,
        log_level="warning",
    )


def _migrate(_arguments: argparse.Namespace) -> None:
    migrate(read_settings().database_url)


def _simulate(_arguments: argparse.Namespace) -> None:
    simulate.main()


def _export_contract(arguments: argparse.Namespace) -> None:
    """Write the contract; with --check only say whether it is fresh."""
    folder = ROOT / "sync" / "contract"
    stale = [name for name, text in contract_files().items() if _differs(folder / name, text)]
    if arguments.check:
        sys.exit(f"stale: {', '.join(stale)}" if stale else 0)
    for name, text in contract_files().items():
        (folder / name).write_text(text, encoding="utf-8")


def contract_files() -> dict[str, str]:
    """The generated files by name."""
    table = contract()
    return {
        "merge.json": export.merge_json(table),
        "records.ts": export.records_typescript(table),
        "wire.ts": export.wire_typescript(),
    }


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the `anxun` command."""
    parser = argparse.ArgumentParser(prog="anxun", description="安巡 server")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add(commands, "migrate", _migrate, "bring the database to the newest schema")
    _add(commands, "simulate", _simulate, "the log behind line-JSON, for the simulator")
    serve = _add(commands, "serve", _serve, "serve the product")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0)
    exporting = _add(commands, "export-contract", _export_contract, "write sync/contract")
    exporting.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.run(chosen)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about)
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    main()

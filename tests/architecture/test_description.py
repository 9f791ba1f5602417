"""The OpenAPI description says of every body what the handler really reads."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
READERS = {"read_body", "_read"}
VERBS = {"post", "put", "patch", "delete"}


def handlers() -> list[tuple[str, ast.AsyncFunctionDef, ast.Call]]:
    """Every handler that may have a body, with its decorator."""
    files = [*ROOT.glob("backend/core/**/*.py"), *ROOT.glob("backend/features/**/*.py")]
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node, decorator)
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in VERBS
    ]


def read_in(handler: ast.AsyncFunctionDef) -> set[str]:
    """The types of the bodies it reads by its own hand."""
    return {
        call.args[1].id
        for call in ast.walk(handler)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in READERS
        and isinstance(call.args[1], ast.Name)
    }


def said_by(decorator: ast.Call) -> str:
    return next((ast.unparse(k.value) for k in decorator.keywords if k.arg == "reads"), "")


def test_a_handler_that_reads_a_body_says_which() -> None:
    found = [(name, read_in(node), said_by(decorator)) for name, node, decorator in handlers()]
    assert sum(bool(read) for _, read, _ in found) > 10
    assert [(name, read, said) for name, read, said in found if read and read != {said}] == []

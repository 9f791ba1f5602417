"""Every handler says what it asks of who is signed in; where that is nothing, a comment says why."""

import ast
from pathlib import Path

from backend.core.openapi import ANY, OWN
from backend.features.identity.rules import ACTS, CONFIDENTIAL_ACTS

ROOT = Path(__file__).parents[2]
VERBS = {"get", "head", "post", "put", "patch", "delete", "route"}
KNOWN = {*ACTS, *CONFIDENTIAL_ACTS, OWN, ANY}


def decorators() -> list[tuple[str, ast.Call, str]]:
    """Every handler by name, its decorator, and that decorator as it is written."""
    files = [*ROOT.glob("backend/core/**/*.py"), *ROOT.glob("backend/features/**/*.py")]
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", decorator, _lines(path, decorator))
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in VERBS
    ]


def _lines(path: Path, node: ast.Call) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[node.lineno - 1 : node.end_lineno])


def said(decorator: ast.Call) -> dict[str, str]:
    return {each.arg: ast.unparse(each.value) for each in decorator.keywords if each.arg}


def test_a_handler_names_its_act_or_is_open_to_all() -> None:
    found = decorators()
    assert len(found) > 90
    silent = [
        name
        for name, decorator, text in found
        if ("act" in said(decorator)) == ("open_to_all" in said(decorator) or "OPEN: True" in text)
    ]
    assert silent == []


def test_an_act_that_is_named_exists() -> None:
    named = {
        (name, each.value.value)
        for name, decorator, _ in decorators()
        for each in decorator.keywords
        if each.arg == "act" and isinstance(each.value, ast.Constant)
    }
    assert len(named) > 60
    assert {(name, act) for name, act in named if act not in KNOWN} == set()


def test_whoever_asks_nothing_of_a_post_says_why() -> None:
    asked = [(name, text) for name, decorator, text in decorators() if _asks_any(decorator)]
    assert [name for name, text in asked if "# " not in text] == []


def _asks_any(decorator: ast.Call) -> bool:
    return said(decorator).get("act") == repr(ANY)

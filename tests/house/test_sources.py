"""Laws of the source that no linter of the trade knows: docstrings, imports, the clock, raw HTML, names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, parsed, place, sources

CODE = sources()
CLEANERS = {PACKAGE / "web" / "markdown.py"}
"""Where HTML of others becomes ours: after nh3 has let nothing through but a short list of elements."""
CLOCK = PACKAGE / "timekeeping" / "clock.py"
MOST_LINES = 250
MOST_LINES_OF_A_FUNCTION = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "handlers", "process"}
ROOM_WORDS = {
    "rules", "facts", "port", "scheme", "format", "ics", "models", "queries", "service", "pages", "forms",
    "schemas", "guards", "routes", "feeds", "door", "jobs", "cli", "providers", "schemes", "formats",
}  # fmt: skip
ROOMS = [*sorted(path.parent for path in PACKAGE.glob("*/models.py")), PACKAGE / "lobby", PACKAGE / "desk"]


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the kinds in the package's code."""
    for path in CODE:
        for node in ast.walk(parsed(path)):
            if isinstance(node, kinds):
                yield path, node


def dotted(node: ast.AST) -> str:
    """The dotted name that an expression spells, or nothing."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(*endings: str) -> list[tuple[Path, ast.Call]]:
    """Calls of what these dotted names end in."""
    wanted = tuple(f".{ending}" for ending in endings)
    return [(path, node) for path, node in nodes(ast.Call) if f".{dotted(node.func)}".endswith(wanted)]


def constant(node: ast.AST) -> bool:
    """Whether an expression is text that stands in the source."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_file_opens_with_one_sentence_of_purpose():
    silent = [place(path, 1) for path in CODE if not (ast.get_docstring(parsed(path)) or "").strip()]
    assert silent == []


def test_the_sentence_ends_and_stands_in_one_paragraph():
    first = {path: (ast.get_docstring(parsed(path)) or "").split("\n\n")[0] for path in CODE}
    assert [
        place(path, 1) for path, text in first.items() if not text.rstrip().endswith((".", "?", "`."))
    ] == []


def test_nothing_is_imported_inside_a_function():
    late = [
        place(path, inner.lineno)
        for path, function in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_nothing_is_imported_for_type_checkers_only():
    assert [place(path, node.lineno) for path, node in nodes(ast.Name) if node.id == "TYPE_CHECKING"] == []


def test_only_the_clock_reads_the_clock():
    readers = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime",
               "time.gmtime", "func.now", "func.current_timestamp")  # fmt: skip
    read = [place(path, call.lineno) for path, call in calls(*readers) if path != CLOCK]
    assert read == []


def test_no_markup_is_made_of_a_variable():
    raw = [
        place(path, call.lineno)
        for path, call in calls("Markup")
        if path not in CLEANERS and not all(constant(argument) for argument in call.args)
    ]
    assert raw == []


def test_no_template_is_made_of_a_variable():
    raw = [
        place(path, call.lineno)
        for path, call in calls("render_template_string", "from_string")
        if not all(constant(argument) for argument in call.args[:1])
    ]
    assert raw == []


def test_no_sql_is_made_of_a_variable():
    raw = [
        place(path, call.lineno)
        for path, call in calls("text")
        if "sqlalchemy" in path.read_text() and not constant(call.args[0])
    ]
    assert raw == []


def test_only_the_outbox_and_the_workers_sweeps_catch_everything():
    wide = {
        path.relative_to(PACKAGE).as_posix()
        for path, node in nodes(ast.ExceptHandler)
        if node.type is None or dotted(node.type) in {"Exception", "BaseException"}
        if not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)  # it only tidies up
    }
    assert wide - {"outbox/service.py", "worker.py"} == set()


def test_no_file_has_a_vague_name():
    assert [path for path in CODE if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_no_file_is_longer_than_a_thought():
    long = {place(path, 1): len(path.read_text().splitlines()) for path in CODE}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        place(path, function.lineno): function.end_lineno - function.lineno + 1
        for path, function in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_is_built_of_the_houses_file_words(room):
    words = {path.stem for path in room.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert words - ROOM_WORDS - {"__init__"} == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_an_init_does_nothing_but_keep_a_registry(room):
    registries = {"providers", "schemes", "formats", "routes", "feeds"}
    for init in room.rglob("__init__.py"):
        if init.parent.name not in registries:
            assert len(parsed(init).body) == 1, place(init, 1)


@pytest.mark.parametrize("seen", ["tests", "migrations", "bench", "chaos", "tools"])
def test_code_around_the_package_opens_with_its_purpose_too(seen):
    files = [path for path in sources(ROOT / seen) if path.read_text().strip()]
    assert [place(path, 1) for path in files if not ast.get_docstring(parsed(path))] == []


def test_nobody_writes_down_a_machines_own_path():
    homely = re.compile(r"/(?:home|Users|root|work)/\w+")
    texts = [*CODE, *ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / ".env.example"]
    assert [place(path, 1) for path in texts if homely.search(path.read_text())] == []

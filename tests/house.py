"""The laws of the house that no linter knows, as checks from a source file to its faults."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

LINES_A_FILE = 200
LINES_A_FUNCTION = 25  # without its docstring
EMPTY_NAMES = re.compile(r"(?:manager|service|util|utilitie|helper|common)s?")
OURS = {"app", "bot", "handlers", "models", "scheduler"}
NETWORK = {"aiohttp", "http", "httpx", "linebot", "requests", "smtplib", "socket", "ssl", "urllib"}
MACHINE = {"asyncio", "io", "os", "pathlib", "shutil", "signal", "subprocess", "sys", "tempfile"}
PARTS = {"flask", "gunicorn", "psycopg", "random", "sqlalchemy", "sqlite3", "sqlmodel", "werkzeug"}
OUTSIDE_THE_CORRIDOR = NETWORK | MACHINE | PARTS | {"multiprocessing", "threading", "time"}
PURE = ("urllib.parse.",)  # it writes addresses and opens none
CLOCKS = {"app.py", "scheduler/metronome.py"}
CLOCK_CALLS = {"now", "utcnow", "today"}
ASKS_THE_CLOCK = {"datetime", "date", "dt"}


@dataclass(frozen=True)
class Source:
    """One source file: where it stands (with slashes, from the root) and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file; a file with a fault in its syntax fails here, by name."""
        return ast.parse(self.text, self.path)

    @property
    def is_python(self) -> bool:
        """Tell whether the laws about Python concern it."""
        return self.path.endswith(".py")

    def within(self, folder: str) -> bool:
        """Tell whether it stands in `folder` or deeper."""
        return self.path.startswith(folder + "/")

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and full dotted name of everything imported, at the top or in a function."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        parents = self.path.split("/")[: -node.level] if node.level else []
        return ".".join([*parents, *([node.module] if node.module else [])])


Law = Callable[[Source], Iterator[str]]


def short_files(source: Source) -> Iterator[str]:
    """A file has at most 200 lines."""
    count = len(source.text.splitlines())
    if count > LINES_A_FILE:
        yield f"{source.path}: {count} lines, {LINES_A_FILE} are allowed"


def short_functions(source: Source) -> Iterator[str]:
    """A function has at most 25 lines, its docstring and decorators not counted."""
    for node in functions(source):
        count = (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node)
        if count > LINES_A_FUNCTION:
            yield f"{source.path}:{node.lineno} {node.name}: {count} lines"


def names_of_the_trade(source: Source) -> Iterator[str]:
    """No file, class or function is called a manager, service, util, helper or common."""
    stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = [(1, stem), *((1, folder) for folder in source.path.split("/")[:-1])]
    named += [(n.lineno, n.name) for n in ast.walk(source.tree) if isinstance(n, DEFINITIONS)]
    for line, name in named:
        words = re.findall(r"[A-Z]?[a-z]+", name)
        if any(EMPTY_NAMES.fullmatch(word.lower()) for word in words):
            yield f"{source.path}:{line} {name} says nothing: use the trade's word"


def handlers_do_no_io(source: Source) -> Iterator[str]:
    """A handler imports nothing that reaches outside the corridor."""
    if source.within("handlers"):
        for line, name in source.imports():
            if name.split(".")[0] in OUTSIDE_THE_CORRIDOR and not name.startswith(PURE):
                yield f"{source.path}:{line} imports {name}"


def handlers_pass_the_database_on(source: Source) -> Iterator[str]:
    """A handler passes `turn.db` to a function of models/ and does nothing else with it."""
    if source.within("handlers"):
        passed = {id(arg) for call in calls(source) for arg in arguments(call)}
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr == "db" and id(node) not in passed:
                yield f"{source.path}:{node.lineno} {ast.unparse(node)} is not passed to a function"


def rules_know_only_the_standard_library(source: Source) -> Iterator[str]:
    """models/rules imports the standard library and itself."""
    if source.within("models/rules"):
        for line, name in source.imports():
            known = name.split(".")[0] in sys.stdlib_module_names
            if not known and not name.startswith("models.rules"):
                yield f"{source.path}:{line} imports {name}"


def simulator_stands_alone(source: Source) -> Iterator[str]:
    """The simulator knows LINE and imports nothing of ours."""
    if source.within("bot/simulator"):
        for line, name in source.imports():
            if name.split(".")[0] in OURS and not name.startswith("bot.simulator"):
                yield f"{source.path}:{line} imports {name}"


def only_line_speaks_to_line(source: Source) -> Iterator[str]:
    """LINE's SDK is imported in bot/line.py and nowhere else."""
    if source.path != "bot/line.py" and not source.within("tests"):
        for line, name in source.imports():
            if name.split(".")[0] == "linebot":
                yield f"{source.path}:{line} imports {name}"


def app_is_imported_by_nobody(source: Source) -> Iterator[str]:
    """app.py puts the parts together; no part knows it."""
    if not source.within("tests"):
        for line, name in source.imports():
            if name.split(".")[0] == "app":
                yield f"{source.path}:{line} imports {name}"


def the_clock_is_an_argument(source: Source) -> Iterator[str]:
    """Only app.py and the metronome ask what time it is."""
    if source.path not in CLOCKS and not source.within("tests"):
        for call in calls(source):
            asked = call.func
            if isinstance(asked, ast.Attribute) and asked.attr in CLOCK_CALLS:
                owner = ast.unparse(asked.value).split(".")[-1]
                if owner in ASKS_THE_CLOCK:
                    yield f"{source.path}:{call.lineno} {ast.unparse(asked)}()"


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, nested ones too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the docstring takes, 0 if there is none."""
    match node.body[0]:
        case ast.Expr(value=ast.Constant(value=str())) as first:
            return (first.end_lineno or 0) - first.lineno + 1
    return 0


def calls(source: Source) -> Iterator[ast.Call]:
    """Yield every call in the file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def arguments(call: ast.Call) -> Iterator[ast.expr]:
    """Yield what is handed over in a call, by place or by name."""
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)


FOR_EVERY_FILE: list[Law] = [short_files]
FOR_PYTHON: list[Law] = [
    short_functions,
    names_of_the_trade,
    handlers_do_no_io,
    handlers_pass_the_database_on,
    rules_know_only_the_standard_library,
    simulator_stands_alone,
    only_line_speaks_to_line,
    app_is_imported_by_nobody,
    the_clock_is_an_argument,
]

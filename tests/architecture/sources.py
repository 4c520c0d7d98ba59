"""The portal's own source, parsed once, for tests that read code."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("portal", "commands", "migrations", "tests")


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, the name it is imported by, and what it says."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        return self.place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())


@cache
def sources(folder: str = "portal") -> tuple[Source, ...]:
    """Every Python file of one folder."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text()
        found.append(Source(path, text, ast.parse(text)))
    return tuple(found)


def imported_by(source: Source) -> set[str]:
    """Every module a file imports, with the names it takes from each (`a.b` and `a.b.c`)."""
    names: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def calls(source: Source) -> Iterator[tuple[str, str, int]]:
    """Each call: the last name of what is called, the function it stands in, and its line."""
    for function, node in _with_function(source.tree, "module"):
        if isinstance(node, ast.Call):
            yield _last_name(node.func), function, node.lineno


def walk_with_function(source: Source) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the name of the function it stands in."""
    yield from _with_function(source.tree, "module")


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _with_function(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
        yield inside, child
        yield from _with_function(child, inside)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""

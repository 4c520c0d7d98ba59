"""What the house style says of every file."""

import ast
import re

import pytest

from tests.architecture.sources import FOLDERS, functions, sources

MOST_LINES = 300
MOST_LINES_OF_FUNCTION = 30
EMPTY_NAMES = {
    *("utils", "helpers", "common", "misc", "manager", "service", "base", "data", "info", "handle", "process")
}
EVERYWHERE = [source for folder in FOLDERS for source in sources(folder)]


@pytest.mark.parametrize("source", EVERYWHERE, ids=lambda source: source.place)
def test_file_stays_under_300_lines(source):
    assert source.lines <= MOST_LINES


def test_functions_stay_under_30_lines():
    long = [
        f"{source.place}:{function.lineno} {function.name} has {length} lines"
        for source in sources()
        for function in functions(source)
        if (length := _lines_of_body(function)) > MOST_LINES_OF_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_every_module_says_what_lives_in_it():
    silent = [source.place for source in sources() if not ast.get_docstring(source.tree)]
    assert not silent


def test_packages_hold_one_docstring_and_nothing_else():
    full = [
        source.place
        for source in sources()
        if source.name == "__init__" and source.module != "portal" and len(source.tree.body) > 1
    ]
    assert not full


def test_nothing_is_called_by_an_empty_name():
    empty = [source.place for source in sources() if EMPTY_NAMES & set(source.module.split("."))]
    empty += [
        f"{source.place}:{node.lineno} {node.name}"
        for source in sources()
        for node in source.tree.body  # a method may have to bear the name its library calls it by
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.strip("_").lower() in EMPTY_NAMES
    ]
    assert not empty


def test_templates_have_one_view_each():
    """A template stands in the folder of its blueprint, under the name of a view, or is a shared part."""
    views = {
        (source.path.parent.name, function.name)
        for source in sources()
        if source.name.endswith("views") or source.path.parent.name == "web"
        for function in functions(source)
    }
    shared = {"layouts", "components", "errors", "documents", "notifications", "information"}
    templates = sources()[0].path.parents[1] / "templates"
    stray = [
        f"{path.parent.name}/{path.name}"
        for path in templates.glob("*/*.html")
        if path.parent.name not in shared
        and not path.name.startswith("_")
        and (path.parent.name, path.stem) not in views
    ]
    assert not stray, f"no view has the name of these templates: {stray}"


def test_no_real_telephone_number_or_mailbox_stands_in_the_code():
    """Numbers of the drama range and reserved domains only: a slip must not ring at somebody's."""
    numbers = re.compile(r"\b0(?:121 (?!496 0)|20 |1[2-9]\d{2} |7\d{3} ?)\d{3}")
    found = [
        f"{source.place}: {match.group()}"
        for folder in ("portal", "tests", "migrations")
        for source in sources(folder)
        for match in numbers.finditer(source.text)
    ]
    assert not found


def _lines_of_body(function):
    """Lines of code: neither the docstring, nor lines that hold no more than one named argument."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    arguments = {
        node.lineno
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.keyword) and node.lineno == node.end_lineno and node.col_offset >= 8
    }
    return body[-1].end_lineno - function.lineno + 1 - len(arguments)

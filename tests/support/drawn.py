"""Draws docs/who-can-do-what.md and docs/states.md from the code: `python -m tests.support.drawn`."""

import importlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from portal.authorisation.permissions import SHOWS_PERSONAL_DATA, Permission
from tests.support.personas import PERSONAS, allowed, needs_target

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WORDS_EXPLAINED = (
    "**own**: only what belongs to one's own practice or authority; anything else looks as if it were not"
    " there (404).",
    "**yes**: the page holds only what the role may see. Empty: refused (403 without an object, else 404).",
    "The chair is the chair of the conference in question; another chair of the authority takes over first.",
    "The system acts for one authority at a time, in jobs; no permission is given to it here.",
)
Moves = dict[tuple[StrEnum, StrEnum], StrEnum]

NOTE = "Made from the code by `python -m tests.support.drawn`; a test fails when it is stale."


def drawings() -> dict[str, str]:
    """Each file of docs/ that is drawn, by name."""
    return {"who-can-do-what.md": who_can_do_what(), "states.md": states()}


def who_can_do_what() -> str:
    """The policy as a table: a row for each permission, a column for each role."""
    header = ["", *PERSONAS]
    rows = [_permission_row(permission) for permission in Permission]
    traced = ", ".join(f"`{permission}`" for permission in Permission if permission in SHOWS_PERSONAL_DATA)
    return "\n".join(
        [
            "# Who can do what",
            "",
            NOTE,
            "",
            *WORDS_EXPLAINED,
            "",
            *_table(header, rows),
            "",
            "Pages behind these permissions show personal data, and each use leaves a record of who saw whom:"
            f" {traced}.",
            "",
        ]
    )


def _permission_row(permission: Permission) -> list[str]:
    word = "own" if needs_target(permission) else "yes"
    own, chairs_own = allowed(permission), allowed(permission, is_for_chair=True)
    cells = [_cell(word, name in own, name in chairs_own) for name in PERSONAS]
    return [f"`{permission}`", *cells]


def _cell(word: str, is_allowed: bool, also_chairs_pack: bool) -> str:
    if not is_allowed:
        return ""
    return word if also_chairs_pack else f"{word}, but not the chair's pack"


def states() -> str:
    """Every transition table: as a picture and as a list."""
    parts = ["# States", "", NOTE, ""]
    for title, moves in sorted(transition_tables()):
        parts += [f"## {title}", "", "```mermaid", "stateDiagram-v2", *_picture(moves), "```", ""]
        rows = [[f"`{before}`", f"`{move}`", f"`{after}`"] for (before, move), after in moves.items()]
        parts += [*_table(["from", "move", "to"], rows), ""]
    return "\n".join(parts)


def transition_tables() -> Iterator[tuple[str, Moves]]:
    """Each `…_MOVES` of a `states` module, by what it moves."""
    for path in (ROOT / "portal").glob("*/states.py"):
        module = importlib.import_module(f"portal.{path.parent.name}.states")
        for name, value in vars(module).items():
            if name.endswith("_MOVES") and isinstance(value, dict):
                yield name.removesuffix("_MOVES").replace("_", " ").capitalize(), value


def _picture(moves: Moves) -> list[str]:
    first = next(iter(type(next(iter(moves))[0])))
    last = [state for state in type(first) if state not in {before for before, _move in moves}]
    return [
        f"    [*] --> {first}",
        *(f"    {before} --> {after}: {move}" for (before, move), after in moves.items()),
        *(f"    {state} --> [*]" for state in last if state in moves.values()),
    ]


def _table(header: list[str], rows: list[list[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for file, content in drawings().items():
        (DOCS / file).write_text(content, encoding="utf-8")

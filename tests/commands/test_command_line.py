"""`./run` explains itself, refuses what it does not know, and passes pytest's options on."""

import os
import subprocess
import sys

import pytest

from commands.command_line import _split
from commands.paths import ROOT
from commands.proofs import chosen


def typed(*arguments, **environment):
    return subprocess.run(
        [sys.executable, ROOT / "run", *arguments],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
    )


def test_help_names_every_command():
    answer = typed("--help")

    assert answer.returncode == 0
    for command in ("demo", "code", "test", "check", "format", "prove", "bench", "lock", "serve", "worker"):
        assert f"\n    {command} " in answer.stdout


@pytest.mark.parametrize("arguments", [(), ("dance",), ("demo", "--port", "0"), ("check", "--quickly")])
def test_what_is_not_known_is_refused(arguments):
    answer = typed(*arguments)

    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_production_stops_without_settings_and_names_them(command):
    answer = typed(command)

    assert answer.returncode == 1
    assert "SECRET_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_everything_after_test_belongs_to_pytest():
    assert _split(["test", "-k", "codes", "--help"]) == (["test"], ["-k", "codes", "--help"])
    assert _split(["test", "--help"]) == (["test", "--help"], [])


def test_chosen_proofs_are_all_or_the_one_named(tmp_path, monkeypatch):
    monkeypatch.setattr("commands.proofs.ROOT", tmp_path)
    for name in ("one.py", "two.py", "__init__.py"):
        (tmp_path / name).touch()

    assert chosen(tmp_path, None) == ["one", "two"]
    assert chosen(tmp_path, "two") == ["two"]


def test_run_is_for_python_3_11_and_can_be_read_by_others():
    words = (ROOT / "run").read_text(encoding="utf-8")

    assert os.access(ROOT / "run", os.X_OK)
    assert "sys.version_info[:2] != (3, 11)" in words
    # An f-string or a modern hint would be a syntax error before the message is reached.
    assert 'f"' not in words

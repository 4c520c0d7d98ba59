"""Set-up is done again when, and only when, there is something to do."""

import re
import shutil
import sys

import pytest

from commands import environment
from commands.failure import Failure

LEFT_OVER = "Metadata-Version: 2.1\nName: left-over\nVersion: 1.0\n"


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """The lock file of an empty clone; its environments are real and hold nothing but pip."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(environment, "VIRTUAL_ENVIRONMENT", folder)
    monkeypatch.setattr(environment, "STAMP", folder / "installed.txt")
    monkeypatch.setattr(environment, "PYTHON", folder / "bin" / "python")
    file = tmp_path / "development.txt"
    file.write_text("# nothing\n", encoding="utf-8")
    return file


def add_left_over_package():
    (packages,) = environment.VIRTUAL_ENVIRONMENT.glob("lib/python3*/site-packages")
    (packages / "left_over-1.0.dist-info").mkdir()
    for name, words in (("METADATA", LEFT_OVER), ("INSTALLER", "pip\n")):
        (packages / "left_over-1.0.dist-info" / name).write_text(words, encoding="utf-8")
    record = "left_over-1.0.dist-info/METADATA,,\nleft_over-1.0.dist-info/INSTALLER,,\n"
    (packages / "left_over-1.0.dist-info" / "RECORD").write_text(
        record + "left_over-1.0.dist-info/RECORD,,\n", encoding="utf-8"
    )
    return packages / "left_over-1.0.dist-info"


def test_prepare_makes_the_environment_once(lock):
    environment.prepare(lock)
    made_at = environment.STAMP.stat().st_mtime_ns

    environment.prepare(lock)

    assert environment.PYTHON.exists()
    assert environment.STAMP.stat().st_mtime_ns == made_at


def test_prepare_brings_the_environment_up_to_date_when_the_lock_changes(lock):
    environment.prepare(lock)
    kept = environment.VIRTUAL_ENVIRONMENT / "kept"
    kept.touch()
    left_over = add_left_over_package()
    lock.write_text("# changed\n", encoding="utf-8")

    environment.prepare(lock)

    assert environment.STAMP.read_text(encoding="utf-8") == environment.stamp(lock, kept.parent)
    assert kept.exists()
    assert not left_over.exists()


def test_prepare_starts_over_when_pip_failed_before(lock):
    lock.write_text("no-such-file.whl\n", encoding="utf-8")
    with pytest.raises(Failure, match="Nothing half-made is used"):
        environment.prepare(lock)
    assert not environment.STAMP.exists()
    stray = environment.VIRTUAL_ENVIRONMENT / "stray"
    stray.touch()
    lock.write_text("# mended\n", encoding="utf-8")

    environment.prepare(lock)

    assert environment.STAMP.exists()
    assert not stray.exists()


def test_prepare_starts_over_when_the_clone_was_copied_from_elsewhere(lock, tmp_path):
    original = tmp_path / "elsewhere"
    (original / "bin").mkdir(parents=True)
    (original / "bin" / "python").symlink_to(sys.executable)
    (original / "installed.txt").write_text(environment.stamp(lock, original), encoding="utf-8")
    shutil.copytree(original, environment.VIRTUAL_ENVIRONMENT, symlinks=True)

    environment.prepare(lock)

    assert (environment.VIRTUAL_ENVIRONMENT / "pyvenv.cfg").exists()


def test_package_names_are_spelt_one_way():
    lines = (
        'Flask_Login==0.6.3 \\\n    --hash=sha256:00\nzope.interface==7.0 ; python_version < "4"\n# a==1\n'
    )

    assert environment.package_names(lines) == {"flask-login", "zope-interface"}


def test_pip_failure_is_told_in_its_own_last_words(tmp_path):
    missing = tmp_path / "no-such-file.txt"

    with pytest.raises(Failure, match=re.escape(missing.name)):
        environment.run_pip(environment.PYTHON, "install", "--no-index", "--requirement", missing)

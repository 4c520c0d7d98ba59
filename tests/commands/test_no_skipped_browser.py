"""In CI a browser test that did not run is a failure; elsewhere it is a skip."""

import os
import subprocess
import sys

import pytest

from commands.paths import ROOT

SKIPPED = """
import pytest

@pytest.mark.browser
def test_page():
    pytest.skip("no Chromium here")

def test_other():
    pytest.skip("another reason")
"""


@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 failed, 1 skipped"), ("", "2 skipped")])
def test_skip_of_a_browser_test_fails_in_ci_only(tmp_path, ci, outcome):
    file = tmp_path / "test_pages.py"
    file.write_text(SKIPPED, encoding="utf-8")
    pytest_alone = ["-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "commands.no_skipped_browser"]

    done = subprocess.run(
        [sys.executable, *pytest_alone, "-q", str(file)],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome in done.stdout
    if ci:
        assert "no Chromium here" in done.stdout

"""Chromium for the browser tests: found, else installed through apt when root, else absent with a reason."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def find() -> str | None:
    """Return the path of a browser that tests can drive, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install() -> str | None:
    """Return the browser's path, installing it first where that is possible; None when it is not."""
    found = find()
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    print("Installing Chromium for the browser tests …", flush=True)
    for step in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
    ):
        if subprocess.run(step, env=QUIET, capture_output=True, check=False).returncode:
            break
    return find()


def settings() -> dict[str, str]:
    """Return what tells the tests where the browser is; empty, after saying so, when there is none."""
    path = find_or_install()
    if path is None:
        print("No Chromium found: the browser tests will be skipped.", flush=True)
        return {}
    return {"CHROMIUM": path}

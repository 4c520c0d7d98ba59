"""The lock files: every package with its version and hashes, and no address of where it came from."""

import subprocess
from pathlib import Path

from commands import environment, interface_kit
from commands.failure import Failure
from commands.paths import REQUIREMENTS, ROOT, VIRTUAL_ENVIRONMENT

UV = VIRTUAL_ENVIRONMENT / "bin" / "uv"
OPTIONS = (
    *("--generate-hashes", "--universal", "--python-version", "3.11", "--quiet"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def lock() -> int:
    """Write the lock files from pyproject.toml, changing no version that still fits. Raises Failure."""
    environment.prepare()
    _compile("runtime.txt", "pyproject.toml")
    _compile("development.txt", "pyproject.toml", "--extra", "development")
    _compile(interface_kit.LOCK.name, "-", "--no-deps", words=interface_kit.PACKAGE)
    print("requirements/ is up to date. The next command installs what changed.")
    return 0


def _compile(output: str, source: str, *options: str, words: str | None = None) -> None:
    target = REQUIREMENTS / output
    command: list[str | Path] = [UV, "pip", "compile", source, *options, *OPTIONS, "--output-file", target]
    done = subprocess.run(command, cwd=ROOT, input=words, text=True, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Failure(f"{output} could not be made; the reason is above.")
    if "://" in target.read_text(encoding="utf-8"):
        raise Failure(f"{output} holds an address. Lock files name packages only.")

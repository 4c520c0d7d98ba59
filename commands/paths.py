"""Where things stand in a clone."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
ROLES = ROOT / "migrations" / "roles.sql"
STATIC_KIT = ROOT / "portal" / "static" / "nhsuk"
VIRTUAL_ENVIRONMENT = ROOT / ".venv"
PYTHON = VIRTUAL_ENVIRONMENT / "bin" / "python"

VAR = ROOT / "var"
SECRETS = VAR / "secrets.env"
PEOPLE = VAR / "demo" / "people.json"
MAIL = VAR / "mail"
LOGS = VAR / "logs"
EVIDENCE = ROOT / "docs" / "evidence"


def make_var() -> None:
    """Make the folder for everything a clone produces; only its owner may look inside."""
    VAR.mkdir(mode=0o700, exist_ok=True)

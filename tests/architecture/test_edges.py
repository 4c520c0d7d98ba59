"""Who may commit, read the time, cross to another side, and write a state."""

import ast

from tests.architecture.sources import calls, imported_by, sources, walk_with_function

EDGES = ("views", "commands")
COMMITTING_MODULES = {
    "portal.database",  # defines it
    "portal.cli",
    "portal.jobs.worker",
    "portal.authorisation.gate",
    "portal.authorisation.once",
    "portal.accounts.sign_in",
}
CROSSING = {"acting_for", "acting_for_practice", "acting_as"}
MAY_CROSS = {
    "portal.authorisation.crossing": "defines it",
    "portal.database": "defines it",
    "portal.jobs.worker": "runs each job in the scope it was asked for in",
    "portal.jobs.failures": "whether anything was given up is asked as the worker, and answered yes or no",
    "portal.accounts.actions": "a code is checked as the sign-in role",
    "portal.accounts.parking": "what somebody typed is kept as the sign-in role",
    "portal.submissions.actions": "what comes in opens a contact; a decision tells the practice",
    "portal.submissions.undelivered": "mail about a practice's deed was refused: a contact is opened",
    "portal.submissions.arrivals": "what a practice hands in opens a contact of the authority",
    "portal.conferences.actions": "not registered here: the practice's sight of a person ends at once",
    "portal.reports.sending": "word that a report will be late opens a contact",
    "portal.reports.copies": "who is kept from whom is known in full to the authority alone",
    "portal.packs.tasks": "looks, authority by authority, for conferences whose reports are due",
    "portal.demonstration.people": "plays the platform",
    "portal.demonstration.load": "plays every side in turn",
    "portal.demonstration.practice_work": "plays the practices",
    "portal.demonstration.team_work": "plays the contact team and the chairs",
}
"""Every module that asks the database in another side's name, and why it must."""
TIME_READERS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
CLOCKLESS = {
    "portal.clock": "the only reader of the time",
    "portal.jobs.worker": "measures intervals (monotonic), which tests do not move",
    "portal.web.logs": "measures how long a request took; a log line's own time comes from its record",
}


def is_edge(source):
    return source.name.endswith(EDGES) or source.module in COMMITTING_MODULES


def test_only_edges_commit():
    inner = [
        f"{source.place}:{line}"
        for source in sources()
        if not is_edge(source)
        for called, _function, line in calls(source)
        if called in ("commit", "commit_once")
    ]
    assert not inner, f"only views, commands, the worker and the gate commit: {inner}"


def test_nobody_rolls_back_but_edges():
    inner = [
        f"{source.place}:{line}"
        for source in sources()
        if not is_edge(source) and source.module != "portal.web.health"
        for called, _function, line in calls(source)
        if called == "rollback"
    ]
    assert not inner


def test_whoever_crosses_to_another_side_is_listed():
    crossing = {
        source.module
        for source in sources()
        if any(called in CROSSING for called, _function, _line in calls(source))
    }
    assert crossing <= set(MAY_CROSS), f"say here why: {crossing - set(MAY_CROSS)}"


def test_only_the_clock_reads_the_time():
    readers = [
        f"{source.place}:{node.lineno}"
        for source in sources()
        if source.module not in CLOCKLESS
        for node in ast.walk(source.tree)
        if _reads_time(node)
    ]
    assert not readers


def _reads_time(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return (name, node.func.attr) in TIME_READERS or (name == "time" and node.func.attr != "sleep")


def test_sql_never_asks_the_database_for_the_time():
    asking = [
        source.place
        for folder in ("portal", "migrations")
        for source in sources(folder)
        for node in ast.walk(source.tree)
        if _asks_the_database(node)
    ]
    assert not asking


def _asks_the_database(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
        said = node.value.lower()
        return "now()" in said.replace("clock.now()", "") or "current_timestamp" in said
    is_function = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return is_function and node.value.id == "func" and node.attr in ("now", "current_timestamp")


def test_states_are_written_only_by_moves():
    """A state comes from a table of moves; beside that only the first one is set, when a row is made."""
    strays = [
        f"{source.place}:{node.lineno} in {function}"
        for source in sources()
        for function, node in walk_with_function(source)
        if _writes_state(node) and not function.startswith(("move_", "_move_", "compare_and_set"))
    ]
    assert not strays, f"write a state through the package's move_…: {strays}"


def _writes_state(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
        return any(keyword.arg == "state" for keyword in node.keywords)
    is_setattr = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr"
    return is_setattr and isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"


def test_migrations_never_import_the_portal():
    importing = [
        source.place
        for source in sources("migrations")
        if any(name.partition(".")[0] in ("portal", "config", "tests") for name in imported_by(source))
    ]
    assert not importing


def test_every_view_and_form_module_keeps_away_from_models():
    """The contract in pyproject.toml names `views` and `forms`; this holds `section_views` too."""
    strays = [
        f"{source.place} imports {name}"
        for source in sources()
        if source.name.endswith(("views", "forms"))
        for name in imported_by(source)
        if _is_about_rows(name)
    ]
    assert not strays


def _is_about_rows(name):
    parts = name.split(".")
    is_model = parts[0] == "portal" and len(parts) > 2 and parts[2].endswith("models")
    return parts[0] == "sqlalchemy" or is_model or name.startswith("portal.conferences.people")


def test_what_works_never_knows_flask():
    """The contract names actions and queries; this holds every module that is no edge of its package."""
    shows = (
        "views",
        "forms",
        "commands",
        "sign_in",
        "gate",
        "once",
        "frame",
        "cli",
        "extensions",
        "packages",
    )
    strays = [
        f"{source.place} imports {name}"
        for source in sources()
        if not source.module.startswith(("portal.web", "portal.questionnaire"))
        and source.module not in ("portal", "portal.accounts.sessions")
        and not source.name.endswith(shows)
        for name in imported_by(source)
        if name.partition(".")[0] in ("flask", "flask_wtf", "flask_login", "wtforms", "werkzeug")
    ]
    assert not strays


def test_dangerous_parts_are_not_used():
    """Nothing unpickles, evaluates text, or draws secrets from a predictable source (ASVS 1.3.2, 11.5.1)."""
    banned = {"pickle", "marshal", "shelve", "yaml", "random"}
    strays = [
        f"{source.place} imports {name}"
        for source in sources()
        for name in imported_by(source)
        if name.partition(".")[0] in banned
    ]
    strays += [
        f"{source.place}:{node.lineno} calls {node.func.id}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
    ]
    assert not strays

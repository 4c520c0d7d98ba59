"""What can be typed after `./run`, and who does it."""

import argparse
import sys
from collections.abc import Callable, Sequence

from commands import checks, codes, demo, production, proofs, requirements
from commands.failure import Failure
from commands.programs import stop_on_signals

INTERRUPTED = 130  # what a shell expects after Ctrl-C

Deed = Callable[[argparse.Namespace, list[str]], int]


def main(arguments: Sequence[str]) -> int:
    """Do what was typed; returns the exit code. A failure is one sentence, not a traceback."""
    stop_on_signals()
    typed, rest = _split(arguments)
    chosen = _parser().parse_args(typed)
    deed: Deed = chosen.deed
    try:
        return deed(chosen, rest)
    except Failure as failure:
        print(f"{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Everything after `test` belongs to pytest, its options too."""
    if arguments and arguments[0] == "test" and arguments[1:] not in (["-h"], ["--help"]):
        return ["test"], list(arguments[1:])
    return list(arguments), []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Sets up what it needs, then does one thing. Start with: ./run demo",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, summary: str, deed: Deed) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(deed=deed)
        return command

    _add_daily(add)
    _add_others(add)
    return parser


def _add_daily(add: Callable[[str, str, Deed], argparse.ArgumentParser]) -> None:
    show = add(
        "demo",
        "start the portal with demonstration data; Ctrl-C stops it",
        lambda typed, _rest: demo.run(typed.port, is_fresh=typed.fresh),
    )
    show.add_argument("--port", type=_port, default=8000, help="default: 8000")
    show.add_argument("--fresh", action="store_true", help="forget what earlier demonstrations changed")
    code = add(
        "code",
        "print the current six-digit code of a demonstration user",
        lambda typed, _rest: codes.print_code(typed.email),
    )
    code.add_argument("email", metavar="E-MAIL")
    add("test", "run the tests; all that follows goes to pytest", lambda _typed, rest: checks.test(rest))
    add("check", "format, lint, types, layers, tests: what CI runs", lambda _typed, _rest: checks.check())
    add("format", "format the code", lambda _typed, _rest: checks.format_code())


def _add_others(add: Callable[[str, str, Deed], argparse.ArgumentParser]) -> None:
    prove = add("prove", "run the long proofs", lambda typed, _rest: proofs.prove(typed.name))
    bench = add("bench", "run the benchmarks", lambda typed, _rest: proofs.bench(typed.name))
    for command in (prove, bench):
        command.add_argument("name", metavar="NAME", nargs="?", help="only this one")
    add("lock", "renew the lock files in requirements/", lambda _typed, _rest: requirements.lock())
    add("serve", "production: the web server", lambda _typed, _rest: production.serve())
    add("worker", "production: the worker", lambda _typed, _rest: production.work())


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number

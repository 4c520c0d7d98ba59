"""The NHS design system's macros, callable from our templates as `kit.button({...})`.

The kit's templates count on reading what was never given, so they run in an environment of their own. Ours
keeps StrictUndefined, where a misspelt name is an error.
"""

from collections.abc import Callable
from functools import cache

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup


@cache
def kit_environment() -> Environment:
    """The kit's own templates, escaped: the kit's default leaves `.jinja` files unescaped."""
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
    )


@cache
def _macro(name: str) -> Callable[..., Markup]:
    words = name.split("_")
    template = kit_environment().get_template(f"nhsuk/components/{'-'.join(words)}/macro.jinja")
    camel_case = words[0] + "".join(word.capitalize() for word in words[1:])
    macro: Callable[..., Markup] = getattr(template.module, camel_case)
    return macro


# Only macros that a test has seen escape whatever they are given: version 0.8.0 marks the text of every
# label as safe, so its form fields would run what somebody typed. Ours stand in components/fields.html.
MACROS = frozenset(
    {"action_link", "back_link", "button", "details", "inset_text", "panel", "tag", "warning_callout"}
)


class Kit:
    """Finds a macro of the kit by its name in snake case: `kit.back_link` is `backLink`."""

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """Return the macro; raises AttributeError for one that MACROS does not hold."""
        if name not in MACROS:
            raise AttributeError(f"kit.{name} is not among the macros known to escape: see portal/web/kit.py")
        return _macro(name)

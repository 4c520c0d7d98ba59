"""One PDF made in a process of its own, with limits on time and memory: JSON comes in, the PDF goes out.

Started by its path in isolated mode, so that it loads neither the portal nor a module next to it.
"""

import json
import resource
import sys

FAILED, GLYPH_MISSING = 3, 4
_CPU_SECONDS = 30
_MEMORY_BYTES = 2 * 1024**3


def main() -> int:
    """Write the PDF; return 0, GLYPH_MISSING when no font has a character, or FAILED."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.load(sys.stdin.buffer)
    import typst  # after the limits, which then hold for its own start too

    compiler = typst.Compiler(
        order["template"],
        root=order["root"],
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]]
        ),
        sys_inputs={"document": json.dumps(order["document"])},
    )
    try:
        content = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=order["timestamp"])
    except typst.TypstError as error:
        if "--explain" in sys.argv:  # for whoever works on the template, by hand; never used by the portal
            print(error.diagnostic, file=sys.stderr)
        return GLYPH_MISSING if "could not be displayed" in error.message else FAILED
    if not isinstance(content, bytes):
        return FAILED
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a pack's files are called: by reference, kind and version only, so that no name lies in a folder."""

import re

from portal.packs.models import Pack

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The two files of a pack, by the ending of their names."""


def version_of(pack: Pack) -> str:
    """What every page says: "version 2"; a family member's copy also carries its own mark."""
    return f"version {pack.number}, copy {_mark(pack)}" if pack.for_person_id else f"version {pack.number}"


def file_name(pack: Pack, file_type: str) -> str:
    """Such as CPC-27-0044-chair-v2.pdf.

    The copies of two family members may have one version; their marks keep them from being mixed up.
    """
    reference = re.sub(r"[^A-Za-z0-9-]+", "-", pack.conference.reference).strip("-")
    mark = f"-{_mark(pack)}" if pack.for_person_id else ""
    return f"{reference}-{pack.audience}-v{pack.number}{mark}.{file_type}"


def _mark(pack: Pack) -> str:
    return pack.id.hex[:6]

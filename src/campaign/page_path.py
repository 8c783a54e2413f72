"""Where a page lies: the country's first language at the root, the others in folders of their own."""

from __future__ import annotations

import re
from functools import lru_cache

_UPWARDS = re.compile(r"\.\./[^\s()<>]*")  # from a link's first ../ to its end


def address(path: str, language: str, first: str) -> str:
    """``("youth/online.html", "ru", "et")`` as a relative address of the site: ``ru/youth/online.html``."""
    return path if language == first else f"{language}/{path}"


def relative(path: str, page: str) -> str:
    """The link from one page of a site to another; works under any path and from a folder."""
    return _from_folder(path, page.rpartition("/")[0])


@lru_cache(8192)  # every page of a folder has most of its links in common with the others
def _from_folder(path: str, folder: str) -> str:
    here = folder.split("/") if folder else []
    there = path.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def stays_inside(markdown: str, path: str) -> bool:
    """Whether no link in the text of ``path`` (``youth/online.md``) can leave the folder of its language,
    so that it is the same link wherever that folder is."""
    return all(link.count("../") <= path.count("/") for link in _UPWARDS.findall(markdown))

"""Finishes the one municipality's site that MkDocs builds directly, once its last language is there."""

from pathlib import Path

from campaign.copies.fill import Filler
from campaign.site.base import read_base

built = set()


def on_post_build(config):
    site, i18n = config.extra["site"], config.plugins["i18n"]
    built.add(i18n.current_language)
    if site.municipality is None or built != set(i18n.build_languages):
        return
    built.clear()
    folder = Path(config.site_dir)
    base = read_base(folder, site.country.code)
    for path, content in Filler(site.root, base, site.country, site.words).fill(site.municipality).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)


def on_build_error(error):
    built.clear()

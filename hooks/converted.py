"""Reads a page and converts its text from Markdown once, however many countries and languages show it."""

from functools import cache
from pathlib import Path

from mkdocs.utils.meta import get_data

from campaign.page_path import address, relative, stays_inside

converted = {}
inside = frozenset()  # whatever lies in the folders of the languages, as the language sees it that is built
MADE = ("content", "toc", "_title_from_render", "present_anchor_ids")  # of a page, by converting it


def on_nav(nav, config, files):
    global inside
    home = address(
        "index.html", config.plugins["i18n"].current_language, config.extra["site"].country.language
    )
    localized = [file for file in files if getattr(file, "localization", None)]
    files.get_file_from_path = cache(files.get_file_from_path)  # for each link of each page
    inside = frozenset((file.norm_src_uri, relative(file.url, home)) for file in localized)


def on_pre_page(page, config, files):
    if not config.extra["serving"]:
        page.read_source = lambda config: vars(page).update(read(page.file.abs_src_path))


@cache
def read(path):
    markdown, meta = get_data(Path(path).read_text("utf-8-sig"))
    return {"markdown": markdown, "meta": meta}


def on_page_markdown(markdown, page, config, files):
    path = page.file.norm_src_uri
    if config.extra["serving"] or not stays_inside(markdown, path):  # a preview repeats its warnings
        return
    page.key = (path, markdown, inside)
    if page.key in converted:
        page.render = lambda config, files: recall(page, files)


def on_page_content(html, page, config, files):
    if hasattr(page, "key") and page.key not in converted:
        links = [(file.norm_src_uri, anchors) for file, anchors in page.links_to_anchors.items()]
        converted[page.key] = ({name: getattr(page, name) for name in MADE}, links)


def recall(page, files):
    made, links = converted[page.key]
    vars(page).update(made)
    page.links_to_anchors = {files.get_file_from_path(path): anchors for path, anchors in links}

"""Gathers the texts of a language's pages and writes what the search in that language loads."""

from pathlib import Path

from campaign.copies.contact_search import FOLDER
from campaign.site.scripts import minified
from campaign.site.search_index import Entry, index_script

gathered = {}


def on_page_content(html, page, config, files):
    language = config.plugins["i18n"].current_language
    if page.file.locale == language:  # a text that stands in is another language's
        path = page.file.norm_src_uri.removesuffix(".md") + ".html"
        gathered.setdefault(language, []).append(Entry.of(path, page.title, html))


def on_post_build(config):
    site, language = config.extra["site"], config.plugins["i18n"].current_language
    entries, folder = gathered.pop(language, ()), Path(config.site_dir, FOLDER)
    index = index_script(entries, language, site.words[language], site.lexicon(language))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{language}.js").write_text(index, "utf-8")
    for source in (site.root / "overrides" / FOLDER).glob("*.js"):
        (folder / source.name).write_text(minified(source.read_text("utf-8")), "utf-8")


def on_build_error(error):
    gathered.clear()

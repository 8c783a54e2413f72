"""Gathers the texts of a language's pages and writes the index that the search in that language reads."""

from pathlib import Path

from campaign.contacts_index import FOLDER
from campaign.search import Entry, index_script

gathered = {}


def on_page_content(html, page, config, files):
    language = config.plugins["i18n"].current_language
    if page.file.locale == language:  # a text that stands in is another language's
        path = page.file.norm_src_uri.removesuffix(".md") + ".html"
        gathered.setdefault(language, []).append(Entry.of(path, page.title, html))


def on_post_build(config):
    site, language = config.extra["site"], config.plugins["i18n"].current_language
    script = index_script(gathered.pop(language, ()), language, site.words[language], site.lexicon(language))
    file = Path(config.site_dir, FOLDER, f"{language}.js")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script, "utf-8")


def on_build_error(error):
    gathered.clear()

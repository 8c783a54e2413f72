"""Gives MkDocs the pages as they were checked, chooses a page's country passages and turns its comments into
slots of the base site."""

from campaign.model.contact import Audience
from campaign.pages.slots import for_country, with_slots


def on_page_read_source(page, config):
    return config.extra["site"].texts[page.file.src_uri].source


def on_page_markdown(markdown, page, config, files):
    site = config.extra["site"]
    checked = site.texts[page.file.src_uri]
    page.meta = {"title": checked.meta.title, "sources": checked.meta.sources}  # as we read YAML
    language = config.plugins["i18n"].current_language
    text = for_country(checked.text, site.country.code)
    return with_slots(text, language, Audience.of(page.file.norm_src_uri), page.file.locale)


def on_page_content(html, page, config, files):
    """Lists of boxes to tick have no bullets; without their role, Safari would then not call them lists."""
    html = html.replace("<li>☐", '<li class="check">☐').replace("<li>\n<p>☐", '<li class="check">\n<p>☐')
    return html.replace('<ul>\n<li class="check">', '<ul role="list">\n<li class="check">')

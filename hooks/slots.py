"""Selects a page's passages for the country and turns its comments into slots for a municipality's contacts:
``<!-- contacts: shelter -->`` becomes the cards of the place's shelters."""

from campaign.model.contact import Audience
from campaign.pages.slots import for_country, with_slots


def on_page_markdown(markdown, page, config, files):
    plugin = config.plugins["campaign"]
    checked = plugin.site.texts[page.file.src_uri]
    page.meta = {"title": checked.meta.title, "sources": checked.meta.sources}  # parsed as typed text
    text = for_country(checked.text, plugin.site.country.code)
    return with_slots(text, plugin.language, Audience.of(page.file.norm_src_uri), page.file.locale)

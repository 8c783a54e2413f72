"""Selects a page's passages for the country and turns its comments into slots for a municipality's contacts:
``<!-- contacts: shelter -->`` becomes the cards of the place's shelters. Old sections get a notice."""

from campaign.model.contact import Audience
from campaign.pages.slots import for_country, with_slots
from campaign.site.notices import with_notices


def on_page_markdown(markdown, page, config, files):
    plugin = config.plugins["campaign"]
    checked = plugin.site.texts[page.file.src_uri]
    page.meta = {"title": checked.meta.title, "sources": checked.meta.sources}  # parsed as typed text
    text = for_country(with_notices(checked, plugin.site, plugin.language), plugin.site.country.code)
    return with_slots(text, plugin.language, Audience.of(page.file.norm_src_uri), page.file.locale)

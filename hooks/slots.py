"""Chooses a page's country passages and turns its comments into slots of the base site."""

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from campaign.model import Audience
from campaign.problem import CampaignError
from campaign.slot import check_markdown, for_country, with_slots

log = get_plugin_logger("campaign")


def on_page_markdown(markdown, page, config, files):
    site = config.extra["site"]
    problems = []
    if "project" not in config.extra:  # else it was checked before
        source = page.file.content_string
        first_line = source.count("\n", 0, source.rfind(markdown.rstrip())) + 1
        problems = check_markdown(markdown, f"docs/{page.file.src_uri}", first_line, site.countries)
    text = for_country(markdown, site.country.code)
    if problems and not config.extra["serving"]:
        raise PluginError(f"\n{CampaignError(problems)}")
    if problems:
        log.error(f"This page is shown without its contacts:\n{CampaignError(problems)}")
        return text
    language = config.plugins["i18n"].current_language
    return with_slots(text, language, Audience.of(page.file.norm_src_uri), page.file.locale)


def on_page_content(html, page, config, files):
    """Lists of boxes to tick have no bullets; without their role, Safari would then not call them lists."""
    html = html.replace("<li>☐", '<li class="check">☐').replace("<li>\n<p>☐", '<li class="check">\n<p>☐')
    return html.replace('<ul>\n<li class="check">', '<ul role="list">\n<li class="check">')

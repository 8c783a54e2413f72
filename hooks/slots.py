"""Chooses a page's country passages and turns its comments into slots of the base site."""

from mkdocs.exceptions import PluginError

from campaign.model import Audience
from campaign.problem import CampaignError
from campaign.slot import check_markdown, for_country, with_slots


def on_page_markdown(markdown, page, config, files):
    site = config.extra["site"]
    source = page.file.content_string
    first_line = source.count("\n", 0, source.rfind(markdown.rstrip())) + 1
    problems = check_markdown(markdown, f"docs/{page.file.src_uri}", first_line, site.countries)
    if problems:
        raise PluginError(f"\n{CampaignError(problems)}")
    language = config.plugins["i18n"].current_language
    text = for_country(markdown, site.country.code)
    return with_slots(text, language, Audience.of(page.file.norm_src_uri))


def on_page_content(html, page, config, files):
    return html.replace("<li>☐", '<li class="check">☐').replace("<li>\n<p>☐", '<li class="check">\n<p>☐')

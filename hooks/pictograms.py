"""Draws the pictograms of a page's text. It runs first, so that the search does not see their slots."""

from pathlib import Path

from mkdocs.plugins import event_priority

from campaign.site.draw_pictograms import with_pictograms


@event_priority(50)
def on_page_content(html, page, config, files):
    return with_pictograms(html, Path(config.config_file_path).parent)

"""Removes the bullets from lists of boxes to tick."""


def on_page_content(html, page, config, files):
    """Mark such lists for the style sheet. The role is needed: without bullets Safari calls them no lists."""
    html = html.replace("<li>☐", '<li class="check">☐').replace("<li>\n<p>☐", '<li class="check">\n<p>☐')
    return html.replace('<ul>\n<li class="check">', '<ul role="list">\n<li class="check">')

"""Takes the bullets from lists of boxes to tick."""


def on_page_content(html, page, config, files):
    """Without their role, Safari would then not call them lists."""
    html = html.replace("<li>☐", '<li class="check">☐').replace("<li>\n<p>☐", '<li class="check">\n<p>☐')
    return html.replace('<ul>\n<li class="check">', '<ul role="list">\n<li class="check">')

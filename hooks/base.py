"""Hands the pages of a country's base site over in memory: what is read again at once is not written."""


def on_post_page(output, page, config):
    pages = config.extra.get("pages")
    if pages is None:
        return output
    pages[page.file.dest_uri] = output.encode("utf-8", errors="xmlcharrefreplace")
    return ""

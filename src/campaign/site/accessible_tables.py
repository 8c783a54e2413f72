"""Makes tables accessible: each is in a named region that scrolls by keys, and its rows have headings."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def name_tables(root: Element) -> None:
    """Put each table of a page into a region named after the heading above it, or after its columns if
    another table already has that name: no two regions of a page have the same name."""
    heading, named = None, set()
    for place, element in enumerate(list(root)):
        if element.tag in ("h1", "h2", "h3", "h4"):
            heading = element.get("id")
        if element.tag != "table":
            continue
        columns = list(element.iterfind("thead/tr/th"))
        name = {"aria-label": ", ".join("".join(cell.itertext()) for cell in columns)}
        if heading and heading not in named:
            name = {"aria-labelledby": heading}
            named.add(heading)
        region = Element("div", {"class": "table", "role": "region", "tabindex": "0", **name})
        region.append(element)
        region.tail = element.tail
        root[place] = region
        _give_headings(element, columns)


def _give_headings(table: Element, columns: list[Element]) -> None:
    """Make the first cell of each row the heading of the row."""
    for cell in columns:
        cell.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        row[0].tag = "th"
        row[0].set("scope", "row")

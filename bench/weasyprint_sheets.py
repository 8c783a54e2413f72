"""Two sheets of the kit in HTML and CSS for WeasyPrint, with the data of ours: a poster and a handout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import weasyprint
from markupsafe import Markup

SHEETS = ("poster-a4", "handout-signs")
_SIGNS = ("papers-kept", "unpaid-wages", "locked-door", "threats")
_STYLE = """
@page { size: A4; margin: 0; bleed: 3mm }
body { margin: 0; font-family: "Noto Sans"; font-size: 11pt; color: #16302d }
h1 { font-size: 40pt; line-height: 1.1; margin: 0 }
header { background: #0d5953; color: #fff; padding: 17mm 16mm 6mm; height: 80mm; font-size: 20pt }
section { display: grid; grid-template-columns: 70mm 106mm; gap: 4mm; padding: 4mm 16mm; height: 34mm }
section { hyphens: auto }
.signs { grid-template-columns: repeat(4, 1fr); text-align: center; font-weight: bold }
svg { width: 18mm; height: 18mm; color: #0d5953 }
strong { font-size: 40pt; color: #0d5953 }
footer { background: #f2b84b; padding: 8mm 16mm; height: 26mm }
.handout { margin: 20mm 18mm; font-size: 10.5pt; hyphens: auto }
.handout h1 { font-size: 22pt }
"""


def pdf(sheet: Mapping[str, Any], pictograms: str) -> bytes:
    """Return a sheet as PDF/UA-1. ``sheet`` are the data that our templates get, and ``pictograms`` their
    JSON."""
    body = _handout(sheet) if sheet["blocks"] else _poster(sheet, json.loads(pictograms))
    page = Markup('<html lang="{}"><title>{}</title><style>{}</style>{}')
    html = page.format(sheet["lang"], sheet["title"], Markup(_STYLE), body)
    made: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _poster(sheet: Mapping[str, Any], pictograms: Mapping[str, str]) -> Markup:
    words = sheet["words"]
    signs = [
        Markup("<div>{}<br>{}</div>").format(Markup(pictograms[name]), words[f"kit-sign-{name}"])
        for name in _SIGNS
    ]
    numbers = [
        Markup("<section><div><b>{}</b><p>{}</div><div><strong>{}</strong><p>{}</div></section>").format(
            *(number[key]["text"] for key in ("name", "purpose", "number", "facts"))
        )
        for number in sheet["numbers"]
    ]
    return Markup(
        '<header><h1>{}</h1><p>{}</header><section class="signs">{}</section>{}<footer>{}</footer>'
    ).format(
        words["kit-headline"],
        words["kit-subline"],
        Markup("").join(signs),
        Markup("").join(numbers),
        sheet["dates"]["text"],
    )


def _handout(sheet: Mapping[str, Any]) -> Markup:
    tags = {"h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "p": "p"}
    blocks = []
    for block in sheet["blocks"]:
        runs = Markup("").join(
            Markup("<b>{}</b>" if run["bold"] else "{}").format(run["text"]) for run in block["runs"]
        )
        tag = Markup(tags.get(block["kind"], "li"))
        blocks.append(Markup("<{}>{}</{}>").format(tag, runs, tag))
    return Markup('<div class="handout">{}</div>').format(Markup("").join(blocks))

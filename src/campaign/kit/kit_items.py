"""The closed list of what a kit consists of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import CampaignError, Problem, instead, shown
from ..model.places import Municipality
from ..model.referral_order import Order
from .training_handouts import PAGES

TEMPLATES = Path(__file__).parent  # the Typst files are beside the modules


@dataclass(frozen=True)
class Item:
    """One thing to print or to share. ``template`` is the name of its Typst file, and ``title`` the key of
    its words. ``quiet`` has no topic word and no picture. ``paper`` is what the printer needs."""

    name: str
    template: str
    title: str
    paper: str = "a4"  # a4, a3, or the size of a picture in pixels
    quiet: bool = False
    variant: str = ""  # which order, handout or picture
    all_languages: bool = False  # one for the whole place, instead of one for each language

    @property
    def ending(self) -> str:
        return "pdf" if self.paper in ("a4", "a3") else "png"

    def file(self, language: str) -> str:
        """Return the name of its file: ``poster-a4-ru.pdf``."""
        return f"{self.name}.{self.ending}" if self.all_languages else f"{self.name}-{language}.{self.ending}"


def _with_quiet(name: str) -> list[Item]:
    title = f"kit-item-{name}"
    return [Item(name, name, title), Item(f"{name}-quiet", name, title, quiet=True)]


ITEMS: Sequence[Item] = (
    Item("poster-a4", "poster", "kit-item-poster"),
    Item("poster-a3", "poster", "kit-item-poster", "a3"),
    Item("poster-all", "poster-all", "kit-item-poster-all", all_languages=True),
    Item("leaflet", "leaflet", "kit-item-leaflet"),
    *_with_quiet("cards"),
    *_with_quiet("shoe-card"),
    *_with_quiet("strips"),
    *_with_quiet("stickers"),
    Item("desk", "desk", "kit-item-desk"),
    Item("hanging", "hanging", "kit-item-hanging"),
    *(
        Item(f"order-{order}-{paper}", "order", f"order-{order}", paper, variant=order)
        for order in Order
        for paper in ("a4", "a3")
    ),
    *(Item(f"handout-{name}", "handout", "kit-item-handout", variant=name) for name in PAGES),
    *(Item(f"share-{n}", "share", "kit-item-share", "1200 × 630", variant=n) for n in ("1", "2", "3")),
)


def chosen_items(patterns: Collection[str]) -> list[Item]:
    """Return the items with these names, or all. ``cards`` means cards and quiet cards; ``*`` is allowed, as
    in ``order-*-a3``."""
    known = {item.name for item in ITEMS} | {item.template for item in ITEMS}
    problems = [
        Problem(
            "campaign kit",
            0,
            "--items",
            shown(name),
            f"one of {', '.join(sorted(known))}{instead(name, known)}",
        )
        for name in patterns
        if not any(_matches(item, name) for item in ITEMS)
    ]
    if problems:
        raise CampaignError(problems)
    return [item for item in ITEMS if not patterns or any(_matches(item, name) for name in patterns)]


def printed_languages(place: Municipality, chosen: Collection[str]) -> list[str]:
    """Return the languages of a place's kit: the chosen ones, else those that are whole. No native speaker
    has read a language that is only begun, so it is not printed unless somebody asks for it."""
    whole = place.country.record.languages
    return [code for code in place.country.languages if code in (chosen or whole)]


def on_one_sheet(place: Municipality, language: str) -> list[str]:
    """Return the languages of a sheet that has all of them: the whole ones, and that of the sheet itself."""
    return [code for code in place.country.languages if code in (*place.country.record.languages, language)]


def _matches(item: Item, name: str) -> bool:
    return name == item.template or fnmatchcase(item.name, name)

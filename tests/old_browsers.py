"""What old browsers lack, and how Chromium is made to lack it: the one list that the tests of old phones use.

Versions are those of MDN's browser-compat-data 8.1.9 (November 2026): a feature belongs to a browser here when its
``version_added`` there is later. What Opera Mini lacks is caniuse's column "op_mini all" (caniuse-lite
1.0.30001828), as far as Chromium can be made to lack it. Only features are listed that a page like ours
could be tempted to use; ``globalThis`` is not taken away, since the tests' own driver needs it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

# Methods, properties and globals, by where they are found.
AFTER_CHROME_53 = (  # the WebView of phones that stay at Chrome 51 to 53
    "Element.prototype.append",
    "Element.prototype.prepend",
    "Element.prototype.before",
    "Element.prototype.after",
    "Element.prototype.replaceWith",
    "CharacterData.prototype.before",
    "CharacterData.prototype.after",
    "CharacterData.prototype.replaceWith",
    "Document.prototype.append",
    "Document.prototype.prepend",
    "DocumentFragment.prototype.append",
    "DocumentFragment.prototype.prepend",
    "Object.values",
    "Object.entries",
    "window.PointerEvent",
)
AFTER_CHROME_56_AND_SAFARI_12 = (
    "Element.prototype.replaceChildren",
    "Document.prototype.replaceChildren",
    "DocumentFragment.prototype.replaceChildren",
    "Element.prototype.checkVisibility",
    "HTMLElement.prototype.inert",
    "HTMLElement.prototype.popover",
    "HTMLElement.prototype.showPopover",
    "Array.prototype.at",
    "Array.prototype.findLast",
    "Array.prototype.toSorted",
    "Object.fromEntries",
    "Object.hasOwn",
    "Promise.allSettled",
    "String.prototype.at",
    "String.prototype.matchAll",
    "String.prototype.replaceAll",
    "Intl.ListFormat",
    "Intl.Locale",
    "Intl.PluralRules",
    "Intl.RelativeTimeFormat",
    "Intl.Segmenter",
    "window.ResizeObserver",
    "window.queueMicrotask",
    "window.structuredClone",
)
AFTER_CHROME_56 = (
    "Element.prototype.getAttributeNames",
    "Element.prototype.toggleAttribute",
    "Array.prototype.flat",
    "Array.prototype.flatMap",
    "Promise.prototype.finally",
    "String.prototype.padStart",
    "String.prototype.padEnd",
    "String.prototype.trimStart",
    "String.prototype.trimEnd",
    "Intl.DateTimeFormat.prototype.formatToParts",
    "window.AbortController",
)
AFTER_SAFARI_12 = (
    "HTMLDialogElement.prototype.showModal",
    "window.IntersectionObserver",
    "window.PointerEvent",
)
NOT_IN_OPERA_MINI = (
    "Element.prototype.closest",
    "Element.prototype.matches",
    "Element.prototype.remove",
    "CharacterData.prototype.remove",
    "Element.prototype.scrollIntoViewIfNeeded",
    "KeyboardEvent.prototype.getModifierState",
    "window.MutationObserver",
    "window.IntersectionObserver",
    "window.fetch",
    "window.Intl",
    "window.URL",
    "window.URLSearchParams",
    "navigator.serviceWorker",
)

# What Opera's servers do not run: they answer a tap with a new page and hear no key.
EVENTS_OF_OPERA_MINI = ("click", "submit", "load", "DOMContentLoaded", "change")
EVENTS_AFTER_SAFARI_12 = ("auxclick", "pointerdown", "pointerup", "pointermove")


@dataclass(frozen=True)
class Css:
    """A feature of style sheets: the declarations, rules or conditions that a browser without it skips."""

    name: str
    pattern: str
    instead: str = ""


STICKY = Css("position: sticky", r"position:sticky;?")
PREFIXED_STICKY = Css("position: -webkit-sticky", r"position:-webkit-sticky;?")
FIXED = Css("position: fixed", r"position:fixed;?")
# A question about sticky is answered first: what follows would take its words out of the question.
_ASKED = r"@supports [^{]*sticky[^{]*"
ONLY_FIXED = Css("an answer: fixed and not sticky", _ASKED, "@media all")
STICKY_OR_NEITHER = Css("an answer: sticky, or neither", _ASKED, "@media not all")
CONTENTS = Css("display: contents", r"display:contents;?")
GRID = Css("display: grid", r"display:grid;?")
GAP = Css("gap in flex boxes", r"(?<![-\w])(?:row-|column-)?gap:[^;}]*;?")
INSET = Css("inset", r"(?<![-\w])inset:[^;}]*;?")
MATHS = Css("min(), max(), clamp()", r"[-\w]+:[^;{}]*\b(?:min|max|clamp)\([^;}]*;?")
VARIABLES = Css("custom properties", r"[-\w]+:[^;{}]*var\([^;}]*;?|--[-\w]+:[^;}]*;?")
VIEWPORT_UNITS = Css("vh, vw", r"[-\w]+:[^;{}]*\d(?:vh|vw)[^;}]*;?")
SCHEME = Css("prefers-color-scheme", r"@media[^{]*prefers-color-scheme[^{]*\{[^{}]*\{[^}]*\}\}")
FORCED = Css("forced-colors", r"@media\(forced-colors:active\)\{[^{}]*\{[^}]*\}\}")
FOCUS_VISIBLE = Css(":focus-visible", r"[^{}]*:focus-visible[^{}]*\{[^}]*\}")
SELECTORS = Css(":has(), :is(), :where()", r"[^{}]*:(?:has|is|where)\([^{}]*\{[^}]*\}")
ANYWHERE = Css("overflow-wrap: anywhere", r"overflow-wrap:anywhere;?")


@dataclass(frozen=True)
class OldBrowser:
    """A browser by what it lacks. ``heard`` are the only events that it tells of, where it tells of few;
    ``unheard`` those that it does not know."""

    name: str
    members: tuple[str, ...]
    css: tuple[Css, ...]
    heard: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    keys: bool = True  # whether a page hears the keyboard
    position: str = "sticky"  # what keeps a bar in view; static where nothing can

    def __str__(self) -> str:
        return self.name

    @property
    def script(self) -> str:
        """Takes everything away before a page's own scripts run."""
        return _TAKE_AWAY % tuple(map(json.dumps, (self.members, self.heard, self.unheard)))

    def style(self, css: str) -> str:
        """The style sheet as this browser reads it: without what it skips."""
        for feature in self.css:
            css = re.sub(feature.pattern, feature.instead, css)
        return css


_TAKE_AWAY = """(() => {
  for (const path of %s) {
    const names = path.split('.'), last = names.pop();
    const owner = names.reduce((found, name) => found && found[name], window);
    if (owner) {
      delete owner[last];
      if (last in owner) Object.defineProperty(owner, last, {configurable: true, value: undefined});
    }
  }
  const heard = %s, unheard = %s, listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (unheard.includes(type) || heard.length && !heard.includes(type)) return;
    listen.call(this, type, ...rest);
  };
})()"""

_NEVER = (GAP, INSET, FOCUS_VISIBLE, SELECTORS, ANYWHERE, SCHEME, FORCED)
OLD_BROWSERS = (
    OldBrowser(
        "Chrome 53",
        AFTER_CHROME_53 + AFTER_CHROME_56 + AFTER_CHROME_56_AND_SAFARI_12,
        (*_NEVER, ONLY_FIXED, STICKY, PREFIXED_STICKY, CONTENTS, GRID, MATHS),
        unheard=EVENTS_AFTER_SAFARI_12,
        position="fixed",
    ),
    OldBrowser(
        "Chrome 56",
        AFTER_CHROME_56 + AFTER_CHROME_56_AND_SAFARI_12,
        (*_NEVER, STICKY_OR_NEITHER, PREFIXED_STICKY, CONTENTS, GRID, MATHS),
    ),
    OldBrowser(
        "Safari 12",
        (*AFTER_CHROME_56_AND_SAFARI_12, *AFTER_SAFARI_12),
        (
            *_NEVER,
            STICKY_OR_NEITHER,
            STICKY,
            Css("its own sticky", "position:-webkit-sticky", "position:sticky"),
            CONTENTS,
        ),
        unheard=EVENTS_AFTER_SAFARI_12,
    ),
    OldBrowser(
        "Opera Mini",
        NOT_IN_OPERA_MINI + AFTER_CHROME_53 + AFTER_CHROME_56 + AFTER_CHROME_56_AND_SAFARI_12,
        (
            *_NEVER,
            STICKY_OR_NEITHER,
            STICKY,
            PREFIXED_STICKY,
            FIXED,
            CONTENTS,
            GRID,
            MATHS,
            VARIABLES,
            VIEWPORT_UNITS,
        ),
        heard=EVENTS_OF_OPERA_MINI,
        keys=False,
        position="static",
    ),
)

"""The required keys of i18n/*.yml, and the values that the site inserts into some of the words."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.contact import Audience, Eligibility
from ..model.referral_order import Consent, Order, StepKind
from ..model.roles import Role
from ..model.working_group import MeetingKind, SeatKind
from ..text.opening_hours import DAYS

# The values inserted into a text; each must be in it exactly once. No other text has braces.
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    **{f"search-found-{form}": ("count",) for form in ("one", "few", "other")},
    "in-language": ("language",),
    "hours-span": ("opens", "closes"),
    "hours-clock": ("zone",),
    "opens-at": ("day", "time"),  # inserted by overrides/partials/page.js
    "until-then": ("number",),
    "card-source": ("source", "date"),
    "decision-source": ("source", "date"),
    "card-sourced": ("source", "date"),
    "card-confirmed": ("date", "until"),
    "card-confirmed-always": ("date",),
    "card-page-opened": ("date", "until"),
    "card-unreachable": ("date",),
    "holds-until": ("date",),
    "held-until": ("date",),
    "call-sheet": ("number", "count"),
    "call-not-emergency": ("numbers",),
    "letter-answer": ("yes",),
    "letter-number": ("number",),
    "order-sources": ("sources",),
    "report-day": ("date",),
    "kit-dates": ("date", "until"),
    "door-found": ("count",),  # inserted by overrides/partials/door.js
}

_PLAIN = """
language-name falls-back-to site-name skip-to-content exit exit-hidden exit-loading exit-two-more
exit-one-more exit-expired danger get-help menu languages safety-link other-language also-in sources
sources-undated search search-label search-stays search-close search-none in-language meeting-over
part-behind newest-in not-read-yet
hours-span hours-clock not-found home contacts-none-own card-free card-paid card-anonymous card-named
card-write card-chat-web card-chat-sms card-chat-whatsapp card-chat-viber card-chat-telegram card-abroad
card-home card-languages card-hours card-for card-web card-email card-address card-unknown
card-unknown-hours card-unknown-languages card-unknown-free card-source card-sourced not-found-title
order-lines card-confirmed card-confirmed-always card-expired hours-always hours-daily open-now opens-at
first-local first-victim-support first-trafficking-helpline first-women-helpline
first-child-helpline first-write written-none who-answers contact-point-none
contact-point-is order-country order-none order-who order-contact order-next
order-consent order-hours-unknown order-marks order-sources order-ring group-none group-is meeting-none
meeting-venue meeting-organizer meeting-calendar report-title report-day report-explained report-signs
report-own report-country report-stand-in report-missing report-own-means report-country-means
report-stand-in-means report-missing-means report-unconfirmed report-expired report-expiring report-fresh
report-unconfirmed-means report-expired-means report-expiring-means report-fresh-means report-changed
report-changed-means report-totals report-all report-places report-with-own report-contacts report-ring
report-ring-explained report-ring-none report-state report-days report-shown-in report-contact
report-place report-whole-country report-role report-reach report-hours report-spoken report-doubted
report-unreachable report-doubted-means report-unreachable-means report-none-own report-all-own
report-source report-notes call-title call-hello call-thanks call-answers call-name call-hours
call-languages call-cost call-cases call-not-reached call-different call-do-not call-not-night call-by-day
call-no-phone letter-subject letter-hello letter-record letter-yes letter-thanks
translations-title translations-explained translations-page translations-words translations-source
translations-missing translations-behind translations-unread translations-ahead translations-current
translations-missing-means translations-behind-means translations-unread-means translations-ahead-means
translations-current-means translations-concerns translations-open translations-none translations-change
translations-now translations-where
kit-headline kit-subline kit-signs-title kit-sign-papers-kept kit-sign-unpaid-wages kit-sign-locked-door
kit-sign-phone-taken kit-sign-threats kit-sign-debt kit-sign-long-hours kit-sign-false-love
kit-sign-pictures kit-call-title kit-call-1 kit-call-2 kit-call-3 kit-call-4 kit-call-5 kit-call-limit
kit-no-papers kit-quiet-title kit-draft kit-draft-why kit-desk-title kit-desk-1 kit-desk-2 kit-desk-3
kit-desk-4 kit-desk-5 kit-hang-title kit-hang-good kit-hang-good-1 kit-hang-good-2 kit-hang-good-3
kit-hang-good-4 kit-hang-good-5 kit-hang-bad kit-hang-bad-1 kit-hang-bad-2 kit-hang-bad-3
kit-hang-keeper kit-hang-give kit-share-papers kit-share-wages kit-item-poster kit-item-poster-all
kit-item-leaflet kit-item-cards kit-item-shoe-card kit-item-strips kit-item-stickers kit-item-desk
kit-item-handout kit-item-share kit-item-hanging kit-item-quiet kit-item-all kit-none
report-regional report-regional-means report-with-regional contacts-unconfirmed card-serves
card-serves-others card-second-line source-withheld
door-title door-country door-countries door-find door-none door-letters door-counties door-map door-lines
search-grave read-aloud read-pause read-continue read-stop
"""

KEYS = frozenset(
    [
        *_PLAIN.split(),
        *PLACEHOLDERS,
        *(f"day-{part}-{day.lower()}" for part in ("on", "from", "to") for day in DAYS),
        *(f"nav-{audience}" for audience in Audience),
        *(f"{family}-{role}" for family in ("role", "name") for role in Role),
        *(f"for-{kind}" for kind in Eligibility),
        *(f"day-{form}-{day.lower()}" for form in ("on", "from", "to") for day in DAYS),
        *(f"step-{kind}-{part}" for kind in StepKind for part in ("title", "who", "does", "next")),
        *(f"consent-{consent}" for consent in Consent),
        *(f"seat-{kind}" for kind in SeatKind),
        *(f"meeting-{kind}" for kind in MeetingKind),
        *(f"order-{order}" for order in Order),
    ]
)

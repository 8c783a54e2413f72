"""The referral orders of a place: who takes which step for an adult, for a child and out of hours."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from ..fields.field_types import Text, refuse
from ..fields.record_base_class import AtLeastOne, ByLanguage, Record, Source

MOST_STEPS = 9  # more would not be readable on an A4 sheet; the CBSS synthesis has nine too
MOST_WHO = 3


class Order(StrEnum):
    """The three orders that a place may have. Their sheets come in the same sequence."""

    ADULT = "adult"
    CHILD = "child"
    OUT_OF_HOURS = "out-of-hours"

    @property
    def key(self) -> str:
        """The key of the order in a file of municipalities/."""
        return self.replace("-", "_")


class StepKind(StrEnum):
    """The closed list of steps. Their words in i18n are ``step-KIND-…``. The first nine are the steps in
    CBSS's Guidelines for Municipalities and on bsr-trm.com; the others are parts of those."""

    NOTICE = "notice"
    SAFETY = "safety"
    TALK = "talk"
    CALL = "call"
    IDENTIFY = "identify"
    FIRST_HELP = "first-help"
    TIME = "time"
    CASE_PLAN = "case-plan"
    RECORD = "record"
    CHILD_PROTECTION = "child-protection"
    IF_CHILD = "if-child"
    STAY = "stay"
    CONSULATE = "consulate"
    TONIGHT = "tonight"
    NEXT_DAY = "next-day"


class Consent(StrEnum):
    """Whether the person's consent is needed. It has no default: every step must say it."""

    NOT_NEEDED = "not-needed"
    DO_NOT_WAIT = "do-not-wait"
    FOR_NAMES = "for-names"
    BEFORE_SHARING = "before-sharing"
    NEEDED = "needed"
    EACH_SERVICE = "each-service"
    ASK_CHILD_PROTECTION = "ask-child-protection"


class Step(Record):
    """One step of a referral order."""

    step: StepKind

    who: Annotated[tuple[Text, ...], Field(max_length=MOST_WHO)] = ()
    """Roles or ids of contacts. Leave it out if the person who noticed acts alone."""

    consent: Consent

    does: ByLanguage = {}
    """The words for what is done in this step, by language, instead of the usual ones."""

    next: ByLanguage = {}
    """The words for what comes next, by language, instead of the usual ones."""


def _steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(steps) > MOST_STEPS:
        raise refuse(f"at most {MOST_STEPS} steps, which fit on one sheet")
    return steps


Steps = Annotated[AtLeastOne[Step], AfterValidator(_steps)]


class Decision(Record):
    """What a council has decided about help for people who were trafficked, as its source says."""

    what: ByLanguage
    """The decision in one sentence, by language."""

    source: Source
    """The page or register in which the decision was read."""


class Referral(Record):
    """The orders of a place. An order that nobody has written is None."""

    decision: Decision | None = None
    """A decision of the council, such as an order of coordination. The page shows it above the orders."""

    adult: Steps | None = None
    """The steps for an adult."""

    child: Steps | None = None
    """The steps for a child."""

    out_of_hours: Steps | None = None
    """The steps at night, at weekends and on holidays."""

    @property
    def written(self) -> list[Order]:
        """The orders that somebody has written."""
        return [order for order in Order if self.steps(order)]

    def steps(self, order: Order) -> tuple[Step, ...] | None:
        found: tuple[Step, ...] | None = getattr(self, order.key)
        return found


class CountryReferral(Referral):
    """A country's orders."""

    notice: ByLanguage = {}
    """The words, by language, with which every sheet begins that uses one of these orders."""

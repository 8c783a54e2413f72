"""The lines that accept written messages, in the order in which readers see them."""

from __future__ import annotations

import pytest

from campaign.contacts.card import Cards, card_environment
from campaign.contacts.first_contacts import FirstContacts
from campaign.model.contact import Audience, Eligibility
from campaign.model.places import WRITTEN

from ..repository import PLACES, ROOT, WORDS

CHILDREN = {Eligibility.CHILDREN, Eligibility.CHILDREN_7_17}


def in_order(place, audience):
    """The contacts of the list, in its order."""
    language = place.country.language
    lists = FirstContacts(card_environment(ROOT), Cards(ROOT, WORDS, language), WORDS, language)
    html = lists.written(place, language, audience)
    contacts = place.shown(audience, [WRITTEN])
    return sorted(contacts, key=lambda contact: html.index(str(contact.organization[language])))


@pytest.mark.parametrize("code", sorted(PLACES.countries))
@pytest.mark.parametrize("audience", [Audience.EVERYONE, Audience.MIGRANTS])
def test_an_adult_is_offered_lines_for_children_alone_after_all_others(code, audience):
    for place in PLACES.countries[code].record.codes:
        one = PLACES.municipalities[f"{code}/{place}"]
        calm = [c for c in in_order(one, audience) if "emergency" not in c.roles]
        for_children = [bool(c.eligibility) and {*c.eligibility} <= CHILDREN for c in calm]
        assert for_children == sorted(for_children), place

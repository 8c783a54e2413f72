"""The closed list of roles that a contact may have, and who stands in where a place has nobody."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a contact is for, in the order in which a page lists a municipality's own contacts."""

    EMERGENCY = "emergency"
    TRAFFICKING_HELPLINE = "trafficking-helpline"
    VICTIM_SUPPORT = "victim-support"
    CHILD_HELPLINE = "child-helpline"
    YOUTH_HELPLINE = "youth-helpline"
    WOMEN_HELPLINE = "women-helpline"
    MISSING_CHILDREN = "missing-children"
    POLICE = "police"
    CHILD_PROTECTION = "child-protection"
    SOCIAL_SERVICES = "social-services"
    SHELTER = "shelter"
    NIGHT_SHELTER = "night-shelter"
    LABOUR_INSPECTORATE = "labour-inspectorate"
    LEGAL_AID = "legal-aid"
    MIGRANT_ADVICE = "migrant-advice"
    CONSULAR = "consular"
    PUBLIC_INFORMATION = "public-information"
    REFERRAL_COORDINATOR = "referral-coordinator"


STANDS_IN: dict[Role, Role] = {
    Role.TRAFFICKING_HELPLINE: Role.VICTIM_SUPPORT,
    Role.VICTIM_SUPPORT: Role.EMERGENCY,
    Role.CHILD_HELPLINE: Role.EMERGENCY,
    Role.YOUTH_HELPLINE: Role.CHILD_HELPLINE,
    Role.WOMEN_HELPLINE: Role.VICTIM_SUPPORT,
    Role.MISSING_CHILDREN: Role.EMERGENCY,
    Role.POLICE: Role.EMERGENCY,
    Role.CHILD_PROTECTION: Role.CHILD_HELPLINE,
    Role.SOCIAL_SERVICES: Role.VICTIM_SUPPORT,
    Role.SHELTER: Role.SOCIAL_SERVICES,
    Role.NIGHT_SHELTER: Role.SHELTER,
    Role.LABOUR_INSPECTORATE: Role.TRAFFICKING_HELPLINE,
    Role.LEGAL_AID: Role.VICTIM_SUPPORT,
    Role.MIGRANT_ADVICE: Role.TRAFFICKING_HELPLINE,
    Role.CONSULAR: Role.TRAFFICKING_HELPLINE,
    Role.PUBLIC_INFORMATION: Role.EMERGENCY,
    Role.REFERRAL_COORDINATOR: Role.SOCIAL_SERVICES,
}

# Addresses of places that shelter people from violence or trafficking are never published.
ADDRESS_KEPT_BACK = frozenset({Role.SHELTER, Role.WOMEN_HELPLINE, Role.TRAFFICKING_HELPLINE})

# Days after which a confirmed contact must be confirmed again; 112 does not change.
GOOD_FOR_DAYS = 365


def chain(role: Role) -> list[Role]:
    """The role, then who stands in for it, and so on to `Role.EMERGENCY`, which ends every chain."""
    links = [role]
    while links[-1] is not Role.EMERGENCY:
        links.append(STANDS_IN[links[-1]])
    return links


def good_for_days(role: Role) -> int | None:
    """How long a confirmation of a contact with this main role holds, in days; None is for ever."""
    return None if role is Role.EMERGENCY else GOOD_FOR_DAYS

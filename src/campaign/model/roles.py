"""The closed list of roles that a contact may have, and the stand-in roles for each."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """The purpose of a contact. A page lists a municipality's own contacts in this order."""

    EMERGENCY = "emergency"
    TRAFFICKING_HELPLINE = "trafficking-helpline"
    VICTIM_SUPPORT = "victim-support"
    CHILD_HELPLINE = "child-helpline"
    YOUTH_HELPLINE = "youth-helpline"
    WOMEN_HELPLINE = "women-helpline"
    MISSING_CHILDREN = "missing-children"
    CRISIS_LINE = "crisis-line"
    IMAGE_HOTLINE = "image-hotline"
    POLICE = "police"
    CHILD_PROTECTION = "child-protection"
    SOCIAL_SERVICES = "social-services"
    MUNICIPAL_OFFICE = "municipal-office"
    FAMILY_CENTRE = "family-centre"
    SHELTER = "shelter"
    NIGHT_SHELTER = "night-shelter"
    LABOUR_INSPECTORATE = "labour-inspectorate"
    LEGAL_AID = "legal-aid"
    MIGRANT_ADVICE = "migrant-advice"
    CONSULAR = "consular"
    PUBLIC_INFORMATION = "public-information"
    REFERRAL_COORDINATOR = "referral-coordinator"


# The roles that a municipality's own contacts may have, with the reason. All other roles belong to the
# country: the emergency number, the helplines and the state services are the same in every place.
LOCAL: dict[Role, str] = {
    Role.POLICE: "A police station serves its own town.",
    Role.CHILD_PROTECTION: "The municipality's own workers protect children.",
    Role.SOCIAL_SERVICES: "The municipality's own department gives them.",
    Role.MUNICIPAL_OFFICE: "Its general number leads to the worker who helps.",
    Role.FAMILY_CENTRE: "The municipality's own centre helps its families.",
    Role.SHELTER: "A shelter is a house in one place.",
    Role.NIGHT_SHELTER: "A night shelter is a house in one place.",
    Role.LEGAL_AID: "Many municipalities pay a lawyer who advises their residents.",
    Role.MIGRANT_ADVICE: "Larger towns run an advice point for newcomers.",
    Role.REFERRAL_COORDINATOR: "The coordinator works for the municipality.",
}

# The roles that stand in for each role, in order; after the last of them, its own stand-ins follow.
STANDS_IN: dict[Role, tuple[Role, ...]] = {
    Role.TRAFFICKING_HELPLINE: (Role.VICTIM_SUPPORT,),
    Role.VICTIM_SUPPORT: (Role.EMERGENCY,),
    Role.CHILD_HELPLINE: (Role.EMERGENCY,),
    Role.YOUTH_HELPLINE: (Role.CHILD_HELPLINE,),
    Role.WOMEN_HELPLINE: (Role.VICTIM_SUPPORT,),
    Role.MISSING_CHILDREN: (Role.EMERGENCY,),
    Role.CRISIS_LINE: (Role.VICTIM_SUPPORT,),
    Role.IMAGE_HOTLINE: (Role.VICTIM_SUPPORT,),
    Role.POLICE: (Role.EMERGENCY,),
    Role.CHILD_PROTECTION: (Role.MUNICIPAL_OFFICE, Role.CHILD_HELPLINE),
    Role.SOCIAL_SERVICES: (Role.MUNICIPAL_OFFICE,),
    Role.MUNICIPAL_OFFICE: (Role.VICTIM_SUPPORT,),
    Role.FAMILY_CENTRE: (Role.SOCIAL_SERVICES,),
    Role.SHELTER: (Role.SOCIAL_SERVICES,),
    Role.NIGHT_SHELTER: (Role.SHELTER,),
    Role.LABOUR_INSPECTORATE: (Role.TRAFFICKING_HELPLINE,),
    Role.LEGAL_AID: (Role.VICTIM_SUPPORT,),
    Role.MIGRANT_ADVICE: (Role.TRAFFICKING_HELPLINE,),
    Role.CONSULAR: (Role.TRAFFICKING_HELPLINE,),
    Role.PUBLIC_INFORMATION: (Role.EMERGENCY,),
    Role.REFERRAL_COORDINATOR: (Role.SOCIAL_SERVICES,),
}

# The addresses of contacts with these roles are never published, because people are sheltered there.
ADDRESS_KEPT_BACK = frozenset({Role.SHELTER, Role.WOMEN_HELPLINE, Role.TRAFFICKING_HELPLINE})

# For how many days a confirmation of a contact with this role holds; None means for ever. People ring the
# lines with 90 days when they are in danger, so these must be checked more often than an office.
_DANGER, _OFFICE = 90, 365
GOOD_FOR_DAYS: dict[Role, int | None] = {
    Role.EMERGENCY: None,
    Role.TRAFFICKING_HELPLINE: _DANGER,
    Role.VICTIM_SUPPORT: _DANGER,
    Role.CHILD_HELPLINE: _DANGER,
    Role.YOUTH_HELPLINE: _DANGER,
    Role.WOMEN_HELPLINE: _DANGER,
    Role.MISSING_CHILDREN: _DANGER,
    Role.POLICE: _OFFICE,
    Role.CHILD_PROTECTION: _OFFICE,
    Role.SOCIAL_SERVICES: _OFFICE,
    Role.SHELTER: _DANGER,
    Role.NIGHT_SHELTER: _DANGER,
    Role.LABOUR_INSPECTORATE: _OFFICE,
    Role.LEGAL_AID: _OFFICE,
    Role.MIGRANT_ADVICE: _OFFICE,
    Role.CONSULAR: _OFFICE,
    Role.PUBLIC_INFORMATION: _OFFICE,
    Role.MUNICIPAL_OFFICE: _OFFICE,
    Role.FAMILY_CENTRE: _OFFICE,
    Role.CRISIS_LINE: _DANGER,
    Role.IMAGE_HOTLINE: _OFFICE,
    Role.REFERRAL_COORDINATOR: _OFFICE,
}


def good_for_days(roles: Collection[Role]) -> int | None:
    """Return for how many days a confirmation of a contact with these roles holds: the shortest time of its
    roles counts. None means for ever, which only an emergency number has."""
    if Role.EMERGENCY in roles:  # such a contact has no other number (see Contact)
        return None
    return min(days for role in roles if (days := GOOD_FOR_DAYS[role]) is not None)


def rung_in_danger(roles: Collection[Role]) -> bool:
    """Whether people in danger ring a contact with these roles."""
    return good_for_days(roles) == _DANGER


def chain(role: Role) -> list[Role]:
    """Return the role, its stand-ins, the last one's stand-ins … `Role.EMERGENCY` ends every chain."""
    links = [role]
    while links[-1] is not Role.EMERGENCY:
        links += STANDS_IN[links[-1]]
    return links

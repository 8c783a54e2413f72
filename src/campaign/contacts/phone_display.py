"""A telephone number as readers see it, in groups so small that screen readers say digits, not amounts."""

from __future__ import annotations

from functools import lru_cache

MOST = 3  # digits in a group


@lru_cache(1024)  # many pages have the same numbers
def grouped(number: str) -> str:
    """Return "+372 660 73 20" for ``+372 660 7320``, in groups of two or three digits. libphonenumber groups
    international numbers by their area codes; short codes and freephone numbers keep their groups. Longer
    groups are split. The style keeps a number on one line unless large letters leave no room for it."""
    if number.startswith("+"):
        import phonenumbers  # late: an up-to-date build needs none

        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        number = phonenumbers.format_number(phonenumbers.parse(number), form)
    groups = number.replace("-", " ").split()
    return " ".join(part for group in groups for part in _parts(group))


def _parts(group: str) -> list[str]:
    """Split ``7320`` into 73 20, ``91119`` into 911 19, ``116006`` into 116 006."""
    if len(group.lstrip("+")) <= MOST:
        return [group]
    size = 3 if len(group) % 3 == 0 else 2
    first = 3 if len(group) % 2 else size
    return [group[:first], *(group[at : at + size] for at in range(first, len(group), size))]

"""A telephone number as readers see it: in groups so small that a voice reads digits, not amounts."""

from __future__ import annotations

from functools import lru_cache

MOST = 3  # digits in a group


@lru_cache(1024)  # a country's numbers stand on many pages
def grouped(number: str) -> str:
    """``+372 660 7320`` as "+372 660 73 20", in groups of two or three. An international number is grouped as
    libphonenumber does it, which knows the area codes; short codes and freephone numbers as they are typed.
    Longer groups are parted. The style keeps a number on one line, and lets it break between its groups
    only where large letters leave no room."""
    if number.startswith("+"):
        import phonenumbers  # as in `fields`: a build with nothing to do needs none

        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        number = phonenumbers.format_number(phonenumbers.parse(number), form)
    groups = number.replace("-", " ").split()
    return " ".join(part for group in groups for part in _parts(group))


def _parts(group: str) -> list[str]:
    """``7320`` as 73 20, ``91119`` as 911 19, ``116006`` as 116 006."""
    if len(group.lstrip("+")) <= MOST:
        return [group]
    size = 3 if len(group) % 3 == 0 else 2
    first = 3 if len(group) % 2 else size
    return [group[:first], *(group[at : at + size] for at in range(first, len(group), size))]

"""Writes the first file of a municipality, with all optional keys in comments, and adds such comments to a
file that lacks some."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..fields.field_types import Slug, Text
from ..files.change_yaml_values import quoted
from ..files.file_changes import write_all
from ..files.source_file import entries, read_as_saved
from ..files.yaml_document import parse_document, read_document
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country
from ..model.roles import Role
from .country_and_its_places import COUNTRY_FILE
from .document_to_record import option_problems, validate
from .schema import first_line

_STARTER = """\
# Fill in the code (ISO 3166-2) and the official name, in the nominative. Then run: campaign check
iso_3166_2: {code}
name:
  {language}: {name}
#   en: Name in English

# The county of the municipality, one of those in _country.yml. It is required if _country.yml lists any.
# county: {county}

# You may leave out everything below. The copy then shows the contacts of the country. To use a part of it,
# remove the "# " at the start of its lines, and delete each line for which your source has no fact.

# The name of one of the exits in _country.yml. Without it, the quick exit leads to the first of them.
# exit: {exit}

# Only if it is not the time zone of the country.
# time_zone: {time_zone}

# The municipality's mark, such as its coat of arms: one small plain SVG of shapes, in single quotes.
# mark: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path d="M2 2h36v30L20 46 2 32z"/></svg>'

# The office that answers for this copy. Never a private person.
# contact_point:
#   organization:
#     {language}: Name of the office
#   phone: "{phone}"
#   email: info@example.org
#   web: https://www.example.org/

# contacts:
#   # A service of this place. The id begins with {country}-{slug} and stays for ever.
#   - id: {country}-{slug}-social
#     # The purposes of the contact, the main one first. "campaign words roles" says which a municipality may
#     # have. A contact for a county or the whole country belongs in _country.yml.
#     roles:
#       - social-services
#     organization:
#       {language}: Name of the service
#     # What a caller should know. No numbers, hours or links.
#     description:
#       {language}: One sentence.
#     # Write each number in quotes. It must be an ordinary number of this country that no other place has,
#     # so the check refuses the {phone} of this example.
#     phones:
#       - number: "{phone}"
#         languages:
#           - {language}
#         # Write true only for a freephone number, and false only if the source says so.
#         free: false
#         # home, abroad or anywhere: only if the form of the number does not say it already.
#         reachable_from: anywhere
#         # Only if this line has other hours than the contact.
#         schedule: "24/7"
#     # web with a url; sms, whatsapp, viber or telegram with a mobile number.
#     chats:
#       - kind: web
#         url: https://chat.example.org/
#       - kind: sms
#         number: "{phone}"
#         languages:
#           - {language}
#         free: false
#         schedule: "Mo-Su 09:00-21:00"
#     web: https://www.example.org/
#     # E-mail and address are shown to professionals only. No address of a place that shelters people.
#     email: info@example.org
#     address: Street 1
#     schedule: "Mo-Th 09:00-17:00; Fr 09:00-15:00"
#     # youth, migrants or professionals. Leave it out if the contact is for everybody.
#     audiences:
#       - professionals
#     eligibility:
#       - adults
#     anonymous: true
#     # second-line is for the number of one worker or of a small office: it comes after the other contacts.
#     # With readers-once-confirmed, only professionals see the contact until somebody has confirmed it.
#     show: second-line
#     # The page or document from which all of this comes, and its own date, or undated.
#     source:
#       url: https://www.example.org/contacts
#       date: undated
#       # The name that readers see instead of the host, if the page is a copy of a public register.
#       publisher: Name of the office
#       # With true, the address of the source is never published. Use it if the page prints people's names
#       # or the street of a shelter.
#       withheld: true
# The address of this copy, and who has confirmed its contacts, are not in this file. The coordinator writes
# both into _coordinator.yml.

# referral:
#   # What the council has decided, such as an order of coordination, in one sentence without numbers.
#   decision:
#     what:
#       {language}: One sentence.
#     source:
#       url: https://www.example.org/decision
#       date: undated
#   # The steps for an adult. Write those for a child and out of hours in the same form. If one is missing,
#   # the page shows the steps of the country. "campaign words steps" and "campaign words consent" list the
#   # words that are allowed.
#   adult:
#     - step: call
#       # Roles or ids of contacts. Leave it out if the person who noticed acts alone.
#       who:
#         - trafficking-helpline
#       consent: for-names
#       # Instead of the usual words for this step.
#       does:
#         {language}: One sentence.
#       next:
#         {language}: One sentence.
#   # child:
#   # out_of_hours:

# working_group:
#   # Each seat is an office or a post, never a private person. "campaign words seats" lists them.
#   seats:
#     - seat: social-services
#       organization:
#         {language}: Name of the office
#       # contact: {country}-{slug}-social
#   # The page or document that lists the members, and its own date, or undated.
#   source:
#     url: https://www.example.org/group
#     date: undated

# meetings:
#   # A meeting with a date becomes a calendar file. The id stays for ever.
#   - id: {country}-{slug}-round-table
#     # round-table, workshop, training, national-meeting or regional-meeting.
#     kind: round-table
#     starts: "2026-03-04 10:00"
#     ends: "2026-03-04 12:30"
#     venue: Town hall
#     # The office that organises it, or the id of a contact.
#     organization:
#       {language}: Name of the office
#     # contact: {country}-{slug}-social
#     announced: 2026-01-31
#     # Only if the time, the venue or the organiser has changed: the day of the change. Without it, calendars
#     # that already have the meeting keep the old time.
#     changed: 2026-02-10
#     web: https://www.example.org/meeting
"""


@dataclass(frozen=True)
class Started:
    """What `start` has done. ``todo`` are the keys of a new file that are still to be filled in: ``code`` if
    the country's file has none for it, ``name``, and ``county`` if the country lists counties. ``added`` are
    the examples that an old file lacked; None for a new file."""

    file: str
    todo: list[str] = field(default_factory=list)
    added: list[str] | None = None


def start(root: Path, place: str, name: str | None, code: str | None, today: date) -> Started:
    """Write the first file of ``ee/tartu``, or add the examples that its file lacks. Raise `CampaignError`
    for an unknown country, and a wrong slug, name or code."""
    given = code is not None
    country_code, _, slug = place.partition("/")
    folders = entries(root / "municipalities")
    known = [folder.name for folder in folders if (folder / COUNTRY_FILE).is_file()]
    if country_code not in known:
        expected = f"COUNTRY/SLUG with a COUNTRY of {', '.join(known)}"
        raise CampaignError([Problem("campaign new", 0, "", shown(place), expected)])
    prefix = f"{country_code.upper()}-"
    problems = [*option_problems("campaign new", "", slug, Slug)]
    if name is not None:
        problems += option_problems("campaign new", "--name", name, Text)
    if code is not None and not re.fullmatch(rf"{prefix}[A-Z0-9]{{1,3}}", code):
        expected = f"{prefix} and one to three capital letters or digits"
        problems.append(Problem("campaign new", 0, "--code", shown(code), expected))
    if problems:
        raise CampaignError(problems)
    path = root / "municipalities" / country_code / f"{slug}.yml"
    file = path.relative_to(root).as_posix()
    country = _country(root, country_code, today)
    code = code or country.record.codes.get(slug)
    if code and country.record.codes.get(slug, code) != code:
        raise CampaignError([Problem("campaign new", 0, "--code", shown(code), country.record.codes[slug])])
    text = starter(country, slug, name, code)
    if os.path.lexists(path):
        if name is not None or given:
            expected = "neither --name nor --code for a file that exists already"
            raise CampaignError([Problem(file, 0, "", "--name or --code", expected)])
        return Started(file, added=_add_examples(path, root, text))
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise CampaignError([Problem(file, 0, "", "a file that exists already", "a new file")]) from None
    filled_in = (("code", code), ("name", name), ("county", not country.record.counties))
    return Started(file, [word for word, known_ in filled_in if not known_])


def _add_examples(path: Path, root: Path, starter_text: str) -> list[str]:
    """Add, at the end of a file, an example in comments for each key that it has not, and change no other
    byte. Return these keys."""
    old = read_as_saved(path, root)
    newline = "\r\n" if "\r\n" in old else "\n"
    blocks = {key: block for block in starter_text.split("\n\n") if (key := _example_of(block))}
    lacking = [key for key in blocks if not re.search(rf"^(?:# ?)?{key}:", old, re.M)]
    if lacking:
        end = "" if old.endswith("\n") else newline
        added = "".join(f"\n{blocks[key].rstrip()}\n" for key in lacking)
        text = old + end + added.replace("\n", newline)
        if parse_document(text, path.name).value != parse_document(old, path.name).value:
            found = "a value at the end of the file that would take in an added comment"
            raise CampaignError([Problem(path.relative_to(root).as_posix(), 0, "", found, "keys and values")])
        write_all(root, {path.relative_to(root).as_posix(): text})
    return lacking


def _example_of(block: str) -> str:
    """Return the key that a block of the starter shows as an example; empty if it shows none."""
    found = re.search(r"^# ([a-z_0-9]+):", block, re.M)
    return found[1] if found else ""


def starter(country: Country, slug: str, name: str | None, code: str | None) -> str:
    """Return the text of the file. Its examples use the country's emergency number: the check refuses that
    here, so nobody can forget to replace it."""
    text = first_line(MunicipalityFile) + _STARTER.format(
        code=code or "",
        name=quoted(name) if name else "",
        county=next(iter(country.record.counties), "Name of the county"),
        language=country.language,
        exit=next(iter(country.record.exits)),
        time_zone=country.record.time_zone,
        phone=country.phone(Role.EMERGENCY)[1].number,
        country=country.code,
        slug=slug,
    )
    text = re.sub(r" +$", "", text, flags=re.M)
    rest = [key for key in MunicipalityFile.model_fields if not re.search(rf"^(# )?{key}:", text, re.M)]
    return text + (f"\n# The handbook says what else may be here: {', '.join(rest)}\n" if rest else "")


def _country(root: Path, code: str, today: date) -> Country:
    """Read only the country's file: other municipalities' files may still be unfinished."""
    document = read_document(root / "municipalities" / code / COUNTRY_FILE, root)
    record = validate(CountryFile, document, {"country": code, "today": today})
    return Country(code, document.file, record, {})

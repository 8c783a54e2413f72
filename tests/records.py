"""The files of the small project's municipalities, and what is wrong with them, asked in this process."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import yaml

from campaign.errors import CampaignError
from campaign.model.places import Places
from campaign.pages.page import PageSource, page_sources, with_good_meta
from campaign.source.coordinators import stale_problems
from campaign.source.municipalities import read_places
from campaign.today import day_in, latest_day, now

from .project import Sample

PLACE = "municipalities/ee/ylde.yml"
PHONES = '    phones:\n      - number: "+372 736 1300"\n        languages:\n          - et\n          - ru\n'  # of its contact
COUNTRY = "municipalities/ee/_country.yml"
OURS = "municipalities/ee/_coordinator.yml"
LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", "ar", "uz")
TODAY = day_in("Europe/Tallinn", now())  # in both countries of the small project


def files(sample: Sample) -> dict[str, bytes]:
    """Every file of municipalities/ with its bytes."""
    folder = sample.root / "municipalities"
    return {path.relative_to(sample.root).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def places(sample: Sample) -> Places:
    return read_places(sample.root, LANGUAGES, latest_day(now()))


def read_pages(root: Path) -> list[PageSource]:
    """All pages of a project with their front matter; there must be no problem in them."""
    pages, problems = page_sources(root)
    pages, more = with_good_meta(pages)
    assert problems + more == []
    return pages


def problems(sample: Sample) -> list[str]:
    """What is wrong with the files of countries and municipalities."""
    try:
        read_places(sample.root, LANGUAGES, date.today())
    except CampaignError as error:
        return [str(problem) for problem in error.problems]
    return []


def one(sample: Sample) -> str:
    """The one problem that there is."""
    (line,) = problems(sample)
    return line


def all_problems(sample: Sample) -> list[str]:
    """What is wrong with all files of municipalities/, the coordinators' too; something must be."""
    try:
        found = list(stale_problems(sample.root, places(sample)))
    except CampaignError as error:
        found = error.problems
    assert found
    return [str(problem) for problem in found]


def confirmed(sample: Sample, contact: str, days_ago: int) -> None:
    """Write down that the contact was confirmed so many days ago."""
    sample.confirm(contact, TODAY - timedelta(days_ago))


PLACE_FILE = yaml.load(
    """\
iso_3166_2: EE-001
name: {et: Ülde vald, ru: Юльде}
exit: weather
time_zone: Europe/Tallinn
contact_point:
  organization: {et: Vallavalitsus}
  phone: "+372 736 1300"
  email: info@example.ee
  web: https://ylde.example.org/
contacts:
  - id: ee-ylde-social
    roles: [social-services, police]
    organization: {et: Ülde sotsiaaltöö, en: Social work}
    description: {et: Abi, ru: Помощь}
    phones:
      - {number: "+372 736 1300", languages: [et, ru], free: "false", reachable_from: abroad, schedule: 24/7}
    chats:
      - {kind: web, url: "https://example.org/chat", languages: [et], free: "true", schedule: "Mo-Fr 09:00-15:00"}
      - {kind: sms, number: "+372 5464 0007"}
      - {kind: viber, number: "+372 5464 0007"}
    web: https://example.org/
    email: sotsiaal@example.ee
    address: Raekoja plats 3
    schedule: "Fr-Mo 18:00-02:00; Th 09:00-12:00,13:00-24:00"
    audiences: [youth, professionals]
    eligibility: [children-7-17]
    anonymous: "true"
    source: {url: "http://example.org/ylde", date: 2021-01-25}
  - id: ee-ylde-shelter
    roles: [shelter]
    organization: {et: Ülde varjupaik}
    phones: [{number: "+372 736 1301"}]
    source: {url: "https://example.org/ylde", date: 2021-01, publisher: Ülde vald}
""",
    yaml.BaseLoader,
)

"""The shape of open data: a full service of Open Referral's Human Services Data Specification 3.0.

Names, kinds and required fields are the specification's (github.com/openreferral/specification, branch 3.0,
schema/compiled/service.json), limited to fields for which a contact has a value. Missing values are left out,
never empty. Texts are in the country's first language unless a field says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z]{2}$")]  # ISO 639-1
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Some = Annotated[str, Field(min_length=1)]


class _Entity(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID


class TaxonomyTerm(_Entity):
    """A word of a closed list: one of our roles, or a language."""

    code: Some
    name: Some
    description: Some
    taxonomy: Some
    language: Code


class Attribute(_Entity):
    """A fact that has no field of its own in the specification."""

    link_id: UUID
    link_type: Literal[
        "role", "audience", "eligibility", "anonymous", "name", "description", "source", "source_date"
    ]
    link_entity: Literal["service"]
    value: Some | None = None
    taxonomy_term: TaxonomyTerm | None = None


class Metadata(_Entity):
    """One action on a record: what was done, by whom and when."""

    resource_id: UUID
    resource_type: Literal["service"]
    last_action_date: Some
    last_action_type: Literal["assure"]
    field_name: Literal["assured_date"]
    previous_value: str
    replacement_value: Some
    updated_by: Some


class Language(_Entity):
    name: Some
    code: Code


class Schedule(_Entity):
    """One period of opening hours in a week. The times are local. ``notes`` names their time zone, because
    ``timezone`` is a fixed number of hours and the zones here have summer time."""

    freq: Literal["WEEKLY"]
    byday: Annotated[str, Field(pattern=r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$")]
    description: Some
    opens_at: Time
    closes_at: Time
    notes: Some


class Phone(_Entity):
    """A number, as its source prints it. ``text`` is for messages. ``description`` adds cost and hours."""

    number: Some
    type: Literal["voice", "text"]
    description: Some | None = None
    languages: tuple[Language, ...] = ()


class ServiceArea(_Entity):
    """``name`` is the municipality, the county or the country; ``description`` is its ISO 3166 code, but our
    records of counties have no code. If the area has several municipalities, each is named by its code."""

    name: Some
    description: Some | None = None


class CostOption(_Entity):
    """The price of a call to one number, if a source gives it."""

    option: Some
    amount: Literal[0] | None = None
    amount_description: Some


class Location(_Entity):
    """A place to visit, or a chat page. The address is one line: no source gives city and postal code
    separately, and the specification's ``addresses`` require both."""

    location_type: Literal["physical", "virtual"]
    url: Some | None = None
    name: Some | None = None
    description: Some | None = None
    languages: tuple[Language, ...] = ()
    schedules: tuple[Schedule, ...] = ()


class ServiceAtLocation(_Entity):
    location: Location


class Organization(_Entity):
    name: Some
    description: Some


class Service(_Entity):
    """One contact. ``alert`` names the source until somebody has confirmed the contact."""

    name: Some
    alternate_name: Some | None = None
    description: Some
    url: Some | None = None
    email: Some | None = None
    status: Literal["active"]
    application_process: Some | None = None
    fees_description: Some | None = None
    eligibility_description: Some | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    alert: Some | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...]
    service_at_locations: tuple[ServiceAtLocation, ...] = ()
    languages: tuple[Language, ...] = ()
    organization: Organization
    cost_options: tuple[CostOption, ...] = ()
    attributes: tuple[Attribute, ...]
    metadata: tuple[Metadata, ...] = ()

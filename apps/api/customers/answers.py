"""Customers as they are answered."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from apps.api import numbered, published, reach
from apps.api.answers import Answer, From, list_of, one_of
from apps.api.customers.bodies import AUDIENCE, CONSENT
from apps.partners import models
from apps.partners.choices import CustomerStatus, Industry

STATUSES = list(published.names(CustomerStatus))
INDUSTRIES = list(published.names(Industry))
of = From(models.Customer)


class Customer(Answer):
    """A customer of the partner."""

    id: str = of(lambda row: numbered.public(reach.CUSTOMER, row.pk))
    name: str
    credit_code: str
    legal_person: str
    address: str
    contact_name: str
    contact_phone: str
    contact_email: str
    industry: Annotated[str | None, one_of(INDUSTRIES)] = of(lambda row: row.industry or None)
    audience: str = Field(description=AUDIENCE)
    consent: str = Field(description=CONSENT)
    status: Annotated[str, one_of(STATUSES)]
    created_at: datetime


CustomerList = list_of(Customer, "CustomerList", "A page of customers.")

"""Notices as somebody was told them."""

import uuid

import factory

from apps.common import clock
from apps.notices.models import Notice
from tests.factories.users import UserFactory


class NoticeFactory(factory.django.DjangoModelFactory):
    """That a signature was approved; unread."""

    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    event_id = factory.LazyFunction(uuid.uuid4)
    event = "signature.approved"
    params = {"text": "青禾科技", "order_number": "QM20260302001"}
    subject_kind = "signature"
    subject_id = "1"
    created_at = factory.LazyFunction(clock.now)

    class Params:
        read = factory.Trait(read_at=factory.LazyFunction(clock.now))

"""People: gateway staff by role, and partners' people."""

import factory

from apps.users.choices import StaffRole
from apps.users.models import User

PASSWORD = "correct horse battery staple"


class UserFactory(factory.django.DjangoModelFactory):
    """A partner's person, who may sign in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("wang.fang{}".format)
    first_name = "芳"
    last_name = "王"
    password = factory.django.Password(PASSWORD)


class StaffFactory(UserFactory):
    """Staff of the gateway: an administrator, or by trait another role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("li.na{}".format)
    first_name = "娜"
    last_name = "李"
    is_staff = True
    staff_role = StaffRole.ADMINISTRATOR

    class Params:
        reviewer = factory.Trait(staff_role=StaffRole.REVIEWER)
        finance = factory.Trait(staff_role=StaffRole.FINANCE)
        risk = factory.Trait(staff_role=StaffRole.RISK)
        support = factory.Trait(staff_role=StaffRole.SUPPORT)
        auditor = factory.Trait(staff_role=StaffRole.AUDITOR)

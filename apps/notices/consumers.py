"""The outbox's reader that tells people; found by `apps.common` when Django starts."""

from apps.common import outbox
from apps.notices.catalogue import CATALOGUE
from apps.notices.services import notices

outbox.register(outbox.Consumer(name="notices", events=tuple(CATALOGUE), handle=notices.tell))

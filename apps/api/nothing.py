"""Addresses that do not exist, told as the interface tells everything."""

from typing import NoReturn

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.api.base import JsonView
from apps.common.errors import NotFoundError


@extend_schema(exclude=True)
class NothingView(JsonView):
    """Answer 404 as a problem document."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        """Refuse whatever the method.

        Raises:
            NotFoundError: always.
        """
        raise NotFoundError

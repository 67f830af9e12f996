"""What a key may do: each view names the scope that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from apps.partners.services.api_keys import ScopeMissingError

if TYPE_CHECKING:  # The settings name this class, and DRF's views read the settings.
    from rest_framework.request import Request
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """Let a key through that has the view's `scope`."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Tell whether the key may do this.

        Raises:
            ScopeMissingError: it lacks the scope.
        """
        scope = getattr(view, "scope", None)
        if scope not in getattr(request.auth, "scopes", ()):
            raise ScopeMissingError(scope=scope)
        return True

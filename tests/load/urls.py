"""The product's addresses and a bare DRF echo, on the same short way past the browser's middleware."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.urls import urlpatterns as product


class EchoView(APIView):
    """Parse JSON and answer it: what DRF costs when nothing is done."""

    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Request) -> Response:
        return Response(request.data)


urlpatterns = [path("api/v1/echo", EchoView.as_view()), *product]

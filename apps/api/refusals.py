"""Why an application was refused, described for OpenAPI."""

from rest_framework import serializers


class ReasonSerializer(serializers.Serializer[None]):
    """Why something was refused, and what to do about it."""

    code = serializers.CharField()
    detail = serializers.CharField()
    cure = serializers.CharField()


class RefusalSerializer(serializers.Serializer[None]):
    """The last refusal, until it is handed in again."""

    reasons = ReasonSerializer(many=True)
    remark = serializers.CharField()

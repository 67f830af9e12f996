"""Credit and its movements, described for OpenAPI; the values are made in `renderings`."""

from rest_framework import serializers


class BalanceSerializer(serializers.Serializer[None]):
    """The account's credit in segments."""

    account = serializers.CharField()
    available = serializers.IntegerField()
    held = serializers.IntegerField()
    spent = serializers.IntegerField()
    issued = serializers.IntegerField()
    alert_below = serializers.IntegerField(allow_null=True)


class AboutSerializer(serializers.Serializer[None]):
    """What a ledger entry is about."""

    type = serializers.CharField()
    id = serializers.CharField()


class LedgerEntrySerializer(serializers.Serializer[None]):
    """A movement of credit."""

    id = serializers.CharField()
    sequence = serializers.IntegerField()
    kind = serializers.CharField()
    from_bucket = serializers.CharField()
    to_bucket = serializers.CharField()
    segments = serializers.IntegerField()
    available_after = serializers.IntegerField()
    about = AboutSerializer()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()


class LedgerListSerializer(serializers.Serializer[None]):
    """A page of ledger entries."""

    data = LedgerEntrySerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)

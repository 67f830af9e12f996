"""What money buys, described for OpenAPI. Yuan are texts, so that no reader makes floats of them."""

from rest_framework import serializers


class TierSerializer(serializers.Serializer[None]):
    """From so many segments bought at once, each costs this."""

    from_segments = serializers.IntegerField()
    unit_price = serializers.CharField(help_text="Yuan per segment, on mobile networks.")
    phs_unit_price = serializers.CharField(help_text="Yuan per segment on PHS.")


class NextTierSerializer(TierSerializer):
    """What it takes to reach the tier above, and what that brings."""

    amount = serializers.CharField(help_text="Yuan that its quantity costs.")
    more_segments = serializers.IntegerField()
    more_amount = serializers.CharField(help_text="Below zero where it costs less in all.")
    saved = serializers.CharField(help_text="Yuan less than at the price reached now.")


class RatesSerializer(serializers.Serializer[None]):
    """The prices that a quote is made from."""

    table = serializers.CharField()
    own = serializers.BooleanField(help_text="Whether the partner has prices of its own.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class QuoteSerializer(serializers.Serializer[None]):
    """What money buys: amount = segments × unit_price + remainder, to the hundredth of a cent."""

    segments = serializers.IntegerField()
    amount = serializers.CharField(help_text="Yuan to pay, in whole cents.")
    unit_price = serializers.CharField(help_text="Yuan per segment.")
    remainder = serializers.CharField(help_text="Yuan that do not make a whole segment.")
    tier = TierSerializer()
    next_tier = NextTierSerializer(allow_null=True)
    rates = RatesSerializer()

"""What the interface answers, described for OpenAPI; the values are made in `renderings`."""

from rest_framework import serializers

from apps.api.rejections import RejectedSerializer
from apps.carriers.choices import Operator
from apps.messaging.choices import Kind, MessageStatus

NETWORKS = [(value.lower(), label) for value, label in Operator.choices]
KINDS = Kind.choices
SEND_STATUSES = ["queued", "scheduled", "held"]
BATCH_STATUSES = [*SEND_STATUSES, "cancelled", "finished"]
MESSAGE_STATUSES = [(value.lower(), label) for value, label in MessageStatus.choices]


class SentMessageSerializer(serializers.Serializer[None]):
    """A message as the answer to a send lists it."""

    id = serializers.CharField()
    to = serializers.CharField()
    network = serializers.ChoiceField(choices=NETWORKS)
    segments = serializers.IntegerField()
    status = serializers.ChoiceField(choices=MESSAGE_STATUSES)


class SendAnswerSerializer(serializers.Serializer[None]):
    """What was accepted, what it cost and what is left."""

    id = serializers.CharField()
    status = serializers.ChoiceField(choices=SEND_STATUSES)
    kind = serializers.ChoiceField(choices=KINDS)
    signature = serializers.CharField()
    reference = serializers.CharField(allow_null=True)
    accepted = serializers.IntegerField()
    rejected = RejectedSerializer(many=True)
    segments = serializers.IntegerField()
    available = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    send_at = serializers.DateTimeField(allow_null=True)
    messages = SentMessageSerializer(many=True, required=False)


class BatchSerializer(serializers.Serializer[None]):
    """A batch and how many of its messages stand where."""

    id = serializers.CharField()
    status = serializers.ChoiceField(choices=BATCH_STATUSES)
    kind = serializers.ChoiceField(choices=KINDS)
    signature = serializers.CharField()
    text = serializers.CharField()
    reference = serializers.CharField(allow_null=True)
    test = serializers.BooleanField()
    accepted = serializers.IntegerField()
    rejected = RejectedSerializer(many=True)
    segments = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    created_at = serializers.DateTimeField()
    send_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()


class MessageSerializer(serializers.Serializer[None]):
    """A message."""

    id = serializers.CharField()
    batch = serializers.CharField()
    to = serializers.CharField()
    network = serializers.ChoiceField(choices=NETWORKS)
    kind = serializers.ChoiceField(choices=KINDS)
    signature = serializers.CharField()
    text = serializers.CharField()
    reference = serializers.CharField(allow_null=True)
    test = serializers.BooleanField()
    segments = serializers.IntegerField()
    status = serializers.ChoiceField(choices=MESSAGE_STATUSES)
    carrier_code = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class EventSerializer(serializers.Serializer[None]):
    """A point on a message's timeline."""

    status = serializers.CharField()
    at = serializers.DateTimeField()
    code = serializers.CharField(allow_null=True)


class ChargeSerializer(serializers.Serializer[None]):
    """What a message cost."""

    segments = serializers.IntegerField()
    refunded = serializers.IntegerField()


class MessageDetailSerializer(MessageSerializer):
    """A message with its timeline and charge."""

    timeline = EventSerializer(many=True)
    charge = ChargeSerializer()


class MessageListSerializer(serializers.Serializer[None]):
    """A page of messages."""

    data = MessageSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)

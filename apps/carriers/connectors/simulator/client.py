"""Speaks to the carrier simulator (`apps.carriers.simulator`) over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import httpx
import orjson

from apps.carriers.connectors.base import (
    Answer,
    CarrierError,
    CarrierReceipt,
    Outcome,
    Outgoing,
    ReceiptPage,
)

# A reference is 36 characters, and the simulator reads request lines of up to 64 KB.
REFERENCES_PER_LOOKUP = 500


class SimulatorConnector:
    """A keep-alive connection to one simulator."""

    most_messages: ClassVar[int] = 1000

    def __init__(self, url: str, timeout_seconds: float) -> None:
        # No proxies from the environment: the simulator is on this machine.
        self._http = httpx.Client(base_url=url, timeout=timeout_seconds, trust_env=False)

    def submit(self, messages: Sequence[Outgoing]) -> list[Answer]:
        """Hand messages over; the simulator answers in the order of the messages."""
        body = [
            {
                "reference": message.reference,
                "number": message.number,
                "text": message.text,
                "extension": message.extension,
            }
            for message in messages
        ]
        answers = self._call("POST", "/submit", content=orjson.dumps(body))["answers"]
        return [
            Answer(message.reference, answer.get("carrier_id", ""), answer.get("code", ""))
            for message, answer in zip(messages, answers, strict=True)
        ]

    def look_up(self, references: Sequence[UUID]) -> list[Answer]:
        """Ask for messages by our references."""
        found: list[Answer] = []
        for start in range(0, len(references), REFERENCES_PER_LOOKUP):
            some = references[start : start + REFERENCES_PER_LOOKUP]
            params = {"references": ",".join(map(str, some))}
            found += [
                Answer(UUID(seen["reference"]), seen.get("carrier_id", ""), seen.get("code", ""))
                for seen in self._call("GET", "/lookup", params=params)["messages"]
            ]
        return found

    def fetch_receipts(self, *, cursor: str, limit: int) -> ReceiptPage:
        """Ask for the receipts after `cursor`."""
        page = self._call("GET", "/receipts", params={"after": cursor, "limit": str(limit)})
        receipts = [
            CarrierReceipt(
                carrier_id=receipt["carrier_id"],
                outcome=Outcome(receipt["outcome"]),
                code=receipt["code"],
                done_at=datetime.fromtimestamp(receipt["done_at"], tz=UTC),
            )
            for receipt in page["receipts"]
        ]
        return ReceiptPage(receipts, page["cursor"])

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        try:
            response = self._http.request(method, path, content=content, params=params)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise CarrierError(str(error), permanent=False, nothing_taken=True) from error
        except httpx.HTTPError as error:
            raise CarrierError(str(error), permanent=False) from error
        if response.status_code != httpx.codes.OK:
            raise _refusal(response)
        return _read(response)


def _refusal(response: httpx.Response) -> CarrierError:
    """Tell a busy simulator (503), which took nothing, from a wrong request or address."""
    reason = f"HTTP {response.status_code}"
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return CarrierError(reason, permanent=False, nothing_taken=True)
    return CarrierError(reason, permanent=response.is_client_error)


def _read(response: httpx.Response) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = orjson.loads(response.content)
    except orjson.JSONDecodeError as error:
        raise CarrierError("The answer is not JSON.", permanent=False) from error
    return answer

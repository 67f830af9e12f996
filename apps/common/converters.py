"""What an address may hold where it names a row."""

from apps.common import numbers


class RowConverter:
    """The number of a row, as large as the database can hold; no other digits name anything."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """Read the number; the resolver takes an error for an address that there is not."""
        return numbers.whole_number(value, least=0, most=numbers.MAX_ROW_NUMBER)

    def to_url(self, value: object) -> str:
        """Write it."""
        return str(value)

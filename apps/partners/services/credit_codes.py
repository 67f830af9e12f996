"""Company codes: eighteen characters with a check digit (GB 32100-2015).

The older nine-character organisation code is not taken: it was replaced for all organisations by
the end of 2017, and whoever has one finds it within the new code, from the ninth character on.
"""

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from apps.common.errors import InvalidError


class CreditCodeError(InvalidError):
    """The company code does not have the form, or its check digit is wrong."""

    code = "credit_code_invalid"
    field = "credit_code"
    message = _("%(credit_code)s is no unified social credit code. Compare it with the licence.")
    cure = _("Type the 18 characters again as they stand on the licence.")


def checked(text: str) -> str:
    """Return the code without separators and in capitals; an empty one stays empty.

    Raises:
        CreditCodeError: it is not one.
    """
    code = uscc.compact(text)
    if code and not uscc.is_valid(code):
        raise CreditCodeError(credit_code=text)
    return str(code)

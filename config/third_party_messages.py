"""Words of the libraries' pages that they have no Chinese for.

Nothing imports this: `makemessages` reads it, and our catalogue, which comes first, then has them.
"""

from django.utils.translation import gettext_noop as _

UNFOLD = [
    _("%(counter)s results"),
    _("Add row"),
    _("All applications"),
    _("Apply Filters"),
    _("Choose file to upload"),
    _("Click to cancel"),
    _("Click to download"),
    _("Dark"),
    _("Date from"),
    _("Date to"),
    _("Expand row"),
    _("False"),
    _("From"),
    _("General"),
    _("Go back"),
    _("Image preview"),
    _("Light"),
    _("Loading more results..."),
    _("More actions"),
    _("Next"),
    _("No data"),
    _("No results found"),
    _("No results matching your query"),
    _("Please correct the errors below."),
    _("Previous"),
    _("Record picture"),
    _("Reset filters"),
    _("Return to site"),
    _("Run"),
    _("Select action"),
    _("Select action to run"),
    _("Select all rows"),
    _("Select record"),
    _("Select value"),
    _("Submit"),
    _("System"),
    _("This item will be deleted."),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("To"),
    _("Toggle password visibility"),
    _("True"),
    _("Type to search"),
    _("Value"),
    _("Welcome"),
    _("Welcome back to"),
    _("entries"),
]
DJANGO = [_(" By %(filter_title)s ")]
ALLAUTH = [_("Passkey")]

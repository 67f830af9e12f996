"""SQL about signatures that other apps put into their statements, as subqueries."""

# The signatures that messages may carry: what `SignatureQuerySet.usable_on` keeps. What its papers
# prove no longer ends with the day, whether or not the hourly task has been there.
USABLE = """
SELECT account_id, text, is_default FROM signatures_signature
WHERE status = 'APPROVED' AND (holds_until IS NULL OR holds_until > {today})
"""

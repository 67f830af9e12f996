"""SQL about pledges that other apps put into their statements, as subqueries."""

# The customers with a pledge in force: what `PledgeQuerySet.in_force_on` keeps.
HOLDING = """
SELECT customer_id FROM pledges_pledge
WHERE status = 'APPROVED' AND valid_from <= {today} AND valid_until > {today}
"""

"""SQL about agreements that other apps put into their statements, as subqueries."""

# The agreements in force: what `AgreementQuerySet.in_force_on` keeps, at most one per partner.
IN_FORCE = """
SELECT partner_id, refund_rule FROM agreements_agreement
WHERE status = 'ACTIVE' AND starts_on <= {today} AND (ends_on IS NULL OR ends_on > {today})
"""

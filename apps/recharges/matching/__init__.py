"""Whose money a credit is: proposals with their evidence. Pure: it reads and writes nothing.

    names       company names as banks, slips and contracts write them
    facts       what is known: credits, slips, partners
    evidence    what speaks for and against, each with its points
    sums        several that add up to one, within bounds
    scoring     the evidence for a set of credits and a set of slips
    proposals   which sets are worth scoring, ranked for each credit

Points are added up; a person sees every one of them, and a person confirms, always. They were
weighed so that of the credits with a true slip the first proposal is right in more than 95 of 100
on seeded statements with the usual dirt (`tests/recharges/test_matching_accuracy.py`).
"""

"""A small believable demonstration set, made through the services by the people it names.

    people      staff of each role, partners' people
    channels    routes through the carrier simulator
    companies   two partners: accounts, keys; the gateway itself
    naming      their signatures in different states, and authorisation letters
    customers   their customers, with pledges
    contracts   their agreements, from draft to in force
    money       prices, recharges, something for finance to do
    papers      the proof documents
    traffic     the first sends

`loading.load` puts it together. Papers and money are dated a few weeks back, traffic is of now.
"""

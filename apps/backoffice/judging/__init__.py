"""Judging: one queue over all kinds of application, and what a reviewer sees of each.

Every kind is one look-alike module (`signatures`, `letters`, `pledges`) that answers what
`applications.Kind` asks; `kinds.py` names them. Another kind is another module and one line there.
What may be decided is up to `reviews`, which knows each kind by its `review`.
"""

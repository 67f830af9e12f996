"""SQL about accounts and keys that other apps put into their statements, as subqueries."""

_ACCOUNT = """
a.id AS account_id, a.code AS account_code, a.status AS account_status, a.partner_id, a.customer_id
"""

# Each key with its account.
ACCOUNTS_BY_KEY = f"""
SELECT {_ACCOUNT}, k.prefix, k.hashed_key, k.revoked, k.expiry_date, k.scopes, k.allowed_networks,
       k.mode
FROM partners_apikey k JOIN partners_account a ON a.id = k.account_id
"""  # noqa: S608 - put together from constants of this module alone

# Each account, with the columns of a live key that it has not.
ACCOUNTS = f"""
SELECT {_ACCOUNT}, NULL::text AS prefix, '' AS hashed_key, false AS revoked,
       NULL::timestamptz AS expiry_date, ARRAY[]::text[] AS scopes,
       ARRAY[]::text[] AS allowed_networks, 'LIVE' AS mode
FROM partners_account a
"""  # noqa: S608 - put together from constants of this module alone

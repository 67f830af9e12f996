"""SQL about stored answers that other apps put into their statements."""

ANSWERS = "SELECT scope, key, fingerprint, answer FROM common_storedanswer"

STORE_ANSWERS = """
INSERT INTO common_storedanswer (scope, key, fingerprint, answer, created_at)
"""

from tests.reviews.permits import permits

__all__ = ["permits"]

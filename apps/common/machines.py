"""Where partners' software asks. It knows no model: the web server reads it before there are any."""

MACHINE_PREFIX = "/api/v1/"

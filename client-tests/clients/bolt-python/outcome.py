"""What a developer has in hand after a call, as ../README.md spells it."""


def lower_case(headers):
    # The sync client may hold Retry-After and retry-after both.
    # Where aiohttp holds several values, a lookup by name finds the first.
    lowered = {}
    for name, value in headers.items():
        lowered.setdefault(name.lower(), value)
    return lowered


def whole_number(text):
    try:
        return int(text)
    except ValueError:
        return None


def response_shown(response):
    # An error of the AsyncWebClient may hold the response of aiohttp itself,
    # which spells the status its own way and has no data.
    status = getattr(response, "status", None)
    headers = lower_case(getattr(response, "headers", {}))
    body = getattr(response, "data", None)
    return {
        "status": getattr(response, "status_code", status),
        "retry_after": whole_number(headers.get("retry-after", "")),
        "body": body if isinstance(body, (dict, str)) else None,
        "headers": headers or None,
    }


def returned(response):
    return {
        "outcome": "returned",
        "exception": None,
        "code": None,
        "message": None,
        **response_shown(response),
    }


def raised(error):
    return {
        "outcome": "raised",
        "exception": type(error).__name__,
        "code": None,
        "message": str(error),
        **response_shown(getattr(error, "response", None)),
    }

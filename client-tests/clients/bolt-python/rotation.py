"""The SDK's own refresher, called directly."""

from installations import installation_of, installation_shown
from outcome import raised, returned
from slack_sdk.oauth.token_rotation import TokenRotator
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator


def understand_rotate(request, client, is_async):
    installation = installation_of(request.get("installation"))
    return rotate(installation, request["arguments"], client, is_async)


async def rotate(installation, arguments, client, is_async):
    try:
        rotator_class = AsyncTokenRotator if is_async else TokenRotator
        rotator = rotator_class(client=client, **arguments)
        rotated = rotator.perform_token_rotation(installation=installation)
        if is_async:
            rotated = await rotated
    except Exception as error:
        return raised(error)
    body = installation_shown(rotated) if rotated else None
    return {**returned(None), "body": body}

"""Signs in with Authlib, as ../README.md says."""

import json
import sys
from urllib.parse import parse_qsl, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

PATIENCE = 10  # seconds

# How the client proves itself: by its secret in the form or in the header,
# or by PKCE alone as a public client does.
WAYS = {
    "secret": "client_secret_post",
    "basic": "client_secret_basic",
    "pkce": "none",
}


class SignIn:
    """One sign-in, from its first page to the last refresh."""

    def __init__(self, base_url, way, arguments):
        discovery = requests.get(
            base_url + "/.well-known/openid-configuration", timeout=PATIENCE
        )
        self.server = discovery.json()
        self.arguments = arguments
        is_public = way == "pkce"
        self.session = OAuth2Session(
            arguments["client_id"],
            None if is_public else arguments["client_secret"],
            token_endpoint_auth_method=WAYS[way],
            scope=arguments["scope"],
            redirect_uri=arguments["redirect_uri"],
            code_challenge_method="S256" if is_public else None,
        )
        self.verifier = generate_token(48) if is_public else None
        self.nonce = generate_token()

    def begin(self):
        url, self.state = self.session.create_authorization_url(
            self.server["authorization_endpoint"],
            nonce=self.nonce,
            code_verifier=self.verifier,
        )
        return {"url": url}

    def finish(self, callback):
        # As Authlib's own integrations of web frameworks do.
        denied = dict(parse_qsl(urlsplit(callback).query))
        if "error" in denied:
            raise OAuthError(
                error=denied["error"],
                description=denied.get("error_description"),
            )
        more = {"code_verifier": self.verifier} if self.verifier else {}
        token = self.session.fetch_token(
            self.server["token_endpoint"],
            authorization_response=callback,
            state=self.state,
            timeout=PATIENCE,
            **more,
        )
        return {"body": {**token, "claims": self.verified(token)}}

    def verified(self, token):
        """Returns the claims, or raises what is wrong with them."""
        keys = requests.get(self.server["jwks_uri"], timeout=PATIENCE).json()
        decoded = jwt.decode(
            token["id_token"],
            KeySet.import_key_set(keys),
            algorithms=self.server["id_token_signing_alg_values_supported"],
        )
        client_id = self.arguments["client_id"]
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": self.server["issuer"]},
                "aud": {"essential": True, "value": client_id},
            },
            params={
                "nonce": self.nonce,
                "client_id": client_id,
                "access_token": token["access_token"],
            },
        )
        claims.validate()
        return dict(claims)

    def userinfo(self):
        reply = self.session.get(
            self.server["userinfo_endpoint"], timeout=PATIENCE
        )
        return {"body": reply.json()}

    def refresh(self):
        token = self.session.refresh_token(
            self.server["token_endpoint"], timeout=PATIENCE
        )
        return {"body": dict(token)}


def raised(error):
    return {
        "outcome": "raised",
        "exception": type(error).__name__,
        "code": error.error if isinstance(error, OAuthError) else None,
        "message": str(error),
        "body": None,
    }


def main():
    sign_in = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        arguments = request["arguments"]
        try:
            if request["call"] == "begin":
                sign_in = SignIn(
                    request["base_url"], request["way"], arguments
                )
                done = sign_in.begin()
            elif request["call"] == "finish":
                done = sign_in.finish(arguments["callback"])
            elif request["call"] == "userinfo":
                done = sign_in.userinfo()
            else:
                done = sign_in.refresh()
            reply = {"outcome": "returned", "exception": None, **done}
        except Exception as error:
            reply = raised(error)
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()

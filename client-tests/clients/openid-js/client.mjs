// Signs in with openid-client: answers requests on stdin with outcomes on stdout; ../README.md says what both look
// like. Usage: node client.mjs FOLDER, the one that holds the installed node_modules.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesOf } from '../bolt-js/lines.mjs';

const require = createRequire(`${resolve(process.argv[2])}/`);
const oidc = await import(pathToFileURL(require.resolve('openid-client')).href);

// How the client proves itself: by its secret, by PKCE alone as a public client does, or by both.
const ways = {
  secret: { auth: (secret) => oidc.ClientSecretPost(secret) },
  basic: { auth: (secret) => oidc.ClientSecretBasic(secret) },
  pkce: { auth: () => oidc.None(), hasVerifier: true },
  both: { auth: (secret) => oidc.ClientSecretPost(secret), hasVerifier: true },
};

let session;

// The mock speaks plain http, which openid-client takes on this word alone. Keys and signature are looked at on the
// other one: over TLS it does without.
const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];

async function begin({ base_url, way, arguments: args }) {
  const { auth, hasVerifier } = ways[way];
  const config = await oidc.discovery(new URL(base_url), args.client_id, undefined, auth(args.client_secret), { execute });
  session = { config, checks: { expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce(), idTokenExpected: true } };
  const parameters = {
    redirect_uri: args.redirect_uri,
    scope: args.scope,
    state: session.checks.expectedState,
    nonce: session.checks.expectedNonce,
  };
  if (hasVerifier) {
    session.checks.pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    parameters.code_challenge = await oidc.calculatePKCECodeChallenge(session.checks.pkceCodeVerifier);
    parameters.code_challenge_method = 'S256';
  }
  return { url: oidc.buildAuthorizationUrl(config, parameters).href };
}

async function finish({ arguments: args }) {
  session.tokens = await oidc.authorizationCodeGrant(session.config, new URL(args.callback), session.checks);
  return { body: { ...session.tokens, claims: session.tokens.claims() } };
}

async function userInfo() {
  const { access_token } = session.tokens;
  return { body: await oidc.fetchUserInfo(session.config, access_token, session.tokens.claims().sub) };
}

async function refresh() {
  session.refreshed = await oidc.refreshTokenGrant(session.config, session.tokens.refresh_token);
  return { body: session.refreshed };
}

const calls = { begin, finish, refresh, userinfo: userInfo };

async function outcomeOf(request) {
  try {
    return { outcome: 'returned', exception: null, code: null, message: null, ...(await calls[request.call](request)) };
  } catch (error) {
    return {
      outcome: 'raised',
      exception: error.constructor.name,
      code: error.error ?? error.code ?? null,
      message: error.message,
      body: null,
    };
  }
}

async function answer(line) {
  const request = JSON.parse(line);
  return Object.hasOwn(calls, request.call) ? outcomeOf(request) : { failure: `no call ${request.call}` };
}

for await (const line of linesOf(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}

import { createServer } from 'node:http';
import { collectorOf, optionsOf, returned } from './perform.mjs';
import { installationShown, providerOptions, Store, stores } from './refreshers.mjs';

// What installs an app: Bolt's own installer, or the InstallProvider of @slack/oauth alone.

const INSTALL = '/slack/install';
const REDIRECT = '/slack/oauth_redirect';

// Beside the API, in a sandbox too.
const authorizationUrl = (request) => new URL('../oauth/v2/authorize', request.base_url).href;

function storeFor(request) {
  const store = new Store();
  stores.set(request.base_url, store);
  return store;
}

// The options of a Bolt app that can be installed. It sends no redirect URI: its port is not known yet.
export function installable(request) {
  const { client_id, client_secret, scopes, user_scopes } = request.arguments;
  return {
    clientId: client_id,
    clientSecret: client_secret,
    stateSecret: 'secret',
    scopes,
    installationStore: storeFor(request),
    installerOptions: {
      authorizationUrl: authorizationUrl(request),
      userScopes: user_scopes,
      clientOptions: { ...optionsOf(request), logger: collectorOf([]) },
    },
  };
}

// The same without Bolt.
export async function provide({ InstallProvider }, request) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address();
  const { scopes, user_scopes } = request.arguments;
  const provider = new InstallProvider({
    ...providerOptions(request, storeFor(request), []),
    authorizationUrl: authorizationUrl(request),
    installUrlOptions: { scopes, userScopes: user_scopes, redirectUri: `http://127.0.0.1:${port}${REDIRECT}` },
  });
  server.on('request', (req, res) => {
    const path = req.url.split('?')[0];
    if (path === INSTALL) provider.handleInstallPath(req, res);
    else if (path === REDIRECT) provider.handleCallback(req, res);
    else res.writeHead(404).end();
  });
  return { ...returned(null, []), port };
}

export async function installed(_packages, request) {
  const store = stores.get(request.base_url);
  if (!store) throw new Error('bolt.installed wants an app that can be installed');
  return { ...returned(null, []), installation: store.installation ? installationShown(store.installation) : null };
}

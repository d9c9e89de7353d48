import { collectorOf, optionsOf, raised, returned } from './perform.mjs';

// What the SDK refreshes tokens with, over an installation store in memory.

const KINDS = ['bot', 'user'];
const seconds = () => Math.round(Date.now() / 1000);

// The stored form is that of @slack/oauth: a bot and a user part, each with its token, or undefined.
function installationOf(given) {
  const part = (kind, rest) =>
    given[`${kind}_token`] && {
      ...rest,
      token: given[`${kind}_token`],
      refreshToken: given[`${kind}_refresh_token`],
      expiresAt: seconds() + given[`${kind}_expires_in`],
      scopes: (given[`${kind}_scopes`] ?? '').split(','),
    };
  return {
    appId: given.app_id,
    team: { id: given.team_id },
    enterprise: undefined,
    isEnterpriseInstall: false,
    tokenType: 'bot',
    authVersion: 'v2',
    user: { id: given.user_id, ...part('user') },
    bot: part('bot', { id: given.bot_id, userId: given.bot_user_id }),
  };
}

export function installationShown(installation) {
  const shown = {
    app_id: installation.appId,
    team_id: installation.team.id,
    user_id: installation.user.id,
    bot_id: installation.bot?.id,
    bot_user_id: installation.bot?.userId,
  };
  for (const kind of KINDS) {
    const part = installation[kind];
    if (!part?.token) continue;
    shown[`${kind}_scopes`] = part.scopes.join(',');
    shown[`${kind}_token`] = part.token;
    shown[`${kind}_refresh_token`] = part.refreshToken;
    shown[`${kind}_expires_in`] = part.expiresAt - seconds();
  }
  return shown;
}

// Without an installation it awaits one.
export class Store {
  constructor(given) {
    this.installation = given && installationOf(given);
    this.saved = false;
  }

  advance(by) {
    for (const kind of KINDS) if (this.installation[kind]?.expiresAt) this.installation[kind].expiresAt -= by;
  }

  async storeInstallation(installation) {
    this.installation = installation;
    this.saved = true;
  }

  // A copy, as a database gives one: what the SDK does to it is not stored by that.
  async fetchInstallation() {
    return structuredClone(this.installation);
  }

  async deleteInstallation() {
    this.installation = undefined;
  }
}

export const providerOptions = (request, store, logs) => ({
  clientId: request.arguments.client_id,
  clientSecret: request.arguments.client_secret,
  stateSecret: 'secret',
  installationStore: store,
  logger: collectorOf(logs),
  clientOptions: { ...optionsOf(request), logger: collectorOf(logs) },
});

export async function rotate({ InstallProvider }, request) {
  const logs = [];
  const store = new Store(request.installation);
  const provider = new InstallProvider(providerOptions(request, store, logs));
  try {
    await provider.authorize({ teamId: request.installation.team_id, isEnterpriseInstall: false });
    return returned(store.saved ? installationShown(store.installation) : null, logs);
  } catch (error) {
    return raised(error, logs);
  }
}

// Hands events to the app in this process, in place of an HTTP server.
class Receiver {
  init(app) {
    this.app = app;
  }

  async start() {}

  async stop() {}
}

export const stores = new Map(); // by base_url

export async function command(packages, request) {
  const logs = [];
  if (request.installation) stores.set(request.base_url, new Store(request.installation));
  const store = stores.get(request.base_url);
  if (!store) throw new Error('the first bolt.command of a base_url needs an installation');
  store.advance(request.advance ?? 0);

  const app = appOver(packages, request, store, logs);
  let listener = null;
  app.command('/ping', async ({ ack, client }) => {
    await ack();
    const heard = [];
    listener = await client.auth.test().then((body) => returned(body, heard), (error) => raised(error, heard));
  });

  let outcome = returned(null, logs);
  let status = null;
  const ack = async () => {
    status = 200;
  };
  try {
    await app.processEvent({ body: commandBody(store.installation), ack });
  } catch (error) {
    outcome = raised(error, logs);
  }
  return { ...outcome, status, listener, installation: installationShown(store.installation) };
}

// A custom receiver makes no InstallProvider of its own, so the app gets the provider's authorize(), as Bolt's own
// receivers give it.
function appOver({ App, InstallProvider }, request, store, logs) {
  const provider = new InstallProvider(providerOptions(request, store, logs));
  return new App({
    receiver: new Receiver(),
    authorize: provider.authorize,
    logger: collectorOf(logs),
    clientOptions: optionsOf(request),
  });
}

function commandBody(installation) {
  return {
    command: '/ping',
    team_id: installation.team.id,
    user_id: installation.user.id,
    api_app_id: installation.appId,
    channel_id: 'C0CHANNEL',
    trigger_id: '1.1',
  };
}

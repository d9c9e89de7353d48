import { installable } from './installing.mjs';
import { collectorOf, optionsOf, returned } from './perform.mjs';

// A Bolt app that listens for events with its own HTTP receiver, and what reached its listeners. One that is given a
// client can be installed too.

const PATIENCE = 10_000;
const apps = new Map(); // by base_url

async function gone() {
  throw new Error('the installation is gone');
}

export async function listen({ App }, request) {
  const heard = [];
  const app = new App({
    signingSecret: request.arguments.signing_secret,
    ...(request.arguments.client_id ? installable(request) : { authorize: gone }),
    logger: collectorOf([]),
    clientOptions: optionsOf(request),
  });
  let wake = () => {};
  for (const type of ['tokens_revoked', 'app_uninstalled']) {
    app.event(type, async ({ event, body }) => {
      heard.push({ event, team_id: body.team_id });
      wake();
    });
  }
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  server.unref();
  apps.set(request.base_url, {
    heard,
    onHeard: (callback) => {
      wake = callback;
    },
  });
  return { ...returned(null, []), port: server.address().port };
}

export async function heard(_packages, request) {
  const app = apps.get(request.base_url);
  if (!app) throw new Error('bolt.heard wants a bolt.listen before it');
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    const look = () => {
      if (app.heard.length < request.arguments.count) return;
      clearTimeout(timer);
      resolve();
    };
    app.onHeard(look);
    look();
  });
  return { ...returned(null, []), heard: app.heard };
}

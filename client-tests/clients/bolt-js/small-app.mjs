import { createHmac } from 'node:crypto';
import { collectorOf, optionsOf, raised, returned } from './perform.mjs';

// A small Bolt app: a command, a message, a modal and a home tab. It listens with its own HTTP receiver.

const SIGNING_SECRET = 'secret';
const apps = new Map(); // by base_url

const plain = (text) => ({ type: 'plain_text', text });

const MODAL = {
  type: 'modal',
  callback_id: 'task',
  title: plain('New task'),
  submit: plain('Add'),
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: plain('Title'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};

const homeOf = (user) => ({
  type: 'home',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `Tasks of <@${user}>` } }],
});

function addListeners(app) {
  app.command('/task', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: MODAL });
    await ack('Opening');
  });

  app.message('hello', async ({ message, say }) => {
    await say(`Hello <@${message.user}>`);
  });

  app.view('task', async ({ ack, body, view, client }) => {
    const title = view.state.values.title.text.value;
    if (title.length < 3) {
      await ack({ response_action: 'errors', errors: { title: 'Too short' } });
      return;
    }
    await client.chat.postMessage({ channel: body.user.id, text: title });
    await ack();
  });

  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: homeOf(event.user) });
  });
}

async function start({ App }, request) {
  const logs = [];
  const app = new App({
    token: request.arguments.token,
    signingSecret: SIGNING_SECRET,
    // The listeners are done when the answer comes.
    processBeforeResponse: true,
    logger: collectorOf(logs),
    clientOptions: optionsOf(request),
  });
  addListeners(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  server.unref();
  return { logs, url: `http://127.0.0.1:${server.address().port}/slack/events` };
}

export async function post(packages, request) {
  const { type, body } = request.arguments;
  if (!apps.has(request.base_url)) apps.set(request.base_url, await start(packages, request));
  const { logs, url } = apps.get(request.base_url);
  try {
    const response = await fetch(url, { method: 'POST', headers: signedHeaders(type, body), body });
    return { ...returned(await response.text(), logs.splice(0)), status: response.status };
  } catch (error) {
    return raised(error, logs.splice(0));
  }
}

// As Slack signs.
function signedHeaders(type, body) {
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'Content-Type': type,
    Connection: 'close',
    'X-Slack-Request-Timestamp': `${timestamp}`,
    'X-Slack-Signature': `v0=${digest}`,
  };
}

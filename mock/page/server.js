// The control API of the world that this page stands in, and its stream of events.

import { $ } from './dom.js';

/** `/`, or `/sandbox/NAME/`, behind whatever prefix a proxy adds. */
export const world = new URL('.', location);
export const sandbox = world.pathname.match(/\/sandbox\/([\w-]+)\/$/)?.[1];

let asking;

/** Asks once for the control token, however many calls wait for it. */
const askForToken = () => (asking ??= new Promise((answered) => {
  $('ask').showModal();
  $('ask').onclose = () => {
    sessionStorage.token = $('token').value;
    $('token').value = '';
    $('why').textContent = 'The server has another token.';
    asking = answered();
  };
}));

/** fetch() of a path below the world, with the control token if the server wants one. */
export async function send(path, { headers, ...options } = {}) {
  for (;;) {
    const { token } = sessionStorage;
    const response = await fetch(new URL(path, world), {
      ...options, headers: { ...(token && { Authorization: `Bearer ${token}` }), ...headers },
    });
    if (response.status !== 401) return response;
    if (token === sessionStorage.token) await askForToken();
  }
}

/** The JSON of a reply. A refusal is thrown, with what the server says of it. */
export async function control(method, path, body) {
  const response = await send(`_mock/${path}`, { method, body: body && JSON.stringify(body) });
  const reply = await response.json();
  if (!response.ok) throw Error([reply.message, ...(reply.mistakes ?? [])].join('\n'));
  return reply;
}

export const get = (path) => control('GET', path);
export const patch = (scenario) => control('PATCH', 'scenario', scenario);

/** Fields of server-sent events as they come: [name, value]. */
async function* fieldsOf(body) {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) yield line.trim().split(/: ?/);
  }
}

/**
 * Tells `onEvent` the name of each event, for ever and without a gap; `open` is one, when a connection stands.
 * An EventSource could not send the control token. A hidden page leaves its connection to others.
 */
export async function listen(onEvent, onBreak) {
  let last = '';
  let wait;
  for (;;) {
    const leaving = new AbortController();
    document.onvisibilitychange = () => document.hidden && leaving.abort();
    try {
      const response = await send('_mock/events', { signal: leaving.signal, headers: last && { 'Last-Event-ID': last } });
      if (!response.ok) throw Error((await response.json()).message);
      onEvent('open');
      wait = 125;
      for await (const [name, value] of fieldsOf(response.body)) {
        if (name === 'id') last = value;
        if (name === 'event') onEvent(value);
      }
      onBreak('');
    } catch ({ name, message }) {
      onBreak(name === 'Error' ? message : '');
    }
    wait = Math.min(2 * wait || 250, 4000);
    await new Promise((over) => setTimeout(over, wait));
    if (document.hidden) await new Promise((seen) => (document.onvisibilitychange = seen));
  }
}

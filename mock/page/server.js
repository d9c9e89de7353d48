import { $ } from './dom.js';

export const world = new URL('.', location);

let asking;

const askForToken = () => (asking ??= new Promise((answered) => {
  $('ask').showModal();
  $('ask').onclose = () => {
    sessionStorage.token = $('token').value;
    $('why').textContent = 'Another token:';
    asking = answered();
  };
}));

export async function send(path, { headers, ...options } = {}) {
  for (;;) {
    const { token } = sessionStorage;
    const authorization = token && { Authorization: `Bearer ${token}` };
    const response = await fetch(new URL(path, world), { ...options, headers: { ...authorization, ...headers } });
    if (response.status !== 401) return response;
    if (token === sessionStorage.token) await askForToken();
  }
}

export async function control(method, path, body) {
  const response = await send(`_mock/${path}`, { method, body: body && JSON.stringify(body) });
  if (response.ok) return response;
  const { message, mistakes } = await response.json();
  throw Error([message].concat(mistakes).join('\n'));
}

export const get = async (path) => (await control('GET', path)).json();
export const patch = (scenario) => control('PATCH', 'scenario', scenario);

export async function listen(onEvent, onBreak) {
  let last = '';
  for (;;) {
    const leaving = new AbortController();
    document.onvisibilitychange = () => document.hidden && leaving.abort();
    try {
      const response = await send('_mock/events', { signal: leaving.signal, headers: { 'Last-Event-ID': last } });
      if (!response.ok) throw Error((await response.json()).message);
      onEvent('open');
      let rest = '';
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        for (const [, name, value] of lines.map((line) => line.split(/(\w+): /))) {
          if (name === 'event') onEvent(value);
          if (name !== 'id') continue;
          // Another journal: emptied, or a new server’s.
          if (!value.startsWith(last.replace(/\d+$/, ''))) onEvent('other');
          last = value;
        }
      }
      onBreak('');
    } catch ({ name, message }) {
      onBreak(name === 'Error' ? message : '');
    }
    await new Promise((over) => setTimeout(over, 1000));
    if (document.hidden) await new Promise((seen) => (document.onvisibilitychange = seen));
  }
}

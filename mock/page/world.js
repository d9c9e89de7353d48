// What rules the world beside its tokens: clock, rules, sandboxes, events.

import { $, attempt, button, fill, h, say } from './dom.js';
import { kindOf } from './journal.js';
import { control, get, patch, send, world } from './server.js';
import { maskOf, now, soonest, until } from './tokens.js';

/** Shows the clock, and how long tokens have left. */
export function tick() {
  const next = soonest();
  const time = new Date(now());
  $('now').textContent = time.toLocaleString();
  $('own').textContent = `${time.toISOString().slice(0, 19)}Z`;
  $('expiring').textContent = next ? `${maskOf(next.token)} expires in ${until(next.expires_at)}` : '';
  for (const element of document.querySelectorAll('time')) element.textContent = until(element.dateTime);
}

const WHAT = {
  exchange: { method: 'oauth.v2.exchange' },
  refresh: { method: 'oauth.v2.access', argument: { grant_type: 'refresh_token' } },
  call: {},
};

const OUTCOMES = {
  'lost after commit': { stage: 'after', reply: { fault: 'close' } },
  reset: { reply: { fault: 'reset' } },
  '429': { reply: { error: 'ratelimited', retry_after: 30 } },
  '503': { reply: { error: 'service_unavailable', status: 503 } },
  slow: { reply: { delay: 5000 } },
  garbage: { reply: { fault: 'garbage' } },
};

async function arm(outcome) {
  const what = $('what').value;
  await patch({ rules: [{ name: `next ${what}`, when: WHAT[what], times: 1, ...OUTCOMES[outcome] }] });
  say(`The next ${what}: ${outcome}`);
}

/** Rules that this page switched off, as they were, by their names. */
const off = {};

/** A rule that never acts takes its place. */
async function switchOff(name) {
  const { rules } = await get('world');
  off[name] = rules.find((rule) => rule.name === name);
  await patch({ rules: [{ name, when: { probability: 0 }, reply: { fault: 'close' } }] });
}

async function switchOn(name) {
  await patch({ rules: [off[name]] });
  delete off[name];
}

export const showRules = (rules) => fill($('rules'),
  rules.map(({ name, fired }) => h('div.title',
    h('b', name),
    h('span', off[name] ? 'off' : `acted ${fired} ×`),
    off[name] ? button('On', () => switchOn(name), `Switch on ${name}`) : button('Off', () => switchOff(name), `Switch off ${name}`))),
  rules.length ? button('Drop all', () => control('DELETE', 'rules')) : h('p', 'None: every call is answered as documented.'));

async function sandboxItem(name) {
  const { requests } = await (await send(`sandbox/${name}/_mock/requests`)).json();
  const mistakes = requests.filter((entry) => kindOf(entry) === 'mistake').length;
  return h('div.title',
    h('a', { href: new URL(`sandbox/${name}/`, world).pathname, 'data-key': name }, name),
    h('span', `${requests.length} calls, ${mistakes} mistakes`));
}

export const later = {
  async sandboxes() {
    const { sandboxes } = await get('sandboxes');
    fill($('sandboxes'), await Promise.all(sandboxes.slice(0, 100).map(sandboxItem)),
      h('p', sandboxes.length ? `${sandboxes.length} in all` : 'None. PUT /_mock/sandboxes/NAME makes one.'));
  },
  async deliveries() {
    const { deliveries } = await get('deliveries');
    fill($('deliveries'), deliveries.slice(-100).reverse().map(({ event, app, url, state, attempts }) => h('article',
      h('div.title', h('h3', event), h('span', state)),
      h('p', `app ${app} · ${url}`),
      h('ol', attempts.map(({ time, status, problem, note }) =>
        h('li', [new Date(time).toLocaleString(), status, problem, note].filter(Boolean).join(' · ')))))),
      !deliveries.length && h('p', 'None yet. An app with `events` is told of revoked tokens and of its end.'));
  },
};

$('outcomes').append(...Object.keys(OUTCOMES).map((outcome) => button(outcome, () => arm(outcome))));

const setClock = (change) => attempt(() => control('POST', 'clock', change));
for (const element of document.querySelectorAll('[data-clock]')) {
  element.onclick = () => setClock(JSON.parse(element.dataset.clock));
}
$('set').onsubmit = () => {
  setClock({ set: new Date($('date').value).toISOString() });
  return false;
};
setInterval(tick, 1000);

import { $, attempt, button, copy, fill, h, say } from './dom.js';
import { control, get, patch, world } from './server.js';
import { expiring, maskOf, now, until } from './tokens.js';

// True: a token has come to its end.
export function tick() {
  const time = new Date(now());
  const { next, near } = expiring();
  fill($('now'), time.toLocaleString());
  fill($('own'), `${time.toISOString().slice(0, 19)}Z`);
  fill($('expiring'), next && `${maskOf(next.token)} expires in ${until(next.expires_at)}`, near && `, ${near} more within 1 h`);
  for (const element of document.querySelectorAll('time')) fill(element, until(element.dateTime));
  return next && Date.parse(next.expires_at) <= time;
}

export function showClock({ frozen }) {
  fill($('pace'), `clock ${frozen ? 'frozen' : 'running'}`);
  fill($('freeze'), frozen ? '▶ Run' : '❄ Freeze');
  $('freeze').value = JSON.stringify({ frozen: !frozen });
  tick();
}

const WHAT = {
  exchange: { method: 'oauth.v2.exchange' },
  refresh: { method: 'oauth.v2.access', argument: { grant_type: 'refresh_token' } },
  call: {},
};

const OUTCOMES = {
  'lost after commit': { stage: 'after', reply: { fault: 'close' } },
  reset: { reply: { fault: 'reset' } },
  429: { reply: { error: 'ratelimited' } },
  503: { reply: { error: 'service_unavailable', status: 503 } },
  slow: { reply: { delay: 5000 } },
  garbage: { reply: { fault: 'garbage' } },
};

async function arm(outcome) {
  const what = $('what').value;
  await patch({ rules: [{ name: `next ${what}`, when: WHAT[what], times: 1, ...OUTCOMES[outcome] }] });
  say(`The next ${what}: ${outcome}`);
}

const off = new Set();

export const startOver = () => off.clear();

// A rule for calls that nobody makes takes its place.
async function switchOff(name) {
  await patch({ rules: [{ name, when: { method: 'switched off' }, reply: { fault: 'close' } }] });
  off.add(name);
}

function switchOf(name) {
  if (/^rules\[\d+]$/.test(name)) return h('span', 'without a name');
  return off.has(name) ? h('span', 'switched off') : button('Switch off', () => switchOff(name), `Switch off ${name}`);
}

export const showRules = (rules) => fill($('rules'),
  rules.map(({ name, fired }) => h('div.title.row', h('b', name), `acted ${fired} ×`, switchOf(name))),
  rules.length ? button('Drop all', () => control('DELETE', 'rules')) : h('p', 'None.'));

const sandboxItem = ({ name, calls, mistakes }) => h('div.title.row',
  h('a', { href: new URL(`sandbox/${name}/`, world) }, name), `${calls} calls, ${mistakes} mistakes`);

export const later = {
  async sandboxes() {
    const { used } = await get('sandboxes');
    fill($('sandboxes'), used.slice(0, 100).map(sandboxItem), h('p', used.length ? `${used.length} in all` : 'None.'));
  },
  async deliveries() {
    const { deliveries } = await get('deliveries');
    fill($('deliveries'), deliveries.slice(-100).reverse().map(({ event, app, url, state, due, attempts }) => h('article',
      h('div.title', h('h3', event), state === 'waiting' ? `waiting until ${new Date(due).toLocaleString()}` : state),
      h('p', `app ${app} · ${url}`),
      h('ol', attempts.map(({ time, status, problem, note }) =>
        h('li', [new Date(time).toLocaleString(), status, problem, note].filter(Boolean).join(' · ')))))),
      !deliveries.length && h('p', 'None.'));
  },
};

fill($('outcomes'), Object.keys(OUTCOMES).map((outcome) => button(outcome, () => arm(outcome))));

$('copy-world').onclick = () => attempt(async () => copy('a scenario, secrets too', await (await control('GET', 'world')).text()));

const setClock = (change) => attempt(() => control('POST', 'clock', change));

$('set').onclick = ({ target }) => {
  if (target.value?.[0] === '{') setClock(JSON.parse(target.value));
};
$('set').onsubmit = () => {
  setClock({ set: new Date($('date').value) });
  return false;
};

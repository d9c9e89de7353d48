import { $, attempt, button, copy, fill, h, say } from './dom.js';
import { control, get, patch, world } from './server.js';
import { now, showExpiring, until } from './tokens.js';

export function tick() {
  const time = new Date(now());
  fill($('now'), time.toLocaleString());
  fill($('own'), `${time.toISOString().slice(0, 19)}Z`);
  for (const element of document.querySelectorAll('time')) fill(element, until(element.dateTime));
  return showExpiring();
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

// A rule for calls that nobody makes keeps it.
function switchOf(rule) {
  const { name, when } = rule;
  const kept = when?.argument?.['switched off'];
  const off = { name, when: { argument: { 'switched off': JSON.stringify(rule) } }, reply: { fault: 'close' } };
  const does = `Switch ${kept ? 'on' : 'off'}`;
  return button(does, () => patch({ rules: [kept ? JSON.parse(kept) : off] }), `${does} ${name}`);
}

const sandboxItem = ({ name, calls, mistakes }) => h('div.title.row',
  h('a', { href: new URL(`sandbox/${name}/`, world) }, name), `${calls} calls, ${mistakes} mistakes`);

export const later = {
  async rules() {
    const { rules, world } = await get('world');
    const all = world.state.rules;
    fill($('rules'),
      all.map(({ place, index = 0, rule = rules[place], acted = 0 }) => h('div.title.row',
        h('b', rule.name ?? `rules[${place ?? index}]`), `acted ${acted} ×`,
        rule.name ? switchOf(rule) : ', without a name')),
      all.length ? button('Drop all', () => control('DELETE', 'rules')) : h('p', 'None.'));
  },
  async sandboxes() {
    const { used } = await get('sandboxes');
    fill($('sandboxes'), used.slice(0, 100).map(sandboxItem), h('p', used.length ? `${used.length} in all` : 'None.'));
  },
  async deliveries() {
    const { deliveries } = await get('deliveries');
    fill($('deliveries'), deliveries.slice(-100).reverse().map(({ event, app, url, state, due, body, attempts }) => h('article',
      h('div.title', h('h3', event), state === 'waiting' ? `waiting until ${new Date(due).toLocaleString()}` : state),
      h('p', `app ${app} · ${url}`),
      h('pre', JSON.stringify(body, null, 2)),
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

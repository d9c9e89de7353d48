import { $, attempt, button, copy, fill, h } from './dom.js';
import { control, get, send } from './server.js';

const SIGNS = { active: '●', grace: '◐', exchanged: '◑', spent: '○', expired: '◌', revoked: '✕' };

let world;
let readAt;
let ending;
let most = 50;

export const now = () => Date.parse(world.clock) + (world.frozen ? 0 : performance.now() - readAt);

export function until(time) {
  const left = Math.max(0, Date.parse(time) - now());
  const days = Math.floor(left / 864e5);
  return (days ? `${days} d ` : '') + new Date(left % 864e5).toISOString().slice(11, 19);
}

function maskOf(token) {
  const kind = token.match(/^(xoxe\.)?xox\w-([\da-f]-)?/)?.[0] ?? '';
  const tail = Math.min(4, Math.max(0, Math.floor(token.length / 3) - kind.length));
  return `${kind}...${token.slice(token.length - tail)}`;
}

// A spent refresh token that still works has a time to end.
const stateOf = ({ state, expires_at }) => (state === 'spent' && expires_at ? 'grace' : state);
const isAlive = (token) => /active|grace|exchanged/.test(stateOf(token));

// True: a token has come to its end.
export function showExpiring() {
  const [next, ...others] = ending;
  const near = others.filter(({ expires_at }) => Date.parse(expires_at) < now() + 36e5).length;
  fill($('expiring'), next && `${maskOf(next.token)} expires in ${until(next.expires_at)}`, near && `, ${near} more within 1 h`);
  return next && Date.parse(next.expires_at) <= now();
}

function linksOf(chain) {
  const { legacy = [], access = [], refresh = [] } = Object.groupBy(chain, ({ kind }) => kind);
  const pairs = [];
  while (access.length || refresh.length) pairs.unshift([access.pop(), refresh.pop()]);
  return [...legacy.map((one) => [one]), ...pairs];
}

// As a client would, so that apps are told.
async function call(method, token, body) {
  const response = await send(`api/${method}`, { method: 'POST', body, headers: { Authorization: `Bearer ${token}` } });
  const { error } = await response.json();
  if (error) throw Error(`${method}: ${error}`);
}

const revoke = ({ token }) => call('auth.revoke', token);

// A refresh token cannot ask for it.
async function uninstall(app, team) {
  const alive = world.tokens.filter((one) => one.app === app && one.team === team && isAlive(one));
  const asking = alive.find(({ kind }) => kind !== 'refresh');
  const { client_id, client_secret } = (await get('state?limit=0&secrets=1')).apps.find(({ id }) => id === app);
  return asking
    ? call('apps.uninstall', asking.token, new URLSearchParams({ client_id, client_secret }))
    : Promise.all(alive.map(revoke));
}

function tokenItem(one) {
  const { token, kind, expires_at: end } = one;
  const state = stateOf(one);
  const mask = maskOf(token);
  return h(`div.token.${state}`,
    h('b', `${SIGNS[state]} ${kind}`), button(mask, () => copy(mask, token), `Copy ${mask}`), h('span', state),
    isAlive(one) && [
      end && h('time', { datetime: end, title: new Date(end).toLocaleString() }, until(end)),
      button('Revoke', () => revoke(one), `Revoke ${mask}`),
    ]);
}

const chainOf = (chain) => h('section.chain', h('p', `${chain[0].type} ${chain[0].user}`),
  h('ol', linksOf(chain).map((link) => h('li', link.filter(Boolean).map(tokenItem)))));

const nameOf = (list, id) => list.find((one) => one.id === id).name;

function card(chains) {
  const { app, team } = chains[0][0];
  return h('article',
    h('div.title', h('h3', `${nameOf(world.apps, app)} in ${nameOf(world.teams, team)}`),
      chains.some((chain) => chain.some(isAlive)) && button('Uninstall', () => uninstall(app, team), `Uninstall ${app} in ${team}`)),
    h('p', `app ${app}, team ${team}`), chains.map(chainOf));
}

const grouped = (list, keyOf) => Object.values(Object.groupBy(list, keyOf));

const offer = (select, list) => select.length !== list.length
  && fill(select, list.map(({ id, name }) => h('option', { value: id }, name)));

export function showTokens(state) {
  if (state !== world) readAt = performance.now();
  world = state;
  ending = state.tokens.filter((token) => token.expires_at && isAlive(token))
    .sort((one, other) => (one.expires_at < other.expires_at ? -1 : 1));
  const chains = grouped(state.tokens, ({ app, team, type, user }) => `${app} ${team} ${type} ${user}`);
  fill($('chains'), grouped(chains.slice(0, most), ([{ app, team }]) => `${app} ${team}`).map(card),
    chains.length > most && button('Show more', () => {
      most *= 2;
      showTokens(world);
    }),
    !chains.length && h('p', 'None.'));
  offer($('app'), state.apps);
  offer($('team'), state.teams);
}

$('install').onsubmit = () => {
  const [kind, user] = $('for').value.split(' ');
  attempt(() => control('POST', 'install', { app: $('app').value, team: $('team').value, [kind]: { user } }));
  return false;
};

// Installations, each with its chain of tokens.

import { $, attempt, button, fill, h, say } from './dom.js';
import { control, patch, send } from './server.js';

const SIGNS = { active: '●', grace: '◐', exchanged: '◑', spent: '○', expired: '◌', revoked: '✕' };

let world;
let readAt;
let most = 50;

export const now = () => Date.parse(world.clock) + (world.frozen ? 0 : performance.now() - readAt);

export function until(time) {
  const left = Math.max(0, Date.parse(time) - now());
  const days = Math.floor(left / 864e5);
  return (days ? `${days} d ` : '') + new Date(left % 864e5).toISOString().slice(11, 19);
}

export function maskOf(token) {
  const kind = token.match(/^(xoxe\.)?xox\w-([\da-f]-)?/)?.[0] ?? '';
  const tail = Math.min(4, Math.max(0, Math.floor(token.length / 3) - kind.length));
  return `${kind}...${token.slice(token.length - tail)}`;
}

// A spent refresh token that still works has a time to end.
const stateOf = ({ state, expires_at }) => (state === 'spent' && expires_at ? 'grace' : state);
const isAlive = (token) => /active|grace|exchanged/.test(stateOf(token));

export const soonest = () => world.tokens.filter((token) => token.expires_at && isAlive(token))
  .sort((one, other) => (one.expires_at < other.expires_at ? -1 : 1))[0];

// Old ones are forgotten: the newest of each kind belong together.
function linksOf(chain) {
  const [legacy, access, refresh] = ['legacy', 'access', 'refresh'].map((kind) => chain.filter((one) => one.kind === kind));
  const pairs = [];
  while (access.length || refresh.length) pairs.unshift([access.pop(), refresh.pop()]);
  return [...legacy.map((one) => [one]), ...pairs];
}

async function revoke(token) {
  const response = await send('api/auth.revoke', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  say((await response.json()).error ?? 'Revoked.');
}

const uninstall = (chain) => patch({ tokens: chain.filter(isAlive).map(({ token }) => ({ token, state: 'revoked' })) });

function tokenItem(one) {
  const { token, kind, expires_at: end } = one;
  const state = stateOf(one);
  const alive = isAlive(one);
  return h(`div.token.${state}`,
    h('b', `${SIGNS[state]} ${kind}`), h('code', { title: token }, maskOf(token)), h('span', state),
    end && alive && h('time', { datetime: end, title: new Date(end).toLocaleString() }, until(end)),
    alive && kind !== 'refresh' && button('Revoke', () => revoke(token), `Revoke ${maskOf(token)}`));
}

const nameOf = (list, id) => list.find((one) => one.id === id).name;

function card(chain) {
  const { app, team, type, user } = chain[0];
  return h('article',
    h('div.title', h('h3', `${nameOf(world.apps, app)} in ${nameOf(world.teams, team)}`),
      chain.some(isAlive) && button('Uninstall', () => uninstall(chain), `Uninstall ${app} in ${team} for ${user}`)),
    h('p', `${type} ${user}, app ${app}, team ${team}`),
    h('ol', linksOf(chain).map((link) => h('li', link.filter(Boolean).map(tokenItem)))));
}

function more() {
  most *= 2;
  showTokens(world);
}

const offer = (select, list) => select.length !== list.length
  && fill(select, list.map(({ id, name }) => h('option', { value: id }, name)));

export function showTokens(state) {
  if (state !== world) readAt = performance.now();
  world = state;
  const chains = Object.values(Object.groupBy(state.tokens, ({ app, team, type, user }) => [app, team, type, user]));
  fill($('chains'), chains.slice(0, most).map(card),
    chains.length > most && button('Show more', more),
    !chains.length && h('p', 'None.'));
  offer($('app'), state.apps);
  offer($('team'), state.teams);
}

$('install').onsubmit = () => {
  const [kind, user] = $('for').value.split(' ');
  attempt(() => control('POST', 'install', { app: $('app').value, team: $('team').value, [kind]: { user } }));
  return false;
};

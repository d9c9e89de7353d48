// Who installed what, and the chain of tokens that each has.

import { $, attempt, button, fill, h, say } from './dom.js';
import { control, patch, send } from './server.js';

const SHOWN_AT_ONCE = 50;
const SIGNS = { active: '●', grace: '◐', exchanged: '◑', spent: '○', expired: '◌', revoked: '✕' };

let clock = {};
let tokens = [];
let readAt;
let shownMost = SHOWN_AT_ONCE;

/** The mock's time, which goes on between two looks at it. */
export const now = () => Date.parse(clock.clock) + (clock.frozen ? 0 : performance.now() - readAt);

/** How long until then: `1 d 11:59:59`. */
export function until(time) {
  const left = Math.max(0, Date.parse(time) - now());
  const days = Math.floor(left / 864e5);
  return (days ? `${days} d ` : '') + new Date(left % 864e5).toISOString().slice(11, 19);
}

/** As the journal masks it: its kind, and its end. */
export function maskOf(token) {
  const kind = token.match(/^((xoxe\.)?xox\w-|xapp-)([\da-f]-)?/i)?.[0] ?? '';
  const tail = Math.min(4, Math.max(0, Math.floor(token.length / 3) - kind.length));
  return `${kind}...${token.slice(token.length - tail)}`;
}

/** A spent refresh token that still works has a time to end. */
const stateOf = ({ state, expires_at }) => (state === 'spent' && expires_at ? 'grace' : state);
const isAlive = (token) => /active|grace|exchanged/.test(stateOf(token));

/** The living token that expires next. */
export const soonest = () => tokens.filter((token) => token.expires_at && isAlive(token))
  .sort((one, other) => Date.parse(one.expires_at) - Date.parse(other.expires_at))[0];

/** Legacy tokens, then each access token beside the refresh token that came with it: the newest belong together. */
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

const uninstall = (chain) =>
  patch({ tokens: chain.filter(isAlive).map(({ token }) => ({ token, state: 'revoked' })) });

function tokenItem(one) {
  const { token, kind, expires_at: end } = one;
  const state = stateOf(one);
  return h(`div.token.${state}`,
    h('b', `${SIGNS[state]} ${kind}`), h('code', { title: token }, maskOf(token)), h('span', state),
    end && isAlive(one) && h('time', { datetime: end, title: new Date(end).toLocaleString() }, until(end)),
    isAlive(one) && kind !== 'refresh' && button('Revoke', () => revoke(token), `Revoke ${maskOf(token)}`));
}

function card(chain, { apps, teams }) {
  const [{ app, team, type, user = '' }] = chain;
  const nameOf = (list, id) => list.find((one) => one.id === id).name;
  const title = `${nameOf(apps, app)} in ${nameOf(teams, team)}`;
  return h('article',
    h('div.title', h('h3', title),
      chain.some(isAlive) && button('Uninstall', () => uninstall(chain), `Uninstall ${title}, ${type} ${user}`)),
    h('p', `${type} ${user} · app ${app} · team ${team}`),
    h('ol', linksOf(chain).map((link) => h('li', link.filter(Boolean).map(tokenItem)))));
}

/** Takes what GET /_mock/state says. */
export function showTokens(state) {
  clock = state;
  readAt = performance.now();
  tokens = state.tokens;
  const chains = Object.values(Object.groupBy(tokens, ({ app, team, type, user }) => [app, team, type, user]));
  const more = () => {
    shownMost += SHOWN_AT_ONCE;
    showTokens(state);
  };
  fill($('chains'), chains.slice(0, shownMost).map((chain) => card(chain, state)),
    chains.length > shownMost && button(`Show more of ${chains.length}`, more),
    !chains.length && h('p', 'This world has no tokens.'));
  for (const what of ['app', 'team']) {
    const { value } = $(what);
    $(what).replaceChildren(...state[`${what}s`].map(({ id, name }) => h('option', { value: id }, name)));
    if (state[`${what}s`].some(({ id }) => id === value)) $(what).value = value;
  }
}

$('install').onsubmit = () => {
  const [kind, user] = $('for').value.split(' ');
  attempt(() => control('POST', 'install', { app: $('app').value, team: $('team').value, [kind]: { user } }));
  return false;
};

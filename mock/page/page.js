import { copyCurl, showCall } from './call.js';
import { $, attempt, fill, h } from './dom.js';
import { catchUp, filtered, forget, journal, mistakesIn } from './journal.js';
import * as list from './list.js';
import { control, get, listen, world } from './server.js';
import { showTokens } from './tokens.js';
import { later, showClock, tick } from './world.js';

let place;
const read = (name) => place.get(name) ?? '';

function chosen() {
  const call = +read('call');
  return journal.entries.find(({ id }) => id === call);
}

let detailed = null;

function showCalls() {
  const { entries, missed } = journal;
  const found = filtered(read('filter'));
  list.show(found);
  fill($('shown'), `${found.length} of ${entries.length}, ${mistakesIn(found)} mistakes`,
    missed && `, ${missed} missed: more than --journal keeps`);
  if (chosen() === detailed) return;
  detailed = chosen();
  document.body.classList.toggle('chosen', !!detailed);
  showCall(detailed, () => go({ call: '' }));
}

function showPlace() {
  const view = read('view') || 'calls';
  document.body.dataset.view = view;
  for (const link of document.querySelectorAll('nav button')) link.ariaCurrent = link.value === view;
  for (const section of $('panel').children) section.hidden = section.dataset.view !== view;
  $('filter').value = read('filter');
  showCalls();
  list.choose(+read('call'));
  later[view]?.();
}

function go(changes) {
  for (const [name, value] of Object.entries(changes)) place.set(name, value);
  history.replaceState(null, '', `#${place}`);
  showPlace();
}

function sparing(work, times = 20) {
  let wanted;
  let running;
  return async () => {
    wanted = true;
    while (wanted && !running) {
      const begin = performance.now();
      running = true;
      wanted = false;
      wanted = (await attempt(work)) || wanted;
      await new Promise((over) => setTimeout(over, 50 + times * (performance.now() - begin)));
      running = false;
    }
  };
}

const showNew = sparing(() => catchUp().finally(showCalls), 0);

let ticking;

const showState = sparing(async () => {
  const state = await get('state');
  showTokens(state);
  showClock(state);
  ticking ??= setInterval(() => tick() && showState(), 1000);
});

for (const view in later) later[view] = sparing(later[view]);

function tell(link, why) {
  fill($('link'), link);
  fill($('notice'), why);
}

function onEvent(name) {
  const view = read('view');
  if (name === 'open') tell('● live');
  if (name === 'other') forget();
  if (/open|request|gap/.test(name)) showNew();
  if (/open|tokens|clock|state/.test(name)) showState();
  if (name === view || /open|state/.test(name)) later[view]?.();
}

const step = (steps) => {
  $('list').focus();
  go({ call: list.neighbour(steps) ?? '', view: '' });
};

const keys = {
  '/': () => $('filter').select(),
  '?': () => $('help').showModal(),
  c: () => chosen() && attempt(() => copyCurl(chosen())),
  j: () => step(1),
  k: () => step(-1),
  Escape() {
    if (document.activeElement !== $('filter')) go(read('call') ? { call: '' } : { filter: '', view: '' });
    $('list').focus();
  },
};

onkeydown = (event) => {
  const { key, target } = event;
  const inList = { ArrowDown: keys.j, ArrowUp: keys.k, Enter: () => $('panel').focus() };
  const act = keys[key] ?? (target === $('list') && inList[key]);
  const isTyped = target.matches('input, select') && key !== 'Escape';
  if (!act || isTyped || event.ctrlKey || event.metaKey || event.altKey || document.querySelector(':modal')) return;
  event.preventDefault();
  act();
};

onhashchange = () => {
  place = new URLSearchParams(location.hash.slice(1));
  showPlace();
};
onhashchange();

const sandbox = world.pathname.match(/\/sandbox(\/.*)\/$/)?.[1];
if (sandbox) {
  document.title += sandbox;
  fill($('where'), h('a', { href: '../../' }, 'slackmock'), sandbox);
  document.querySelector('[value=sandboxes]').hidden = true;
}
fill($('address'), new URL('api/', world));
$('filter').oninput = () => go({ filter: $('filter').value });
$('search').onsubmit = () => false;
$('clear').onclick = () => attempt(() => control('DELETE', 'requests'));
$('help-open').onclick = keys['?'];
document.querySelector('nav').onclick = ({ target }) => target.value && go({ view: target.value });
list.start((id) => go({ call: id, view: '' }));
listen(onEvent, (why) => tell('○ connecting', why));

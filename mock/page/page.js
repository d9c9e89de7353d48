// The page as a whole: where the reader is, what keys do, and who is told of which event.

import { copyCurl, showCall } from './call.js';
import { $, attempt, copy } from './dom.js';
import { catchUp, filtered, find, forget, journal, kindOf } from './journal.js';
import * as list from './list.js';
import { control, get, listen, sandbox, send, world } from './server.js';
import { showTokens } from './tokens.js';
import { later, showRules, tick } from './world.js';

/** View, filter and call stand behind the # of the address, so that a view can be sent to a colleague. */
let place;
const read = (name) => place.get(name) ?? '';
const chosen = () => find(+read('call'));

let detailed = null;

function showCalls() {
  const { entries, missed } = journal;
  const found = filtered(read('filter'));
  const mistakes = found.filter((entry) => kindOf(entry) === 'mistake').length;
  list.show(found);
  $('shown').textContent = `${found.length} of ${entries.length}, ${mistakes} mistakes${missed ? `, ${missed} missed` : ''}`;
  if (chosen() === detailed) return;
  detailed = chosen();
  document.body.classList.toggle('chosen', !!detailed);
  showCall(detailed, () => go({ call: '' }));
}

function showPlace() {
  const view = read('view') || 'calls';
  document.body.dataset.view = view;
  for (const link of document.querySelectorAll('[data-go]')) link.setAttribute('aria-current', link.dataset.go === view);
  for (const section of $('panel').children) section.hidden = section.dataset.view !== view;
  if ($('filter').value !== read('filter')) $('filter').value = read('filter');
  showCalls();
  list.choose(+read('call'));
  refresh[view]?.();
}

function go(changes) {
  for (const [name, value] of Object.entries(changes)) value ? place.set(name, value) : place.delete(name);
  history.replaceState(null, '', `#${place}`);
  showPlace();
}

/** `work` when it is asked for, one at a time, and not all the time: a world may be large. */
function sparing(work) {
  let running;
  let again;
  return async function run() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      const begin = performance.now();
      if (await attempt(work) === true) again = true;
      await new Promise((over) => setTimeout(over, 50 + 3 * (performance.now() - begin)));
    }
    running = false;
  };
}

const showNew = sparing(async () => {
  const more = await catchUp();
  showCalls();
  return more;
});

const showState = sparing(async () => {
  const state = await get('state');
  showTokens(state);
  showRules(state.rules);
  $('freeze').textContent = state.frozen ? '▶ Run' : '❄ Freeze';
  $('freeze').dataset.clock = JSON.stringify({ frozen: !state.frozen });
  $('pace').textContent = state.frozen ? 'frozen' : 'running';
  tick();
});

const refresh = { sandboxes: sparing(later.sandboxes), deliveries: sparing(later.deliveries) };

function startOver() {
  forget();
  showNew();
  showState();
}

function onEvent(name) {
  if (name === 'open') $('link').textContent = '● live';
  if (name === 'open') $('notice').textContent = '';
  if (name === 'open' || name === 'request') showNew();
  if (/open|tokens|rules|clock/.test(name)) showState();
  if (name === 'state' || name === 'gap') startOver();
  if (name === read('view')) refresh[name]?.();
}

listen(onEvent, (why) => {
  $('link').textContent = '○ connecting';
  $('notice').textContent = why;
});

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

function step(steps) {
  $('list').focus();
  go({ call: list.neighbour(steps), view: '' });
}

onkeydown = (event) => {
  const { key, target } = event;
  const act = target === $('list')
    ? { ...keys, ArrowDown: keys.j, ArrowUp: keys.k, Enter: () => $('panel').focus() }[key]
    : keys[key];
  const isField = target.matches('input, select') && key !== 'Escape';
  if (!act || isField || event.ctrlKey || event.metaKey || event.altKey || document.querySelector(':modal')) return;
  event.preventDefault();
  act();
};

(onhashchange = () => {
  place = new URLSearchParams(location.hash.slice(1));
  showPlace();
})();

document.title = $('where').textContent = sandbox ? `slackmock / ${sandbox}` : 'slackmock';
$('address').textContent = new URL('api/', world);
$('filter').oninput = () => go({ filter: $('filter').value });
$('search').onsubmit = () => false;
$('clear').onclick = () => attempt(() => control('DELETE', 'requests'));
$('help-open').onclick = keys['?'];
$('copy-world').onclick = () => attempt(async () => {
  await get('world');
  await copy('this world as a scenario', await (await send('_mock/world')).text());
});
for (const link of document.querySelectorAll('[data-go]')) link.onclick = () => go({ view: link.dataset.go });
list.start((id) => go({ call: id, view: '' }));

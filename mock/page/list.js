// The list of calls. Only what can be seen is in the document: the list may have ten thousand.

import { $, h } from './dom.js';
import { kindOf, nameOf, notesOf, outcomeOf, tokenOf } from './journal.js';

const MARKS = { ok: '✓', staged: '◆', mistake: '✗' };
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

const box = $('list');
const room = box.firstElementChild;

let shown = [];
let chosen;
let follows = true;
let read = 0;
let frame;

const cell = (name, text) => h(`span.${name}`, { title: text }, text);

function rowOf(entry, place, height) {
  const kind = kindOf(entry);
  const row = h(`div.call.${kind}`, {
    role: 'option', id: `call-${entry.id}`, 'aria-selected': entry.id === chosen,
    'aria-posinset': place + 1, 'aria-setsize': shown.length,
  },
    h('span.time', { title: entry.time }, time.format(new Date(entry.time)), h('small', entry.time.slice(19, 23))),
    cell('method', nameOf(entry)),
    cell('outcome', `${MARKS[kind]} ${outcomeOf(entry)}`),
    cell('token', tokenOf(entry)),
    cell('notes', notesOf(entry)));
  row.style.top = `${place * height}px`;
  return row;
}

const rowHeight = () => parseFloat(getComputedStyle(box).getPropertyValue('--row'));

function draw() {
  frame = 0;
  const height = rowHeight();
  room.style.height = `${shown.length * height}px`;
  if (follows) {
    box.scrollTop = room.offsetHeight;
    read = shown.length;
  }
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 5);
  const last = (box.scrollTop + box.clientHeight) / height + 5;
  room.replaceChildren(...shown.slice(first, last).map((entry, place) => rowOf(entry, first + place, height)));
  if ($(`call-${chosen}`)) box.setAttribute('aria-activedescendant', `call-${chosen}`);
  else box.removeAttribute('aria-activedescendant');
  $('newest').hidden = follows;
  $('newest').textContent = `↓ ${shown.length - read} new`;
}

const plan = () => (frame ||= requestAnimationFrame(draw));

/** Shows these, and stays at the end if that is where the reader is. */
export function show(entries) {
  shown = entries;
  $('empty').hidden = shown.length;
  plan();
}

/** Marks the call of that id, and goes there. */
export function choose(id) {
  chosen = id;
  const place = shown.findIndex((entry) => entry.id === id);
  const top = place * rowHeight();
  if (place >= 0) box.scrollTop = Math.max(top + rowHeight() - box.clientHeight, Math.min(box.scrollTop, top));
  plan();
}

/** The id of the call that many steps below the chosen one; of the last, if none is chosen. */
export function neighbour(steps) {
  const place = shown.findIndex((entry) => entry.id === chosen);
  return (shown[place < 0 ? shown.length : Math.max(0, place + steps)] ?? shown.at(-1))?.id;
}

/** `onChoose` is told the id of a call that is pressed. */
export function start(onChoose) {
  box.onscroll = () => {
    follows = box.scrollTop + box.clientHeight >= room.offsetHeight - rowHeight() / 2;
    plan();
  };
  // Not at the click: until then the row may have been drawn anew.
  box.onmousedown = ({ target }) => {
    const row = target.closest('.call');
    if (row) onChoose(+row.id.slice(5));
  };
  $('newest').onclick = () => {
    follows = true;
    plan();
  };
  new ResizeObserver(plan).observe(box);
}

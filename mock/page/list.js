import { $, fill, h } from './dom.js';
import { kindOf, nameOf, notesOf, outcomeOf, tokenOf } from './journal.js';

const MARKS = { ok: '✓', staged: '◆', mistake: '✗' };

const box = $('list');
const room = box.firstElementChild;

let shown = [];
let chosen;
let follows = true;
let read = 0;
let frame;

const cell = (name, text, title = text) => h(`span.${name}`, { title }, text);

function rowOf(entry, place, height) {
  const kind = kindOf(entry);
  const time = new Date(entry.time).toLocaleTimeString('en-GB') + entry.time.slice(19, 23);
  const row = h(`div.call.${kind}`, {
    role: 'option', id: `call-${entry.id}`, 'aria-selected': entry.id === chosen,
    'aria-posinset': place + 1, 'aria-setsize': shown.length,
  },
    cell('time', time, entry.time), cell('method', nameOf(entry)), cell('outcome', `${MARKS[kind]} ${outcomeOf(entry)}`),
    cell('token', tokenOf(entry)), cell('notes', notesOf(entry)));
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
  fill(room, shown.slice(first, last).map((entry, place) => rowOf(entry, first + place, height)));
  box.setAttribute('aria-activedescendant', $(`call-${chosen}`)?.id ?? '');
  $('newest').hidden = follows;
  fill($('newest'), `↓ ${shown.length - read} new`);
}

const plan = () => (frame ||= requestAnimationFrame(draw));

export function show(entries) {
  shown = entries;
  $('empty').hidden = shown.length;
  plan();
}

const placeOf = (id) => shown.findIndex((entry) => entry.id === id);

export function choose(id) {
  chosen = id;
  const top = placeOf(id) * rowHeight();
  if (top >= 0) box.scrollTop = Math.max(top + rowHeight() - box.clientHeight, Math.min(box.scrollTop, top));
  plan();
}

export function neighbour(steps) {
  const place = placeOf(chosen);
  return (shown[place < 0 ? shown.length : Math.max(0, place + steps)] ?? shown.at(-1))?.id;
}

export function start(onChoose) {
  box.onscroll = () => {
    follows = box.scrollTop + box.clientHeight >= room.offsetHeight - rowHeight() / 2;
    plan();
  };
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

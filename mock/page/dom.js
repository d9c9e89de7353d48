// Elements out of plain values. All text stays text: nothing that a client sent is ever markup.

export const $ = (id) => document.getElementById(id);

/** Marks of direction, NUL and the like, which would change what a reader sees, spelt out: \u202e. */
export const visible = (text) =>
  String(text).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (mark) => '\\u' + mark.charCodeAt().toString(16).padStart(4, 0));

/** h('p.note', { title }, 'text', child): attributes may be left out, and children be nothing or arrays. */
export function h(name, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes[0]) element.className = classes.join(' ');
  if (children[0]?.constructor === Object) {
    for (const [key, value] of Object.entries(children.shift())) {
      if (key === 'onclick') element.onclick = value;
      else if (value != null) element.setAttribute(key, visible(value));
    }
  }
  element.append(...children.flat(2).filter(Boolean).map((child) => (child.nodeType ? child : visible(child))));
  return element;
}

/** Puts children in place of those before; the focus stays on the element with the same `data-key`. */
export function fill(element, ...children) {
  const key = element.contains(document.activeElement) && document.activeElement.dataset.key;
  element.replaceChildren(...children.flat(2).filter(Boolean));
  if (key) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** A button that says what went wrong, if something does. */
export const button = (label, act, key = label) =>
  h('button', { type: 'button', 'data-key': key, 'aria-label': key, onclick: () => attempt(act) }, label);

let hush;

/** Says something in passing. */
export function say(text) {
  $('toast').textContent = visible(text);
  clearTimeout(hush);
  hush = setTimeout(() => say(''), 6000);
}

export const attempt = (act) => Promise.resolve().then(act).catch(({ message }) => say(message));

export async function copy(what, text) {
  // Only https and this machine have a clipboard; elsewhere the text is to be copied by hand.
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else prompt('Copy this:', text);
  say(`Copied: ${what}`);
}

export const $ = (id) => document.getElementById(id);

// Marks of direction and NUL are text too, never markup.
export const visible = (text) => String(text).replace(
  /(?![\n\t])[\p{C}\u2028\u2029]/gu, (mark) => '\\u' + mark.codePointAt().toString(16).padStart(4, 0));

// h('p.note', { title }, 'text', [child])
export function h(name, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  element.className = classes.join(' ');
  if (children[0]?.constructor === Object) {
    for (const [key, value] of Object.entries(children.shift())) element.setAttribute(key, visible(value));
  }
  fill(element, children);
  return element;
}

// The focus stays on what has the same label.
export function fill(element, ...children) {
  const label = element.contains(document.activeElement) && document.activeElement.ariaLabel;
  element.replaceChildren(...children.flat(3).filter(Boolean).map((child) => (child.nodeType ? child : visible(child))));
  if (label) element.querySelector(`[aria-label="${CSS.escape(label)}"]`)?.focus();
}

export function button(text, act, label = text) {
  const element = h('button', { type: 'button', 'aria-label': label }, text);
  element.onclick = () => attempt(act);
  return element;
}

let hush;

export function say(text) {
  fill($('toast'), text);
  clearTimeout(hush);
  hush = setTimeout(() => fill($('toast')), 6000);
}

export const attempt = (act) => Promise.resolve().then(act).catch(({ message }) => say(message));

export async function copy(what, text) {
  await (navigator.clipboard ? navigator.clipboard.writeText(text) : prompt('Copy this:', text));
  say(`Copied: ${what}`);
}

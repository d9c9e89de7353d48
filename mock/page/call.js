// The whole of one call, beside the list, and the call once more: as a command, as a rule, as a call of this page.

import { $, button, copy, fill, h, say } from './dom.js';
import { kindOf, nameOf, outcomeOf, withSecrets } from './journal.js';

const SHOWN_AT_ONCE = 20000;

// What a client adds by itself, and what belongs to its connection.
const OWN = /^(host|connection|content-length|accept-encoding|transfer-encoding|expect|user-agent|origin|referer|sec-.*|proxy-.*)$/;

const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Address, headers and body of a call as it could be made again. */
function remake({ http_method: method, path, headers: sent, arguments: all }) {
  const url = new URL(path, location);
  const address = location.origin + url.pathname + url.search;
  const isJson = sent['content-type']?.includes('json');
  const isMultipart = sent['content-type']?.startsWith('multipart');
  const headers = Object.entries(sent).filter(([name]) => !OWN.test(name) && !(isMultipart && name === 'content-type'));
  const fields = Object.entries(all).filter(([name]) => !url.searchParams.has(name));
  if (method === 'GET' || method === 'HEAD' || !fields.length) return { method, address, headers };
  const body = isJson
    ? JSON.stringify(Object.fromEntries(fields))
    : new URLSearchParams(fields.map(([name, value]) => [name, plain(value)]));
  return { method, address, headers, body };
}

const quoted = (word) => `'${String(word).replaceAll("'", "'\\''")}'`;

function curlOf(entry) {
  const { method, address, headers, body } = remake(entry);
  return [
    `curl ${quoted(address)}`,
    method === 'HEAD' ? '--head' : `-X ${method}`,
    ...headers.map((header) => `-H ${quoted(header.join(': '))}`),
    body && `--data-raw ${quoted(body)}`,
  ].filter(Boolean).join(' \\\n  ');
}

/** A rule that gives the next such call this outcome. */
function ruleOf({ method, error, fault, effect, status, rule, body }) {
  const reply = fault ? { fault } : error ? { error } : { body };
  if (error && rule) reply.undocumented = true;
  if (!fault && status !== 200 && error !== 'ratelimited') reply.status = status;
  const stage = effect === 'committed' ? 'after' : 'before';
  return JSON.stringify({ name: `${method} again`, when: { method }, stage, times: 1, reply }, null, 2);
}

export const copyCurl = async (entry) => copy('curl', curlOf(await withSecrets(entry)));
const copyRule = async (entry) => copy('a rule that gives this outcome again', ruleOf(await withSecrets(entry)));

async function replay(entry) {
  const { address, ...call } = remake(await withSecrets(entry));
  say(`Replayed: HTTP ${(await fetch(address, call)).status}`);
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A text of any length: the rest of a long one when asked for. */
function longText(text) {
  const box = h('pre', { tabindex: 0 }, text.slice(0, SHOWN_AT_ONCE));
  const rest = text.slice(SHOWN_AT_ONCE);
  const more = rest && button(`Show ${rest.length} more characters`, () => more.replaceWith(h('pre', { tabindex: 0 }, rest)));
  return [box, more];
}

const pairs = (title, object) => Object.keys(object).length > 0 && [
  h('h3', title),
  h('dl', Object.entries(object).map(([name, value]) => [h('dt', name), h('dd', longText(plain(value)))])),
];

function reasonsFor(entry) {
  const { error, rule, reason, fault, effect, hint } = entry;
  return [
    rule ? `The rule “${rule}” acted.` : error && `Refused: ${reason ?? error}.`,
    hint && `Hint: ${hint}.`,
    effect !== 'committed' ? 'Nothing changed.' : `It took effect${fault || error ? ', and the client was not told' : ''}.`,
  ].filter(Boolean).join(' ');
}

/** Shows the call, or how to get one. */
export function showCall(entry, onClose) {
  if (!entry) return fill($('details'), h('p', 'Choose a call to see all of it: headers, arguments, answer.'));
  const { headers, arguments: sent, body, time, ...facts } = entry;
  const told = Object.entries(facts).filter(([, value]) => value != null && value.length !== 0);
  fill($('details'),
    h('div.title', h('h2', nameOf(entry)), button('Close', onClose)),
    h(`p.outcome.${kindOf(entry)}`, outcomeOf(entry)),
    h('p', reasonsFor(entry)),
    h('p.buttons',
      button('Copy as curl', () => copyCurl(entry)),
      button('Copy as rule', () => copyRule(entry)),
      button('Replay', () => replay(entry))),
    pairs('Arguments', sent),
    body && [h('h3', 'Answer'), longText(indented(body))],
    pairs('Call', { 'local time': new Date(time).toLocaleString(), 'the mock’s': time, ...Object.fromEntries(told) }),
    pairs('Headers', headers));
}

import { $, button, copy, fill, h, say, visible } from './dom.js';
import { kindOf, nameOf, notesOf, outcomeOf } from './journal.js';
import { get } from './server.js';

const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

async function withSecrets({ id }) {
  const [entry] = (await get(`requests?since=${id - 1}&limit=1&secrets=1`)).requests;
  if (entry?.id !== id) throw Error('This call was not kept.');
  return entry;
}

function bodyOf({ 'content-type': type = '', 'content-length': length, 'transfer-encoding': coding }, fields) {
  const isForm = !/^multipart/.test(type);
  const isLost = fields.length ? !isForm && fields.some(([, { name }]) => name) : coding || +length;
  if (isLost) throw Error(`Its body was not kept (${type}).`);
  if (!fields.length) return undefined;
  if (type.includes('json')) return JSON.stringify(Object.fromEntries(fields));
  const body = isForm ? new URLSearchParams() : new FormData();
  for (const [name, value] of fields) body.append(name, plain(value));
  return body;
}

function remake({ http_method: method, path, headers: sent, arguments: all }) {
  // No other host, whatever form the target had.
  const url = new URL(location.origin + path.replace(/^(\w+:\/\/[^/]*)?\/?/, '/'));
  const headers = Object.entries(sent).filter(([name, value]) =>
    /^(authorization|content-type|x-)/.test(name) && !/^multipart/.test(value));
  const fields = Object.entries(all).filter(([name]) => !url.searchParams.has(name));
  return { address: url.href, method, headers, body: bodyOf(sent, fields) };
}

const quoted = (word) => `'${visible(word).replaceAll("'", "'\\''")}'`;

function curlOf(entry) {
  const { address, method, headers, body } = remake(entry);
  const parts = body instanceof FormData && [...body].map((part) => `--form-string ${quoted(part.join('='))}`);
  return [
    `curl -g ${quoted(address)}`,
    method === 'HEAD' ? '--head' : `-X ${quoted(method)}`,
    ...headers.map((header) => `-H ${quoted(header.join(': '))}`),
    parts ? parts.join(' ') : body && `--data-raw ${quoted(body)}`,
  ].filter(Boolean).join(' \\\n  ');
}

function ruleOf({ method, error, fault, effect, status, rule, body }) {
  const reply = fault ? { fault } : error ? { error } : { body };
  if (error && rule) reply.undocumented = true;
  if (!fault && status !== 200 && status !== 429) reply.status = status;
  const stage = effect === 'committed' ? 'after' : 'before';
  return JSON.stringify({ name: `${method} again`, when: { method }, stage, times: 1, reply }, null, 2);
}

export const copyCurl = async (entry) => copy('curl', curlOf(await withSecrets(entry)));
const copyRule = async (entry) => copy('a rule', ruleOf(await withSecrets(entry)));

async function replay(entry) {
  const { address, ...call } = remake(await withSecrets(entry));
  say(`Replayed: HTTP ${(await fetch(address, call)).status}`);
}

function indented(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

function longText(text, most = 1e5) {
  const rest = text.slice(most);
  const more = rest && button(`Show ${rest.length} more characters`, () => more.replaceWith(...longText(rest, 2 * most)));
  return [h('pre', text.slice(0, most)), more];
}

const pairs = (title, object) => Object.keys(object).length > 0 && [
  h('h3', title),
  h('dl', Object.entries(object).map(([name, value]) => [h('dt', name), h('dd', longText(plain(value)))])),
];

export function showCall(entry, onClose) {
  if (!entry) return fill($('details'), h('p', 'Choose a call.'));
  const { headers, arguments: sent, body, time, words, ...facts } = entry;
  const told = Object.entries(facts).filter(([, value]) => value != null && value.length !== 0);
  fill($('details'),
    h('div.title', h('h2', nameOf(entry)), button('Close', onClose)),
    h(`p.outcome.${kindOf(entry)}`, outcomeOf(entry)),
    h('p', notesOf(entry)),
    h('div.title',
      button('Copy as curl', () => copyCurl(entry)),
      entry.method && button('Copy as rule', () => copyRule(entry)),
      button('Replay', () => replay(entry))),
    pairs('Arguments', sent),
    body && [h('h3', 'Answer'), longText(indented(body))],
    pairs('Call', { local: new Date(time).toLocaleString(), 'the mock’s': time, ...Object.fromEntries(told) }),
    pairs('Headers', headers));
}

// The calls that this page has seen, what they are called in it, and how they are filtered.

import { get } from './server.js';

const KEPT = 10000;
const AT_ONCE = 500;

/** Oldest first; `missed` is how many were gone before they could be fetched. */
export const journal = { entries: [], missed: 0, newest: 0 };

export const forget = () => Object.assign(journal, { entries: [], missed: 0, newest: 0 });
export const find = (id) => journal.entries.find((entry) => entry.id === id);

/** Fetches what is new: true if there may be more. */
export async function catchUp() {
  const { newest } = journal;
  const { requests } = await get(`requests?since=${newest}&limit=${AT_ONCE}`);
  if (!requests.length || journal.newest !== newest) return false;
  if (newest) journal.missed += requests[0].id - newest - 1;
  journal.newest = requests.at(-1).id;
  journal.entries = [...journal.entries, ...requests].slice(-KEPT);
  return requests.length === AT_ONCE;
}

/** The same entry with its secrets. */
export async function withSecrets({ id }) {
  const [entry] = (await get(`requests?since=${id - 1}&limit=1&secrets=1`)).requests;
  if (entry?.id !== id) throw Error('The server has forgotten this call.');
  return entry;
}

/** `mistake`: refused, and no rule asked for it. `staged`: a rule made it so. `ok`. */
export function kindOf({ error, status, rule, fault }) {
  if (!error && !fault && status === 200) return 'ok';
  return rule ? 'staged' : 'mistake';
}

export const outcomeOf = ({ error, status }) => error ?? (status === 200 ? 'ok' : status ? `HTTP ${status}` : 'no answer');
export const nameOf = ({ method, http_method, path }) => method ?? `${http_method} ${path}`;
export const tokenOf = ({ arguments: sent, headers }) =>
  String(sent.token ?? headers.authorization?.replace(/^Bearer /i, '') ?? sent.refresh_token ?? '');

export const notesOf = ({ rule, reason, fault, effect, hint, warnings }) => [
  fault && `fault: ${fault}${effect === 'committed' ? ', but it took effect' : ''}`,
  rule && `rule: ${rule}`, reason, hint && `hint: ${hint}`, warnings[0] && `warning: ${warnings}`,
].filter(Boolean).join(' · ');

const texts = new WeakMap();

/** All words of an entry, made once: ten thousand are searched at each key. */
function textOf(entry) {
  if (!texts.has(entry)) {
    const { id, path, arguments: sent } = entry;
    texts.set(entry, [id, path, outcomeOf(entry), notesOf(entry), JSON.stringify(sent)].join('\n').toLowerCase());
  }
  return texts.get(entry);
}

const FIELDS = { method: nameOf, error: ({ error }) => error ?? '', token: tokenOf, rule: ({ rule }) => rule ?? '' };

/** The entries for which all of it holds: `method:oauth error: -token:xoxp "two words"`. */
export function filtered(filter) {
  const terms = [...filter.toLowerCase().matchAll(/(-?)(?:(method|error|token|rule):)?(?:"([^"]*)"?|(\S*))/g)]
    .filter(([term]) => term)
    .map(([, not, field, quoted, word]) => (entry) => {
      const text = field ? FIELDS[field](entry).toLowerCase() : textOf(entry);
      return (text.includes(quoted ?? word) && text !== '') !== (not === '-');
    });
  return terms.length ? journal.entries.filter((entry) => terms.every((holds) => holds(entry))) : journal.entries;
}

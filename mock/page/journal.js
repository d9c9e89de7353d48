import { get } from './server.js';

const KEPT = 10000;
const AT_ONCE = 500;

export let journal;

export const forget = () => (journal = { entries: [], missed: 0, newest: 0 });
forget();

export async function catchUp() {
  const { newest } = journal;
  const { requests } = await get(`requests?since=${newest}&limit=${AT_ONCE}`);
  if (!requests.length || journal.newest !== newest) return false;
  if (newest) journal.missed += requests[0].id - newest - 1;
  journal.newest = requests.at(-1).id;
  for (const entry of requests) entry.words = `${outcomeOf(entry)} ${notesOf(entry)} ${JSON.stringify(entry)}`.toLowerCase();
  journal.entries = [...journal.entries, ...requests].slice(-KEPT);
  return requests.length === AT_ONCE;
}

export function kindOf({ error, status, rule, fault }) {
  if (!error && !fault && status && status < 400) return 'ok';
  return rule ? 'staged' : 'mistake';
}

export const mistakesIn = (entries) => entries.filter((entry) => kindOf(entry) === 'mistake').length;

export const nameOf = ({ method, http_method, path }) => method ?? `${http_method} ${path}`;
export const outcomeOf = ({ error, status }) => error ?? (status === 200 ? 'ok' : status ? `HTTP ${status}` : 'no answer');
export const tokenOf = ({ arguments: sent, headers }) =>
  String(sent.token ?? headers.authorization?.replace(/^Bearer /i, '') ?? sent.refresh_token ?? '');

export const notesOf = ({ rule, error, reason, fault, effect, hint, warnings }) => [
  (fault || error) && effect === 'committed' && 'took effect, untold', fault && `fault: ${fault}`,
  rule && `rule: ${rule}`, reason, hint && `hint: ${hint}`, warnings[0] && `warning: ${warnings}`,
].filter(Boolean).join(' · ');

const FIELDS = {
  method: nameOf,
  error: ({ error }) => error ?? '',
  token: tokenOf,
  rule: ({ rule }) => rule ?? '',
  undefined: ({ words }) => words,
};

export function filtered(filter) {
  const terms = [...filter.toLowerCase().matchAll(/(-?)(?:(method|error|token|rule):)?(?:"([^"]*)"?|(\S*))/g)]
    .filter(([term]) => term)
    .map(([, not, field, quoted, word]) => (entry) => {
      const text = FIELDS[field](entry).toLowerCase();
      return !(text && text.includes(quoted ?? word)) === !!not;
    });
  return journal.entries.filter((entry) => terms.every((holds) => holds(entry)));
}

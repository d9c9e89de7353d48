// Judges documents by a JSON Schema. Arguments: the folder that the packages are installed in, and the schema's file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { linesOf } from '../bolt-js/lines.mjs';

const [folder, schemaFile] = process.argv.slice(2);
const { Ajv2020 } = createRequire(path.resolve(folder, 'package.json'))('ajv/dist/2020.js');

// An unknown keyword or a $ref that leads nowhere ends the program: what is not checked must not look as if it were.
// Compiled for a few documents alone: what makes the code smaller costs more than it gains.
const ajv = new Ajv2020({
  strictSchema: true,
  strictTypes: false,
  strictRequired: false,
  loopEnum: 4,
  code: { optimize: false },
});
const fits = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

function keysOf({ instancePath, params, propertyName = params.additionalProperty }) {
  const keys = instancePath.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return propertyName === undefined ? keys : [...keys, propertyName];
}

// As slackmock spells a place: $.rules[0].reply.headers["a b"].
function placeOf(keys) {
  const steps = keys.map((key) => {
    if (/^\d+$/.test(key)) return `[${key}]`;
    return /^\w+$/.test(key) ? `.${key}` : `["${key}"]`;
  });
  return `$${steps.join('')}`;
}

// Of alternatives that all fail, the one that fails furthest inside was meant.
function complaintOf(errors) {
  const found = errors.map((error) => ({ keys: keysOf(error), message: error.message }));
  const { keys, message } = found.reduce((best, next) => (next.keys.length > best.keys.length ? next : best));
  return `${placeOf(keys)}: ${message}`;
}

for await (const line of linesOf(process.stdin)) {
  const answer = fits(JSON.parse(line)) ? { fits: true } : { fits: false, complaint: complaintOf(fits.errors) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

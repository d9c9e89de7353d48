// Does in Chromium what each line of stdin asks, and answers with a line; ../README.md has the requests.
// Usage: node driver.mjs FOLDER CHROMIUM; FOLDER holds the installed node_modules.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { linesOf } from '../bolt-js/lines.mjs';
import { Session } from './session.mjs';

const [folder, executablePath] = process.argv.slice(2);
const require = createRequire(`${resolve(folder)}/`);
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-proxy-server',
    // No page of a test has business with other machines.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  ],
});
const session = new Session(browser, axe);

async function answer(line) {
  try {
    const { do: action, ...details } = JSON.parse(line);
    if (!Session.actions.has(action)) throw new Error(`no action ${action}`);
    return { done: (await session[action](details)) ?? null };
  } catch (error) {
    return { failure: `${error.message}\n${await session.describe()}` };
  }
}

for await (const line of linesOf(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
await session.end();
await browser.close();

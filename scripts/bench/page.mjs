// The live page in a browser while calls come: node page.mjs FOLDER CHROMIUM ORIGIN CALLS
// FOLDER holds the installed playwright-core. Prints a line once the page is told of what happens, and one with what it
// had seen after so many calls, and its longest script task with the processor time of its costliest one.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, executablePath, origin, calls] = process.argv.slice(2);
const { chromium } = createRequire(`${resolve(folder)}/`)('playwright-core');
const PATIENCE = 60000;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'] });
const page = await browser.newPage();
await page.goto(`${origin}/#view=installations`);
await page.locator('#link').filter({ hasText: 'live' }).waitFor();
await browser.startTracing(page, { categories: ['toplevel'] });
console.log('live');
await page.locator(`#call-${calls}`).waitFor({ timeout: PATIENCE });
const shown = await page.locator('#shown').innerText();
const { traceEvents } = JSON.parse(await browser.stopTracing());
await browser.close();

// What a task took and what it ran, in microseconds: a busy machine lets it wait.
const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
const scripts = new Set(traceEvents.filter(({ args }) => args.name === 'CrRendererMain').map(threadOf));
const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && scripts.has(threadOf(event)));
const longest = (kind) => tasks.reduce((most, task) => Math.max(most, task[kind] ?? 0), 0) / 1000;
console.log(JSON.stringify({
  seen: Number(shown.match(/of (\d+)/)[1]), longest_ms: longest('dur'), ran_ms: longest('tdur'),
}));

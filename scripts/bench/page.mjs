// The live page in a browser while calls come: node page.mjs FOLDER CHROMIUM ORIGIN CALLS
// FOLDER holds the installed playwright-core. Prints a line once the page is told of what happens, and one with what it
// had seen after so many calls, and its longest script task.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, executablePath, origin, calls] = process.argv.slice(2);
const { chromium } = createRequire(`${resolve(folder)}/`)('playwright-core');
const PATIENCE = 60000;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'] });
const page = await browser.newPage();
await page.goto(`${origin}/#view=installations`);
await page.locator('#link').filter({ hasText: 'live' }).waitFor();
await page.evaluate(() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
  }).observe({ type: 'longtask' });
});
console.log('live');
await page.locator(`#call-${calls}`).waitFor({ timeout: PATIENCE });
const shown = await page.locator('#shown').innerText();
const longest = await page.evaluate(() => globalThis.longest);
await browser.close();
console.log(JSON.stringify({ seen: Number(shown.match(/of (\d+)/)[1]), longest_ms: longest }));

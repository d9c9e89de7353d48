// The live page in a browser while calls come: node page.mjs FOLDER CHROMIUM ORIGIN RATE SECONDS
// FOLDER holds the installed playwright-core. Prints what the page had seen in the end, and its longest script task.

import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, executablePath, origin, rate, seconds] = process.argv.slice(2);
const { chromium } = createRequire(`${resolve(folder)}/`)('playwright-core');
const PATIENCE = 60000;
const TURN = 10; // milliseconds

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function exchange(number) {
  const form = new URLSearchParams({
    client_id: '4123121235.9872358710',
    client_secret: 'e1b9e11dfcd19c1982d5de12921e17e8c',
    token: `xoxb-generated-${number}`,
  });
  return new Promise((answered, failed) => {
    const call = request(`${origin}/api/oauth.v2.exchange`, {
      agent, method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }, (reply) => reply.resume().on('end', answered));
    call.on('error', failed).end(`${form}`);
  });
}

/** As many calls as are due by now, whatever the machine does meanwhile. */
async function load() {
  const begin = performance.now();
  const calls = [];
  while (calls.length < rate * seconds) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - begin) * rate) / 1000));
    while (calls.length < due) calls.push(exchange(calls.length + 1));
    await new Promise((over) => setTimeout(over, TURN));
  }
  await Promise.all(calls);
  return (performance.now() - begin) / 1000;
}

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
const took = await load();
await page.locator(`#call-${rate * seconds}`).waitFor({ timeout: PATIENCE });
const shown = await page.locator('#shown').innerText();
const longest = await page.evaluate(() => globalThis.longest);
await browser.close();
agent.destroy();
console.log(JSON.stringify({
  rate: (rate * seconds) / took, seen: Number(shown.match(/of (\d+)/)[1]), longest_ms: longest,
}));

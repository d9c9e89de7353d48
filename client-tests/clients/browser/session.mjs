// One person at one browser: a profile of its own for each `open`, and all that the page complained of.

import { createServer } from 'node:http';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

// A little less than the tests wait for a line, so that the reason comes from here.
const patience = 15000 * Number(process.env.SLACKMOCK_TEST_TIMEOUT_FACTOR || 1);

export class Session {
  static actions = new Set([
    'open', 'goto', 'reload', 'resize', 'click', 'fill', 'choose', 'press', 'text', 'count', 'await', 'gone', 'url',
    'evaluate', 'clipboard', 'screenshot', 'judge', 'complaints', 'serve',
  ]);

  #context;
  #page;
  #complaints = [];
  #servers = [];

  constructor(browser, axe) {
    this.browser = browser;
    this.axe = axe;
  }

  /**
   * Opens an address in a new profile; what was open before is closed. A `proxy` is one that shows certificates of its
   * own authority, for all that is not on this machine.
   */
  async open({ url, width = 1400, height = 900, scheme = 'light', motion = 'no-preference', zone = 'UTC', proxy }) {
    await this.#context?.close();
    this.#complaints = [];
    this.#context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: motion,
      timezoneId: zone,
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(proxy && { proxy: { server: proxy, bypass: '127.0.0.1,localhost' }, ignoreHTTPSErrors: true }),
    });
    this.#context.setDefaultTimeout(patience);
    this.#page = await this.#context.newPage();
    this.#page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
    this.#page.on('pageerror', (error) => this.#complaints.push(`${error.stack}`));
    await this.#page.goto(url, { waitUntil: 'load' });
  }

  async goto({ url }) {
    await this.#page.goto(url, { waitUntil: 'load' });
  }

  async reload() {
    await this.#page.reload({ waitUntil: 'load' });
  }

  async resize({ width, height = 900 }) {
    await this.#page.setViewportSize({ width, height });
  }

  async click({ target }) {
    await this.#page.locator(target).click();
  }

  async fill({ target, text }) {
    await this.#page.locator(target).fill(text);
  }

  async choose({ target, text }) {
    await this.#page.locator(target).selectOption(text);
  }

  async press({ key }) {
    await this.#page.keyboard.press(key);
  }

  async text({ target }) {
    return this.#page.locator(target).innerText();
  }

  async count({ target }) {
    return this.#page.locator(target).count();
  }

  /** Waits until it can be seen, and if `text` is given, with that in it. */
  async await({ target, text = '' }) {
    await this.#page.locator(target).filter({ hasText: text }).first().waitFor();
  }

  async gone({ target }) {
    await this.#page.locator(target).first().waitFor({ state: 'hidden' });
  }

  async url() {
    return this.#page.url();
  }

  /** The value of an expression of JavaScript, awaited. */
  async evaluate({ script }) {
    return this.#page.evaluate(script);
  }

  async clipboard() {
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  async screenshot({ path }) {
    await mkdir(dirname(path), { recursive: true });
    await this.#page.screenshot({ path });
  }

  /** What axe-core finds wrong: a line each. */
  async judge() {
    // Through the debugger, past the page's Content-Security-Policy.
    if (!(await this.#page.evaluate('!!globalThis.axe'))) await this.#page.evaluate(await readFile(this.axe, 'utf8'));
    const violations = await this.#page.evaluate(async () => {
      const found = await globalThis.axe.run({ resultTypes: ['violations'] });
      return found.violations;
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
    );
  }

  /** Errors and warnings of the console, among them those of the Content-Security-Policy. */
  async complaints() {
    return this.#complaints;
  }

  /** Serves a page at an address of its own: another site. */
  async serve({ html }) {
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
    this.#servers.push(server);
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${server.address().port}/`;
  }

  /** For a failure: where the page is, and what stands there. */
  async describe() {
    if (!this.#page) return '';
    const text = await this.#page.locator('body').innerText().catch(() => '');
    return [this.#page.url(), ...this.#complaints, text.slice(0, 3000)].join('\n');
  }

  async end() {
    await this.#context?.close();
    for (const server of this.#servers) server.close().closeAllConnections();
  }
}

// Answers requests on stdin with outcomes on stdout; ../README.md says what both look like.
// Usage: node client.mjs FOLDER, the one that holds the installed node_modules.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { heard, listen } from './events.mjs';
import { installed, provide } from './installing.mjs';
import { linesOf } from './lines.mjs';
import { perform } from './perform.mjs';
import { command, rotate } from './refreshers.mjs';
import { post } from './small-app.mjs';

const require = createRequire(`${resolve(process.argv[2])}/`);
const packages = { App: require('@slack/bolt').App, InstallProvider: require('@slack/oauth').InstallProvider };
const ownCalls = {
  rotate,
  'bolt.command': command,
  'bolt.listen': listen,
  'bolt.heard': heard,
  'bolt.installed': installed,
  'provider.listen': provide,
  'bolt.post': post,
};

async function answer(line) {
  try {
    const request = JSON.parse(line);
    return await (ownCalls[request.call] ?? perform)(packages, request);
  } catch (error) {
    return { failure: error.message };
  }
}

for await (const line of linesOf(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}

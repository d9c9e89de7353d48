// Exchanges a token COUNT times with a client that knows only slack.com.
// Usage: node exchange.mjs FOLDER COUNT [BASE_URL ...]; FOLDER holds the installed node_modules.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, count, ...baseUrls] = process.argv.slice(2);
const { WebClient, LogLevel } = createRequire(`${resolve(folder)}/`)('@slack/web-api');

async function outcome(baseUrl) {
  // A base URL is given for comparison alone.
  const options = baseUrl === undefined ? {} : { slackApiUrl: baseUrl };
  const client = new WebClient(undefined, { ...options, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
  try {
    await client.oauth.v2.exchange({
      client_id: '4123121235.9872358710',
      client_secret: 'e1b9e11dfcd19c1982d5de12921e17e8c',
      token: 'xoxb-12345-67890-abcdefg',
    });
    return 'ok';
  } catch (error) {
    return error.data?.error ? `error ${error.data.error}` : `raised ${error.code}`;
  }
}

for (const baseUrl of baseUrls.length > 0 ? baseUrls : [undefined])
  for (let i = 0; i < Number(count); i++) console.log(await outcome(baseUrl));

import { format } from 'node:util';

// The SDK's options for its web client. Without a base_url it would call the real Slack.
export function optionsOf({ base_url, client = {} }) {
  if (!base_url) throw new Error('a request needs a base_url');
  return {
    slackApiUrl: base_url,
    retryConfig: client.retry_config ?? (client.retries === undefined ? undefined : { retries: client.retries }),
    rejectRateLimitedCalls: client.reject_rate_limited_calls,
    timeout: client.timeout,
  };
}

// Makes the call that a request describes and resolves to its outcome. Rejects when the request makes no sense.
export async function perform({ App }, request) {
  const { call, arguments: args } = request;
  const logs = [];
  const app = new App({
    // With an authorize function of our own the App neither wants a token nor verifies one over the network.
    authorize: async () => ({}),
    signingSecret: 'unused',
    logger: collectorOf(logs),
    clientOptions: optionsOf(request),
  });

  const method = String(call)
    .split('.')
    .reduce((parent, name) => parent?.[name], app.client);
  if (typeof method !== 'function') throw new Error(`the SDK has no method for the call ${call}`);

  try {
    return returned(await method(args), logs);
  } catch (error) {
    return raised(error, logs);
  }
}

export function returned(body, logs) {
  return {
    outcome: 'returned',
    exception: null,
    code: null,
    message: null,
    status: null,
    retry_after: null,
    body,
    headers: null,
    logs,
  };
}

// Which of these properties an error has depends on its kind: data on platform errors, retryAfter on rate-limit
// errors, statusCode, headers and body on HTTP errors.
export function raised(error, logs) {
  return {
    outcome: 'raised',
    exception: error.constructor.name,
    code: error.code ?? null,
    message: error.message,
    status: error.statusCode ?? null,
    retry_after: error.retryAfter ?? secondsIn(error.headers?.['retry-after']),
    body: error.data ?? error.body ?? null,
    headers: error.headers ?? null,
    logs,
  };
}

function secondsIn(header) {
  return /^\d+$/.test(header) ? Number(header) : null;
}

// A logger for the SDK. A message is spelled as the SDK's own console logger would print it: the first part as it is,
// even with a % in it.
export function collectorOf(logs) {
  const collect =
    (level) =>
    (...parts) =>
      logs.push({ level, message: format('%s', ...parts) });
  return {
    debug() {},
    info() {},
    warn: collect('warn'),
    error: collect('error'),
    setLevel() {},
    getLevel: () => 'info',
    setName() {},
  };
}

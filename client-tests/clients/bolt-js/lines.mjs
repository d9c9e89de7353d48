// The lines of a stream, as bolt-js and ajv read their requests.

// node:readline also breaks lines at U+2028 and U+2029, which JSON strings may hold as they are.
export async function* linesOf(stream) {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}

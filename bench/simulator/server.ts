/**
 * Runs the loopback server as a process of its own, for benches and for trying the extension with
 * an OpenAI-compatible server. Prints one line of JSON, `{"url":"http://127.0.0.1:PORT/v1"}`, and
 * on its end a second one with what it has seen. Stops by itself.
 *
 * node bench/simulator/server.ts [--latency MS] [--key KEY] [--rate-limited SHARE]
 *   [--failing SHARE] [--shutdown-date YYYY-MM-DD] [--minutes N]
 */
import { parseArgs } from 'node:util';
import { startLoopbackServer } from '../../test/support/loopbackServer.ts';

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '0' },
    key: { type: 'string' },
    'rate-limited': { type: 'string', default: '0' },
    failing: { type: 'string', default: '0' },
    'shutdown-date': { type: 'string' },
    minutes: { type: 'string', default: '30' },
  },
});

const server = await startLoopbackServer({
  latencyMs: Number(values.latency),
  rateLimited: Number(values['rate-limited']),
  failing: Number(values.failing),
  ...(values.key === undefined ? {} : { key: values.key }),
  ...(values['shutdown-date'] === undefined ? {} : { shutdownDate: values['shutdown-date'] }),
});
console.log(JSON.stringify({ url: server.url }));

const end = setTimeout(() => process.emit('SIGTERM'), Number(values.minutes) * 60_000);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    clearTimeout(end);
    const { lastAuthorization: _key, ...seen } = server.ledger;
    console.log(JSON.stringify(seen));
    void server.close().then(() => process.exit(0));
  });
}

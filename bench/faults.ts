/**
 * 10,000 rows at concurrency 64 through the `openai` client against a loopback server of which
 * every fifth call fails: of a hundred, 8 with 429 and `Retry-After: 1`, 4 with 503, 3 with a reset,
 * 2 cut short, 2 that stall, 1 with a page of a proxy. Beside it the same without a failure.
 */
import process from 'node:process';
import { storm } from '../test/process/storm/storm.ts';

const rows = 10_000;
const settings = { rows, concurrency: 64, latencyMs: 50 };
const most = { requestsPerRow: 1.3, megabytes: 300 };

const calm = await storm({ ...settings, calm: true });
const { run, server } = await storm(settings);
const requestsPerRow = server.requests / rows;
const outcomes = Object.entries(run.outcomes).filter(([, count]) => count > 0);
const sum = outcomes.reduce((total, [, count]) => total + count, 0);

console.log(
  `${rows} rows, concurrency ${settings.concurrency}, ${settings.latencyMs} ms an answer`,
);
console.log(`  outcomes: ${outcomes.map(each => each.join(' ')).join(', ')}; sum ${sum}`);
console.log(`  rows with an outcome ${run.differentRows}, outcomes told ${run.rollouts}`);
console.log(
  `  requests ${server.requests}, ${requestsPerRow.toFixed(3)} a row (limit ${most.requestsPerRow}), ${server.failed} failed`,
);
console.log(
  `  answers sent ${server.answered}, counted ${run.calls}; possibly paid ${run.possiblyPaid}`,
);
console.log(`  before their time: ${server.early} by the server's clock, ${run.early} by ours`);
console.log(
  `  memory ${run.peakMegabytes ?? '-'} MB at the peak (limit ${most.megabytes}), ${calm.run.peakMegabytes ?? '-'} without faults`,
);
console.log(
  `  ${run.seconds.toFixed(1)} s, of them ${run.waitedSeconds.toFixed(1)} s of waits told; ${calm.run.seconds.toFixed(1)} s without faults`,
);

const kept =
  run.ended === 'done' &&
  sum === rows &&
  run.rollouts === rows &&
  run.differentRows === rows &&
  server.answered === run.calls &&
  server.early + run.early === 0 &&
  requestsPerRow <= most.requestsPerRow &&
  (run.peakMegabytes ?? 0) <= most.megabytes;
process.exitCode = kept ? 0 : 1;

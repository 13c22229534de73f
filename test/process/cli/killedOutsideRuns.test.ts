import assert from 'node:assert/strict';
import { startLoopbackServer, type LoopbackServer } from '../../support/loopbackServer.ts';
import { startCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt, until } from './ticketTask.ts';

const questions = 24;
const checked = [
  'question,expected,output,human',
  ...Array.from({ length: questions }, (_, at) => `question ${at},yes,yes,good`),
  '',
].join('\n');

interface Killed {
  readonly words: readonly string[];
  /** Answers after which the process is killed, and those that are wanted in all. */
  readonly after: number;
  readonly wanted: number;
  readonly concurrency: number;
}

describe('a kill outside of runs', function () {
  this.timeout(120_000);
  let server: LoopbackServer;
  let workspace: ReturnType<typeof workspaceWith>;
  let paid: string[];
  /** Requests beyond these wait until the process that sent them is dead. */
  let open: number;
  let release: () => void;

  beforeEach(async () => {
    paid = [];
    open = Infinity;
    let received = 0;
    const killed = new Promise<void>(resolve => (release = resolve));
    server = await startLoopbackServer({
      onPaid: body => paid.push(body),
      held: async () => {
        received += 1;
        if (received > open) await killed;
      },
    });
    workspace = workspaceWith({
      'triage.md': prompt,
      'tickets.csv': firstTickets(12),
      'checked.csv': checked,
    });
  });
  afterEach(async () => {
    await server.close();
    workspace.remove();
  });

  /** Kills a command in the middle of its calls, and does it once more to its end. */
  async function killedAndDoneAgain({ words, after, wanted, concurrency }: Killed): Promise<void> {
    const command = [...words, '--concurrency', String(concurrency), '--base-url', server.url];
    open = after;
    const first = startCli(command, { cwd: workspace.folder });
    await until(() => paid.length === after && server.ledger.inFlight === concurrency);
    first.child.kill('SIGKILL');
    assert.equal((await first.done).signal, 'SIGKILL');
    release();
    await until(() => server.ledger.inFlight === 0);
    const before = paid.length;

    const second = await startCli(command, { cwd: workspace.folder }).done;
    assert.ok(second.exitCode === 0 || second.exitCode === 1, second.err);
    assert.equal(new Set(paid).size, wanted, 'every row was asked for');
    // Every place was taken by a request that waited: all before them had been received.
    assert.equal(paid.length - before, wanted - after, 'what was received came from the cache');
    assert.equal(paid.length - wanted, concurrency, 'what was in flight was paid again');

    const sum = paid.length;
    await startCli(command, { cwd: workspace.folder }).done;
    assert.equal(paid.length, sum, 'the third call pays nothing');
  }

  const judge = 'judge:model=openai:sim-judge,rubric=Is it the expected answer?';

  for (const after of [5, 9, 17]) {
    it(`of judge after ${after} answers pays again at most what was in flight`, () =>
      killedAndDoneAgain({
        words: [
          ...['judge', '--metric', judge, '--dataset', 'checked.csv', '--answer', 'output'],
          ...['--human', 'human', '--input', 'question', '--yes', '--json'],
        ],
        after,
        wanted: questions,
        concurrency: 2,
      }));
  }

  for (const verb of ['evaluate', 'optimize']) {
    it(`of the probe of ${verb} pays again at most what was in flight`, () =>
      killedAndDoneAgain({
        words: [
          ...[verb, '--prompt', 'triage.md', '--dataset', 'tickets.csv', '--metric', 'accuracy'],
          ...['--model', 'openai:sim-task', '--probe', '--estimate', '--yes'],
        ],
        after: 2,
        wanted: 3,
        concurrency: 1,
      }));
  }
});

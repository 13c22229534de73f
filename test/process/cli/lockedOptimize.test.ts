import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLoopbackServer, type LoopbackServer } from '../../support/loopbackServer.ts';
import {
  answerOf,
  breaches,
  dataset,
  movesRule,
  prompt,
  promptText,
  proposal,
  rule,
} from '../guards/hostileTask.ts';
import { runCli, workspaceWith } from './runCli.ts';

interface Result {
  readonly run: { readonly id: string; readonly locked?: readonly string[] };
  readonly trials: readonly { readonly status: string; readonly why?: string }[];
  readonly versions: readonly { readonly role: string; readonly path: string }[];
}

describe('optimize with a locked section', function () {
  this.timeout(90_000);
  let server: LoopbackServer;
  let workspace: ReturnType<typeof workspaceWith>;
  const cli = (...words: string[]) =>
    runCli(words, { cwd: workspace.folder, env: { OPENAI_BASE_URL: server.url } });
  const words = [
    ...[
      'optimize',
      '--prompt',
      'lockedTicket.md',
      '--dataset',
      'tickets.csv',
      '--target',
      'answer',
    ],
    ...['--metric', 'exact_match', '--model', 'openai:sim-task', '--yes', '--max-iterations', '3'],
    ...['--optimizer-model', 'openai:sim-optimizer', '--sample-k', '8', '--shares', '40/30/30'],
  ];

  before(async () => {
    let asked = 0;
    server = await startLoopbackServer({
      answerTo(request) {
        if (request.model === 'sim-task') return answerOf(request);
        asked += 1;
        const [reworded] = breaches;
        return proposal(asked === 1 && reworded ? reworded.change(prompt) : movesRule());
      },
    });
    workspace = workspaceWith({ 'lockedTicket.md': promptText, 'tickets.csv': dataset });
  });
  after(async () => {
    await server.close();
    workspace.remove();
  });

  it('says so beforehand, refuses what changes it, and saves a winner that has it', async () => {
    const run = await cli(...words, '--lock', rule, '--json', '--report', 'report.md');
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.err, /One locked section of the prompt stays as it is, byte for byte\./);
    assert.match(run.err, /The locked section "Rule of the house/);
    const result = run.json() as Result;
    assert.deepEqual(result.run.locked, [rule]);
    assert.match(
      readFileSync(join(workspace.folder, 'report.md'), 'utf8'),
      /^- Locked: Rule of the/m,
    );
    const [first] = result.trials;
    assert.equal(first?.status, 'skipped');
    assert.match(first.why ?? '', /locked section .* is lost or changed/);
    const winner = result.versions.find(({ role }) => role === 'winner');
    assert.ok(winner, 'a winner was saved');
    const text = readFileSync(winner.path, 'utf8');
    assert.ok(text.includes(rule) && text.includes('carriers, couriers, parcels belong to way'));

    const resumed = await cli('optimize', '--resume', result.run.id, '--lock', 'money');
    assert.equal(resumed.exitCode, 2);
    assert.match(resumed.err, /leave out --lock/);
  });

  it('refuses a lock that is not in the prompt, cuts a placeholder or leaves nothing', async () => {
    const asked = await Promise.all(
      ['Rule of the hut', '{{tick', ''].map(lock => cli(...words, '--lock', lock)),
    );
    for (const { exitCode } of asked) assert.equal(exitCode, 2);
    assert.match(asked[0]?.err ?? '', /The locked text "Rule of the hut" is not in the prompt/);
    assert.match(asked[1]?.err ?? '', /A lock cuts through \{\{ticket\}\}/);
    assert.match(asked[2]?.err ?? '', /The locked text "" is not in the prompt/);
    const all = await cli(...words, '--component', 'system', '--lock', prompt.system);
    assert.equal(all.exitCode, 2);
    assert.match(all.err, /All of the prompt that may change is locked/);
  });
});

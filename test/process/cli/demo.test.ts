import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, startCli, workspaceWith, written } from './runCli.ts';

describe('prompt-refiner demo', () => {
  it('shows a whole optimization without key and network, and says that it is a simulation', async function () {
    this.timeout(60_000);
    const { folder, remove } = workspaceWith({});
    try {
      const run = await runCli(['demo', '--folder', folder], { cwd: folder });
      assert.equal(run.exitCode, 0, run.err);
      assert.match(run.err, /The models of this demo are a simulation/);
      assert.match(run.err, /Estimate: .* calls .*, .* tokens .*, \$0, /);
      assert.match(run.err, /\ntrial 1 \w+ 0\.\d+ → [01]\.\d+ /);
      assert.match(run.out, /^Better: /);
      assert.match(run.out, /\naccuracy {2}0\.\d\d \[.*\] n=\d+ {2}0\.\d\d \[.*\] n=\d+ {2}\+\d/);
      assert.match(run.out, /triage v1 → v2\n/);
      assert.match(run.out, /\{\+/);
      assert.match(run.out, /\ntotal +[\d,]+ +[\d,]+ {2}\$0\n/);
      assert.match(run.out, /The models of this demo are a simulation/);
      const saved = join(folder, '.prompts', 'triage', 'v2.md');
      assert.ok(run.out.includes(`Saved winner: triage@2 in ${saved}`), run.out);
      assert.notEqual(
        readFileSync(saved, 'utf8'),
        readFileSync(join(folder, '.prompts', 'triage', 'v1.md'), 'utf8'),
      );
    } finally {
      remove();
    }
  });

  it('without --folder it leaves the folder it was started in alone, and names another', async function () {
    this.timeout(60_000);
    const { folder, remove } = workspaceWith({});
    try {
      const run = await runCli(['demo', '--json'], { cwd: folder });
      assert.equal(run.exitCode, 0, run.err);
      const json = run.json() as {
        simulation: boolean;
        folder: string;
        versions: { path: string }[];
      };
      assert.equal(json.simulation, true);
      assert.ok(!existsSync(join(folder, '.prompts')));
      assert.equal(json.versions.length, 2);
      for (const { path } of json.versions) assert.ok(path.startsWith(json.folder), path);
      rmSync(json.folder, { recursive: true });
    } finally {
      remove();
    }
  });

  it('ends in order on Ctrl-C, with the command that goes on', async function () {
    this.timeout(60_000);
    const { folder, remove } = workspaceWith({});
    try {
      const words = ['demo', '--folder', folder, '--concurrency', '4'];
      const started = startCli(words, { cwd: folder });
      await written(started, /original prompt: \d+ train rows/);
      started.child.kill('SIGINT');
      const run = await started.done;
      assert.equal(run.exitCode, 130, run.err);
      const [, runId] = /To go on: prompt-refiner optimize --resume (\S+) /.exec(run.out) ?? [];
      assert.ok(runId, run.out);
      const resumed = await runCli(['optimize', '--resume', runId, '--folder', folder], {
        cwd: folder,
      });
      assert.equal(resumed.exitCode, 0, resumed.err);
      assert.match(resumed.out, /what it had paid before it was interrupted was not paid again/);
    } finally {
      remove();
    }
  });
});

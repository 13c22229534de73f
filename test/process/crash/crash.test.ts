import assert from 'node:assert/strict';
import { killingGround } from './killing.ts';
import { drawnMoments } from './moments.ts';

/** A sample of what `npm run crash` does in full. */
describe('a run that is killed', function () {
  this.timeout(240_000);
  this.slow(120_000);

  it('comes to the same result before and after file operations of a 200-row search', async () => {
    const ground = await killingGround({ kind: 'optimize', rows: 200, concurrency: 8 }, 2);
    try {
      // The first ones make files and take the lock, the last ones save the winner.
      const last = ground.operations;
      const between = [0.1, 0.3, 0.5, 0.7, 0.9].map(share => Math.round(share * last));
      for (const number of [4, 12, 21, ...between]) {
        await ground.killAt(`${number}${number % 2 === 0 ? '-' : '+'}`);
      }
      assert.equal(ground.figures.kills, 8);
      assert.ok(ground.figures.shownInFlight > 0, 'some kill met calls in flight');
      console.log(`      ${last} operations, ${JSON.stringify(ground.figures)}`);
    } finally {
      await ground.close();
    }
  });

  it('comes to the same result where it is killed in a fold of a cross-validation', async () => {
    const ground = await killingGround({ kind: 'optimize', rows: 16, concurrency: 8 }, 2);
    try {
      for (const share of [0.35, 0.5, 0.65, 0.8, 0.95]) {
        await ground.killAt(`${Math.round(share * ground.operations)}+`);
      }
      assert.equal(ground.figures.kills, 5);
      console.log(`      ${ground.operations} operations, ${JSON.stringify(ground.figures)}`);
    } finally {
      await ground.close();
    }
  });

  it('comes to the same result over many kills of one 500-row run at concurrency 16', async () => {
    const ground = await killingGround({ kind: 'evaluate', rows: 500, concurrency: 16 }, 4);
    try {
      await ground.killAfter(drawnMoments(8, 100, 20_261_120));
      assert.ok(ground.figures.kills > 0);
      console.log(`      ${JSON.stringify(ground.figures)}`);
    } finally {
      await ground.close();
    }
  });
});

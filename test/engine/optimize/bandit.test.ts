import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/engine/core/random.ts';
import { chooseArm, type Arm, type Pull } from '../../../src/engine/optimize/bandit.ts';
import { betaDraw } from '../../../src/engine/optimize/betaDraw.ts';

const arms: readonly Arm[] = [
  { operator: 'reflect', prior: [1, 1] },
  { operator: 'merge', prior: [1, 1] },
];

function pulls(operator: string, reward: number, times: number, context = 'plain'): Pull[] {
  return Array.from({ length: times }, () => ({ operator, context, reward }));
}

/** How often each operator is chosen in 400 draws. */
function shareOf(operator: string, before: readonly Pull[], context = 'plain'): number {
  const chosen = Array.from({ length: 400 }, (_, draw) =>
    chooseArm(arms, before, context, seededRandom(5, 'bandit', draw)),
  );
  return chosen.filter(each => each.operator === operator).length / chosen.length;
}

describe('the bandit', () => {
  it('chooses the same operator for the same seed and trials', () => {
    const before = [...pulls('reflect', 0.4, 3), ...pulls('merge', 0, 2)];
    const [one, two] = [1, 2].map(() =>
      chooseArm(arms, before, 'plain', seededRandom(9, 'bandit', 6)),
    );
    assert.deepEqual(one, two);
  });

  it('comes to use what pays, and still tries the other now and then', () => {
    const share = shareOf('merge', [...pulls('reflect', 0.1, 10), ...pulls('merge', 0.6, 10)]);
    assert.ok(share > 0.8 && share < 1, String(share));
  });

  it('knows nothing of one context from another', () => {
    const share = shareOf('merge', pulls('merge', 1, 20, 'format'));
    assert.ok(share > 0.4 && share < 0.6, String(share));
  });

  it('lets a reward fade with the trials after it', () => {
    const fresh = shareOf('merge', pulls('merge', 1, 5));
    const faded = shareOf('merge', [...pulls('merge', 1, 5), ...pulls('other', 0, 60)]);
    assert.ok(fresh > faded + 0.2, `${fresh} ${faded}`);
  });

  it('says what it drew for each operator, and from what', () => {
    const choice = chooseArm(arms, pulls('merge', 1, 8), 'plain', seededRandom(1, 'bandit', 1));
    assert.deepEqual(Object.keys(choice.draws), ['reflect', 'merge']);
    assert.match(
      choice.sentence,
      /^merge of 2 operators: drew 0\.\d\d from a mean of 0\.\d\d, used 8 times before in the context plain\.$/,
    );
  });

  it('draws from a Beta distribution: mean and spread are those of the formula', () => {
    const [a, b] = [3, 2];
    const random = seededRandom(4, 'beta');
    const draws = Array.from({ length: 20_000 }, () => betaDraw(a, b, random));
    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    const variance = draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean - a / (a + b)) < 0.01, String(mean));
    assert.ok(
      Math.abs(variance - (a * b) / ((a + b) ** 2 * (a + b + 1))) < 0.002,
      String(variance),
    );
    assert.ok(draws.every(each => each > 0 && each < 1));
  });
});

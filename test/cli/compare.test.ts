import assert from 'node:assert/strict';
import { comparisonText } from '../../src/cli/compare.ts';
import { someVersions } from '../support/panelComparisons.ts';
import { keptTerminal } from './keptTerminal.ts';

describe('A comparison in the terminal', () => {
  it('holds every version against the first: words, scores with their test, cost', () => {
    const text = comparisonText(someVersions(2), keptTerminal().terminal);
    for (const pair of ['v3 ↔ v4', 'v3 ↔ v5', 'v3 ↔ v6']) {
      assert.ok(text.includes(`System prompt, ${pair}\n`), pair);
      assert.ok(text.includes(`Output prompt, ${pair} (unchanged)\n`), pair);
    }
    for (const number of [4, 5, 6]) {
      assert.match(
        text,
        new RegExp(
          `accuracy +tickets\\.csv, test rows +demo:task \\(simulation\\) +v${number} +0\\.78 \\[0\\.67, 0\\.89\\] n=80 +\\+13\\.8 points \\[6\\.0, 22\\.0\\] +p = 0\\.012, McNemar mid-p`,
        ),
      );
    }
    assert.match(text, /triage v6 +~76 tokens +212 in, 3 out +\$0\.40/);
  });

  it('names no pair where there is one', () => {
    const text = comparisonText(someVersions(), keptTerminal().terminal);
    assert.match(text, /^System prompt\n/m);
    assert.doesNotMatch(text, /↔/);
  });
});

import assert from 'node:assert/strict';
import { allowSpending, mayCost } from '../../src/cli/spendGate.ts';
import { estimateText } from '../../src/cli/estimateText.ts';
import type { Estimate } from '../../src/engine/index.ts';
import { keptTerminal } from './keptTerminal.ts';

const priced: Estimate = {
  calls: { low: 80, likely: 400, high: 1200 },
  tokens: { low: 9_000, likely: 90_000, high: 410_000 },
  usd: { low: 0.02, likely: 0.1, high: 0.31 },
  minutes: { low: 1, likely: 3, high: 12 },
  threeRows: { calls: 3, tokens: 3_400, usd: 0.002 },
  rows: { train: 60, validation: 20, test: 20 },
  unusableRows: 2,
  problems: [{ line: 3, message: 'a quote opens here and never closes.' }],
  warnings: [{ line: 9, message: 'this row repeats an earlier row' }],
  taskModel: 'openai:gpt-4o-mini',
  optimizerModel: 'openai:gpt-4o',
  unpriced: [],
  notes: ['Only 20 rows.'],
};
const { usd: _, ...withoutPrice } = priced;
const unknown: Estimate = { ...withoutPrice, unpriced: ['openai:llama'] };
const free: Estimate = { ...priced, usd: { low: 0, likely: 0, high: 0 } };

const place = (options: Parameters<typeof keptTerminal>[0] = {}) => {
  const kept = keptTerminal(options);
  return { ...kept, signal: new AbortController().signal };
};

describe('before anything is spent', () => {
  it('a pipe needs --yes or a budget, and is told so with the amount', async () => {
    await assert.rejects(
      allowSpending(priced, {}, place()),
      /may cost \$0\.02 to \$0\.31\. Add --yes .* --budget-usd.* Nothing was sent\./,
    );
    await allowSpending(priced, { yes: true }, place());
    await allowSpending(priced, { budgetTokens: 5 }, place());
  });

  it('a terminal asks once, and only yes is yes', async () => {
    const yes = place({ asks: true, answers: ['y'] });
    await allowSpending(priced, {}, yes);
    assert.equal(yes.questions.length, 1);
    assert.match(yes.questions[0] ?? '', /\$0\.02 to \$0\.31\. Go on\? \[y\/N\]/);
    for (const answer of ['', 'n', 'yo']) {
      await assert.rejects(allowSpending(priced, {}, place({ asks: true, answers: [answer] })), {
        code: 'cancelled',
      });
    }
  });

  it('nothing is asked where nothing can be spent', async () => {
    await allowSpending(free, {}, place());
  });

  it('an unknown price is not free', () => {
    assert.equal(mayCost(unknown), true);
    assert.equal(mayCost(free), false);
    assert.equal(mayCost(priced), true);
  });

  it('the estimate is said as a range, with the rows and the notes', () => {
    assert.equal(
      estimateText(priced, 'optimize'),
      [
        'Estimate: 400 calls (80 to 1,200), 90k tokens (9k to 410k), $0.10 ($0.02 to $0.31), 3 min (1 min to 12 min).',
        'Rows: 60 to learn from, 20 to choose by, 20 kept aside for the final judgement.',
        'Models: openai:gpt-4o-mini answers, openai:gpt-4o rewrites the prompt.',
        '100 rows usable, 2 not, because line 3: a quote opens here and never closes. Also 1 more.',
        'Line 9: this row repeats an earlier row.',
        'Only 20 rows.',
        '',
      ].join('\n'),
    );
    assert.match(estimateText(unknown, 'evaluate'), /unknown price, 3 min .*\nRows: 100\./);
  });
});

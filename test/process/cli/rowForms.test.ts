import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startLoopbackServer } from '../../support/loopbackServer.ts';
import { runCli, workspaceWith } from './runCli.ts';

/** Answers the row that it was given as its reason. */
const echo = `
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { row } = JSON.parse(line);
  console.log(JSON.stringify({ score: 0, reason: JSON.stringify(row) }));
}
`;

const jsonl = (...rows: readonly unknown[]): string =>
  rows.map(row => `${JSON.stringify(row)}\n`).join('');

const files = {
  'plain.md': 'Answer the question.\n',
  'echo.mjs': echo,
  'chat.jsonl': jsonl(
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Where is my parcel?' },
        { role: 'assistant', content: 'shipping' },
      ],
    },
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'My invoice is wrong.' },
        { role: 'assistant', content: 'billing' },
      ],
    },
    { messages: 'nothing of the kind' },
  ),
  'turns.jsonl': jsonl({
    question: 'And now?',
    turns: [{ role: 'user', content: 'My invoice is wrong.' }],
    answer: 'billing',
  }),
  'passages.csv':
    'question,passage,answer\nWho?,"Ann, of course.",Ann\nWhen?,"On Monday,\nat noon.",noon\n',
  'numbers.jsonl': jsonl({ text: 'up', label: 1 }, { text: 'down', label: 0 }),
  'numbers.csv': 'text,label\nup,1\ndown,0\n',
  'several.jsonl': jsonl(
    { question: 'Which city?', answers: ['New York', 'NYC'] },
    { question: 'Which town?', answers: ['Ulm'] },
    { question: 'Which none?', answers: [] },
  ),
  'odd.csv': 'question,answers\nWhich city?,NYC\nWhich town?,"[""Ulm"""\n',
  'sets.jsonl': jsonl(
    { text: 'both', labels: ['legal', 'billing'] },
    { text: 'one', labels: ['legal'] },
    { text: 'none', labels: [] },
  ),
};

interface Report {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
  readonly worst: readonly { readonly line: number; readonly feedback?: string }[];
  readonly confusion?: { readonly labels: readonly string[] };
}

describe('rows that hold more than one text, on the command line', () => {
  let folder: string;
  let remove: () => void;
  before(() => {
    ({ folder, remove } = workspaceWith(files));
  });
  after(() => remove());

  const read = async (...words: string[]) => {
    const run = await runCli(['dataset', ...words, '--json'], { cwd: folder });
    assert.equal(run.exitCode, 0, run.err);
    const { dataset } = run.json() as {
      dataset: {
        mapping: Readonly<Record<string, unknown>>;
        rows: unknown;
        problems: { line: number }[];
      };
    };
    return dataset;
  };

  /** Evaluates with a model that answers this to every row. */
  const evaluate = async (answer: string, ...words: string[]): Promise<Report> => {
    const server = await startLoopbackServer({ answers: [answer] });
    try {
      const run = await runCli(
        [
          ...['evaluate', '--prompt', 'plain.md', '--model', 'openai:sim-task', '--yes', '--json'],
          ...['--base-url', server.url, ...words],
        ],
        { cwd: folder },
      );
      assert.equal(run.exitCode, 0, run.err);
      return run.json() as Report;
    } finally {
      await server.close();
    }
  };

  /** What a scorer outside is given of each row, by line. */
  const rowsGiven = async (...words: string[]): Promise<Record<string, unknown>[]> => {
    const metric = `command:run='${process.execPath}' echo.mjs`;
    const { worst } = await evaluate('?', ...words, '--metric', metric);
    return worst
      .toSorted((left, right) => left.line - right.line)
      .map(({ feedback = '' }) => JSON.parse(feedback) as Record<string, unknown>);
  };

  const values = ({ metrics }: Report): number[] => metrics.map(({ value }) => value);

  it('reads a list of messages as question and answer, and names the row that is none', async () => {
    const { mapping, rows, problems } = await read('chat.jsonl');
    assert.deepEqual(mapping, { inputs: { input: 'input' }, expected: 'expected' });
    assert.deepEqual(rows, { usable: 2, unusable: 1 });
    assert.deepEqual(
      problems.map(({ line }) => line),
      [3],
    );
    const report = await evaluate('billing', '--dataset', 'chat.jsonl', '--metric', 'exact_match');
    assert.deepEqual(values(report), [0.5]);
    const [only] = await rowsGiven('--dataset', 'chat.jsonl');
    assert.deepEqual(only, {
      inputs: { input: 'Where is my parcel?' },
      line: 1,
      expected: 'shipping',
    });
  });

  it('keeps the conversation of a column that is named for it', async () => {
    const words = ['--messages', 'turns', '--input', 'question', '--target', 'answer'];
    const { mapping } = await read('turns.jsonl', ...words);
    assert.equal(mapping['messages'], 'turns');
    const [row] = await rowsGiven('--dataset', 'turns.jsonl', ...words);
    assert.deepEqual(row?.['messages'], [{ role: 'user', content: 'My invoice is wrong.' }]);
  });

  it('gives the text of a context column to a scorer, and not to the model as an input', async () => {
    const rows = await rowsGiven('--dataset', 'passages.csv', '--context', 'passage');
    assert.deepEqual(
      rows.map(({ inputs, context }) => [inputs, context]),
      [
        [{ input: 'Who?' }, 'Ann, of course.'],
        [{ input: 'When?' }, 'On Monday,\nat noon.'],
      ],
    );
    const wrong = await runCli(['dataset', 'passages.csv', '--context', 'pasage'], {
      cwd: folder,
    });
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.err, /there is no column "pasage"\. Did you mean "passage"\?/);
  });

  for (const file of ['numbers.jsonl', 'numbers.csv']) {
    it(`takes labels that are numbers as they are written: ${file}`, async () => {
      const words = ['--dataset', file, '--metric', 'accuracy', 'macro_f1'];
      const report = await evaluate('1', ...words);
      assert.deepEqual(report.confusion?.labels, ['0', '1']);
      const [accuracy = NaN, macroF1 = NaN] = values(report);
      assert.equal(accuracy, 0.5);
      assert.ok(Math.abs(macroF1 - 1 / 3) < 1e-12, `${macroF1}`);
    });
  }

  it('holds an answer against each of several references', async () => {
    const { mapping } = await read('several.jsonl');
    assert.equal(mapping['references'], 'answers');
    const words = ['--dataset', 'several.jsonl', '--metric', 'exact_match', 'squad'];
    const [exact = NaN, squad = NaN] = values(await evaluate('NYC', ...words));
    assert.ok(Math.abs(exact - 1 / 3) < 1e-12, `${exact}`);
    assert.ok(Math.abs(squad - 1 / 3) < 1e-12, `${squad}`);
    const rows = await rowsGiven('--dataset', 'several.jsonl');
    assert.deepEqual(
      rows.map(({ references }) => references),
      [['New York', 'NYC'], ['Ulm'], ['']],
    );
  });

  it('takes what is no list for one reference', async () => {
    const rows = await rowsGiven('--dataset', 'odd.csv', '--references', 'answers');
    assert.deepEqual(
      rows.map(({ references }) => references),
      [['NYC'], ['["Ulm"']],
    );
  });

  it('compares sets of labels whatever their order, also an empty set', async () => {
    const words = ['--dataset', 'sets.jsonl', '--metric', 'label_sets', 'label_sets_f1'];
    const [sets = NaN, f1 = NaN] = values(await evaluate('billing; legal', ...words));
    assert.ok(Math.abs(sets - 1 / 3) < 1e-12, `${sets}`);
    // Micro: 3 of the 6 labels that were given are right, and all 3 that were due were given.
    assert.ok(Math.abs(f1 - 2 / 3) < 1e-12, `${f1}`);
    const rows = await rowsGiven('--dataset', 'sets.jsonl');
    assert.deepEqual(
      rows.map(({ labels }) => labels),
      [['billing', 'legal'], ['legal'], []],
    );
  });
});

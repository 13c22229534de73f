import assert from 'node:assert/strict';
import { runCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt } from './ticketTask.ts';

const verbs = [
  'refine',
  'lint',
  'evaluate',
  'optimize',
  'compare',
  'versions',
  'models',
  'judge',
  'demo',
];

describe('the command line', () => {
  const { folder, remove } = workspaceWith({
    'triage.md': prompt,
    'tickets.csv': firstTickets(30),
    'broken.csv': 'ticket,label\n"a,b\n',
    'one.csv': 'ticket,label\nMy invoice is wrong,account\n',
    'empty.md': '\n\n',
    'agent.py':
      'LIMIT = 3\nPROMPT = """Sort the ticket into one of the teams.\nTicket: {ticket}"""\n',
  });
  after(remove);

  const cli = (...words: string[]) => runCli(words, { cwd: folder });
  const onDemo = (...words: string[]) => cli(...words, '--model', 'demo:task');
  const evaluateWords = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];

  for (const verb of verbs) {
    it(`explains ${verb} with an example and the exit codes`, async () => {
      const run = await cli(verb, '--help');
      assert.equal(run.exitCode, 0);
      assert.match(run.out, new RegExp(`Examples?:\\n.*prompt-refiner ${verb}`));
      assert.match(run.out, /Exit codes:\n {2}0 {4}done\n/);
      assert.match(run.out, /--folder <dir>/);
    });
  }

  const wrongUses: readonly [string, readonly string[], RegExp][] = [
    ['no verb', [], /Usage: prompt-refiner/],
    ['an unknown verb', ['optimise'], /unknown command 'optimise'/],
    ['an unknown flag', ['models', '--fast'], /unknown option '--fast'/],
    ['a number that is none', ['models', '--concurrency', 'many'], /--concurrency is "many", but/],
    ['shares that are too many', ['optimize', '--shares', '50/50/50'], /50\/50\/50, but .* 100/],
    [
      'shares beside a recorded run',
      ['optimize', '--resume', 'x', '--shares', '50/25/25'],
      /leave out --shares/,
    ],
    ['an address that is none', ['models', '--base-url', 'ftp://x'], /--base-url is "ftp:\/\/x"/],
    ['a folder that is not there', ['versions', '--folder', 'no'], /--folder no is no folder/],
    ['no prompt', ['evaluate', '--dataset', 'tickets.csv'], /No prompt was named/],
    ['no dataset', ['evaluate', '--prompt', 'triage.md'], /No dataset was named/],
    ['an empty prompt file', ['evaluate', '--prompt', 'empty.md'], /empty\.md holds no prompt/],
    ['a prompt file that is not there', ['evaluate', '--prompt', 'x.md'], /no file x\.md/],
    ['a saved prompt that is not there', ['evaluate', '--prompt', 'nobody'], /"nobody"/],
    ['no metric', [...evaluateWords], /No metric was named; there are .*exact_match/],
    ['an unknown metric', [...evaluateWords, '--metric', 'bleurgh'], /bleurgh/],
    [
      'a missing dataset',
      ['evaluate', '--prompt', 'triage.md', '--dataset', 'x.csv', '--metric', 'accuracy'],
      /x\.csv/,
    ],
    ['a missing column', [...evaluateWords, '--metric', 'accuracy', '--input', 'body'], /"?body"?/],
    [
      'a missing target',
      [...evaluateWords, '--metric', 'accuracy', '--target', 'team'],
      /"?team"?/,
    ],
    [
      'a broken line',
      ['evaluate', '--prompt', 'triage.md', '--dataset', 'broken.csv', '--metric', 'accuracy'],
      /broken\.csv, line 2/,
    ],
    [
      'a search over one row',
      ['optimize', '--prompt', 'triage.md', '--dataset', 'one.csv', '--metric', 'accuracy'],
      /one\.csv has 1 usable row; .* at least 6/,
    ],
    [
      'a prompt beside --resume',
      ['optimize', '--resume', 'x', '--prompt', 'triage.md'],
      /leave out --prompt/,
    ],
    [
      'another task model beside --resume',
      ['evaluate', '--resume', 'x', '--model', 'demo:task'],
      /leave out --model/,
    ],
    [
      'another optimizer model beside --resume',
      ['optimize', '--resume', 'x', '--optimizer-model', 'demo:optimizer'],
      /leave out --optimizer-model/,
    ],
    ['a run that is not there', ['optimize', '--resume', 'nothing'], /nothing/],
    [
      'a report into nowhere',
      [...evaluateWords, '--metric', 'accuracy', '--report', 'no/such/r.md'],
      /--report no\/such\/r\.md cannot be written/,
    ],
    ['code without a line', ['refine', 'agent.py'], /agent\.py is code; name the line/],
    ['a line that is not there', ['refine', 'agent.py:99'], /has 3 lines, so there is no line 99/],
    ['--write without a file', ['refine', '--write'], /--write needs a file/],
    ['nothing on standard input', ['refine'], /Standard input is empty/],
    ['a comparison with one version', ['compare', 'triage@1'], /missing required argument 'right'/],
  ];
  for (const [name, words, sentence] of wrongUses) {
    it(`ends with exit code 2 and a sentence on ${name}`, async () => {
      // A run that goes on has its models recorded.
      const model = words.includes('--resume') ? [] : ['--model', 'demo:task'];
      const run = await cli(...words, ...model);
      assert.equal(run.exitCode, 2, run.err);
      assert.match(run.err, sentence);
      assert.doesNotMatch(run.err, /\n {4}at |fault of prompt-refiner/);
      assert.equal(run.out, '');
    });
  }

  it('says the same in one JSON object for programs', async () => {
    const run = await onDemo(
      ...evaluateWords,
      '--metric',
      'accuracy',
      '--target',
      'team',
      '--json',
    );
    const { schema, verb, exitCode, error } = run.json() as Record<string, unknown>;
    assert.deepEqual({ schema, verb, exitCode }, { schema: 1, verb: 'evaluate', exitCode: 2 });
    assert.match(JSON.stringify(error), /"code":"(?:request|dataset)","message":".*team/);
  });
});

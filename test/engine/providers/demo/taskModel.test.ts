import assert from 'node:assert/strict';
import type { Message } from '../../../../src/engine/core/prompt.ts';
import {
  allowedAnswers,
  offeredAnswers,
} from '../../../../src/engine/providers/demo/allowedAnswers.ts';
import { demoProvider } from '../../../../src/engine/providers/demo/demo.ts';
import { readMessages } from '../../../../src/engine/providers/demo/rowText.ts';
import { readRules } from '../../../../src/engine/providers/demo/rules.ts';
import { answerAsTask } from '../../../../src/engine/providers/demo/taskModel.ts';

const ask = 'Answer with one word only, one of: red, green, blue';

describe('The simulated task model', () => {
  it('follows a rule that the prompt states', () => {
    assert.equal(
      mostly([ask, '- If the text mentions "apple", answer green.'], 'An apple a day'),
      'green',
    );
  });

  it('follows a rule in plain words too', () => {
    assert.equal(mostly([ask, 'Anything about taxes goes to blue.'], 'My tax is too high'), 'blue');
  });

  it('wants all words of a rule, in any form', () => {
    const rules = [ask, '- Mentions of "apple" and "worm": answer red.'];
    assert.equal(mostly(rules, 'Worms live in apples'), 'red');
    assert.equal(mostly(rules, 'Apples are blue here'), 'blue');
  });

  it('lets an exception keep a rule from firing', () => {
    const rules = [ask, '- "apple" is red, unless it mentions "worm".'];
    assert.equal(mostly(rules, 'A blue apple'), 'red');
    assert.equal(mostly(rules, 'A blue apple with a worm'), 'blue');
  });

  it('prefers the more specific rule, and of equals the later one', () => {
    const rules = [
      ask,
      '- "apple": red',
      '- "apple" and "worm": green',
      '- "pear": red',
      '- "pear": blue',
    ];
    assert.equal(mostly(rules, 'apple and worm'), 'green');
    assert.equal(mostly(rules, 'one pear'), 'blue');
  });

  it('takes the answer that the row itself names where no rule fires', () => {
    assert.equal(mostly([ask], 'The sky is green today'), 'green');
  });

  it('fails where a rule is missing', () => {
    assert.equal(mostly([ask], 'A blue apple'), 'blue');
  });

  it('gives the same answer to the same text, and other luck to another sample', () => {
    const messages = chat([ask, '- "apple": red'], 'A blue apple');
    assert.equal(answerAsTask(messages), answerAsTask(messages));
    const answers = Array.from({ length: 200 }, (_none, sample) => answerAsTask(messages, sample));
    assert.ok(new Set(answers).size > 1);
  });

  it('follows rules less in a long prompt', () => {
    const rows = Array.from({ length: 300 }, (_none, index) => `A blue apple, number ${index}`);
    const followed = (padding: string) =>
      rows.filter(row => answerAsTask(chat([ask, '- "apple": red', padding], row)) === 'red')
        .length;
    const short = followed('');
    const long = followed('Think about every word of it and then once more. '.repeat(200));
    assert.ok(short > 280, String(short));
    assert.ok(long < short - 15, `${long} of ${short}`);
  });

  it('now and then answers in a sentence where no line asks for the bare answer', () => {
    const rows = Array.from({ length: 300 }, (_none, index) => `A blue thing, number ${index}`);
    const bare = (instruction: string) =>
      rows.filter(row => answerAsTask(chat([instruction], row)) === 'blue').length;
    assert.ok(bare('Answer with one of: red, green, blue') < 285);
    assert.ok(bare(ask) > 290);
  });

  it('answers in JSON or in tags where the prompt wants that', () => {
    assert.equal(mostly([ask, 'Reply in JSON: {"color": "..."}'], 'a red car'), '{"color":"red"}');
    assert.equal(mostly([ask, 'Reply as <color>...</color>'], 'a red car'), '<color>red</color>');
  });

  it('says something short and steady where no answers are allowed', () => {
    const question = [
      { role: 'user', content: 'Tom has 3 apples and eats 2. How many are left?' },
    ] as const;
    assert.equal(answerAsTask(question), answerAsTask(question));
    assert.match(answerAsTask(question), /\b[23]\b/);
    assert.notEqual(answerAsTask([{ role: 'user', content: '' }]), '');
    assert.notEqual(answerAsTask([]), '');
  });

  it('chooses among the options that a row brings along', () => {
    const row = 'Which one?\nOptions:\n(A) left\n(B) right';
    assert.match(
      answerAsTask([
        { role: 'system', content: 'Solve it. Answer with the letter only.' },
        { role: 'user', content: row },
      ]),
      /^\([AB]\)$/,
    );
  });

  it('counts tokens and stops at the limit that it is given', async () => {
    const model = demoProvider({ latencyMs: 0 }).model('task');
    const messages = [{ role: 'user', content: 'one two three four' }] as const;
    const answer = await model.generate({ role: 'task', messages, maxTokens: 2 });
    assert.equal(answer.finish, 'cut');
    assert.equal(answer.usage.inputTokens, 4);
    assert.equal(answer.usage.outputTokens, 2);
  });

  it('stops when it is cancelled', async () => {
    const model = demoProvider({ latencyMs: 500 }).model('task');
    const stop = new AbortController();
    const asked = model.generate({ role: 'task', messages: [] }, stop.signal);
    stop.abort();
    await assert.rejects(asked, { code: 'cancelled' });
  });
});

describe('What the simulation reads from a prompt', () => {
  for (const [text, answers] of [
    ['Answer with one of: a, b, c', ['a', 'b', 'c']],
    ['Answer with exactly one of these labels: `yes` or `no`.', ['yes', 'no']],
    ['Reply with one of "spam", "not spam". Be quick.', ['spam', 'not spam']],
    ['Labels:\n- billing: money\n- legal (law)\n- other', ['billing', 'legal', 'other']],
    ['Choose either up or down.', ['up', 'down']],
    ['Write a poem about the sea.', []],
    ['', []],
  ] as const) {
    it(`finds the answers of "${text.slice(0, 40)}"`, () => {
      assert.deepEqual(allowedAnswers(text), answers);
    });
  }

  it('finds lettered options of a row', () => {
    assert.deepEqual(offeredAnswers('Pick.\n(A) x\n(B) y\n(C) z'), ['(A)', '(B)', '(C)']);
  });

  it('takes no line with two answers, or with "never", for a rule', () => {
    const text =
      'Answer with one of: red, blue\nNever answer red for apples.\nred beats blue for pears\napples: red';
    assert.deepEqual(
      readRules(text, ['red', 'blue']).map(rule => rule.line),
      [3],
    );
  });

  it('does not take a quoted word for the answer where another one is stated', () => {
    const [rule] = readRules('- If it mentions "blue cheese", answer red.', ['red', 'blue']);
    assert.ok(rule);
    assert.equal(rule.answer, 'red');
    assert.deepEqual(rule.when, [['blu', 'chees']]);
  });

  it('tells the row from the instructions, wherever the prompt puts it', () => {
    const row = 'My lamp is broken.\nOrder: 12';
    for (const messages of [
      chat([ask], row),
      [{ role: 'user', content: `${ask}\n\nTicket: ${row}` }],
      [{ role: 'user', content: `${ask}\n\n<ticket>\n${row}\n</ticket>\n\nAnswer now.` }],
      [{ role: 'user', content: `${ask}\n\n"""\n${row}\n"""` }],
      [
        { role: 'system', content: `${ask}\n\nTicket: ${row}` },
        { role: 'user', content: 'Answer with the bare answer only, nothing else.' },
      ],
      [
        { role: 'system', content: ask },
        { role: 'user', content: `${row}\n\nAnswer with the bare answer only, nothing else.` },
      ],
    ] as Message[][]) {
      const reading = readMessages(messages);
      assert.equal(reading.row, row, JSON.stringify(messages));
      assert.match(reading.instructions, /one of: red/);
    }
  });
});

function chat(instructions: readonly string[], row: string): Message[] {
  return [
    { role: 'system', content: instructions.join('\n') },
    { role: 'user', content: row },
  ];
}

/** The most frequent answer over many draws: each single one may slip, as models do. */
function mostly(instructions: readonly string[], row: string): string | undefined {
  const counts = new Map<string, number>();
  for (let sample = 0; sample < 25; sample += 1) {
    const answer = answerAsTask(chat(instructions, row), sample);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0];
}

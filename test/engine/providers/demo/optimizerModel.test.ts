import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePlaceholders } from '../../../../src/engine/core/placeholders.ts';
import { demoProvider } from '../../../../src/engine/providers/demo/demo.ts';
import { taggedText } from '../../../../src/engine/providers/demo/tags.ts';

const prompt =
  'Sort the note.\n\nAnswer with one word only, one of: red, green, blue\n\nNote: {{note}}';
const row = (input: string, output: string, expected: string): string =>
  `<row>\n<input>${input}</input>\n<output>${output}</output>\n<expected>${expected}</expected>\n` +
  `<verdict>${output === expected ? 'passed' : 'failed'}</verdict>\n</row>`;
const appleRows = [
  row('An apple fell down.', 'blue', 'red'),
  row('She peeled the apple.', 'green', 'red'),
  row('One apple each.', 'blue', 'red'),
  row('A green car.', 'green', 'green'),
  row('The blue sea.', 'blue', 'blue'),
];

describe('The simulated optimizer model', () => {
  it('writes down as a rule what failures with the same expected answer share', async () => {
    const { system, rationale } = await propose(prompt, '', appleRows);
    assert.match(system, /"apple".*red/);
    assert.match(rationale, /3 rows with the answer red share "apple"/);
  });

  it('keeps placeholders and every other line, over many requests', async () => {
    for (let sample = 0; sample < 60; sample += 1) {
      const { system, output } = await propose(prompt, '', appleRows, sample);
      assert.deepEqual(comparePlaceholders(prompt, system + output), { lost: [], invented: [] });
      assert.match(
        system,
        /^Sort the note\.\n\nAnswer with one word only, one of: red, green, blue\n/,
      );
      assert.match(system, /\n\nNote: \{\{note\}\}$/);
    }
  });

  it('learns nothing from rows whose expected answer it is not shown', async () => {
    const { system } = await propose(
      prompt,
      '',
      appleRows.map(each => each.replace(/<expected>.*\n/, '')),
    );
    assert.doesNotMatch(system, /apple.*(?:red|green|blue)/);
  });

  it('takes a rule out, or narrows it, where it misfires on what it is shown', async () => {
    const misfires = ['plum', 'plum tart', 'plum jam', 'plum cake'].map(text =>
      row(`A ${text}.`, 'red', 'blue'),
    );
    let changed = 0;
    for (let sample = 0; sample < 20; sample += 1) {
      const { system } = await propose(
        prompt.replace('\n\nNote', '\n\n- Mentions of "plum": answer red.\n\nNote'),
        '',
        misfires,
        sample,
      );
      if (!/- Mentions of "plum": answer red\.(?!.*unless)/.test(system)) changed += 1;
    }
    assert.ok(changed > 10, String(changed));
  });

  it('asks for the bare answer where answers came in sentences', async () => {
    const loose = prompt.replace('one word only, ', '');
    const { output } = await propose(loose, '', [
      row('A red car.', 'The answer is red.', 'red'),
      row('A blue car.', 'Answer: blue', 'blue'),
    ]);
    assert.equal(output, 'Answer with the bare answer only, nothing else.');
  });

  it('answers the same request in the same way, and another sample in another', async () => {
    const texts = await Promise.all(
      [0, 0, 1, 2, 3].map(sample => rawAnswer(prompt, '', appleRows, sample)),
    );
    assert.equal(texts[0], texts[1]);
    assert.ok(new Set(texts).size > 1);
  });

  it('stays whole where there is nothing to learn from', async () => {
    for (const rows of [[], [row('', '', '')], [row('3 + 4', '5', '7')]]) {
      const { system } = await propose('Solve: {{question}}', '', rows);
      assert.match(system, /\{\{question\}\}/);
    }
  });

  it('is what the file tests say it is: no word of the sample data is in the simulation', () => {
    const folder = join(import.meta.dirname, '../../../../src/engine/providers/demo');
    const source = readdirSync(folder)
      .map(name => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    for (const word of [
      'chargeback',
      'invoice',
      'warranty',
      'damaged',
      'customs',
      'billing',
      'shipping',
      'legal',
    ]) {
      assert.doesNotMatch(source, new RegExp(word, 'i'), word);
    }
  });
});

async function propose(system: string, output: string, rows: readonly string[], sample = 0) {
  const text = await rawAnswer(system, output, rows, sample);
  return {
    system: taggedText(text, 'prompt_system') ?? '',
    output: taggedText(text, 'prompt_output') ?? '',
    rationale: taggedText(text, 'rationale') ?? '',
  };
}

async function rawAnswer(
  system: string,
  output: string,
  rows: readonly string[],
  sample: number,
): Promise<string> {
  const content = [
    `<prompt_system>${system}</prompt_system>`,
    `<prompt_output>${output}</prompt_output>`,
    ...rows,
    'Write the improved prompt now.',
  ].join('\n');
  const instructions = 'Answer as <prompt_system>the new prompt</prompt_system>.';
  const answer = await demoProvider({ latencyMs: 0 })
    .model('optimizer')
    .generate({
      role: 'optimizer',
      sample,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content },
      ],
    });
  return answer.text;
}

import assert from 'node:assert/strict';
import type { Example } from '../../../src/engine/core/example.ts';
import { emptyRun } from '../../../src/engine/core/reduce.ts';
import type { Prompt } from '../../../src/engine/core/prompt.ts';
import { placesFor } from '../../../src/engine/optimize/demonstration.ts';
import {
  guardsFor,
  longestPrompt,
  triedBefore,
  type Birth,
} from '../../../src/engine/optimize/guards.ts';
import { aHeader, anExample } from '../../support/builders.ts';

const parent = { system: 'Sort {{text}} for {{team}}. Again: {{text}}', output: '' };
const story = 'my parcel was left in the rain by the driver on a Tuesday and the box is soaked';
const rows = [
  anExample(1, story, 'shipping'),
  ...[2, 3, 4, 5, 6].map(number =>
    anExample(number, `Which of the following is right? Choose one letter only. ${number}`, 'a'),
  ),
];

interface Guarded {
  readonly original?: Prompt;
  readonly locked?: readonly string[];
  readonly train?: readonly Example[];
  readonly validation?: readonly Example[];
  readonly test?: readonly Example[];
}

function guards({ original = parent, locked, train = rows, validation = [], test = [] }: Guarded) {
  const candidate = { id: 'seed', prompt: original, parents: [], operator: 'original' };
  const header = aHeader('', {}, { original: candidate, ...(locked ? { locked } : {}) });
  const refusalOf = guardsFor({ header, train, validation, test });
  return (system: string, output = '', birth: Partial<Birth> = {}) =>
    refusalOf({ system, output }, { parent: original, ...birth });
}

const refusal = guards({});

describe('A proposed prompt is refused before it costs a call', () => {
  it('where it is empty', () => {
    assert.equal(refusal(' \n'), 'The proposed prompt is empty.');
  });

  it('where it was tried before', () => {
    const { original } = aHeader(parent.system);
    const state = { ...emptyRun, candidates: { [original.id]: original } };
    assert.equal(triedBefore(parent, state), 'The proposed prompt was tried before.');
    assert.equal(triedBefore({ ...parent, output: 'Be brief.' }, state), undefined);
  });

  it('where it lost a placeholder, or one of two', () => {
    assert.equal(refusal('Sort for {{team}}. {{text}}'), 'The proposed prompt lost {{text}}.');
    assert.equal(refusal('Sort it.'), 'The proposed prompt lost {{text}}, {{team}}, {{text}}.');
  });

  it('where it spells a placeholder in another way', () => {
    assert.match(refusal('Sort {text} for {{team}}. {{text}}') ?? '', /lost \{\{text\}\}/);
  });

  it('where it invents one', () => {
    assert.equal(
      refusal(`${parent.system} {{mood}}`),
      'The proposed prompt has {{mood}}, which the original does not have.',
    );
  });

  it('but not where a placeholder moved to the other component', () => {
    assert.equal(refusal('Sort {{text}} for {{team}}.', 'Again: {{text}}'), undefined);
  });

  it('where it copies eight words of a row, in any case and dress, naming the line only', () => {
    const said = refusal(
      `${parent.system}\nIf MY PARCEL was left, in the rain by the driver: shipping.`,
    );
    assert.equal(
      said,
      'The proposed prompt copies 8 or more words from a row (line 2) instead of stating a rule.',
    );
    assert.ok(!said.includes('parcel'));
  });

  it('but not where it shares seven words with a row', () => {
    assert.equal(
      refusal(`${parent.system}\nIf the parcel was left in the rain by someone.`),
      undefined,
    );
  });

  it('nor where many rows share the words, which then belong to the task', () => {
    assert.equal(
      refusal(`${parent.system}\nWhich of the following is right? Choose one letter only.`),
      undefined,
    );
  });

  it('nor where the parent had the words already', () => {
    const held = { system: `${parent.system}\nExample: ${story}`, output: '' };
    const proposed = { system: `${held.system}\nBe brief.`, output: '' };
    assert.equal(refusal(proposed.system, proposed.output, { parent: held }), undefined);
  });

  it('where it is much longer than the original', () => {
    const rule = 'Think about every single part of the whole text. ';
    assert.equal(refusal(parent.system + rule.repeat(90)), undefined);
    assert.match(
      refusal(parent.system + rule.repeat(110)) ?? '',
      /too long: about 1\d{3} tokens, 1200 are allowed/,
    );
  });
});

describe('A locked section', () => {
  const original = { system: 'Be kind.\nNever say no to Ann.\nSort {{text}}.', output: 'not now' };
  const locked = (...texts: string[]) => guards({ original, locked: texts });

  it('stays byte for byte, wherever it stands then', () => {
    const refusal = locked('Never say no to Ann.');
    assert.equal(refusal('Sort {{text}}. Never say no to Ann.'), undefined);
    for (const changed of [
      'never say no to Ann.',
      'Never say no  to Ann.',
      'Never say no to Anna.',
    ]) {
      assert.equal(
        refusal(`Sort {{text}}.\n${changed}`),
        'The locked section "Never say no to Ann." is lost or changed; it must stay as it is.',
      );
    }
  });

  it('is not kept by the same letters inside of a longer word, nor in the other component', () => {
    assert.match(locked('not')(original.system, 'nothing now') ?? '', /"not" is lost/);
    assert.match(locked('now')(`${original.system} now`) ?? '', /"now" is lost/);
    assert.equal(locked('not')(original.system, 'not soon'), undefined);
  });

  it('keeps its order among others, and is not said twice', () => {
    const refusal = locked('Be kind.', 'Never say no to Ann.');
    assert.match(
      refusal('Never say no to Ann.\nBe kind.\nSort {{text}}.') ?? '',
      /changed its place; locked sections must keep their order/,
    );
    assert.match(
      refusal(`${original.system}\nNever say no to Ann.`) ?? '',
      /"Never say no to Ann\." stands there 2 times/,
    );
  });

  it('may be short: its words may be used elsewhere', () => {
    assert.equal(locked('Be kind.')(`${original.system}\nBe kind.`, 'not now'), undefined);
  });
});

describe('The output contract of the original', () => {
  const original = { system: 'Sort {{text}}.', output: 'Say {"team": "a"}. One of: a, b' };
  const json = [anExample(1, 'x', '{"team": "c", "why": "y"}'), anExample(2, 'z', 'c')];

  it('may not lose a key or a label', () => {
    const refusal = guards({ original, train: [] });
    assert.match(refusal(original.system, 'Say the team. One of: a, b') ?? '', /key "team"/);
    assert.match(refusal(original.system, 'Say {"team": "a"}. One of: a, x') ?? '', /label "b"/);
  });

  it('gets a key or label only where the train rows want it', () => {
    const output = 'Say {"team": "a", "why": "b"}. One of: a, b, c';
    assert.equal(guards({ original, train: json })(original.system, output), undefined);
    assert.match(guards({ original, train: [] })(original.system, output) ?? '', /"why" is new/);
    assert.match(
      guards({ original, train: [], validation: json })(original.system, output) ?? '',
      /"why" is new/,
    );
  });
});

describe('Examples in a prompt', () => {
  const train = [anExample(1, story, 'shipping'), anExample(2, 'short', 'billing')];
  const place = (of: readonly Example[]) => placesFor(parent, of, 'system')[0]?.system ?? '';
  const ids = train.map(row => row.id);

  it('may be train rows, word for word', () => {
    const refusal = guards({ train });
    assert.equal(refusal(place(train), '', { examples: ids }), undefined);
    assert.match(refusal(place(train)) ?? '', /copies 8 or more words/);
  });

  it('may be no others, and must stand there as they are', () => {
    const sentence = /does not hold its examples as they stand in the train rows/;
    const elsewhere = guards({ train: [], validation: train });
    assert.match(elsewhere(place(train), '', { examples: ids }) ?? '', sentence);
    const refusal = guards({ train });
    assert.match(refusal(parent.system, '', { examples: ids }) ?? '', sentence);
    const changed = place(train).replace('in the rain', 'in the snow');
    assert.match(refusal(changed, '', { examples: ids }) ?? '', sentence);
  });

  it('are put before a locked section that the placeholder stands in, not into it', () => {
    const original = { system: 'Sort.\nThe text follows:\n{{text}}\nEnd.', output: '' };
    const refusal = guards({ original, train, locked: ['follows:\n{{text}}'] });
    const fitting = placesFor(original, train, 'system').filter(
      ({ system }) => refusal(system, '', { parent: original, examples: ids }) === undefined,
    );
    assert.match(
      fitting[0]?.system ?? '',
      /^Sort\.\nExamples:[\s\S]*\n\nThe text follows:\n\{\{text/,
    );
  });

  it('may say nothing that a scored row says too', () => {
    const twin = anExample(7, `${story}, says Ann`, 'shipping');
    for (const scored of [{ validation: [twin] }, { test: [twin] }]) {
      assert.match(
        guards({ train, ...scored })(place(train), '', { examples: ids }) ?? '',
        /copies 8 or more words from a row \(line 2\)/,
      );
    }
  });

  it('do not cover a copy of another row beside them', () => {
    const [, short] = train;
    assert.ok(short);
    const text = `${place([short])}\n${story}`;
    assert.match(
      guards({ train })(text, '', { examples: [short.id] }) ?? '',
      /copies 8 or more words/,
    );
  });
});

describe('The longest prompt that is allowed', () => {
  it('is four times the original, between 1,200 and 4,000 tokens', () => {
    assert.deepEqual([10, 300, 500, 1000, 2000].map(longestPrompt), [1200, 1200, 2000, 4000, 4000]);
  });

  it('leaves a long original room to change', () => {
    assert.equal(longestPrompt(8000), 10_000);
  });
});

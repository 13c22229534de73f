import assert from 'node:assert/strict';
import type { ModelAnswer } from '../../../../src/engine/core/languageModel.ts';
import { fenced } from '../../../../src/engine/optimize/fence.ts';
import { guardsFor } from '../../../../src/engine/optimize/guards.ts';
import { operatorNamed } from '../../../../src/engine/optimize/operators/registry.ts';
import { aHeader } from '../../../support/builders.ts';

const parent = { system: 'Sort {{text}}.', output: 'One word.' };
const million = 1_000_000;
const broken: Readonly<Record<string, string>> = {
  nothing: '',
  'white space': ' \n\t\r\n ',
  'words alone': 'The prompt is fine as it is.',
  'half of JSON': '{"prompt_system": "Sort {{te',
  'whole JSON': '{"prompt_system": "Sort {{text}}.", "prompt_output": ""}',
  'a block without an end': '<prompt_system>Sort {{text}} well.',
  'an end without a begin': 'Sort {{text}} well.</prompt_system>',
  'the output part alone': '<prompt_output>Two words.</prompt_output>',
  'the part of another form': '<system>Sort {{text}}.</system>',
  'tags in tags': '<prompt_<prompt_system>system>Sort.</prompt_</prompt_system>system>',
  'a begin again and again': '<prompt_system>'.repeat(million / 20),
  'an end again and again': '</prompt_system>'.repeat(million / 20),
  'a begin and much space': `<prompt_system${' '.repeat(million)}`,
  'a lone surrogate': '\ud83d<prompt_system',
};
const usage = { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false };
const answer = (text: string, finish: ModelAnswer['finish'] = 'stop'): ModelAnswer => ({
  text,
  finish,
  usage,
  model: 'scripted',
});
const guards = guardsFor({
  header: aHeader(
    '',
    {},
    {
      original: { id: 'original', prompt: parent, parents: [], operator: 'original' },
    },
  ),
  train: [],
  validation: [],
  test: [],
});

for (const name of ['reflect', 'specialise', 'output', 'fresh']) {
  describe(`A broken reply to ${name}`, () => {
    const { read } = operatorNamed(name);

    for (const [what, text] of Object.entries(broken)) {
      it(`is no candidate where it is ${what}`, () => {
        for (const finish of ['stop', 'cut', 'refused'] as const) {
          const proposal = read(answer(text, finish), parent);
          if ('problem' in proposal) assert.match(proposal.problem, /^The .*\.$|^The .*tags\.$/);
          else assert.ok(guards(proposal.prompt, { parent }), JSON.stringify(proposal));
        }
      });
    }

    it('is refused where it is very long, and read to its end', () => {
      const long = 'Think about every single part of the whole text.\n'.repeat(million / 50);
      const proposal = read(
        answer(fenced('prompt_system', `Sort {{text}}.\n${long}`) + long),
        parent,
      );
      assert.ok('prompt' in proposal);
      assert.match(guards(proposal.prompt, { parent }) ?? '', /too long: about \d+ tokens/);
    });

    it('is refused where it holds white space alone, or what is no text of a prompt', () => {
      for (const text of [' \n ', '\u0000', '{{text}}{{text}}']) {
        const proposal = read(
          answer(fenced('prompt_system', text) + fenced('prompt_output', '')),
          parent,
        );
        assert.ok('problem' in proposal || guards(proposal.prompt, { parent }), text);
      }
    });
  });
}

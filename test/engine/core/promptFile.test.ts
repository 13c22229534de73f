import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatPromptFile, parsePromptFile } from '../../../src/engine/core/promptFile.ts';

describe('a prompt file', () => {
  it('without headings is the system prompt as a whole', () => {
    assert.deepEqual(parsePromptFile('Classify.\n\n# Rules\nBe short.\n'), {
      system: 'Classify.\n\n# Rules\nBe short.',
      output: '',
    });
  });

  it('with headings has two components, in either order', () => {
    const expected = { system: 'Classify {{t}}.', output: 'One word.' };
    assert.deepEqual(
      parsePromptFile('# System\n\nClassify {{t}}.\n\n# Output\n\nOne word.\n'),
      expected,
    );
    assert.deepEqual(parsePromptFile('# output\nOne word.\n# SYSTEM \nClassify {{t}}.'), expected);
  });

  it('may begin with a byte order mark, end its lines as on Windows, and have a title', () => {
    assert.deepEqual(parsePromptFile('\uFEFFTitle\r\n# System\r\na\r\nb\r\n'), {
      system: 'a\nb',
      output: '',
    });
  });

  it('that is empty or blank is an empty prompt', () => {
    for (const text of ['', '\n', ' \t\r\n', '\uFEFF', '# System', '# System\n\n# Output\n']) {
      assert.deepEqual(parsePromptFile(text), { system: '', output: '' });
    }
  });

  it('keeps a line of a component that reads like one of its headings', () => {
    const prompt = { system: 'a\n# Output\nb\n\\# System', output: '# System\nc' };
    assert.deepEqual(parsePromptFile(formatPromptFile(prompt)), prompt);
    const lone = { system: '# System\nfoo', output: '' };
    assert.deepEqual(parsePromptFile(formatPromptFile(lone)), lone);
  });

  it('comes back as it was written, whatever its two texts', () => {
    const line = fc.oneof(
      fc.constantFrom('# System', '# Output', '\\# Output', '# system ', '## x', '', '  a', '```'),
      fc.string(),
    );
    const component = fc
      .array(line)
      .map(lines => lines.join('\n').replace(/[\r\uFEFF]/g, ''))
      .map(text => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd())
      .filter(text => text === '' || !/^[ \t]*\n/.test(text));
    fc.assert(
      fc.property(component, component, (system, output) => {
        assert.deepEqual(parsePromptFile(formatPromptFile({ system, output })), { system, output });
      }),
      { numRuns: 500 },
    );
  });
});

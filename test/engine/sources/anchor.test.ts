import assert from 'node:assert/strict';
import { anchorOf } from '../../../src/engine/sources/anchor.ts';
import { createSourceReader } from '../../../src/engine/sources/find.ts';
import { writeBack, type WriteBack } from '../../../src/engine/sources/writeBack.ts';

const reader = createSourceReader();
const prompt = 'You are careful.\nAnswer {question}.\nBe brief.\nNo jargon.\nThe end.\n';
const file = `import os

INTRO = "Hello there."

def ask(client):
    system = """${prompt}"""
    return client.ask(system, "Hello there.")
`;

/** Finds the prompt in `file`, and writes `text` into what the file has become. */
async function later(now: string, text: string): Promise<WriteBack> {
  const at = file.indexOf('careful');
  const [literal] = await reader.find(file, { start: at, end: at }, 'python');
  assert.ok(literal);
  const anchor = JSON.parse(JSON.stringify(anchorOf(file, literal))) as ReturnType<typeof anchorOf>;
  return writeBack(reader, { file: now, language: 'python', anchor, base: literal.text, text });
}

describe('A prompt that is written back later', () => {
  const refined = prompt.replace('Be brief.', 'Answer in one sentence.');

  it('is found where it was, and where it moved to', async () => {
    for (const now of [
      file,
      `# a new line\n\n${file}`,
      file.replace('def ask(client):', 'def ask(client, model):\n    log(model)'),
      file.replace('INTRO = "Hello there."\n', ''),
      file.replace('    system', '    rules'),
    ]) {
      const result = await later(now, refined);
      assert.ok(result.kind === 'edit', result.kind);
      assert.equal(result.file, now.replace('Be brief.', 'Answer in one sentence.'));
    }
  });

  it('is merged with what changed in it meanwhile', async () => {
    const result = await later(file.replace('You are careful.', 'You are very careful.'), refined);
    assert.ok(result.kind === 'edit');
    assert.match(
      result.file,
      /You are very careful\.\nAnswer \{question\}\.\nAnswer in one sentence\./,
    );
  });

  it('is never written over a change of the same lines', async () => {
    const result = await later(file.replace('Be brief.', 'Be long.'), refined);
    assert.ok(result.kind === 'conflict');
    assert.equal(result.conflicts, 1);
    assert.match(
      result.merged,
      /<<<<<<< refined\nAnswer in one sentence\.\n=======\nBe long\.\n>>>>>>> file\n/,
    );
  });

  it('is lost where it is gone, and where two are equally like it', async () => {
    assert.equal((await later('import os\n', refined)).kind, 'lost');
    const copy = `X = [\n"""${prompt}""",\n"""${prompt}""",\n]\n`;
    const result = await later(copy, refined);
    assert.ok(result.kind === 'lost');
    assert.match(result.reason, /not in the file any more, or is there twice/);
  });

  it('is told from a twin by what stands around it', async () => {
    const twin = `${file}\n\ndef other(client):\n    system = """${prompt}"""\n    return 1\n`;
    const result = await later(twin, refined);
    assert.ok(result.kind === 'edit');
    assert.equal(result.file, twin.replace('Be brief.', 'Answer in one sentence.'));
  });
});

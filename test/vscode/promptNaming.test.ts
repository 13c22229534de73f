import assert from 'node:assert/strict';
import { suggestName } from '../../src/vscode/promptNaming.ts';

describe('the name of a prompt', () => {
  const named = (file: string, line = 1, symbol?: string): string =>
    suggestName({ file, line, ...(symbol === undefined ? {} : { symbol }) });

  it('comes from the file, and from the symbol or line it stands at', () => {
    assert.equal(named('agents/triage.py', 12, 'SYSTEM_PROMPT'), 'triage-system_prompt');
    assert.equal(named('agents/triage.py', 12), 'triage-line-12');
    assert.equal(named('triage.md'), 'triage');
  });

  it('takes the folder where the file is just called prompt', () => {
    assert.equal(named('triage/prompt.md'), 'triage');
    assert.equal(named('prompt.md'), 'prompt');
  });

  it('holds nothing that a folder could not be called by', () => {
    for (const file of [
      '../../etc/passwd',
      'Ärger & Öl.md',
      '日本語.md',
      '.env',
      '',
      'a'.repeat(500),
    ]) {
      assert.match(named(file, 3, 'x\n<script>'), /^[a-z0-9_][a-z0-9_-]{0,59}$/, file);
    }
  });
});

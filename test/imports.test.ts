import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { brokenRules, readAllImports } from '../scripts/house/imports.ts';

const repository = resolve(import.meta.dirname, '..');

describe('The floors of the house', () => {
  it('are respected by every import of the product', () => {
    const imports = readAllImports(repository);
    assert.ok(
      imports.length > 100,
      `only ${imports.length} imports were found: is the path right?`,
    );
    assert.deepEqual(brokenRules(imports), []);
  });

  describe('are checked: a planted violation is named with its file, the rule and the reason', () => {
    const violations: readonly [file: string, text: string, sentence: RegExp][] = [
      [
        'src/engine/core/prompt.ts',
        "import { join } from 'node:path';",
        /core.*depends on nothing/,
      ],
      ['src/engine/optimize/a.ts', "import * as vscode from 'vscode';", /no such import.*core\//],
      [
        'src/engine/metrics/a.ts',
        "import { x } from '../store/history.ts';",
        /read and replaced alone/,
      ],
      ['src/engine/engine.ts', "export * from './providers/openai.ts';", /plugged in by compose/],
      ['src/engine/providers/retry.ts', "const o = await import('openai');", /replaced alone/],
      ['src/engine/store/a.ts', "import { diffWords } from 'diff';", /replaced alone/],
      [
        'src/panel/a.ts',
        "import { reduce } from '../engine/index.ts';",
        /types from the door and no code/,
      ],
      [
        'src/vscode/a.ts',
        "import type { Prompt } from '../engine/core/prompt.ts';",
        /through its door/,
      ],
      ['src/vscode/b.ts', "import { compose } from '../compose.ts';", /no such import/],
      ['src/cli/a.ts', "import { ids } from '../vscode/ids.ts';", /without VS Code/],
      ['src/compose.ts', "let a: import('vscode').Uri;", /no such type import.*without VS Code/],
      ['src/engine/datasets/a.ts', "import { readFile } from 'fs/promises';", /no such import/],
      [
        'media/panel/a.ts',
        "import { x } from '../../src/panel/present.ts';",
        /nothing of the host/,
      ],
      ['src/newRoom/a.ts', "import './b.ts';", /no line in scripts\/house\/rooms\.ts/],
    ];
    for (const [file, text, sentence] of violations) {
      it(`${file}: ${text}`, () => {
        const [broken, ...more] = brokenRules(importsOf(file, text));
        assert.ok(broken?.startsWith(`${file}:1 imports "`), broken ?? 'nothing was found');
        assert.match(String(broken), sentence);
        assert.deepEqual(more, []);
      });
    }
  });

  it('allow what the table allows', () => {
    const allowed = [
      ['src/engine/providers/openai.ts', "import OpenAI from 'openai'; import './retry.ts';"],
      ['src/engine/optimize/strategies/a.ts', "import '../b.ts'; import '../../core/run.ts';"],
      ['src/panel/a.ts', "import type { Prompt } from '../engine/index.ts';"],
      ['src/vscode/a.ts', "import * as vscode from 'vscode'; import '../engine/index.ts';"],
    ] as const;
    for (const [file, text] of allowed) assert.deepEqual(brokenRules(importsOf(file, text)), []);
  });
});

/** Reads a planted file from a folder of its own, as the sources are read. */
function importsOf(file: string, text: string) {
  const root = mkdtempSync(join(tmpdir(), 'planted-import-'));
  try {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), `${text}\n`);
    return readAllImports(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository, withOwnNode } from '../../scripts/host/places.ts';

describe('The import graph', () => {
  const planted: Readonly<Record<string, string>> = {
    'src/engine/core/a.ts': "import { join } from 'node:path'; export const a = join;",
    'src/engine/optimize/b.ts': "import type { Uri } from 'vscode'; export type B = Uri;",
    'src/engine/store/c.ts': "import { diffWords } from 'diff'; export const c = diffWords;",
    'src/engine/metrics/d.ts': "import { c } from '../store/c.ts'; export const d = c;",
    'src/vscode/x.ts': "import { y } from './y.ts'; export const x: number = y;",
    'src/vscode/y.ts': "import { x } from './x.ts'; export const y: number = x;",
    'src/panel/z.ts': "import { gone } from './gone.ts'; export const z = gone;",
  };
  let output = '';

  before(() => {
    const root = mkdtempSync(join(tmpdir(), 'planted-graph-'));
    try {
      for (const [file, text] of Object.entries(planted)) {
        mkdirSync(join(root, dirname(file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
      symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
      for (const file of ['tsconfig.json', 'package.json']) {
        cpSync(join(repository, file), join(root, file));
      }
      const config = join(repository, '.dependency-cruiser.mjs');
      const { stdout, status } = spawnSync('depcruise', ['src', '--config', config], {
        cwd: root,
        env: withOwnNode(process.env),
        encoding: 'utf8',
      });
      assert.notEqual(status, 0);
      output = stdout;
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("refuses one of Node's modules in core", () => {
    assert.match(output, /src\/engine\/core\/ imports code that it may not: .*core\/a\.ts → path/);
  });

  it('refuses even a type of VS Code in the engine', () => {
    assert.match(output, /optimize\/ imports types that it may not: .*b\.ts → .*vscode/);
  });

  it('refuses a package outside of its home', () => {
    assert.match(output, /store\/ imports code that it may not: .*c\.ts → .*\/diff\//);
  });

  it('refuses a room that reaches into another one', () => {
    assert.match(output, /metrics\/ imports code that it may not: .*d\.ts → .*store\/c\.ts/);
  });

  it('refuses a circle, and an import that leads nowhere', () => {
    assert.match(output, /no circles: src\/vscode\/x\.ts/);
    assert.match(output, /everything resolves: src\/panel\/z\.ts → \.\/gone\.ts/);
  });
});

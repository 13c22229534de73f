import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { isIgnored, readGitignore } from '../../../src/cli/gitignore.ts';

const part = fc.constantFrom('a', 'b', '*', '**', 'a*', '*.py', '?', '[ab]', '[!a]', 'x.py', '\\a');
const line = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '/', '#', '\\#', '\\!', '**/'),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/', '/**', ' ', '\\ ', '\r'),
  )
  .map(([before, parts, after]) => `${before}${parts.join('/')}${after}`);
const folders = ['a', 'b', 'a/b', 'b/a', 'a/b/a'];
const files = ['x.py', '#a', '!a', 'a ', 'ab', 'a/x.py', 'a/a ', 'b/a/x.py', 'a/b/a/b', 'b/ab'];
const paths = [...folders, ...files];

describe('The reader of .gitignore', () => {
  it('agrees with git about generated patterns', function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'gitignore-'));
    const git = (words: readonly string[], input = '') =>
      spawnSync('git', ['-c', 'core.excludesFile=', ...words], {
        cwd: folder,
        input,
        encoding: 'utf8',
      });
    try {
      if (git(['init', '-q']).status !== 0) {
        console.log('      skipped: there is no git on this machine to ask');
        this.skip();
      }
      for (const each of folders) mkdirSync(join(folder, each), { recursive: true });
      for (const each of files) writeFileSync(join(folder, each), '');
      let ignored = 0;
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), lines => {
          const text = `${lines.join('\n')}\n`;
          writeFileSync(join(folder, '.gitignore'), text);
          const said = git(
            ['check-ignore', '--no-index', '-z', '--stdin'],
            paths.join('\0'),
          ).stdout;
          const gits = said.split('\0').filter(Boolean);
          const rules = readGitignore(text);
          const ours = paths.filter(path => isLeftOut(rules, path));
          assert.deepEqual(ours, gits, JSON.stringify(text));
          ignored += ours.length;
        }),
        { numRuns: 400 },
      );
      assert.ok(ignored > 400, 'hardly a path was ignored');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** As the walk does it: what lies in a folder that is left out is never looked at. */
function isLeftOut(rules: ReturnType<typeof readGitignore>, path: string): boolean {
  const names = path.split('/');
  const upTo = names.map((_, index) => names.slice(0, index + 1).join('/'));
  return upTo.some(each => isIgnored(rules, each, folders.includes(each)) === true);
}

/**
 * The host ring: runs test/vscode/*.test.ts inside VS Code. One entry, `runTests` of
 * @vscode/test-electron, serves both hosts: a downloaded VS Code, and code-server where VS Code
 * cannot be downloaded.
 *
 *   node test/runVscodeTests.ts [TEXT]    only tests whose full name holds TEXT
 */
import { cpSync, existsSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import {
  codeServerHost,
  isolatedEnvironment,
  repository,
  temporaryFolder,
  withOwnNode,
} from '../scripts/host/places.ts';
import { installChromium, installCodeServer, installDesktop } from '../scripts/installHost.ts';

process.exitCode = await runInVscode(process.argv[2]);

/** @returns 0 where every test passed, 1 otherwise. */
async function runInVscode(only: string | undefined): Promise<number> {
  const folder = temporaryFolder('host-ring');
  mkdirSync(join(folder, 'home'));
  const desktop = await installDesktop();
  if (desktop === undefined) {
    installCodeServer();
    installChromium();
  }
  try {
    return await runTests({
      vscodeExecutablePath: desktop ?? codeServerHost,
      extensionDevelopmentPath: [repository, ...testExtensions()],
      extensionTestsPath: join(repository, 'out/test/vscode/index.mjs'),
      extensionTestsEnv: {
        ...withOwnNode(process.env),
        ...isolatedEnvironment(join(folder, 'home')),
        ...(only === undefined ? {} : { TEST_GREP: only }),
      },
      launchArgs: [
        freshWorkspace(folder),
        `--user-data-dir=${join(folder, 'user')}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
      ],
    });
  } catch (error) {
    // The tests have printed what failed; anything else is a fault of the host.
    if (error instanceof TestRunFailedError) return 1;
    throw error;
  }
}

/** Extensions that stand in for a world outside, such as a provider of language models. */
function testExtensions(): string[] {
  const manifests = globSync('test/vscode/fixtures/*/package.json', { cwd: repository });
  return manifests.map(manifest => dirname(join(repository, manifest)));
}

/** A copy of test/fixtures/workspace, so that no run sees what another one wrote. */
function freshWorkspace(folder: string): string {
  const original = join(repository, 'test/fixtures/workspace');
  const workspace = join(folder, 'workspace');
  if (existsSync(original)) cpSync(original, workspace, { recursive: true });
  else mkdirSync(workspace);
  return workspace;
}

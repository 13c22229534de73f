import type { ExtensionContext, TestController } from 'vscode';
import { contributions } from './vscode/contributions.ts';
import { datasetCommands } from './vscode/datasetCommands.ts';
import { openHost } from './vscode/engineHost.ts';
import { optimizationPanel } from './vscode/optimizationPanel.ts';
import type { OptimizationPanel } from './vscode/optimizationPanel.ts';
import { datasetTests } from './vscode/testing/datasetTests.ts';
import { tryDemo } from './vscode/tryDemo.ts';

/** What other extensions, and our own tests, may use. */
export interface PromptRefinerApi {
  /** The Run view: its state as the page shows it, and what a person can ask of it. */
  readonly panel: OptimizationPanel;
  /** The tests of the Testing view: prompts over datasets, and their rows. */
  readonly tests: TestController;
}

/** Registers every feature; the engine itself is loaded when it is first needed. */
export function activate(context: ExtensionContext): PromptRefinerApi {
  const host = openHost(context, () => import('./compose.ts'));
  const panel = optimizationPanel(host);
  tryDemo(host, panel);
  const tests = datasetTests(host, panel);
  datasetCommands(host, panel, tests);
  contributions.forEach(contribute => contribute(host));
  return { panel, tests: tests.controller };
}

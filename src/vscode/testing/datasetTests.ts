import { commands as vscodeCommands, TestRunProfileKind, TestRunRequest, tests } from 'vscode';
import type { TestController, TestItem, Uri } from 'vscode';
import { RequestError } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';
import type { Host } from '../host.ts';
import { commands, testController } from '../ids.ts';
import { guarded } from '../notify.ts';
import type { OptimizationPanel } from '../optimizationPanel.ts';
import { datasetWatch } from '../panel/datasetFindings.ts';
import { fileUri } from '../panel/promptChoice.ts';
import { promptFolder } from '../trust.ts';
import { clickedRow, fixTestedRow } from './fixTestedRow.ts';
import { loadPair, showWhy } from './loadedPairs.ts';
import { pairLabel, pairOf, rememberedPairs } from './pairs.ts';
import type { TestPair } from './pairs.ts';
import { runTests } from './runTests.ts';

/** The tests, and what a person can ask of one of them. */
export interface DatasetTests {
  readonly controller: TestController;
  /** Adds a row with its right answer where a row was clicked; false where it was no row. */
  fixAnswer(clicked: unknown): Promise<boolean>;
}

/**
 * VS Code's Testing view: a prompt with a dataset and a metric is an item, each row a test below
 * it. Which prompts: the one that the Run view's form shows, and those that were run before.
 */
export function datasetTests(host: Host, panel: OptimizationPanel): DatasetTests {
  const { subscriptions, workspaceState } = host.context;
  const controller = tests.createTestController(testController, 'Prompt Refiner');
  const forms = new Map<string, RunForm>();
  let listed: RunForm | undefined;

  const listPairs = (): void => {
    listed = panel.form();
    const current = pairOf(listed);
    const remembered = rememberedPairs(workspaceState).filter(({ id }) => id !== current?.id);
    const pairs = [...(current ? [current] : []), ...remembered];
    forms.clear();
    for (const { id, form } of pairs) forms.set(id, form);
    controller.items.replace(pairs.map(itemOf));
  };
  const itemOf = (pair: TestPair): TestItem => {
    const known = controller.items.get(pair.id);
    if (known) return known;
    const item = controller.createTestItem(pair.id, pairLabel(pair));
    item.description = pair.form.metric;
    item.canResolveChildren = true;
    return item;
  };
  const openPair = async (item: TestItem): Promise<void> => {
    const form = forms.get(item.id);
    if (!form) return;
    try {
      await loadPair(host, controller, item, form);
    } catch (error) {
      item.children.replace([]);
      showWhy(host, item, error);
    }
  };
  const openAgain = async (isMeant: (form: RunForm) => boolean): Promise<void> => {
    for (const [id, item] of controller.items) {
      const form = forms.get(id);
      const isOpen = item.children.size > 0 || item.error !== undefined;
      if (form && isOpen && isMeant(form)) await openPair(item);
    }
  };
  const changedOnDisk = (uri: Uri): void => {
    const folder = promptFolder();
    if (!folder) return;
    void openAgain(({ dataset }) => fileUri(folder, dataset).fsPath === uri.fsPath);
  };

  controller.resolveHandler = async item => {
    if (item) await openPair(item);
    else listPairs();
  };
  controller.refreshHandler = async () => {
    listPairs();
    await openAgain(() => true);
  };
  const formOf = (item: TestItem): RunForm | undefined => forms.get(item.id);
  const profile = controller.createRunProfile(
    'Run over the rows',
    TestRunProfileKind.Run,
    (request, token) =>
      guarded(host.log, () => runTests({ host, controller, formOf }, request, token)),
    true,
  );
  subscriptions.push(
    controller,
    profile,
    datasetWatch(changedOnDisk),
    panel.onDidChange(() => {
      if (panel.form() !== listed) listPairs();
    }),
    vscodeCommands.registerCommand(commands.testPrompt, () =>
      guarded(host.log, async () => {
        listPairs();
        const current = pairOf(panel.form());
        const item = current && controller.items.get(current.id);
        if (!item) throw new RequestError('Choose a prompt, a dataset and a metric first.');
        await vscodeCommands.executeCommand('workbench.view.testing.focus');
        await runTests({ host, controller, formOf }, new TestRunRequest([item], [], profile));
      }),
    ),
  );
  listPairs();
  return {
    controller,
    async fixAnswer(clicked) {
      const row = clickedRow(clicked);
      const form = row?.item.parent && formOf(row.item.parent);
      if (!row || !form) return false;
      await fixTestedRow(host, form, row);
      return true;
    },
  };
}

import { Disposable, EventEmitter, workspace } from 'vscode';
import type { Event } from 'vscode';
import { budgetAfter, RequestError, withDefaults } from '../../engine/index.ts';
import type { Engine, MetricListing, OptimizeRequest, Probe } from '../../engine/index.ts';
import type { PanelState, RunForm } from '../../panel/messages.ts';
import { presentPanel } from '../../panel/present.ts';
import type { Host, Resource } from '../host.ts';
import { datasetDiagnostics } from '../datasetProblems.ts';
import { guarded } from '../notify.ts';
import { defaultMetrics, readSettings } from '../settings.ts';
import { promptFolder, requireFolder, requireTrust } from '../trust.ts';
import { runsWatch } from './runsWatch.ts';
import { rememberPair } from '../testing/pairs.ts';
import { askThreeRows } from './askThreeRows.ts';
import { confirmSpending } from './confirmSpending.ts';
import { datasetFindings, datasetWatch } from './datasetFindings.ts';
import { fileUri } from './promptChoice.ts';
import { formModel } from './formModel.ts';
import { runModel } from './runModel.ts';
import type { RunModel } from './runModel.ts';
import type { RunSession } from './runSession.ts';

/** Everything that the Run view shows, and what a person can do with it. */
export interface PanelModel extends Resource {
  state(): PanelState;
  readonly onDidChange: Event<void>;
  readonly run: RunModel;
  engine(): Promise<Engine>;
  form(): RunForm;
  metrics(): readonly MetricListing[];
  changeForm(part: Partial<RunForm>): Promise<void>;
  /** Estimates the cost once more, though the form is the same: the world may be another one. */
  countAgain(): Promise<void>;
  /** Asks the task model about three rows, so that the estimate is measured. */
  probe(): Promise<void>;
  /** Reads what is not known yet; called when somebody looks. */
  wake(): Promise<void>;
  /** Starts a run; undefined where the person does not want to pay for it. */
  start(): Promise<RunSession | undefined>;
  resume(runId: string): Promise<RunSession | undefined>;
  /** Shows a run again, or follows one that another window works on. */
  show(runId: string): Promise<void>;
}

/** The Run view's model; nothing is read before `wake`. */
export function panelModel(host: Host): PanelModel {
  const { workspaceState } = host.context;
  const changed = new EventEmitter<void>();
  const diagnostics = datasetDiagnostics();
  const onChange = (): void => {
    diagnostics.show(findings());
    changed.fire();
  };
  const folder = requireFolder;
  const engine = (): Promise<Engine> => host.engine(folder());
  const run = runModel(workspaceState, folder, onChange);
  const form = formModel({
    memory: workspaceState,
    folder,
    engine,
    settings: () => readSettings(promptFolder()?.uri).run ?? {},
    metrics: () => defaultMetrics(promptFolder()?.uri),
    onChange,
  });
  const findings = () => {
    const near = promptFolder();
    return near && awake ? datasetFindings(near, form) : undefined;
  };
  let awake = false;

  const isUsable = (): boolean => workspace.isTrusted && promptFolder() !== undefined;
  const wake = async (): Promise<void> => {
    awake = true;
    onChange();
    if (!isUsable()) return;
    const [, , recalled] = await Promise.all([
      form.lookAround(),
      form.look(),
      run.recall(await engine()),
    ]);
    follow(recalled);
  };
  const lookAgain = (): void => {
    if (awake) void guarded(host.log, wake);
  };
  const follow = (session: RunSession | undefined): RunSession | undefined => {
    session?.finished.finally(lookAgain).catch(() => undefined);
    return session;
  };
  const requireIdle = (): void => {
    if (!run.isRunning()) return;
    throw new RequestError('A run is under way. Wait for its end, or cancel it first.');
  };

  const requireRequest = (): OptimizeRequest => {
    const request = form.request();
    if (request) return request;
    throw new RequestError('Choose a prompt, a dataset and a metric first, then start the run.');
  };

  const listeners = [
    host.onDidChangeEngine(() => {
      form.forgetCost();
      lookAgain();
    }),
    host.onDidChangeVersions(lookAgain),
    workspace.onDidChangeWorkspaceFolders(lookAgain),
    workspace.onDidSaveTextDocument(({ uri }) => {
      const { prompt, dataset } = form.form();
      const paths = [dataset, prompt?.kind === 'file' ? prompt.path : ''].filter(Boolean);
      const near = promptFolder();
      const chosen = paths.some(path => near && fileUri(near, path).fsPath === uri.fsPath);
      if (awake && chosen && isUsable()) void guarded(host.log, form.lookAfresh);
    }),
    runsWatch(() => {
      if (awake && isUsable()) void guarded(host.log, form.lookAround);
    }),
    datasetWatch(uri => {
      const near = promptFolder();
      if (!near || fileUri(near, form.form().dataset).fsPath !== uri.fsPath) return;
      if (awake && isUsable()) void guarded(host.log, form.lookAfresh);
    }),
  ];

  return {
    onDidChange: changed.event,
    run,
    engine,
    form: form.form,
    metrics: () => form.surroundings()?.metrics ?? [],
    changeForm: part => form.change(part),
    countAgain: () => form.lookAfresh(),
    async probe() {
      requireTrust();
      requireIdle();
      const chosen = await engine();
      const request = requireRequest();
      const probe = await askThreeRows(chosen, request, await chosen.estimate(request));
      if (probe) form.measured(request, probe);
    },
    wake,
    state() {
      const surroundings = form.surroundings();
      const settings = readSettings(promptFolder()?.uri);
      const { prompt, dataset, fault, problems } = form.facts();
      const view = run.view();
      const unreadable = run.unreadable();
      const estimate = form.estimate();
      const page = pageOf((surroundings ?? view ?? unreadable) !== undefined);
      const runs = surroundings?.runs;
      return presentPanel({
        ...(page ? { page } : {}),
        form: form.form(),
        ...(prompt ? { prompt } : {}),
        ...(dataset ? { dataset } : {}),
        ...(fault ? { fault } : {}),
        metrics: surroundings?.metrics ?? [],
        providers: surroundings?.providers ?? [],
        strategies: surroundings?.strategies ?? [],
        settings: withDefaults(settings.run),
        modelSettings: {
          ...(settings.taskModel ? { task: settings.taskModel } : {}),
          ...(settings.optimizerModel ? { optimizer: settings.optimizerModel } : {}),
        },
        suggested: form.suggested(),
        problems,
        ...(estimate ? { estimate } : {}),
        // What three rows have shown would be lost, and paid again, without the cache.
        mayProbe: settings.cacheMegabytes !== 0 && !form.probe(),
        ...(view ? { run: view } : {}),
        ...(unreadable ? { unreadable } : {}),
        // A run under way has no end in its log either.
        ...(runs
          ? { runs: runs.filter(({ runId }) => !(run.isRunning() && runId === view?.runId)) }
          : {}),
      });
    },
    async start() {
      requireTrust();
      requireIdle();
      const chosen = await engine();
      await form.look();
      const probe = form.probe();
      const request = paidFrom(requireRequest(), probe);
      const estimate = await chosen.estimate(request, 'optimize', undefined, probe);
      if (!(await confirmSpending(estimate, request.settings?.budget?.usd))) return undefined;
      requireIdle();
      await rememberPair(workspaceState, form.form());
      return follow(run.begin(chosen, request));
    },
    async show(runId) {
      follow(await run.showAgain(await engine(), runId));
    },
    async resume(runId) {
      requireTrust();
      requireIdle();
      return follow(await run.resume(await engine(), runId));
    },
    dispose() {
      run.session()?.cancel();
      form.dispose();
      diagnostics.dispose();
      changed.dispose();
      Disposable.from(...listeners).dispose();
    },
  };
}

function pageOf(isKnown: boolean): 'starting' | 'no-folder' | 'untrusted' | undefined {
  if (!workspace.isTrusted) return 'untrusted';
  if (!promptFolder()) return 'no-folder';
  return isKnown ? undefined : 'starting';
}

/** What three rows have cost comes out of the run's budget. */
function paidFrom(request: OptimizeRequest, probe: Probe | undefined): OptimizeRequest {
  const { budget } = request.settings ?? {};
  if (!probe || !budget) return request;
  return {
    ...request,
    settings: { ...request.settings, budget: budgetAfter(budget, probe.spending) },
  };
}

import type { Memento, WorkspaceFolder } from 'vscode';
import { emptyRun, RequestError } from '../../engine/index.ts';
import type { Engine, OptimizeRequest, PromptVersion, RunHolder } from '../../engine/index.ts';
import type { RunView, UnreadableRun } from '../../panel/messages.ts';
import { isUnderWay, presentRun } from '../../panel/present.ts';
import { presentGlance } from '../../panel/presentGlance.ts';
import type { RunGlance } from '../../panel/presentGlance.ts';
import type { RunBreakdown } from '../../panel/presentBreakdown.ts';
import type { HeatWish } from '../../panel/heatView.ts';
import type { RowsWish } from '../../panel/presentRows.ts';
import type { WordDiff } from '../../panel/present.ts';
import { askBudget } from './askBudget.ts';
import { askChanges } from './askChanges.ts';
import { replayRun } from './replayRun.ts';
import type { ReplayedRun } from './replayRun.ts';
import { runSession } from './runSession.ts';
import type { RunSession } from './runSession.ts';

/** The run that the panel shows, live or from its log. */
export interface RunModel {
  session(): RunSession | undefined;
  view(): RunView | undefined;
  /** The same run in a few words, for whoever does not look at it. */
  glance(): RunGlance | undefined;
  /** In the place of a run: one that cannot be shown. */
  unreadable(): UnreadableRun | undefined;
  isRunning(): boolean;
  begin(engine: Engine, request: OptimizeRequest): RunSession;
  /** Undefined where the person leaves a question: for a larger budget, or about what has changed. */
  resume(engine: Engine, runId: string): Promise<RunSession | undefined>;
  /** Shows the run again that was shown before the window was reloaded. */
  recall(engine: Engine): Promise<RunSession | undefined>;
  /**
   * Shows a recorded run; one that another process works on is followed, as the answered session.
   * Throws a `RequestError` while a run of this window is under way.
   */
  showAgain(engine: Engine, runId: string): Promise<RunSession | undefined>;
  /** Goes back to the form; a run that is running here stays. */
  close(): void;
  select(trial: number | undefined): void;
  /** Reads the judged rows of the shown run again: their labels, and slices by these columns. */
  lookInto(engine: Engine, slices: readonly string[]): Promise<void>;
  /** Brings other rows of the result into sight. */
  showRows(wish: RowsWish): void;
  /** Brings another part of the map of rows by prompts into sight. */
  showHeat(wish: HeatWish): void;
  /** Saves a candidate as a version. */
  keep(engine: Engine, candidateId: string): Promise<PromptVersion | undefined>;
}

const shownRunEntry = 'promptRefiner.shownRun';

/** No run is shown yet. */
export function runModel(
  memory: Memento,
  folder: () => WorkspaceFolder,
  onChange: () => void,
): RunModel {
  let session: RunSession | undefined;
  let unreadable: UnreadableRun | undefined;
  let selectedTrial: number | undefined;
  let rows: RowsWish = { from: 0 };
  let heat: HeatWish = { from: 0, column: 0 };
  let diff: WordDiff = () => [];
  let breakdown: RunBreakdown | undefined;

  const show = (next: RunSession | undefined, instead?: UnreadableRun): void => {
    session = next;
    unreadable = instead;
    selectedTrial = undefined;
    breakdown = undefined;
    rows = { from: 0 };
    heat = { from: 0, column: 0 };
    onChange();
  };
  const lookInto = async (engine: Engine, slices: readonly string[]): Promise<void> => {
    const shown = session;
    const { header, claim } = shown?.state() ?? emptyRun;
    if (!header || !claim) return;
    const { runId } = header;
    const [original, best] = await Promise.all([
      engine.breakdown({ runId, of: 'original', slices }),
      engine.breakdown({ runId, of: 'best', slices }),
    ]);
    if (shown !== session) return;
    breakdown = { original, best };
    onChange();
  };
  // A dataset that has changed since has no labels to show any more: the verdict still stands.
  const lookAtEnd = (engine: Engine, followed: RunSession): void =>
    void followed.finished.then(() => lookInto(engine, [])).catch(() => undefined);
  const showReplayed = (engine: Engine, replayed: ReplayedRun): void => {
    if ('unreadable' in replayed) {
      show(undefined, replayed.unreadable);
      return;
    }
    show(replayed.session);
    lookAtEnd(engine, replayed.session);
  };
  const changed = (): void => {
    const runId = session?.state().header?.runId;
    if (runId !== memory.get<string>(shownRunEntry)) void memory.update(shownRunEntry, runId);
    onChange();
  };
  const isShowing = (): boolean => (session ?? unreadable) !== undefined;
  const refuseSecond = (): void => {
    if (!isRunning()) return;
    throw new RequestError('A run is under way. Wait for its end, or cancel it first.');
  };
  const watched = (engine: Engine, runId: string, holder: RunHolder): RunSession => {
    if (session?.status() === 'watched') session.cancel();
    const followed = runSession(signal => engine.watch(runId, signal), changed, holder);
    show(followed);
    lookAtEnd(engine, followed);
    return followed;
  };
  const isRunning = (): boolean => session !== undefined && isOpen(session);

  return {
    session: () => session,
    unreadable: () => unreadable,
    isRunning,
    glance: () => session && presentGlance(session.state(), session.status(), session.underWay()),
    view() {
      if (!session) return undefined;
      const nextTryAt = session.nextTryAt();
      return presentRun(session.state(), {
        status: session.status(),
        diff,
        rows,
        heat,
        underWay: session.underWay(),
        ...(nextTryAt === undefined ? {} : { nextTryAt }),
        ...(session.holder ? { holder: session.holder } : {}),
        ...(breakdown ? { breakdown } : {}),
        ...(selectedTrial === undefined ? {} : { selectedTrial }),
      });
    },
    begin(engine, request) {
      const begun = runSession((signal, gate) => engine.optimize(request, signal, gate), changed);
      show(begun);
      lookAtEnd(engine, begun);
      return begun;
    },
    async resume(engine, runId) {
      const { header, ended } = session?.state() ?? emptyRun;
      const usedUp = header?.runId === runId && ended?.reason === 'budget';
      const budget = usedUp ? await askBudget(header.settings.budget) : undefined;
      if (usedUp && !budget) return undefined;
      const changes = await engine.changes(runId);
      if (changes.length > 0 && !(await askChanges(changes))) return undefined;
      const acceptChanges = changes.length > 0;
      const resumed = runSession(
        (signal, gate) => engine.resume(runId, signal, { budget, gate, acceptChanges }),
        changed,
      );
      show(resumed);
      lookAtEnd(engine, resumed);
      return resumed;
    },
    async recall(engine) {
      const runId = memory.get<string>(shownRunEntry);
      if (runId === undefined || isShowing()) return undefined;
      const holder = await holderOf(engine, runId);
      if (isShowing()) return undefined;
      if (holder) return watched(engine, runId, holder);
      // A log that is gone or empty is no reason to keep the person from the form.
      const recalled = await replayRun(engine, folder(), runId).catch(() => undefined);
      if (!recalled || isShowing()) return undefined;
      if ('session' in recalled && !recalled.session.state().header) return undefined;
      showReplayed(engine, recalled);
      return undefined;
    },
    async showAgain(engine, runId) {
      refuseSecond();
      const holder = await holderOf(engine, runId);
      const again = holder ? undefined : await replayRun(engine, folder(), runId);
      void memory.update(shownRunEntry, runId);
      if (holder) return watched(engine, runId, holder);
      if (again) showReplayed(engine, again);
      return undefined;
    },
    close() {
      if (isRunning()) return;
      if (session?.status() === 'watched') session.cancel();
      void memory.update(shownRunEntry, undefined);
      show(undefined);
    },
    select(trial) {
      selectedTrial = trial;
      onChange();
      if (trial !== undefined) void loadDiff();
    },
    lookInto,
    showRows(wish) {
      rows = wish;
      onChange();
    },
    showHeat(wish) {
      heat = wish;
      onChange();
    },
    async keep(engine, candidateId) {
      const runId = session?.state().header?.runId;
      if (!session || runId === undefined) return undefined;
      const version = await engine.keep(runId, candidateId);
      session.add({ type: 'version-save', candidateId, version: version.number });
      return version;
    },
  };

  async function loadDiff(): Promise<void> {
    // Only a person who opens an edit needs the diff's code.
    const { textDiff } = await import('../../engine/index.ts');
    diff = textDiff;
    onChange();
  }
}

async function holderOf(engine: Engine, runId: string): Promise<RunHolder | undefined> {
  return (await engine.runs()).find(run => run.runId === runId)?.holder;
}

function isOpen(session: RunSession): boolean {
  return isUnderWay(session.status());
}

import type { Memento, WorkspaceFolder } from 'vscode';
import type { Engine, OptimizeRequest, Probe, RunSettings } from '../../engine/index.ts';
import { hasColumns, haveSameColumns, suggestColumns, takeKept } from '../../panel/columns.ts';
import type { RunForm, Suggested } from '../../panel/messages.ts';
import { namesOfInputs } from '../../panel/present.ts';
import { estimation } from './estimation.ts';
import type { EstimateState } from './estimation.ts';
import { noFacts, readFacts, listModels } from './facts.ts';
import type { Facts, Surroundings } from './facts.ts';
import { lockedTexts } from '../lockedSections.ts';
import { formMemory } from './formMemory.ts';
import { fileUri } from './promptChoice.ts';
import { runRequest } from './runRequest.ts';
import { suggestChoices } from './suggestChoices.ts';

/** The form, and what the host has found out about its choices. */
export interface FormModel {
  form(): RunForm;
  facts(): Facts;
  /** Why the workspace's own prompt and dataset stand in the form. */
  suggested(): Suggested;
  /** Undefined until the engine has been asked for the first time. */
  surroundings(): Surroundings | undefined;
  estimate(): EstimateState;
  /** What a probe has shown of the request as it is now, if there was one. */
  probe(): Probe | undefined;
  /** Estimates again with what a probe has shown of a request. */
  measured(request: OptimizeRequest, probe: Probe): void;
  /** What a run would be asked for; undefined while something is missing. */
  request(): OptimizeRequest | undefined;
  change(part: Partial<RunForm>): Promise<void>;
  /** Reads the chosen prompt and dataset as they are now. */
  look(): Promise<void>;
  /** The same after a file has changed on the disk. */
  lookAfresh(): Promise<void>;
  /** Settings or keys have changed: the cost is to be estimated again at the next look. */
  forgetCost(): void;
  /** Asks the engine what there is to choose from. */
  lookAround(): Promise<void>;
  dispose(): void;
}

/** What the form is handed. */
export interface FormSockets {
  readonly memory: Memento;
  readonly folder: () => WorkspaceFolder;
  readonly engine: () => Promise<Engine>;
  readonly settings: () => Partial<RunSettings>;
  /** The metrics of a new form, the one that decides first. */
  readonly metrics: () => readonly string[];
  readonly onChange: () => void;
}

/** The form as the person left it. */
export function formModel(sockets: FormSockets): FormModel {
  const { memory, folder, engine, settings, onChange } = sockets;
  const kept = formMemory(memory);
  const cost = estimation(engine, onChange);
  let facts: Facts = noFacts;
  let suggested: Suggested = {};
  let surroundings: Surroundings | undefined;
  // Choices change while files are read: only the newest look counts.
  let looks = 0;
  let asking = new AbortController();

  const locked = (): readonly string[] => {
    const { home, prompt } = facts.prompt ?? {};
    if (home === undefined || !prompt) return [];
    // A prompt file is read without its line ends and without the blank lines around its parts.
    const asRead = (text: string): string[] => {
      const whole = text.replace(/\r\n?/g, '\n');
      return [whole, whole.trim()];
    };
    const isThere = (text: string): boolean =>
      text !== '' && (prompt.system.includes(text) || prompt.output.includes(text));
    return lockedTexts(memory, fileUri(folder(), home).toString()).flatMap(
      text => asRead(text).find(isThere) ?? [],
    );
  };
  const request = (): OptimizeRequest | undefined =>
    runRequest(kept.form(), facts.prompt, settings(), locked());

  const settle = (form: RunForm): void => {
    kept.keep(form);
    cost.follow(request(), facts.dataset);
    onChange();
  };
  // Set until a look has laid the columns that are kept for the prompt over those of the form.
  let wantsKept = false;
  const suggest = async (isWanted: () => boolean): Promise<void> => {
    const { prompt, dataset } = kept.form();
    if (prompt && dataset !== '') return;
    const { form, why } = await suggestChoices(kept.form(), await engine(), folder());
    const now = kept.form();
    // A person who has chosen in the meantime is not to be overruled.
    if (!isWanted() || now.prompt !== prompt || now.dataset !== dataset) return;
    suggested = { ...suggested, ...why };
    wantsKept = true;
    kept.keep({ ...now, ...form });
  };
  const look = async (): Promise<void> => {
    const turn = (looks += 1);
    await suggest(() => turn === looks);
    const found = await readFacts(kept.form(), await engine(), folder());
    if (turn !== looks) return;
    facts = found;
    const form = withColumns(kept.form(), facts, wantsKept);
    if (facts.dataset) wantsKept = false;
    settle(form);
  };
  return {
    form: kept.form,
    facts: () => facts,
    suggested: () => suggested,
    surroundings: () => surroundings,
    estimate: cost.state,
    probe() {
      const asked = request();
      return asked && cost.probeOf(asked);
    },
    measured(asked, probe) {
      cost.measured(asked, probe);
      settle(kept.form());
    },
    request,
    async change(part) {
      const before = kept.form();
      const form = { ...before, ...part };
      const changed = (field: 'prompt' | 'dataset' | 'encoding'): boolean =>
        JSON.stringify(before[field]) !== JSON.stringify(form[field]);
      suggested = {
        ...(suggested.prompt && !changed('prompt') ? { prompt: suggested.prompt } : {}),
        ...(suggested.dataset && !changed('dataset') ? { dataset: suggested.dataset } : {}),
      };
      settle(form);
      const isOther = changed('prompt') || changed('dataset');
      // Another prompt or dataset has columns of its own, unless they came with it.
      wantsKept ||= isOther;
      if (hasColumns(form) && !haveSameColumns(before, form)) wantsKept = false;
      if (isOther || changed('encoding')) await look();
    },
    look,
    forgetCost: cost.forget,
    lookAfresh() {
      cost.forget();
      return look();
    },
    async lookAround() {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const asked = await engine();
      const metrics = asked.metrics();
      const strategies = asked.strategies();
      const learn = (more: Partial<Surroundings>): void => {
        if (signal.aborted) return;
        surroundings = { providers: [], ...surroundings, metrics, strategies, ...more };
        onChange();
      };
      surroundings ??= { metrics, strategies, providers: [] };
      settle(withMetrics(kept.form(), sockets.metrics(), metrics));
      // The form need not wait for servers: their models are filled in when they have answered.
      await Promise.all([
        asked.runs().then(runs => learn({ runs })),
        listModels(asked, signal).then(providers => learn({ providers })),
      ]);
    },
    dispose() {
      asking.abort();
      cost.dispose();
    },
  };
}

/** A form without a metric gets those of the settings, else the first that there is. */
function withMetrics(
  form: RunForm,
  wanted: readonly string[],
  listed: Surroundings['metrics'],
): RunForm {
  const [primary = listed[0]?.name, ...otherMetrics] = wanted;
  if (form.metric !== '' || primary === undefined) return form;
  const [metric = '', ...options] = primary.split(':');
  return { ...form, metric, metricOptions: options.join(':'), otherMetrics };
}

function withColumns(form: RunForm, { prompt, dataset }: Facts, wantsKept: boolean): RunForm {
  if (!dataset) return form;
  const whole = wantsKept ? takeKept(form, dataset) : form;
  return suggestColumns(whole, dataset, namesOfInputs(prompt?.placeholders ?? []));
}

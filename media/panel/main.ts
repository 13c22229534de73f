import '@vscode/codicons/dist/codicon.css';
import './panel.css';
import { render } from 'lit';
import type { HostMessage, PanelMessage, PanelState, RunForm } from '../../src/panel/messages.ts';
import { openHost } from './api.ts';
import { recolourCharts } from './chartCanvas.ts';
import { draft, noDrafts, settle, withDrafts } from './drafts.ts';
import { page } from './page.ts';
import { patched } from './patched.ts';
import { onThemeChange } from './theme.ts';

/** What is the person's own: kept while the page is hidden, and over a reload of the window. */
interface Arrangement {
  readonly scroll: number;
}

function isArrangement(value: unknown): value is Arrangement {
  return (
    typeof value === 'object' &&
    value !== null &&
    'scroll' in value &&
    typeof value.scroll === 'number'
  );
}

/** Long enough to finish a number, short enough for the estimate to feel live. */
const draftDelayMs = 250;

/** What counts down is drawn anew so often. */
const tickMs = 1_000;

const host = openHost<PanelMessage, Arrangement>(isArrangement);
const root = document.getElementById('app') ?? document.body;

/** The newest state that the page has. */
interface Latest {
  readonly revision: number;
  readonly state: PanelState;
}

let latest: Latest | undefined;
let drafts = noDrafts;
let waitingToSend: ReturnType<typeof setTimeout> | undefined;
let frame = 0;
let nextTick: ReturnType<typeof setTimeout> | undefined;
let placeToReturnTo = host.kept()?.scroll;

addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
  if (!isHostMessage(message)) return;
  if (latest && message.revision < latest.revision) return;
  const next = received(message);
  if (!next) return;
  latest = next;
  drafts = settle(drafts, latest.state.form, focusedField());
  requestDraw();
});
// Hiding the view destroys the page, so nothing may wait for its timer.
addEventListener('visibilitychange', sendDrafts);
addEventListener('pagehide', sendDrafts);
addEventListener('scroll', () => host.keep({ scroll: scrollY }), { passive: true });
onThemeChange(() => recolourCharts(root));
host.send({ type: 'panel-ready' });

/** The host is trusted; other scripts of the browser post messages too. */
function isHostMessage(message: unknown): message is HostMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    (message.type === 'state' || message.type === 'change')
  );
}

/** The state after a message; undefined where it is a change of a state that the page has not got. */
function received(message: HostMessage): Latest | undefined {
  const { revision } = message;
  if (message.type === 'state') return { revision, state: message.state };
  if (latest?.revision === message.since) {
    // The host made the patch from one state to the other, so what comes out is a state.
    return { revision, state: patched(latest.state, message.patch) as PanelState };
  }
  // Before the first state, the host has been asked already.
  if (latest) host.send({ type: 'panel-ready' });
  return undefined;
}

function requestDraw(): void {
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    draw();
  });
}

function draw(): void {
  if (!latest) return;
  const { state } = latest;
  render(
    page({
      state,
      form: withDrafts(state.form, drafts),
      now: Date.now(),
      redraw: requestDraw,
      send,
      edit,
    }),
    root,
  );
  returnToPlace();
  clearTimeout(nextTick);
  if (state.run?.nextTry) nextTick = setTimeout(requestDraw, tickMs);
}

/** Back to where the person was before the page was hidden, once it is tall enough for that. */
function returnToPlace(): void {
  const place = placeToReturnTo;
  if (place === undefined || latest?.state.page === 'starting') return;
  placeToReturnTo = undefined;
  // The fields draw themselves a moment later, and only then have their height.
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, place)));
}

function send(message: PanelMessage): void {
  // A press of Start must not overtake the last edit.
  sendDrafts();
  // The view that made the message may have been drawn before that edit.
  host.send('form' in message ? { ...message, form: currentForm(message.form) } : message);
}

function currentForm(drawn: RunForm): RunForm {
  return latest ? withDrafts(latest.state.form, drafts) : drawn;
}

function edit(field: string, value: string, settled: boolean): void {
  if (!latest) return;
  drafts = draft(drafts, latest.state.form, field, value);
  clearTimeout(waitingToSend);
  waitingToSend = setTimeout(sendDrafts, draftDelayMs);
  if (settled) sendDrafts();
  requestDraw();
}

function sendDrafts(): void {
  if (waitingToSend === undefined || !latest) return;
  clearTimeout(waitingToSend);
  waitingToSend = undefined;
  host.send({ type: 'form-change', form: withDrafts(latest.state.form, drafts) });
}

function focusedField(): string | undefined {
  return document.activeElement?.getAttribute('data-field') ?? undefined;
}

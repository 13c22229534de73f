import '@vscode/codicons/dist/codicon.css';
import '../panel/base.css';
import '../panel/tables.css';
import '../panel/lists.css';
import '../panel/rows.css';
import './comparison.css';
import { render } from 'lit';
import type { ComparisonHostMessage } from '../../src/panel/comparisonMessages.ts';
import type { ComparisonMessage } from '../../src/panel/isComparisonMessage.ts';
import { openHost } from '../panel/api.ts';
import { comparisonPage } from './comparisonPage.ts';

const host = openHost<ComparisonMessage>((value): value is undefined => value === undefined);
const root = document.getElementById('app') ?? document.body;

let latest: ComparisonHostMessage | undefined;

addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
  if (!isHostMessage(message)) return;
  latest = message;
  draw();
});
host.send({ type: 'comparison-ready' });

/** The host is trusted; other scripts of the browser post messages too. */
function isHostMessage(message: unknown): message is ComparisonHostMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'comparison'
  );
}

function draw(): void {
  if (!latest) return;
  const redraw = (): void => void requestAnimationFrame(draw);
  render(
    comparisonPage(latest.comparison, wish => host.send(wish), redraw),
    root,
  );
}

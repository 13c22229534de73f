import '@vscode/codicons/dist/codicon.css';
import '../panel/base.css';
import '../panel/tables.css';
import './comparison.css';
import { render } from 'lit';
import type {
  ComparisonHostMessage,
  ComparisonMessage,
} from '../../src/panel/comparisonMessages.ts';
import { openHost } from '../panel/api.ts';
import { comparisonPage } from './comparisonPage.ts';

const host = openHost<ComparisonMessage>((value): value is undefined => value === undefined);
const root = document.getElementById('app') ?? document.body;

addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
  if (!isHostMessage(message)) return;
  render(
    comparisonPage(message.comparison, wish => host.send(wish)),
    root,
  );
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

import '@vscode/codicons/dist/codicon.css';
import '../panel/panel.css';
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

addEventListener('message', (event: MessageEvent<ComparisonHostMessage>) => {
  if (event.data?.type !== 'comparison') return;
  render(
    comparisonPage(event.data.comparison, message => host.send(message)),
    root,
  );
});
host.send({ type: 'comparison-ready' });

import 'uplot/dist/uPlot.min.css';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ChartPoint, RunView } from '../../src/panel/messages.ts';
import { drawChart } from './chartCanvas.ts';
import { chartTable } from './chartTable.ts';
import { pointWords } from './chartWords.ts';
import { selectTrial } from './selectTrial.ts';
import type { View } from './view.ts';

/**
 * Score by task calls spent: best so far with its interval, every trial a point, the target as a
 * line. Pointer and arrow keys reach every point and the line below reads it; Enter selects it.
 */
export function scoreChart(view: View, run: RunView): TemplateResult | typeof nothing {
  if (run.chart.length === 0) return nothing;
  const select = (point: ChartPoint): void => selectTrial(view, point.trial);
  return html`<section aria-labelledby="heading-chart">
    <h2 id="heading-chart">Score by task calls</h2>
    <div
      class="chart"
      role="application"
      aria-roledescription="chart"
      aria-label=${summaryOf(run)}
      aria-describedby="chart-keys"
      tabindex="0"
      ${ref(element => {
        if (element instanceof HTMLElement) {
          drawChart(element, {
            points: run.chart,
            target: run.target,
            selected: run.selected?.number,
            select,
          });
        }
      })}
    ></div>
    <p class="spoken" id="chart-keys">
      Left and Right go from point to point, Home and End to the first and the last. Enter selects.
    </p>
    <p class="legend" aria-hidden="true">
      <span><i class="mark best"></i>best, 95&nbsp;% interval</span>
      <span><i class="mark original"></i>original</span>
      <span><i class="mark kept"></i>kept</span>
      <span><i class="mark refused"></i>refused</span>
      <span><i class="mark undecided"></i>undecided</span>
      <span><i class="mark target"></i>target ${run.target.toFixed(2)}</span>
    </p>
    ${chartTable(run.chart)}
  </section>`;
}

function summaryOf({ chart, target, original, best }: RunView): string {
  const count = (status: ChartPoint['status']): number =>
    chart.filter(point => point.status === status).length;
  const last = chart.at(-1);
  return [
    'Score by task calls spent.',
    original ? `Original ${original.text}.` : '',
    best ? `Best ${best.text} after ${last?.calls ?? 0} calls.` : '',
    `${count('kept')} kept, ${count('refused')} refused, ${count('undecided')} undecided.`,
    `Target ${target.toFixed(2)}.`,
    last ? `Newest: ${pointWords(last)}.` : '',
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

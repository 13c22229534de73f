import 'uplot/dist/uPlot.min.css';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ChartPoint, RunView } from '../../src/panel/messages.ts';
import { drawChart } from './chartCanvas.ts';
import type { View } from './view.ts';

/**
 * Score by task calls spent: best so far with its interval, every trial a point, the target as a
 * line. The canvas is a picture; the trials table holds the same figures as text.
 */
export function scoreChart(view: View, run: RunView): TemplateResult | typeof nothing {
  if (run.chart.length === 0) return nothing;
  const select = (point: ChartPoint): void => {
    if (point.trial > 0) view.send({ type: 'trial-select', number: point.trial });
  };
  return html`<section aria-labelledby="heading-chart">
    <h2 id="heading-chart">Score by task calls</h2>
    <div
      class="chart"
      role="img"
      aria-label=${summaryOf(run)}
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
    <p class="legend" aria-hidden="true">
      <span><i class="mark best"></i>best, 95 % interval</span>
      <span><i class="mark kept"></i>kept</span>
      <span><i class="mark refused"></i>refused</span>
      <span><i class="mark target"></i>target ${run.target.toFixed(2)}</span>
    </p>
  </section>`;
}

function summaryOf({ chart, target, original, best }: RunView): string {
  const kept = chart.filter(point => point.status === 'kept').length;
  const refused = chart.filter(point => point.status === 'refused').length;
  return [
    'Chart of the score by task calls spent.',
    original ? `Original ${original.text}.` : '',
    best ? `Best ${best.text} after ${chart.at(-1)?.calls ?? 0} calls.` : '',
    `${kept} kept, ${refused} refused. Target ${target.toFixed(2)}.`,
    chart.length > 1 ? 'The table of trials holds every figure.' : '',
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

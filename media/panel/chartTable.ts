import { html, nothing, type TemplateResult } from 'lit';
import type { ChartPoint } from '../../src/panel/messages.ts';

/** More rows than anybody listens to; the list of trials has every one. */
const mostRows = 100;

/**
 * What the chart shows as a table, for a screen reader. Of a long run it holds what moved the line,
 * and the newest points.
 */
export function chartTable(points: readonly ChartPoint[]): TemplateResult {
  const rows = notable(points);
  const left = points.length - rows.length;
  return html`<div class="spoken">
    <table data-chart-table>
      <caption>
        Points of the chart${left > 0 ? `, without ${left} that the list of trials holds` : nothing}
      </caption>
      <thead>
        <tr>
          <th scope="col">Trial</th>
          <th scope="col">Decision</th>
          <th scope="col">Score</th>
          <th scope="col">Task calls</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          point =>
            html`<tr>
              <th scope="row">${point.trial === 0 ? 'Original' : point.trial}</th>
              <td>${point.status}</td>
              <td>${point.text}</td>
              <td>${point.calls}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function notable(points: readonly ChartPoint[]): readonly ChartPoint[] {
  if (points.length <= mostRows) return points;
  const moved = points.filter(({ status }) => status === 'original' || status === 'kept');
  const chosen = new Set(moved.slice(-mostRows / 2));
  for (const point of points.slice(-mostRows / 2)) chosen.add(point);
  return points.filter(point => chosen.has(point));
}

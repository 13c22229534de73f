import uPlot from 'uplot';
import type { ChartPoint } from '../../src/panel/messages.ts';
import { drawPoints, drawTarget } from './chartMarks.ts';
import { pointWords } from './chartWords.ts';
import { themeColours, type ThemeColours } from './theme.ts';

/** What a chart shows now. */
export interface ChartContent {
  readonly points: readonly ChartPoint[];
  readonly target: number;
  readonly selected: number | undefined;
  readonly select: (point: ChartPoint) => void;
}

interface LiveChart {
  readonly plot: uPlot;
  readonly readout: HTMLElement;
  content: ChartContent;
  /** Index of the point that the readout reads: under the pointer, or where the keys have gone. */
  at: number | undefined;
  shown: string;
  colours: ThemeColours;
}

const charts = new WeakMap<HTMLElement, LiveChart>();

/** Draws the content into the element, anew only where it differs from what is there. */
export function drawChart(element: HTMLElement, content: ChartContent): void {
  const chart = charts.get(element) ?? createChart(element, content);
  chart.content = content;
  const shown = JSON.stringify([content.points, content.target, content.selected]);
  if (chart.shown === shown) return;
  chart.shown = shown;
  chart.plot.setData(seriesOf(content.points));
  showReadout(chart);
}

/** The chart's colours are read once; a change of theme asks for them again. */
export function recolourCharts(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('.chart')) {
    const chart = charts.get(element);
    if (!chart) continue;
    chart.colours = themeColours();
    chart.plot.redraw(false, true);
  }
}

function createChart(element: HTMLElement, content: ChartContent): LiveChart {
  const readout = document.createElement('p');
  readout.className = 'readout';
  readout.setAttribute('aria-live', 'polite');
  const chart: LiveChart = {
    plot: new uPlot(
      optionsFor(() => chart, element),
      seriesOf(content.points),
      element,
    ),
    readout,
    content,
    at: undefined,
    shown: '',
    colours: themeColours(),
  };
  charts.set(element, chart);
  element.append(readout);
  new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width > 0 && width !== chart.plot.width) chart.plot.setSize({ width, height });
  }).observe(element);
  listen(element, chart);
  return chart;
}

function listen(element: HTMLElement, chart: LiveChart): void {
  const goTo = (at: number | undefined): void => {
    if (chart.at === at) return;
    chart.at = at;
    showReadout(chart);
    chart.plot.redraw(false);
  };
  const selectHere = (): void => {
    const point = chart.content.points[chart.at ?? -1];
    if (point) chart.content.select(point);
  };
  element.addEventListener('pointermove', event => goTo(nearest(chart, event)));
  element.addEventListener('pointerleave', () => goTo(undefined));
  element.addEventListener('blur', () => goTo(undefined));
  element.addEventListener('click', selectHere);
  element.addEventListener('keydown', event => {
    const next = whereTo(event.key, chart);
    if (next !== undefined) goTo(next);
    else if (event.key === 'Enter' || event.key === ' ') selectHere();
    else return;
    event.preventDefault();
  });
}

/** The point that a key goes to; undefined for keys that go nowhere. */
function whereTo(key: string, { at, content }: LiveChart): number | undefined {
  const last = content.points.length - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return at === undefined ? 0 : Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return at === undefined ? last : Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Near enough for a pointer, in pixels. */
const reach = 24;

function nearest({ plot, content }: LiveChart, event: PointerEvent): number | undefined {
  const area = plot.over.getBoundingClientRect();
  const [x, y] = [event.clientX - area.left, event.clientY - area.top];
  let best: { index: number; distance: number } | undefined;
  content.points.forEach((point, index) => {
    const distance = Math.hypot(
      plot.valToPos(point.calls, 'x') - x,
      plot.valToPos(point.value, 'y') - y,
    );
    if (distance <= (best?.distance ?? reach)) best = { index, distance };
  });
  return best?.index;
}

const height = 160;

function optionsFor(live: () => LiveChart, element: HTMLElement): uPlot.Options {
  const colour = (pick: (colours: ThemeColours) => string) => () => pick(themeColours());
  const axis = {
    stroke: colour(colours => colours.muted),
    grid: { stroke: colour(colours => colours.grid), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
  return {
    width: Math.max(element.clientWidth, 80),
    height,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, low, high) => widened(low, high) },
      y: { range: (_plot, low, high) => framed(low, high, live().content.target) },
    },
    axes: [
      {
        ...axis,
        size: 28,
        values: (_plot, ticks) => ticks.map(calls => calls.toLocaleString('en-US')),
      },
      { ...axis, size: 34, values: (_plot, ticks) => scoreTicks(ticks) },
    ],
    series: [
      {},
      bestSeries({ stroke: colour(colours => colours.best), width: 2 }),
      bestSeries({ width: 0 }),
      bestSeries({ width: 0 }),
      // The points' own scores are drawn by hand; the series gives the scale their range.
      { show: true, paths: () => null, points: { show: false } },
    ],
    bands: [{ series: [3, 2], fill: colour(colours => colours.band) }],
    hooks: {
      draw: [
        plot => drawTarget(plot, live().content.target, themeColours()),
        plot => drawPoints(plot, live(), themeColours()),
      ],
    },
  };
}

function bestSeries(look: Partial<uPlot.Series>): uPlot.Series {
  const { stepped } = uPlot.paths;
  return { ...look, points: { show: false }, ...(stepped ? { paths: stepped({ align: 1 }) } : {}) };
}

function seriesOf(points: readonly ChartPoint[]): uPlot.AlignedData {
  return [
    points.map(point => point.calls),
    points.map(point => point.best),
    points.map(point => point.bestLow),
    points.map(point => point.bestHigh),
    points.map(point => point.value),
  ];
}

function widened(low: number, high: number): [number, number] {
  return low === high ? [Math.max(0, low - 1), high + 1] : [low, high + (high - low) * 0.04];
}

/** Whole tenths around everything shown, the target included, so that no point is cut off. */
function framed(low: number, high: number, target: number): [number, number] {
  const bottom = Math.floor(Math.min(low, target) * 10) / 10;
  const top = Math.ceil(Math.max(high, target) * 10) / 10;
  return [Math.max(0, Math.min(bottom, top - 0.2)), Math.min(1, top) + 0.02];
}

function showReadout({ readout, content, at }: LiveChart): void {
  const point = content.points[at ?? content.points.length - 1];
  const words = point ? pointWords(point) : '';
  if (readout.textContent !== words) readout.textContent = words;
}

/** With as many digits as tell the ticks apart truly: steps of 0.25 are no tenths. */
function scoreTicks(ticks: readonly number[]): string[] {
  const areTenths = ticks.every(score => Math.abs(score * 10 - Math.round(score * 10)) < 1e-6);
  return ticks.map(score => score.toFixed(areTenths ? 1 : 2));
}

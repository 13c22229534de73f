import type uPlot from 'uplot';
import type { ChartPoint } from '../../src/panel/messages.ts';
import type { ThemeColours } from './theme.ts';

/** A dashed line at the target score. */
export function drawTarget(plot: uPlot, target: number, colours: ThemeColours): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(target, 'y', true);
  ctx.save();
  ctx.strokeStyle = colours.target;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** The points, the selected trial, and the place of the one that is being read. */
export interface Marks {
  readonly content: {
    readonly points: readonly ChartPoint[];
    readonly selected: number | undefined;
  };
  readonly at: number | undefined;
}

/** Each trial where it scored: told apart by shape as well as by colour. */
export function drawPoints(
  plot: uPlot,
  { content: { points, selected }, at }: Marks,
  colours: ThemeColours,
): void {
  const { ctx } = plot;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const [index, point] of points.entries()) {
    const x = plot.valToPos(point.calls, 'x', true);
    const y = plot.valToPos(point.value, 'y', true);
    shapes[point.status](ctx, x, y, colours);
    if (point.trial === selected) ring(ctx, x, y, 7, colours.foreground);
    if (index === at) ring(ctx, x, y, 9, colours.best);
  }
  ctx.restore();
}

type Shape = (ctx: CanvasRenderingContext2D, x: number, y: number, colours: ThemeColours) => void;

const shapes: Readonly<Record<ChartPoint['status'], Shape>> = {
  original: (ctx, x, y, colours) => {
    const half = 3.5 * devicePixelRatio;
    ctx.fillStyle = colours.foreground;
    ctx.fillRect(x - half, y - half, 2 * half, 2 * half);
  },
  kept: (ctx, x, y, colours) => {
    ctx.fillStyle = colours.best;
    circle(ctx, x, y, 4);
    ctx.fill();
  },
  refused: (ctx, x, y, colours) => {
    const half = 3 * devicePixelRatio;
    ctx.strokeStyle = colours.refused;
    ctx.beginPath();
    ctx.moveTo(x - half, y - half);
    ctx.lineTo(x + half, y + half);
    ctx.moveTo(x - half, y + half);
    ctx.lineTo(x + half, y - half);
    ctx.stroke();
  },
  undecided: (ctx, x, y, colours) => {
    const half = 4.5 * devicePixelRatio;
    ctx.strokeStyle = colours.foreground;
    ctx.beginPath();
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y + half);
    ctx.lineTo(x - half, y);
    ctx.closePath();
    ctx.stroke();
  },
};

function ring(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
): void {
  ctx.strokeStyle = colour;
  circle(ctx, x, y, radius);
  ctx.stroke();
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius * devicePixelRatio, 0, 2 * Math.PI);
}

/**
 * Draws the mean curves of several optimizers over the same worlds, from what their runs wrote with
 * --json: how good the prompt is that each would return after so many task calls.
 *
 * node bench/search/picture.ts OUT.svg [--calls 2000] NAME=FILE…
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

interface Run {
  readonly curve: readonly (readonly [calls: number, value: number])[];
}

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { calls: { type: 'string', default: '2000' } },
});
const limit = Number(asked.calls);
const [out = '', ...named] = positionals;

const size = { width: 720, height: 420, left: 56, right: 190, top: 24, bottom: 48 };
const inner = {
  width: size.width - size.left - size.right,
  height: size.height - size.top - size.bottom,
};
/** Colours that can be told apart without seeing red and green (Okabe and Ito, 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f'];
const steps = 80;

const lines = named.map((each, at) => {
  const cut = each.indexOf('=');
  const runs = runsIn(each.slice(cut + 1));
  const points = Array.from({ length: steps + 1 }, (_, step) => (step * limit) / steps);
  const values = points.map(calls => mean(runs.map(run => valueAt(run, calls))));
  return {
    name: each.slice(0, cut),
    colour: colours[at % colours.length] ?? '#000000',
    points: points.map((calls, step) => [x(calls), y(values[step] ?? 0)] as const),
    last: values.at(-1) ?? 0,
  };
});
writeFileSync(out, drawn());

/** Runs of a peer are a list; those of our strategies are lists by name. */
function runsIn(file: string): Run[] {
  const read = JSON.parse(readFileSync(file.split('#')[0] ?? '', 'utf8')) as unknown[];
  const name = file.split('#')[1];
  if (name === undefined) return read as Run[];
  const found = (read as [string, Run[]][]).find(([strategy]) => strategy === name);
  if (!found) throw new Error(`${file} holds no runs of ${name}.`);
  return found[1];
}

function valueAt({ curve }: Run, calls: number): number {
  return curve.findLast(([at]) => at <= calls)?.[1] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function x(calls: number): number {
  return size.left + (calls / limit) * inner.width;
}

function y(value: number): number {
  return size.top + (1 - value) * inner.height;
}

function drawn(): string {
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    value =>
      `<line x1="${size.left}" x2="${x(limit)}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/><text x="${size.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const calls = [0, 0.25, 0.5, 0.75, 1].map(
    share =>
      `<text x="${x(share * limit)}" y="${y(0) + 20}" text-anchor="middle">${(share * limit).toLocaleString('en')}</text>`,
  );
  const ordered = [...lines].sort((a, b) => b.last - a.last);
  const curves = ordered.map(
    ({ colour, points }) =>
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')}"/>`,
  );
  const legend = ordered.map(
    ({ name, colour, last }, at) =>
      `<text x="${x(limit) + 14}" y="${size.top + 14 + at * 22}" fill="${colour}">${name} ${last.toFixed(2)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12" fill="#333333">`,
    '<title>Worth of the prompt that would be returned, by task calls spent</title>',
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    ...grid,
    ...calls,
    `<text x="${x(limit / 2)}" y="${size.height - 8}" text-anchor="middle">task calls</text>`,
    `<text x="14" y="${size.top + inner.height / 2}" text-anchor="middle" transform="rotate(-90 14 ${size.top + inner.height / 2})">0 the original, 1 the best that rules can make</text>`,
    ...curves,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

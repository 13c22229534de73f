import { scoreOf, type ExportOptions, type ResultRow } from './resultRow.ts';

/**
 * Results as JUnit XML, the form that test reports are read in: a row is a test case; below the
 * pass mark it failed, without an answer it is an error, unscored or not run it was skipped.
 */
export function junitXml(rows: readonly ResultRow[], options: ExportOptions): string {
  const cases = rows.map(row => ({ row, verdict: verdictOf(row, options) }));
  const count = (verdict: Verdict['kind']): number =>
    cases.filter(each => each.verdict.kind === verdict).length;
  const totals = `tests="${rows.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const name = attribute(options.name);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${totals}>`,
    `  <testsuite name="${name}" ${totals}>`,
    ...cases.map(({ row, verdict }) => testCase(row, verdict, name)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Verdict {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
}

function verdictOf({ rollout }: ResultRow, { metrics, passMark = 1 }: ExportOptions): Verdict {
  const { outcome, failure } = rollout;
  const said = failure ?? outcome;
  if (outcome === 'not-run' || outcome === 'unscored') return { kind: 'skipped', message: said };
  if (outcome !== 'ok') return { kind: 'error', message: said };
  const [primary] = metrics;
  const value = primary === undefined ? undefined : scoreOf(rollout, primary);
  if (primary === undefined || value === undefined)
    return { kind: 'skipped', message: 'not scored' };
  if (value >= passMark) return { kind: 'passed', message: '' };
  return { kind: 'failure', message: `${primary} is ${value}, below ${passMark}` };
}

function testCase({ example, rollout }: ResultRow, verdict: Verdict, suite: string): string {
  const place = `line ${example.line} (${example.id})`;
  const { milliseconds } = rollout;
  const time = milliseconds === undefined ? '' : ` time="${(milliseconds / 1000).toFixed(3)}"`;
  const open = `    <testcase classname="${suite}" name="${attribute(place)}"${time}`;
  if (verdict.kind === 'passed') return `${open}/>`;
  const message = attribute(verdict.message);
  const inner =
    verdict.kind === 'skipped'
      ? `<skipped message="${message}"/>`
      : `<${verdict.kind} message="${message}">${escaped(body(example.expected, rollout.output))}</${verdict.kind}>`;
  return `${open}>${inner}</testcase>`;
}

function body(expected: string | undefined, output: string): string {
  return `expected: ${expected ?? '(none)'}\nactual: ${output}`;
}

// What XML 1.0 cannot hold, also as a reference; a lone surrogate is no character at all.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

function escaped(text: string): string {
  return text
    .replace(forbidden, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function attribute(text: string): string {
  return escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

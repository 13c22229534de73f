import type { Command } from 'commander';
import {
  RequestError,
  totalTokens,
  type JudgeCheckCost,
  type JudgeCheckResult,
} from '../engine/index.ts';
import {
  formatCost,
  formatRange,
  formatScore,
  formatTokens,
  formatUsd,
  plural,
} from '../panel/format.ts';
import { cleanExcerpt, cleanLine } from './cleanText.ts';
import { mappingOf } from './columns.ts';
import { datasetPath } from './datasetPath.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import { addColumnFlags } from './columnFlags.ts';
import { settingsOf, type RunFlags } from './flags.ts';
import { judgeSentence } from '../report/judgeSentence.ts';
import { wholeNumber } from './numbers.ts';
import type { Perform } from './program.ts';
import { folderOf, openEngine, type Shell } from './shell.ts';
import { allowCost } from './spendGate.ts';
import { textTable } from './table.ts';
import type { VerbResult } from './verb.ts';

interface JudgeFlags extends Omit<RunFlags, 'metric'> {
  readonly metric?: string;
  readonly answer?: string;
  readonly human?: string;
}

/** Rows that are listed; `--json` has them all. */
const listed = 10;

/** `judge`: how far a judge model agrees with people. */
export function addJudge(program: Command, perform: Perform): void {
  addColumnFlags(program.command('judge'))
    .option('--dataset <file>', 'answers that people have judged')
    .option('--metric <name>', 'the judge: judge:rubric=… or judge_pair:rubric=…')
    .option('--answer <column>', 'column with the answers')
    .option('--human <column>', 'column with what a person said: yes or no, good or bad, 1 or 0')
    .option('--budget-calls <n>', 'send at most this many calls', wholeNumber('--budget-calls', 1))
    .option('--yes', 'do not ask before spending')
    .summary('check a judge against people')
    .description(
      'Lets the judge score answers that people have judged, and tells how far the two agree ' +
        "(Cohen's kappa). Later runs show it beside the judge's scores, and warn where a judge was " +
        'not checked. Exits with 1 where the judge may not decide by itself.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner judge --metric "judge:rubric=Is it polite?" --dataset checked.csv --answer output --human good --yes

With --json: judge, problems, disagreements, spending.

${exitCodesHelp}`,
    )
    .action((_: unknown, command: Command) =>
      perform('judge', command, shell => judgeVerb(command.optsWithGlobals(), shell)),
    );
}

async function judgeVerb(flags: JudgeFlags, shell: Shell): Promise<VerbResult> {
  const { metric, answer, human, dataset } = flags;
  const missing = Object.entries({ metric, answer, human, dataset }).find(([, given]) => !given);
  if (metric === undefined || answer === undefined || human === undefined || !dataset || missing) {
    throw new RequestError(`Nothing was said of --${missing?.[0] ?? 'dataset'}; see judge --help.`);
  }
  const mapping = mappingOf(flags, { system: '', output: '' });
  const { terminal, signal } = shell;
  const result = await openEngine(flags, shell).checkJudge(
    {
      dataset: datasetPath(dataset, folderOf(flags, shell), shell.here),
      metric,
      answer,
      human,
      ...(mapping ? { mapping } : {}),
      ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
      settings: settingsOf(flags as RunFlags),
      allow: async cost => {
        terminal.err(costText(cost));
        await allowCost(cost.usd, flags as RunFlags, { terminal, signal });
      },
    },
    signal,
  );
  const { problems, disagreements, spending, ...judge } = result;
  return {
    exitCode: result.warning === undefined ? exitCodes.done : exitCodes.below,
    text: resultText(result),
    json: { judge, problems, disagreements, spending },
  };
}

function costText({ model, rows, calls, tokens, usd }: JudgeCheckCost): string {
  const price = usd ? formatRange(usd, formatUsd) : 'unknown price';
  return `Estimate: ${plural(calls, 'call')} of ${cleanLine(model)} for ${plural(rows, 'row')}, ${formatRange(tokens, formatTokens)} tokens, ${price}.\n`;
}

function resultText(result: JudgeCheckResult): string {
  const { problems, disagreements, spending } = result;
  const differing = textTable({
    heads: ['line', 'judge', 'person', 'answer', 'the judge says'],
    rows: disagreements
      .slice(0, listed)
      .map(({ line, value, good, answer, reason }) => [
        String(line),
        formatScore(value),
        good ? 'good' : 'bad',
        cleanExcerpt(answer, 40),
        cleanExcerpt(reason, 60),
      ]),
    right: [0, 1],
  });
  const more = disagreements.length - listed;
  return [
    judgeSentence(result),
    ...(disagreements.length > 0 ? [`\nWhere they differ:\n${differing}`] : []),
    ...(more > 0 ? [`… and ${plural(more, 'row')} more.`] : []),
    ...problems.slice(0, listed).map(({ line, message }) => `Line ${line}: ${cleanLine(message)}`),
    ...(problems.length > listed ? [`… and ${problems.length - listed} more problems.`] : []),
    `\nSpent: ${plural(spending.calls, 'call')}, ${formatTokens(totalTokens(spending))} tokens, ${formatCost(spending)}.`,
  ]
    .map(line => `${line}\n`)
    .join('');
}

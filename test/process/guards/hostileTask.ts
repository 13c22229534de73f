import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePromptFile } from '../../../src/engine/index.ts';
import { fenced } from '../../../src/engine/optimize/fence.ts';
import type { ChatRequest } from '../../support/chatRequest.ts';
import { repository } from '../cli/runCli.ts';

/** The sample prompt with a rule that nobody may change. */
export const promptText = readFileSync(
  join(repository, 'test/fixtures/prompts/lockedTicket.md'),
  'utf8',
);
export const prompt = parsePromptFile(promptText);
export const rule =
  'Rule of the house: never promise a refund before a person has looked at the case.';

/** The inputs of the rows: every eighth names a carrier, and each is a sentence of its own. */
export const tickets = Array.from({ length: 96 }, (_, row) => {
  const subject = row % 8 === 0 ? 'the carrier' : 'the invoice';
  const words = ['spade', 'rake', 'hose', 'shears', 'barrow', 'gloves'];
  return `Case ${row}: ${subject} for my ${words[row % 6] ?? ''} number ${row * 7} came ${row} days too late this ${row % 5} time`;
});

/** The dataset of these tickets. */
export const dataset = [
  'ticket,answer',
  ...tickets.map((ticket, row) => {
    const team = row % 8 === 0 ? 'way' : 'money';
    return `${ticket},"{""team"": ""${team}""}"`;
  }),
  '',
].join('\n');

/** One way in which an optimizer model breaks what it was told to keep, and what a report says of it. */
export interface Breach {
  readonly name: string;
  readonly reason: RegExp;
  change(prompt: { readonly system: string; readonly output: string }): {
    readonly system: string;
    readonly output: string;
  };
}

const rest = prompt.system.replace(`${rule}\n`, '');

export const breaches: readonly Breach[] = [
  {
    name: 'rewords the locked rule',
    reason: /locked section .* is lost or changed/i,
    change: ({ system, output }) => ({ system: system.replace('never', 'seldom'), output }),
  },
  {
    name: 'drops the locked rule',
    reason: /locked section .* is lost or changed/i,
    change: ({ output }) => ({ system: rest, output }),
  },
  {
    name: 'says the locked rule twice',
    reason: /locked section .* stands there 2 times/i,
    change: ({ system, output }) => ({ system: `${system}\n${rule}`, output }),
  },
  {
    name: 'drops the key',
    reason: /key "team" of the JSON example is lost/,
    change: ({ system, output }) => ({ system, output: output.replace('"team"', '"group"') }),
  },
  {
    name: 'invents a label',
    reason: /label "plants" is new/,
    change: ({ system, output }) => ({
      system,
      output: output.replace('one of: money, way', 'one of: money, way, plants'),
    }),
  },
  {
    name: 'invents a placeholder',
    reason: /has [\\{]*mood[\\}]*, which the original does not have/,
    change: ({ system, output }) => ({ system: `${system}\nThe mood is {{mood}}.`, output }),
  },
  {
    name: 'loses the placeholder',
    reason: /lost [\\{]*ticket/,
    change: ({ system, output }) => ({ system, output: output.replace('{{ticket}}', 'above') }),
  },
  {
    name: 'copies a row',
    reason: /copies 8 or more words from a row \(line \d+\)/,
    change: ({ system, output }) => ({ system: `${system}\n${tickets[0]}: way.`, output }),
  },
];

/**
 * A proposal that is sound as a whole: the locked rule moves down, in a line of other words, so that
 * its edits lose it or say it twice where each is tried alone. It adds two rules of its own.
 */
export function movesRule(): { readonly system: string; readonly output: string } {
  return {
    system: `${rest}\nTickets about carriers, couriers, parcels belong to way and nothing else.\nWhatever comes, think of this before all: ${rule}`,
    output: prompt.output,
  };
}

/** A proposal whose edits are sound each alone. */
export function addsLines({ system, output }: typeof prompt): typeof prompt {
  const lines = ['Names of tools say nothing.', 'Numbers of orders say nothing about the team.'];
  return { system: [system, ...lines].join('\n'), output };
}

/** The answer of an optimizer model that proposes this prompt. */
export function proposal({ system, output }: typeof prompt): string {
  return [
    fenced('prompt_system', system),
    fenced('prompt_output', output),
    fenced('rationale', 'Because.'),
  ].join('\n');
}

/** All that a request to the task model says. */
export function saidIn({ messages }: ChatRequest): string {
  return messages.map(({ content }) => content).join('\n');
}

/** The row that a request to the task model is about: the one behind the last `Ticket:`. */
export function rowIn(request: ChatRequest): number {
  const cases = [...saidIn(request).matchAll(/^Ticket: Case (\d+):/gm)];
  return Number(cases.at(-1)?.[1]);
}

/** A task model that knows money only, until the prompt says where carriers belong. */
export function answerOf(request: ChatRequest): string {
  const said = saidIn(request);
  const isWay = (tickets[rowIn(request)] ?? '').includes('carrier');
  const knows = said.includes('carriers, couriers, parcels belong to way');
  return `{"team": "${isWay && knows ? 'way' : 'money'}"}`;
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { renderPrompt } from '../../../../src/engine/core/prompt.ts';
import { parsePromptFile } from '../../../../src/engine/core/promptFile.ts';
import { answerAsTask } from '../../../../src/engine/providers/demo/taskModel.ts';

const folder = join(import.meta.dirname, '../../../../examples/triage');
const csv = readFileSync(join(folder, 'tickets.csv'), 'utf8');
const tickets = parse<{ id: string; ticket: string; label: string }>(csv, { columns: true });
const prompt = parsePromptFile(readFileSync(join(folder, 'prompt.md'), 'utf8'));

const houseRules = [
  '- Tickets that mention a "chargeback" go to legal.',
  '- Tickets that mention an "invoice" go to account.',
  '- Tickets about something "damaged" go to returns.',
  '- Tickets that mention "customs" go to shipping.',
  '- Tickets that mention a "warranty" go to technical.',
];

describe('The ticket sample', () => {
  it('is what its script writes', () => {
    const script = join(folder, 'writeTickets.ts');
    const written = spawnSync(process.execPath, [script, '--print'], { encoding: 'utf8' });
    assert.equal(written.status, 0, written.stderr);
    assert.equal(written.stdout, csv);
  });

  it('has 240 different tickets of six teams', () => {
    assert.equal(tickets.length, 240);
    assert.equal(new Set(tickets.map(each => each.ticket)).size, 240);
    assert.equal(new Set(tickets.map(each => each.label)).size, 6);
  });

  it('is answered badly by its prompt, and well by one that states the house rules', () => {
    const before = accuracy(prompt.system);
    const after = accuracy(
      prompt.system.replace('\n\nTicket:', `\n\n${houseRules.join('\n')}\n\nTicket:`),
    );
    assert.ok(before > 0.3 && before < 0.5, String(before));
    assert.ok(after > 0.8, String(after));
  });
});

function accuracy(system: string): number {
  const right = tickets.filter(
    ({ ticket, label }) => answerAsTask(renderPrompt({ system, output: '' }, { ticket })) === label,
  );
  return right.length / tickets.length;
}

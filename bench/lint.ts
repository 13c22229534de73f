/**
 * Rate of the prompt lint: 1,000 generated files of 0.5 to 8 kB, a third of them with something to
 * find, read from disk and linted with every rule. Half of them are prompts, half are Python with a
 * prompt and its call in it. The limit is 200 files a second, on a machine that does other things too.
 * Run: `node bench/lint.ts [files]`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { seededRandom, type Random } from '../src/engine/core/random.ts';
import { lintPrompt } from '../src/engine/lint/lint.ts';
import { lintPromptsIn } from '../src/engine/lintPromptsIn.ts';
import { createSourceReader } from '../src/engine/sources/find.ts';

const fewestPerSecond = 200;

const sentences = [
  'Read the ticket below and decide what the customer wants.',
  'Answer in at most three sentences, in the language of the customer.',
  'Say "unknown" where the ticket does not tell.',
  'Do not promise anything that the rules do not allow.',
  'Return one JSON object: {"label": "bug", "sure": true}.',
  '- Keep names, numbers and dates as they are.',
  'The shop sells {{category}} in {{country}}.',
  'A good answer names the order {{order_id}} once.',
];

const faults = [
  'Reply in plain text only. Return JSON only.',
  'Hello {name}, and {{name}}.',
  'A\u{200B}B and C\u{A0}D.',
  'Proxy: http://someone:hunter2hunter2@10.0.0.1:3128',
  'Unknown: {{ordr_id}}',
];

function promptText(random: Random): string {
  const count = 8 + Math.floor(random() * 120);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const lines = Array.from({ length: count }, () => pick(sentences));
  if (random() < 1 / 3) lines.push(pick(faults));
  return `${lines.join('\n')}\n\n<ticket>\n{{ticket}}\n</ticket>\n`;
}

function pythonText(random: Random): string {
  // Braces that are text are doubled for .format, and those of placeholders are single there.
  const template = promptText(random).replace(/\{\{(\w+)\}\}|[{}]/g, (brace, name?: string) =>
    name ? `{${name}}` : brace + brace,
  );
  return `import client

LIMIT = {"tokens": 400, "model": "small"}
PROMPT = ${JSON.stringify(template)}


def ask(category, country, order_id, ticket):
    text = PROMPT.format(category=category, country=country, order_id=order_id, ticket=ticket)
    return client.ask(text, **LIMIT)
`;
}

const files = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'bench-lint-'));
try {
  const random = seededRandom(1, 'bench', 'lint');
  const paths = Array.from({ length: files }, (_, at) =>
    join(folder, `${at}.${at % 2 ? 'py' : 'md'}`),
  );
  for (const path of paths) {
    writeFileSync(path, path.endsWith('.py') ? pythonText(random) : promptText(random));
  }
  const reader = createSourceReader();
  const facts = { names: ['category', 'country', 'order_id', 'ticket'], tokenLimit: 8000 };
  let bytes = 0;
  let findings = 0;
  const start = performance.now();
  for (const path of paths) {
    const text = readFileSync(path, 'utf8');
    bytes += text.length;
    findings += path.endsWith('.py')
      ? (await lintPromptsIn(reader, text, 'python', { tokenLimit: 8000 })).findings.length
      : lintPrompt(text, facts).length;
  }
  const seconds = (performance.now() - start) / 1000;
  const rate = files / seconds;
  console.log(
    `${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${findings} findings: ${seconds.toFixed(2)} s, ${Math.round(rate)} files a second (at least ${fewestPerSecond} wanted)`,
  );
  process.exitCode = rate >= fewestPerSecond && findings > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

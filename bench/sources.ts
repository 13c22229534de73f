/** Finding the prompt under the cursor in a file of 10,000 lines, after the first time. */
import { createSourceReader } from '../src/engine/sources/find.ts';

/** What a person does not notice. */
const limitMs = 20;
const lines = 10_000;
const rounds = 40;

const functions: Readonly<Record<string, (index: number) => string>> = {
  python: index => `def ask_${index}(client, question):
    """Answers question ${index}."""
    options = {"temperature": 0, "model": "m-${index}"}
    prompt = f"""You are assistant ${index}.
    Answer {question} in {options["model"]!r} words: {{"answer": "…"}}
    """
    return client.ask(prompt, **options)

`,
  typescript:
    index => `export function ask${index}(client: Client, question: string): Promise<string> {
  const options = { temperature: 0, model: 'm-${index}' };
  // Answers question ${index}.
  const prompt = \`You are assistant ${index}.
    Answer \${question} with \${options.model} in \${[1, 2].map(each => \`<\${each}>\`).join('')}.
  \`;
  return client.ask(prompt, options);
}
`,
};

let passed = true;
for (const [language, write] of Object.entries(functions)) {
  const size = write(0).split('\n').length - 1;
  const text = Array.from({ length: Math.ceil(lines / size) }, (_, index) => write(index)).join('');
  const reader = createSourceReader();
  const [first] = await timed(text, language, reader, text.indexOf('You are assistant 7.'));
  const same: number[] = [];
  const edited: number[] = [];
  let current = text;
  for (let round = 0; round < rounds; round += 1) {
    const index = Math.floor(((round + 0.5) / rounds) * (lines / size));
    const at = current.indexOf(`You are assistant ${index}.`);
    const [asIs] = await timed(current, language, reader, at);
    same.push(asIs);
    current = `${current.slice(0, at + 8)}very ${current.slice(at + 8)}`;
    const [after] = await timed(current, language, reader, at);
    edited.push(after);
  }
  const worst = Math.max(median(same), median(edited));
  passed &&= worst <= limitMs;
  console.log(
    `${language}, ${text.split('\n').length} lines, ${Math.round(text.length / 1024)} KB: ` +
      `first ${first.toFixed(0)} ms, cursor moved ${median(same).toFixed(1)} ms, ` +
      `file edited ${median(edited).toFixed(1)} ms (median of ${rounds}; limit ${limitMs} ms)`,
  );
}
process.exitCode = passed ? 0 : 1;

async function timed(
  text: string,
  language: string,
  reader: ReturnType<typeof createSourceReader>,
  at: number,
): Promise<[ms: number]> {
  const start = performance.now();
  const [found] = await reader.find(text, { start: at, end: at }, language);
  const ms = performance.now() - start;
  if (!found?.text.startsWith('You are')) throw new Error(`The ${language} prompt was not found.`);
  return [ms];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

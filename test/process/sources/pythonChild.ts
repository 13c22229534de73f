import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What Python made of a file: the value of `PROMPT`, counted in its own characters, or its error. */
export interface PythonAnswer {
  readonly value?: string;
  readonly length?: number;
  readonly after?: number;
  readonly error?: string;
}

/** One python3 for all questions, asked in JSON lines. */
export interface PythonChild {
  run(file: string): Promise<PythonAnswer>;
  close(): void;
}

/** Values that the interpolations of the tests stand for, as the child defines them. */
export const pythonValues: Readonly<Record<string, string>> = {
  '{name}': 'NAME',
  '{user.name}': 'USER NAME',
  "{row['k']}": 'ROW K',
  '{number:>6}': '     7',
  '{name!r}': "'NAME'",
  '%(name)s': 'NAME',
};

const program = `
import json, sys, textwrap, inspect, warnings
warnings.simplefilter('ignore')
class User:
    name = 'USER NAME'
sys.stdin.reconfigure(encoding='utf-8')
for line in sys.stdin:
    env = {'name': 'NAME', 'user': User, 'row': {'k': 'ROW K'}, 'number': 7,
           'textwrap': textwrap, 'inspect': inspect}
    try:
        exec(compile(json.loads(line), 'case.py', 'exec'), env)
        value = env['PROMPT']
        answer = {'value': value, 'length': len(value), 'after': env.get('AFTER')}
    except Exception as error:
        answer = {'error': repr(error)}
    print(json.dumps(answer), flush=True)
`;

/** Whether this machine has a Python to ask. */
export function hasPython(): boolean {
  return spawnSync('python3', ['--version']).status === 0;
}

/** Starts the child; `close` ends it. */
export function startPython(): PythonChild {
  const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: PythonAnswer) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', line => {
    waiting.shift()?.(JSON.parse(line) as PythonAnswer);
  });
  child.once('close', () => {
    for (const answer of waiting.splice(0)) answer({ error: 'python3 ended' });
  });
  return {
    run: file =>
      new Promise(resolve => {
        waiting.push(resolve);
        // Lone halves of surrogate pairs survive as escapes only.
        const line = JSON.stringify(file).replace(/[^\x20-\x7e]/g, each => {
          return `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`;
        });
        child.stdin.write(`${line}\n`);
      }),
    close: () => child.stdin.end(),
  };
}

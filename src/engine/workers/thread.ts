/** The thread of `guardedChecks.ts`: matches patterns and checks JSON schemas. */
import { parentPort } from 'node:worker_threads';
import type { Ajv, ValidateFunction } from 'ajv';
import type { CheckTask, Reply } from './tasks.ts';

const validators = new Map<string, ValidateFunction>();
let ajv: Ajv | undefined;

parentPort?.on('message', (task: CheckTask) => {
  void answer(task).then(reply => parentPort?.postMessage(reply));
});
// Its limit begins where the thread is ready, not where it is started.
parentPort?.postMessage({ value: 'ready' } satisfies Reply);

async function answer(task: CheckTask): Promise<Reply> {
  try {
    return { value: await resultOf(task) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function resultOf(task: CheckTask): Promise<boolean | string | string[]> {
  switch (task.kind) {
    case 'matches':
      return new RegExp(task.pattern.source, task.pattern.flags).test(task.text);
    case 'without':
      return task.patterns.reduce(
        (rest, { source, flags }) => rest.replace(new RegExp(source, flags), ''),
        task.text,
      );
    case 'schema': {
      const validate = await validatorOf(task.schema);
      if (task.json === undefined) return [];
      validate(JSON.parse(task.json));
      return (validate.errors ?? []).map(
        ({ instancePath, message }) =>
          `${instancePath || 'the whole'} ${message ?? 'does not fit'}`,
      );
    }
  }
}

async function validatorOf(schema: string): Promise<ValidateFunction> {
  const known = validators.get(schema);
  if (known) return known;
  if (!ajv) {
    const { Ajv: SchemaReader } = await import('./schemaReader.ts');
    ajv = new SchemaReader({
      strict: false,
      allErrors: true,
      logger: false,
      validateFormats: false,
    });
  }
  const made = ajv.compile(JSON.parse(schema) as object);
  validators.set(schema, made);
  return made;
}

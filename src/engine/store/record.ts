import type { PromptVersion, VersionOrigin } from '../core/version.ts';
import {
  broken,
  choiceField,
  countField,
  formatJson,
  objectField,
  optionalText,
  parseRecord,
  schema,
  textField,
  type JsonObject,
} from './json.ts';

const origins: readonly VersionOrigin[] = ['typed', 'refined', 'optimized'];

/** What `v2.json` says of a version; its texts stand in files of their own. */
export type VersionFacts = Omit<PromptVersion, 'promptName' | 'prompt'> & {
  /** Whether there is a `v2.output.md`; a missing one is then an error and not an empty text. */
  readonly hasOutput: boolean;
};

/** Text of `prompt.json`. */
export function formatPromptRecord(name: string): string {
  return formatJson({ schema, name });
}

/** The prompt's real name from `prompt.json`. */
export function parsePromptRecord(path: string, text: string): string {
  return textField(path, parseRecord(path, text), 'name');
}

/** Text of `v2.json`. */
export function formatVersionRecord(version: PromptVersion): string {
  return formatJson({
    schema,
    id: version.id,
    version: version.number,
    parent_id: version.parentId,
    origin: version.origin,
    note: version.note,
    created_at: version.createdAt,
    metadata: version.metadata,
    components: version.prompt.output === '' ? ['system'] : ['system', 'output'],
  });
}

/** Reads `v2.json`. */
export function parseVersionRecord(path: string, text: string): VersionFacts {
  const record = parseRecord(path, text);
  const parentId = optionalText(path, record, 'parent_id');
  const note = optionalText(path, record, 'note');
  return {
    number: countField(path, record, 'version'),
    id: textField(path, record, 'id'),
    ...(parentId === undefined ? {} : { parentId }),
    origin: choiceField(path, record, 'origin', origins),
    ...(note === undefined ? {} : { note }),
    createdAt: textField(path, record, 'created_at'),
    metadata: plainFields(path, objectField(path, record, 'metadata')),
    hasOutput: componentsOf(path, record).includes('output'),
  };
}

function componentsOf(path: string, record: JsonObject): readonly unknown[] {
  const components = record['components'];
  if (!Array.isArray(components)) throw broken(path, '"components" is not a list');
  return components;
}

function plainFields(path: string, fields: JsonObject): PromptVersion['metadata'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        return [name, value] as const;
      }
      throw broken(path, `"metadata.${name}" is not a text, a number or a yes/no`);
    }),
  );
}

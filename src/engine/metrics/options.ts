import { RequestError } from '../core/errors.ts';

/**
 * What may stand for an option: nothing (`switch`), a number, a text without commas, one of a
 * list, or everything up to the end of the name (`rest`, with a word that stands for it in help).
 */
export type OptionKind =
  'switch' | 'number' | 'text' | readonly string[] | { readonly rest: string };

/** The options of a metric by name. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

/** Options as they were written, by name; a switch that is set is `true`. */
export type OptionTexts = Readonly<Record<string, string>>;

/**
 * Reads what stands behind the colon of a metric's name: options with commas between them,
 * `ignore_case,average=macro`; an option that takes the rest comes last. Throws `RequestError`
 * that lists the options of the metric.
 */
export function readOptions(metric: string, text: string, kinds: OptionKinds): OptionTexts {
  const options: Record<string, string> = {};
  let rest = text.trimStart();
  while (rest !== '') {
    const end = /^[^,=]*/u.exec(rest)?.[0].length ?? 0;
    const name = rest.slice(0, end).trim();
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      if (name === '' && rest.charAt(end) === ',') {
        rest = rest.slice(1).trimStart();
        continue;
      }
      throw unknownOption(metric, name || rest, kinds);
    }
    if (isRest(kind)) {
      if (rest.charAt(end) !== '=') throw withoutValue(metric, name, kind);
      options[name] = rest.slice(end + 1);
      break;
    }
    const comma = rest.indexOf(',');
    const part = comma < 0 ? rest : rest.slice(0, comma);
    options[name] = valueOf(metric, name, kind, part.slice(end));
    rest = comma < 0 ? '' : rest.slice(comma + 1).trimStart();
  }
  return options;
}

/** Whether a switch is set. */
export function isOn(options: OptionTexts, name: string): boolean {
  return Object.hasOwn(options, name);
}

/** The number of an option, under its own name; nothing where it was not given. */
export function numbersIn<Name extends string>(
  options: OptionTexts,
  ...names: readonly Name[]
): Partial<Record<Name, number>> {
  const numbers: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const text = options[name];
    if (text !== undefined) numbers[name] = Number(text);
  }
  return numbers;
}

function valueOf(
  metric: string,
  name: string,
  kind: Exclude<OptionKind, { readonly rest: string }>,
  written: string,
): string {
  if (kind === 'switch') {
    if (written.trim() !== '') {
      throw new RequestError(`The option ${name} of ${metric} is a switch; write it without "=".`);
    }
    return 'true';
  }
  const value = written.startsWith('=') ? written.slice(1).trim() : '';
  const isFit =
    kind === 'number'
      ? value !== '' && Number.isFinite(Number(value))
      : kind === 'text'
        ? value !== ''
        : kind.includes(value);
  if (!isFit) throw withoutValue(metric, name, kind);
  return value;
}

function isRest(kind: OptionKind): kind is { readonly rest: string } {
  return typeof kind === 'object' && 'rest' in kind;
}

function written(name: string, kind: OptionKind): string {
  if (kind === 'switch') return name;
  if (kind === 'number' || kind === 'text') return `${name}=${kind.toUpperCase()}`;
  return `${name}=${isRest(kind) ? kind.rest : kind.join('|')}`;
}

function withoutValue(metric: string, name: string, kind: OptionKind): RequestError {
  return new RequestError(`The option ${name} of ${metric} is written ${written(name, kind)}.`);
}

function unknownOption(metric: string, name: string, kinds: OptionKinds): RequestError {
  const known = Object.entries(kinds).map(([each, kind]) => written(each, kind));
  return new RequestError(
    known.length === 0
      ? `The metric ${metric} has no options, so "${name}" cannot be set.`
      : `The metric ${metric} has no option "${name}". It has ${known.join(', ')}.`,
  );
}

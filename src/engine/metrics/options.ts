import { RequestError } from '../core/errors.ts';

/** Options of all metrics, read from a metric's name. */
export interface MetricOptions {
  readonly ignore_case?: boolean;
  readonly ignore_punctuation?: boolean;
  readonly ignore_numbers?: boolean;
  readonly regexes_to_ignore?: readonly string[];
}

interface Allowed {
  readonly switches: readonly string[];
  readonly patterns: boolean;
}

const patternKey = 'regexes_to_ignore=';

/**
 * Reads what stands behind the colon of a metric's name: switches with commas between them; the
 * rest behind `regexes_to_ignore=` is one pattern, or several as a JSON list. `settings` holds the
 * same as text. Throws `RequestError` that lists the options of the metric.
 */
export function readOptions(
  metric: string,
  text: string,
  allowed: Allowed,
): { options: MetricOptions; settings: Readonly<Record<string, string>> } {
  const settings: Record<string, string> = {};
  const at = allowed.patterns ? text.indexOf(patternKey) : -1;
  const switches = (at < 0 ? text : text.slice(0, at)).split(',').map(part => part.trim());
  for (const name of switches.filter(part => part !== '')) {
    if (!allowed.switches.includes(name)) throw unknownOption(metric, name, allowed);
    settings[name] = 'true';
  }
  if (at < 0) return { options: switchesIn(settings), settings };
  const pattern = text.slice(at + patternKey.length);
  settings['regexes_to_ignore'] = pattern;
  return {
    options: { ...switchesIn(settings), regexes_to_ignore: patternsIn(pattern) },
    settings,
  };
}

function switchesIn(settings: Readonly<Record<string, string>>): MetricOptions {
  return {
    ignore_case: 'ignore_case' in settings,
    ignore_punctuation: 'ignore_punctuation' in settings,
    ignore_numbers: 'ignore_numbers' in settings,
  };
}

/** `["a","b"]` is a list of patterns; anything else, `[0-9]` too, is one pattern. */
function patternsIn(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every(each => typeof each === 'string')) return value;
  } catch {
    // Not JSON, so it is a pattern.
  }
  return [text];
}

function unknownOption(metric: string, name: string, allowed: Allowed): RequestError {
  const known = [...allowed.switches, ...(allowed.patterns ? [`${patternKey}PATTERN`] : [])];
  return new RequestError(
    known.length === 0
      ? `The metric ${metric} has no options, so "${name}" cannot be set.`
      : `The metric ${metric} has no option "${name}". It has ${known.join(', ')}.`,
  );
}

import { unusable } from './brokenAnswers.ts';

/** Takes a stream's bytes apart into the text of its events. */
export interface EventReader {
  /** The `data` of every event that these bytes complete. */
  read(bytes: Uint8Array): string[];
  /** What an event without its blank line holds at the end of the stream. */
  rest(): string[];
}

/**
 * Reads server-sent events (HTML standard, section 9.2.6) as far as chat completions use them:
 * any line end, comments, `data` in several lines, bytes of one character in two pieces.
 */
export function eventReader(place: string): EventReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let open = '';
  let lines: string[] = [];

  const decoded = (bytes: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: true });
    } catch {
      throw unusable(`The answer of ${place} is damaged: it holds bytes that are not UTF-8.`);
    }
  };
  const taken = (line: string): string[] => {
    if (line === '') {
      const event = lines.join('\n');
      lines = [];
      return event === '' ? [] : [event];
    }
    const [, value] = /^data(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line.startsWith('data')) lines.push(value ?? '');
    return [];
  };

  return {
    read: bytes => {
      open += decoded(bytes);
      const parts = open.split(/\r\n|\n|\r(?!$)/);
      open = parts.pop() ?? '';
      return parts.flatMap(taken);
    },
    rest: () => [...taken(open.replace(/\r$/, '')), ...taken('')],
  };
}

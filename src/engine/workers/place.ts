import { existsSync } from 'node:fs';
import { EngineError } from '../core/errors.ts';

/** The file of a thread: beside this one in the sources, beside or above the chunks of the bundle. */
export function threadPlace(source: string, bundled: string): URL {
  const places = [`./${source}.ts`, `./${bundled}.js`, `../${bundled}.js`];
  const found = places.map(place => new URL(place, import.meta.url)).find(url => existsSync(url));
  if (found) return found;
  throw new EngineError('installation', `${bundled}.js is missing. Install the extension again.`);
}

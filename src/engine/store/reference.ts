import { RequestError } from '../core/errors.ts';
import type { VersionHistory } from '../core/history.ts';
import type { PromptVersion } from '../core/version.ts';

const namesShown = 20;

/** The version that `NAME` (the newest) or `NAME@2` means; a prompt may itself be called `a@2`. */
export async function resolveReference(
  reference: string,
  { names, list }: Pick<VersionHistory, 'names' | 'list'>,
): Promise<PromptVersion> {
  const known = await names();
  const [, name = reference, digits] = known.includes(reference)
    ? []
    : (/^(.+)@(\d+)$/s.exec(reference) ?? []);
  if (!known.includes(name)) throw unknownName(name, known);
  const versions = await list(name);
  const version =
    digits === undefined
      ? versions.at(-1)
      : versions.find(each => String(each.number) === digits.replace(/^0+/, ''));
  if (!version) {
    const numbers = versions.map(each => `${name}@${each.number}`);
    throw new RequestError(
      `There is no version "${reference}". ${numbers.length === 0 ? 'The prompt has no saved versions.' : `There are: ${shortList(numbers)}.`}`,
    );
  }
  return version;
}

function unknownName(name: string, known: readonly string[]): RequestError {
  const there =
    known.length === 0
      ? 'No prompt has been saved in this folder yet.'
      : `There are: ${shortList(known)}.`;
  return new RequestError(`There is no prompt called "${name}". ${there}`);
}

function shortList(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

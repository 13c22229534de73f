import { DatasetError } from '../core/errors.ts';

/**
 * Column names from the first row. Throws `DatasetError` for a name that stands twice, because one
 * of the two would be lost; an empty name becomes `column 2`, with a warning.
 */
export function columnsOf(
  cells: readonly string[],
  file: string,
  line?: number,
): { readonly columns: readonly string[]; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const seen = new Set<string>();
  const folded = new Map<string, string>();
  const columns = cells.map((cell, at) => {
    const name = cell.trim() === '' ? `column ${at + 1}` : cell;
    if (name !== cell) warnings.push(`column ${at + 1} has no name; it is called "${name}".`);
    if (seen.has(name)) {
      throw new DatasetError(file, line, `two columns are called "${name}". Rename one of them.`);
    }
    seen.add(name);
    const plain = name.trim().toLowerCase();
    const twin = folded.get(plain);
    if (twin !== undefined) warnings.push(`the columns "${twin}" and "${name}" look alike.`);
    folded.set(plain, name);
    if (name.trim() !== name) warnings.push(`the column name "${name}" has spaces around it.`);
    return name;
  });
  return { columns, warnings };
}

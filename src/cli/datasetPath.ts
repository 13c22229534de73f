import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Relative where it lies in the workspace, so that a run can be resumed after a move. */
export function datasetPath(dataset: string, folder: string, here: string): string {
  const path = resolve(here, dataset);
  const inside = relative(folder, path);
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside);
  return outside ? path : inside.split(sep).join('/');
}

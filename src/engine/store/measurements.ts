import type { Files } from '../core/files.ts';
import type { Measurement, VersionRef } from '../core/version.ts';
import { scoresFolder, scoresPath } from './layout.ts';
import { formatMeasurement, parseMeasurement } from './measurementRecord.ts';

/** Writes a measurement once, under the first free name. */
export async function writeMeasurement(files: Files, measurement: Measurement): Promise<void> {
  const text = formatMeasurement(measurement);
  let repetition = 1;
  while (!(await files.write(scoresPath(measurement, repetition), text, { ifAbsent: true }))) {
    repetition += 1;
  }
}

/** Everything that was measured of one version, oldest first. */
export async function listMeasurements(files: Files, ref: VersionRef): Promise<Measurement[]> {
  const folder = scoresFolder(ref.promptName);
  const names = (await files.list(folder)).filter(
    name => name.startsWith(`v${ref.number}-`) && name.endsWith('.json'),
  );
  const found = await Promise.all(
    names.map(async name => {
      const path = `${folder}/${name}`;
      return parseMeasurement(path, (await files.read(path)) ?? '', ref.promptName);
    }),
  );
  return found.sort((left, right) => (left.measuredAt < right.measuredAt ? -1 : 1));
}

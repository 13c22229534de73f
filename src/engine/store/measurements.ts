import type { Files } from '../core/files.ts';
import type { Measurement, VersionRef } from '../core/version.ts';
import { scoresFolder, scoresPath } from './layout.ts';
import { formatMeasurement, parseMeasurement } from './measurementRecord.ts';

/**
 * Writes a measurement once, under the first free name. A resumed run measures again what it had
 * measured before; a measurement that differs only in its time is the one that is there.
 */
export async function writeMeasurement(files: Files, measurement: Measurement): Promise<void> {
  const text = formatMeasurement(measurement);
  for (let repetition = 1; ; repetition += 1) {
    const path = scoresPath(measurement, repetition);
    if (await files.write(path, text, { ifAbsent: true })) return;
    const there = await readMeasurement(files, path, measurement.version.promptName);
    if (formatMeasurement({ ...there, measuredAt: measurement.measuredAt }) === text) return;
  }
}

/** Everything that was measured of one version, oldest first. */
export async function listMeasurements(files: Files, ref: VersionRef): Promise<Measurement[]> {
  const folder = scoresFolder(ref.promptName);
  const names = (await files.list(folder)).filter(
    name => name.startsWith(`v${ref.number}-`) && name.endsWith('.json'),
  );
  const found = await Promise.all(
    names.map(name => readMeasurement(files, `${folder}/${name}`, ref.promptName)),
  );
  return found.sort((left, right) => (left.measuredAt < right.measuredAt ? -1 : 1));
}

async function readMeasurement(files: Files, path: string, promptName: string) {
  return parseMeasurement(path, (await files.read(path)) ?? '', promptName);
}

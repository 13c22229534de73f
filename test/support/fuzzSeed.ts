import process from 'node:process';
import fastCheck from 'fast-check';

/**
 * Seed of all generated cases, so that a run of the tests is the same run tomorrow. To look at
 * other cases: `FUZZ_SEED=$RANDOM npm test -- unit process`.
 */
fastCheck.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20261120) });

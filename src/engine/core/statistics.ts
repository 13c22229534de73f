/** Intervals and paired tests, each with its source; the parts are in `statistics/`. */
export { aggregateOf, areRightOrWrong } from './statistics/aggregate.ts';
export { posteriorBetter } from './statistics/binomial.ts';
export { bootstrapInterval } from './statistics/bootstrap.ts';
export {
  crossValidated,
  detectableAcrossFolds,
  foldVariance,
} from './statistics/crossValidated.ts';
export { excludesLoss } from './statistics/nonInferior.ts';
export { guardVerdict } from './statistics/guard.ts';
export { detectableDifference, mcnemarMidP, rowsToShow, usualChurn } from './statistics/mcnemar.ts';
export { changedRows, pairedDifference, pairedPValue, pairedTest } from './statistics/paired.ts';
export { wilsonInterval } from './statistics/wilson.ts';

import { brokenContract } from '../core/outputContract.ts';
import { comparePlaceholders } from '../core/placeholders.ts';
import type { BrokenPromise } from '../core/refinement.ts';
import type { GuardedRewrite } from './guardedRewrite.ts';
import { changedLanguage, wishesLanguage } from './language.ts';
import { brokenSeals, unseal } from './locks.ts';
import { looksLikeAnswer, opensLikeReply } from './looksLikeAnswer.ts';

export type { GuardedRewrite } from './guardedRewrite.ts';

/** A promise that every rewrite keeps: its name, and the sentences where it is broken. */
interface Guard {
  readonly name: string;
  broken(rewrite: WholeRewrite): readonly string[];
}

type WholeRewrite = GuardedRewrite & { readonly after: string };

/** Every guard that a whole text passes, in the order in which people read their reasons. */
const guards: readonly Guard[] = [
  { name: 'placeholders', broken: placeholderProblems },
  { name: 'locked-sections', broken: ({ after, seals = [] }) => brokenSeals(after, seals) },
  // A wish may ask for something very short; no wish asks for "Sure! Here is …".
  {
    name: 'rewrite-not-answer',
    broken: ({ before, after, wishes }) =>
      wishes === '' ? looksLikeAnswer(before, after) : opensLikeReply(before, after),
  },
  {
    name: 'language',
    broken: ({ before, after, wishes }) =>
      wishesLanguage(wishes) ? [] : changedLanguage(before, after),
  },
  {
    name: 'output-contract',
    broken: contractProblems,
  },
];

/** The names of all guards, those of techniques not among them. */
export const guardNames: readonly string[] = ['complete', ...guards.map(guard => guard.name)];

/** The promises that a rewrite broke, each with its guard's name; empty where none. */
export function brokenPromises(rewrite: GuardedRewrite): BrokenPromise[] {
  const incomplete = incompleteness(rewrite);
  const { after } = rewrite;
  if (incomplete !== undefined || after === undefined) {
    return [{ guard: 'complete', message: incomplete ?? '' }];
  }
  const named =
    (guard: string) =>
    (message: string): BrokenPromise => ({ guard, message });
  return [
    ...guards.flatMap(guard => guard.broken({ ...rewrite, after }).map(named(guard.name))),
    ...(rewrite.techniques ?? []).flatMap(technique =>
      (technique.broken?.(rewrite) ?? []).map(named(technique.name)),
    ),
  ];
}

function incompleteness({ after, cut }: GuardedRewrite): string | undefined {
  if (cut) return 'The answer was cut off before it was complete.';
  if (after === undefined) {
    return 'The answer held no refined prompt: it may have answered the prompt instead.';
  }
  return after.trim() === '' ? 'The refined prompt is empty.' : undefined;
}

// Words for the form of an answer, in the languages that wishes are most often written in.
const formWish =
  /\b(?:json|xml|yaml|csv|markdown|format|schema|struct|keys?|fields?|labels?|categor|class(?:es|if)|options?|choices?|scale|rat(?:e|ing)\b|scor|stars?\b|points?\b|output|answer|respon[ds]|repl(?:y|ies)|return|tables?|lists?|bullet|language|translat|ausgabe|antwort|felder|feld|skala|sprache|tabelle|liste|réponse|réponds|sortie|champs?|échelle|langue|respuesta|salida|campos?|escala|idioma)/i;

/** What the wish names, or all of it where the wish speaks of the form of the answers, is the person's own. */
function contractProblems({ before, after, wishes }: WholeRewrite): string[] {
  if (formWish.test(wishes)) return [];
  const isWished = (item: string): boolean => wishes.toLowerCase().includes(item.toLowerCase());
  return brokenContract(before, after, { mayGo: isWished, mayCome: isWished });
}

/** Lost and invented placeholders; those that the wish itself spells out are the person's own. */
function placeholderProblems(rewrite: WholeRewrite): string[] {
  const { before, after, wishes, values = [], seals = [], sections = [] } = rewrite;
  // With the locked sections in their places: braces around a seal would make one of its text.
  const whole = (text: string) => unseal(text, { seals, sections }).text;
  const { lost, invented } = comparePlaceholders(whole(before), whole(after), values);
  const unwished = (raw: string) => !wishes.includes(raw);
  // "Keep {{x}} at the end" names it and does not give it up.
  const wanted = (raw: string) => unwished(raw) || /\b(?:keep|retain|preserve)/i.test(wishes);
  return [
    ...counted(lost.filter(wanted)).map(
      each => `The placeholder ${each} is lost; it must be kept exactly as it is spelled.`,
    ),
    ...counted(invented.filter(unwished)).map(
      each =>
        `The placeholder ${each} is new; the prompt must not get placeholders that it did not have.`,
    ),
  ];
}

function counted(items: readonly string[]): string[] {
  return [...new Set(items)].map(item => {
    const times = items.filter(each => each === item).length;
    return times === 1 ? item : `${item} (${times} times)`;
  });
}

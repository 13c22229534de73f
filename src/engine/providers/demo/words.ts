// What a sentence says about itself and not about its subject: no rule and no guess hangs on these.
const common = new Set(
  (
    'a about above after again all almost already also although always am an and another any anybody ' +
    'anyone anything are around as ask asked at away back be became because been before being below ' +
    'best better between both but by came can cannot case come could day days did do does doing done ' +
    'down each either else enough even ever every everything few first for from further gave get gets ' +
    'getting give given go goes going gone good got had has have having he hello help her here hers hi ' +
    'him his how however i if in instead into is it its itself just keep kind know last later least less ' +
    'let like little look looked looking made make makes many may me might mine more most much must my ' +
    'myself need needs never new next no nobody none nor not nothing now of off often ok on once one ' +
    'only onto or other others our ours out over own per please put quite rather really right said same ' +
    'saw say says see seem seems seen several shall she should since so some somebody someone something ' +
    'still such sure take takes taken tell than thank thanks that the their theirs them then there these ' +
    'they thing things think this those though three through time times to today together told tomorrow ' +
    'too took toward tried try trying twice two under until unless up upon us use used using very want ' +
    'wanted wants was way we week weeks well went were what whatever when where whether which while who ' +
    'whole whom whose why will wish with within without won would yes yesterday yet you your yours ' +
    'im ive id dont doesnt didnt cant couldnt wont isnt wasnt arent havent hasnt ' +
    'dear regards sincerely team everyone month months year years monday tuesday wednesday thursday ' +
    'friday saturday sunday'
  ).split(' '),
);

// What instructions say around the words that matter: "If the ticket mentions X, answer Y".
const instructing = new Set(
  (
    'add always answer answers apply assign assigned belong belongs cases category choose class classify ' +
    'concerning consider considered contain containing contains customer customers email emails entry ' +
    'every input item items label labelled labels mark means mention mentioned mentioning mentions ' +
    'message messages output person pick question refer refers regarding related reply request requests ' +
    'respond return returned row rows route routed rule rules select send sent text texts ticket tickets ' +
    'treat user users word words write writes writing includes include including involve involves ' +
    'involving talks talk speaks speak handled handles handle case cases whenever'
  ).split(' '),
);

/** Words of a text in order, lower case, without possessive endings. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).map(word =>
    word.replace(/['’]s$/, '').replace(/['’]/g, ''),
  );
}

/** Rough root of an English word, so that "refunds" and "refunded" meet "refund". */
export function stem(word: string): string {
  let root = word;
  if (root.length > 4) root = root.replace(/(?:ies|ied)$/, 'y').replace(/(?:sses)$/, 'ss');
  if (root.length > 4) root = root.replace(/(?:ing|ed|es|s)$/, '');
  if (root.length > 3) root = root.replace(/([bdfgklmnprt])\1$/, '$1').replace(/e$/, '');
  return root;
}

/** The roots of all words of a text. */
export function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).map(stem));
}

/** Words that can carry a meaning of their own: what a hypothesis may be about. */
export function tellingWords(text: string): string[] {
  return wordsOf(text).filter(
    word => word.length > 2 && !/\d/.test(word) && !common.has(word) && !common.has(stem(word)),
  );
}

/** Words of an instruction that name its subject. */
export function subjectWords(text: string): string[] {
  return tellingWords(text).filter(word => !instructing.has(word));
}

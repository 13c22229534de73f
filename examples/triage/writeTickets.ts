/**
 * Writes tickets.csv, the sample dataset of the demo: 240 invented support tickets with the team
 * that should get each. The shop has rules that the sample prompt does not state, for example
 * that a chargeback goes to legal whatever else the ticket says.
 *
 * Run it with `node examples/triage/writeTickets.ts`; the same file comes out every time, or the
 * same text on standard output with `--print`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tickets of one kind: what they say, who gets them, and how many there are. */
interface Kind {
  readonly label: string;
  readonly count: number;
  readonly bodies: readonly string[];
}

const kinds: readonly Kind[] = [
  // The ticket names the team itself, and means it.
  {
    label: 'billing',
    count: 18,
    bodies: [
      'there is a billing mistake on my order for the {product}: the total is {amount} higher than in the basket.',
      'my card was billed twice for one {product}.',
      'could someone from billing explain the {amount} that I see on my statement?',
      'the discount code worked at checkout, but the bill for the {product} shows the full price.',
      'why is my bill in another currency than the price on the page of the {product}?',
      'the gift voucher of {amount} was not taken off my bill.',
      'please change the card for my monthly billing before {day}.',
    ],
  },
  {
    label: 'shipping',
    count: 20,
    bodies: [
      'the {product} was due {day} and the shipping page still says "preparing".',
      'is express shipping possible to {city}, and what does it cost for a {product}?',
      'you shipped my {product} to the old address in {city}.',
      'I chose free shipping for the {product} and now the date has moved for the third time.',
      'your shipping calculator wants {amount} to {city}, my neighbour paid half of that.',
      'can you hold the shipping of the {product} until I am back from {city}?',
      'the parcel was shipped in two boxes, and only one arrived.',
    ],
  },
  {
    label: 'returns',
    count: 20,
    bodies: [
      'I would like to return the {product}, it is smaller than I expected.',
      'how many days do I have for a return of the {product} that I bought in {city}?',
      'the return label for the {product} does not open on my phone.',
      'my neighbour gave me the same {product}, so mine can go back as a return.',
      'the store in {city} refused the return of my {product} without the box.',
      'I sent the {product} as a return on {day} and have no confirmation yet.',
      'is a return of a used {product} possible if I keep the cable?',
    ],
  },
  {
    label: 'technical',
    count: 20,
    bodies: [
      'I have a technical question about the {product}: the light blinks red and then it goes dark.',
      'the {product} and the app no longer find each other; a technical fault, I suppose.',
      'can a technical person tell me how to reset the {product} to how it was on the first day?',
      'after the update on {day} the {product} restarts every ten minutes. Is this a known technical problem?',
      'for the technical people: the {product} shows error 14 and beeps.',
      'where is the technical manual of the {product}? The link leads nowhere.',
      'two technical details are missing on the page of the {product}: weight and voltage.',
    ],
  },
  {
    label: 'account',
    count: 18,
    bodies: [
      'I cannot get into my account since {day}; the reset mail does not arrive.',
      'please merge the two accounts that I have with you, one is from {city}.',
      'my account still shows my maiden name.',
      'how do I close my account? I only ever bought one {product}.',
      'somebody in {city} logs into my account, please lock it.',
      'can I have one account for my family and one for my work?',
      'my account forgets my language every time I come back.',
    ],
  },
  {
    label: 'legal',
    count: 8,
    bodies: [
      'who is your legal contact for questions about the privacy notice?',
      'my company needs your legal address in {city} before it can buy the {product}.',
      'the legal text below the {product} page is in the wrong language.',
      'I am writing a thesis on consumer rights; is there a legal person I may interview?',
    ],
  },
  // The house rules: a sign in the text decides, whatever team the ticket names.
  {
    label: 'legal',
    count: 24,
    bodies: [
      'if the billing error of {amount} is not corrected by {day}, I will open a chargeback with my bank.',
      'my bank has confirmed the chargeback for the {product}. Your billing system keeps sending reminders.',
      'the chargeback over {amount} was decided in my favour, so why does my account still show a debt?',
      'nobody answered my return request for the {product}, so I am starting a chargeback on {day}.',
      'I hear you block customers after a chargeback. Mine was over {amount}, because nothing was ever shipped to {city}.',
      'please confirm in writing that you will not fight the chargeback for the {product}.',
      'a chargeback is the only technical means I have left, your form does not load.',
    ],
  },
  {
    label: 'account',
    count: 22,
    bodies: [
      'I need an invoice for the {product} with the VAT number of my firm, the billing page only has a receipt.',
      'the invoice for {amount} carries the wrong company name.',
      'where do I download the invoice? The shipping note for the {product} is not enough for our books.',
      'billing sent the invoice to a colleague who has left; it should go to our office in {city}.',
      'our tax adviser asks for every invoice since spring, the {product} included.',
      'one invoice per parcel, please, not one for the whole shipping.',
      'could the invoice for the {product} carry our order number?',
    ],
  },
  {
    label: 'returns',
    count: 26,
    bodies: [
      'the {product} came damaged, although the shipping box looked fine.',
      'your shipping partner left the {product} in the rain and it is damaged now.',
      'one corner of the {product} is damaged. The billing for it went through at once, of course.',
      'I unpacked the {product} on {day} and found the cable damaged.',
      'damaged on arrival: one {product}, ordered to {city}. A technical inspection is not needed, it is in two pieces.',
      'there is a damaged seal on the {product}, somebody has opened it before me.',
      'half of the glasses are damaged. My account shows a perfect delivery, with a photo.',
    ],
  },
  {
    label: 'technical',
    count: 22,
    bodies: [
      'the {product} is still under warranty and I do not want to return it, I want it to work.',
      'does the warranty cover the {product}? I can return it to the store in {city} if you like.',
      'my warranty card for the {product} says two years. It stopped on {day}, after eleven months.',
      'your returns page sends me in circles; this is a warranty case for a {product} of {amount}.',
      'I registered the warranty in my account, and now the {product} makes a grinding noise.',
      'how long is the warranty if I did not register the {product} on your billing page?',
      'a friend says that the warranty ended when I opened the {product} myself. Did it?',
    ],
  },
  {
    label: 'shipping',
    count: 18,
    bodies: [
      'customs in {city} holds the {product} and asks for a paper that billing would not give me.',
      'I paid {amount} to customs. Was that not part of your bill?',
      'the customs form on the parcel says "gift", but it is a {product} that I paid for.',
      'customs wants to know what is inside before they let the {product} go. My account shows it as delivered.',
      'I have a letter from customs and three weeks to answer it. Billing, returns, whoever reads this: help.',
      'which number do I give to customs for the {product}?',
    ],
  },
  // An exception: under warranty, damage is repaired and not sent back.
  {
    label: 'technical',
    count: 12,
    bodies: [
      'the hinge of the {product} is damaged after normal use, and the warranty runs until next year.',
      'damaged display on the {product}, bought in {city}, warranty number on the photo. No shipping accident, it just cracked.',
      'is a damaged {product} a warranty case? It has been on my desk since {day}.',
      'the lid was damaged from the first day, which the warranty should cover. I do not want a return.',
      'warranty question: is a damaged plug my own fault?',
    ],
  },
  // Nothing but plain sense tells where these belong.
  {
    label: 'shipping',
    count: 6,
    bodies: [
      'where is my {product}? It should have been in {city} on {day}.',
      'the driver says nobody was at home on {day}, and I sat next to the door.',
    ],
  },
  {
    label: 'technical',
    count: 6,
    bodies: [
      'the {product} hums loudly, even when it is switched off.',
      'which cable fits the {product}? The one in the box does not.',
    ],
  },
];

const openers = [
  'Hello, ',
  'Hi there, ',
  'Good morning, ',
  'Dear team, ',
  'Second mail about this: ',
  'Short question: ',
  '',
  '',
];
const closers = [
  '',
  '',
  ' Thank you.',
  ' Please let me know.',
  ' I am waiting for your answer.',
  ' Order {number}.',
  ' Kind regards, {name}',
  ' You can reach me in the evening.',
];
const words: Readonly<Record<string, readonly string[]>> = {
  product: [
    'kettle',
    'desk lamp',
    'headphones',
    'coffee grinder',
    'vacuum cleaner',
    'tablet',
    'bookshelf',
    'blender',
    'printer',
    'office chair',
    'camera',
    'toaster',
    'radio',
    'monitor',
    'fan',
    'drill',
  ],
  city: ['Lyon', 'Graz', 'Porto', 'Leeds', 'Malmö', 'Turin', 'Ghent', 'Krakow', 'Cork', 'Basel'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  amount: ['12 euros', '39.90', '84 euros', '119.00', '20 pounds', '260 euros', '7.50'],
  name: ['Ines', 'Tom', 'Aylin', 'Marek', 'Joanna', 'Sven', 'Priya', 'Luc'],
};

const random = seeded(20_260_822);
const rows = shuffled(kinds.flatMap(kind => repeat(kind)));
const lines = rows.map(([ticket, label], index) =>
  [`T${String(index + 1).padStart(3, '0')}`, quoted(ticket), label].join(','),
);
const text = ['id,ticket,label', ...lines, ''].join('\n');
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(import.meta.dirname, 'tickets.csv'), text);

function repeat({ label, count, bodies }: Kind): [ticket: string, label: string][] {
  const seen = new Set<string>();
  while (seen.size < count) {
    const body = bodies[seen.size % bodies.length] ?? '';
    seen.add(filled(sentence(pick(openers), body) + pick(closers)));
  }
  return [...seen].map(ticket => [ticket, label]);
}

function sentence(opener: string, body: string): string {
  return opener === '' ? body.charAt(0).toUpperCase() + body.slice(1) : opener + body;
}

function filled(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_mark, name: string) =>
    name === 'number' ? String(10_000 + Math.floor(random() * 89_999)) : pick(words[name] ?? ['']),
  );
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function pick<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const keyed = items.map(item => ({ item, key: random() }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}

// mulberry32, public domain (Tommy Ettinger 2017).
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

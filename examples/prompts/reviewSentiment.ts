/** Says whether a review is positive, and what it is about. */

const sentimentPrompt = (review: string, product: string): string =>
  `You are a helpful assistant. Please have a look at this review of our product "${product}" and tell me
if the customer is happy, and also basically what the review is about. Try to be very exact.

Review: ${review}`;

interface Sentiment {
  mood: 'happy' | 'unhappy' | 'mixed';
  topic: string;
}

export async function sentimentOf(
  review: string,
  product: string,
  ask: (prompt: string) => Promise<string>,
): Promise<Sentiment> {
  return JSON.parse(await ask(sentimentPrompt(review, product))) as Sentiment;
}

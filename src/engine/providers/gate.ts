import type { Gate } from '../core/gate.ts';
import type { LanguageModel } from '../core/languageModel.ts';
import { orCancelled } from './cancel.ts';

/** Holds requests back while the gate is shut. Throws `CancelledError` where one is cancelled there. */
export function behindGate(model: LanguageModel, gate: Gate | undefined): LanguageModel {
  if (!gate) return model;
  return {
    ...model,
    async generate(request, signal, onText) {
      await untilOpen(gate, signal);
      return model.generate(request, signal, onText);
    },
  };
}

/** The same, and what has left is counted until it comes back: for the innermost model. */
export function countedBehindGate(model: LanguageModel, gate: Gate | undefined): LanguageModel {
  if (!gate) return model;
  return behindGate(
    {
      ...model,
      async generate(request, signal, onText) {
        const back = gate.sent();
        try {
          return await model.generate(request, signal, onText);
        } finally {
          back();
        }
      },
    },
    gate,
  );
}

async function untilOpen(gate: Gate, signal: AbortSignal | undefined): Promise<void> {
  // It may be shut again before this request has had its turn.
  while (gate.isShut()) await orCancelled(gate.opened(), signal);
}

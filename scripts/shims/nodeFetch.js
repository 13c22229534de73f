/**
 * Stands in for node-fetch 2 inside the bundle. Its users (gaxios below google-auth-library) get the
 * fetch that Node has anyway; node-fetch brings 300 KB of tables and a deprecation warning with it.
 */
export default function fetch(...request) {
  // Looked up at each call, so that a fetch that is replaced later is the one that is used.
  return globalThis.fetch(...request);
}

export const { Headers, Request, Response, AbortController } = globalThis;

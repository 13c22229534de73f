/**
 * The Gemini client alone, to be imported lazily. The root of the package also loads a second client
 * of 340 KB that is not used here; and a lazy import of the CommonJS file itself would have no named
 * exports in the bundle.
 */
export { VertexAI } from '@google-cloud/vertexai/build/src/vertex_ai.js';

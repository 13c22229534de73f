/** In a file of its own, so that it is loaded only where a schema is used: most runs have none. */
export { Ajv } from 'ajv';

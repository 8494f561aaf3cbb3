/** What `import 'varve'` and `require('varve')` give. */
export { ERRORS } from './common/errors.js';
export * from './client/index.js';

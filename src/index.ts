/** What `import 'varve'` and `require('varve')` give. */
export { ERRORS, VarveError } from './common/errors.js';
export type { ErrorName } from './common/errors.js';

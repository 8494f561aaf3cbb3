import { VarveError } from '../common/errors.js';

export const MAX_TOPIC_NAME_LENGTH = 249;
/** Of a name that is too long, what an error repeats. */
const TOLD_LENGTH = 260;

/** What is wrong with a topic's name, as the end of a sentence; undefined: nothing. Kafka's rules: it names a folder too. */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty: give it 1 to 249 characters';
  if (name === '.' || name === '..') return 'is a name of a folder: choose another';
  if (name.length > MAX_TOPIC_NAME_LENGTH) return `is too long: ${MAX_TOPIC_NAME_LENGTH} characters are allowed`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) return 'has a character other than ASCII letters, digits, ".", "_" and "-"';
  return undefined;
}

export function invalidTopicName(name: string, problem: string): VarveError {
  return new VarveError('INVALID_TOPIC_EXCEPTION', `The topic name '${name.slice(0, TOLD_LENGTH)}' ${problem}.`);
}

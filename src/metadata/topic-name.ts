import { VarveError } from '../common/errors.js';

/** What is wrong with a topic's name, as the end of a sentence; undefined: nothing. Kafka's rules: it names a folder too. */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty: give it 1 to 249 characters';
  if (name === '.' || name === '..') return 'is a name of a folder: choose another';
  if (name.length > 249) return 'is too long: 249 characters are allowed';
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) return 'has a character other than ASCII letters, digits, ".", "_" and "-"';
  return undefined;
}

export function invalidTopicName(name: string, problem: string): VarveError {
  return new VarveError('INVALID_TOPIC_EXCEPTION', `The topic name '${name.slice(0, 260)}' ${problem}.`);
}

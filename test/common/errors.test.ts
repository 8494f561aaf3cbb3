import t from 'tap';
import { ERRORS, GRPC_STATUS, VarveError, errorCode, errorName, toVarveError } from '../../src/common/errors.js';

t.test('of a text that quotes very much the two ends are told', (t) => {
  const { message } = new VarveError(
    'INVALID_REPLICA_ASSIGNMENT',
    `The replicas [${'1, '.repeat(1e6)}2] are too many.`,
  );
  t.equal(message.length, 2_000);
  t.match(message, /^The replicas \[1, 1, .* 1, 2] are too many\.$/);
  const halves = new VarveError('INVALID_REQUEST', `x${'\u{1f600}'.repeat(10_000)}`).message;
  t.equal(Buffer.from(halves).toString(), halves, 'no character is cut in two');
  t.end();
});

t.test('the error table is a bijection of names and codes, without gaps', async (t) => {
  const codes = Object.values(ERRORS).map((row) => row.code);
  t.same(
    codes,
    Array.from({ length: codes.length }, (_, i) => i - 1),
  );
  for (const [name, row] of Object.entries(ERRORS)) {
    t.equal(errorName(row.code), name);
    t.ok(row.grpc in GRPC_STATUS, `${name} has a gRPC status`);
    t.match(row.text, /\.$/, `${name} says one sentence`);
  }
  t.equal(errorCode('NOT_LEADER_OR_FOLLOWER'), 6);
  t.equal(errorName(9999), 'UNKNOWN_SERVER_ERROR');
});

t.test('anything thrown becomes a VarveError and keeps its cause', async (t) => {
  const known = new VarveError('MESSAGE_TOO_LARGE');
  t.equal(toVarveError(known), known);
  const cause = new TypeError('x is not a function');
  const wrapped = toVarveError(cause);
  t.equal(wrapped.code, 'UNKNOWN_SERVER_ERROR');
  t.equal(wrapped.cause, cause);
  t.equal(wrapped.message, cause.message);
});

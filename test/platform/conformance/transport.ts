import type { Test } from 'tap';
import { byteStreams, connections } from './transport-connections.js';
import { allocatedMessages, backPressure, recycledMessages } from './transport-flow.js';
import { streamEnds, streamRefusals, streams } from './transport-streams.js';
import type { Make } from './transport-subject.js';
import { unaryCalls, unaryFailures } from './transport-unary.js';

/** What every Transport does. `make` gives a network of its own each time. */
export function transportConformance(t: Test, make: Make): void {
  t.test('unary calls', (t) => unaryCalls(t, make));
  t.test('unary calls that fail', (t) => unaryFailures(t, make));
  t.test('streams', (t) => streams(t, make));
  t.test('how streams end', (t) => streamEnds(t, make));
  t.test('how streams are refused', (t) => streamRefusals(t, make));
  t.test('messages in allocated buffers', (t) => allocatedMessages(t, make));
  t.test('messages in buffers that were given back', (t) => recycledMessages(t, make));
  t.test('back-pressure', (t) => backPressure(t, make));
  t.test('connections of calls', (t) => connections(t, make));
  t.test('byte streams', (t) => byteStreams(t, make));
}

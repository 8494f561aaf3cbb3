import { CONTROLLER_MUTANTS } from './controller-mutants.js';
import { HANGING_DISK_MUTANTS } from './hanging-disk-mutants.js';
import { KEPT_MUTANTS } from './kept-mutants.js';
import { MEMORY_MUTANTS } from './memory-mutants.js';
import type { Mutant } from './mutant.js';
import { PLATFORM_MUTANTS } from './platform-mutants.js';
import { PRODUCER_MUTANTS } from './producer-mutants.js';
import { RAFT_MUTANTS } from './raft-mutants.js';
import { REPLICATION_MUTANTS } from './replication-mutants.js';
import { SYNC_MUTANTS } from './sync-mutants.js';

/** Every mend that has a test, and every sync that an acknowledgement depends on. */
export const MUTANTS: readonly Mutant[] = [
  ...REPLICATION_MUTANTS,
  ...PRODUCER_MUTANTS,
  ...CONTROLLER_MUTANTS,
  ...HANGING_DISK_MUTANTS,
  ...RAFT_MUTANTS,
  ...SYNC_MUTANTS,
  ...KEPT_MUTANTS,
  ...PLATFORM_MUTANTS,
  ...MEMORY_MUTANTS,
];

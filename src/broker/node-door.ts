import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { Platform } from '../platform/platform.js';
import type { Address, TlsSource } from '../platform/transport.js';
import type { BrokerApi } from './broker-api.js';

/** What a door is given to serve. */
export interface DoorContext extends Address {
  readonly api: BrokerApi;
  readonly platform: Platform;
  readonly config: BrokerConfig;
  readonly tls: TlsSource | undefined;
  readonly health: NodeHealth;
}

/** How the node is, in sentences for people; undefined: well. */
export interface NodeHealth {
  /** Only a restart mends it. */
  notLiveBecause(): string | undefined;
  /** Clients should go elsewhere for now: starting, fenced, shutting down. */
  notReadyBecause(): string | undefined;
  /** Calls `listener` after each possible change. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

export interface RunningDoor {
  /** Where it listens, with the port that 0 became. */
  readonly address: Address;
  close(graceMs: number): Promise<void>;
}

/**
 * Opens one kind of listener. The doors lie above the broker, so whoever starts a node brings those that it shall have.
 */
export interface NodeDoor {
  readonly listener: 'GRPC' | 'KAFKA' | 'HTTP';
  open(context: DoorContext): Promise<RunningDoor>;
}

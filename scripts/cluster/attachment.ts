/** The ports that a node listens at. */
export interface NodePorts {
  readonly nodeId: number;
  readonly internal: number;
  readonly grpc: number;
  readonly http: number;
}

/** How a node is tied to a network that is not simply this machine's own. */
export interface NodeAttachment {
  /** Where it listens. */
  readonly host: string;
  /** Where clients find its GRPC listener. */
  readonly clientAddress: string;
  /** Comes before the command that is run. */
  readonly prefix: readonly string[];
  readonly nodeArguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

import type * as $protobuf from "protobufjs";
/** Namespace varve. */
export namespace varve {

    /** Namespace internal. */
    namespace internal {

        /** Properties of a RaftMessage. */
        interface IRaftMessage {

            /** RaftMessage version */
            version?: (number|null);

            /** RaftMessage cluster_id */
            cluster_id?: (Uint8Array|null);

            /** RaftMessage from_node_id */
            from_node_id?: (number|null);

            /** RaftMessage from_directory_id */
            from_directory_id?: (Uint8Array|null);

            /** RaftMessage to_directory_id */
            to_directory_id?: (Uint8Array|null);

            /** RaftMessage term */
            term?: (number|null);

            /** RaftMessage vote_request */
            vote_request?: (varve.internal.IRaftVoteRequest|null);

            /** RaftMessage vote_response */
            vote_response?: (varve.internal.IRaftVoteResponse|null);

            /** RaftMessage append */
            append?: (varve.internal.IRaftAppend|null);

            /** RaftMessage append_response */
            append_response?: (varve.internal.IRaftAppendResponse|null);

            /** RaftMessage heartbeat */
            heartbeat?: (varve.internal.IRaftHeartbeat|null);

            /** RaftMessage heartbeat_response */
            heartbeat_response?: (varve.internal.IRaftHeartbeatResponse|null);

            /** RaftMessage snapshot_chunk */
            snapshot_chunk?: (varve.internal.IRaftSnapshotChunk|null);

            /** RaftMessage snapshot_response */
            snapshot_response?: (varve.internal.IRaftSnapshotResponse|null);

            /** RaftMessage timeout_now */
            timeout_now?: (varve.internal.IRaftTimeoutNow|null);

            /** RaftMessage read_request */
            read_request?: (varve.internal.IRaftReadRequest|null);

            /** RaftMessage read_response */
            read_response?: (varve.internal.IRaftReadResponse|null);

            /** RaftMessage hello */
            hello?: (varve.internal.IRaftHello|null);

            /** RaftMessage founding_state */
            founding_state?: (varve.internal.IRaftFoundingState|null);
        }

        /** Represents a RaftMessage. */
        class RaftMessage implements IRaftMessage {

            /**
             * Constructs a new RaftMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftMessage);

            /** RaftMessage version. */
            public version: number;

            /** RaftMessage cluster_id. */
            public cluster_id: Uint8Array;

            /** RaftMessage from_node_id. */
            public from_node_id: number;

            /** RaftMessage from_directory_id. */
            public from_directory_id: Uint8Array;

            /** RaftMessage to_directory_id. */
            public to_directory_id: Uint8Array;

            /** RaftMessage term. */
            public term: number;

            /** RaftMessage vote_request. */
            public vote_request?: (varve.internal.IRaftVoteRequest|null);

            /** RaftMessage vote_response. */
            public vote_response?: (varve.internal.IRaftVoteResponse|null);

            /** RaftMessage append. */
            public append?: (varve.internal.IRaftAppend|null);

            /** RaftMessage append_response. */
            public append_response?: (varve.internal.IRaftAppendResponse|null);

            /** RaftMessage heartbeat. */
            public heartbeat?: (varve.internal.IRaftHeartbeat|null);

            /** RaftMessage heartbeat_response. */
            public heartbeat_response?: (varve.internal.IRaftHeartbeatResponse|null);

            /** RaftMessage snapshot_chunk. */
            public snapshot_chunk?: (varve.internal.IRaftSnapshotChunk|null);

            /** RaftMessage snapshot_response. */
            public snapshot_response?: (varve.internal.IRaftSnapshotResponse|null);

            /** RaftMessage timeout_now. */
            public timeout_now?: (varve.internal.IRaftTimeoutNow|null);

            /** RaftMessage read_request. */
            public read_request?: (varve.internal.IRaftReadRequest|null);

            /** RaftMessage read_response. */
            public read_response?: (varve.internal.IRaftReadResponse|null);

            /** RaftMessage hello. */
            public hello?: (varve.internal.IRaftHello|null);

            /** RaftMessage founding_state. */
            public founding_state?: (varve.internal.IRaftFoundingState|null);

            /** RaftMessage body. */
            public body?: ("vote_request"|"vote_response"|"append"|"append_response"|"heartbeat"|"heartbeat_response"|"snapshot_chunk"|"snapshot_response"|"timeout_now"|"read_request"|"read_response"|"hello"|"founding_state");

            /**
             * Creates a new RaftMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftMessage instance
             */
            public static create(properties?: varve.internal.IRaftMessage): varve.internal.RaftMessage;

            /**
             * Encodes the specified RaftMessage message. Does not implicitly {@link varve.internal.RaftMessage.verify|verify} messages.
             * @param message RaftMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftMessage, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftMessage;
        }

        /** Properties of a RaftVoteRequest. */
        interface IRaftVoteRequest {

            /** RaftVoteRequest pre_vote */
            pre_vote?: (boolean|null);

            /** RaftVoteRequest last_index */
            last_index?: (number|null);

            /** RaftVoteRequest last_term */
            last_term?: (number|null);

            /** RaftVoteRequest transfer */
            transfer?: (boolean|null);
        }

        /** Represents a RaftVoteRequest. */
        class RaftVoteRequest implements IRaftVoteRequest {

            /**
             * Constructs a new RaftVoteRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftVoteRequest);

            /** RaftVoteRequest pre_vote. */
            public pre_vote: boolean;

            /** RaftVoteRequest last_index. */
            public last_index: number;

            /** RaftVoteRequest last_term. */
            public last_term: number;

            /** RaftVoteRequest transfer. */
            public transfer: boolean;

            /**
             * Creates a new RaftVoteRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftVoteRequest instance
             */
            public static create(properties?: varve.internal.IRaftVoteRequest): varve.internal.RaftVoteRequest;

            /**
             * Encodes the specified RaftVoteRequest message. Does not implicitly {@link varve.internal.RaftVoteRequest.verify|verify} messages.
             * @param message RaftVoteRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftVoteRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftVoteRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftVoteRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftVoteRequest;
        }

        /** Properties of a RaftVoteResponse. */
        interface IRaftVoteResponse {

            /** RaftVoteResponse pre_vote */
            pre_vote?: (boolean|null);

            /** RaftVoteResponse granted */
            granted?: (boolean|null);
        }

        /** Represents a RaftVoteResponse. */
        class RaftVoteResponse implements IRaftVoteResponse {

            /**
             * Constructs a new RaftVoteResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftVoteResponse);

            /** RaftVoteResponse pre_vote. */
            public pre_vote: boolean;

            /** RaftVoteResponse granted. */
            public granted: boolean;

            /**
             * Creates a new RaftVoteResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftVoteResponse instance
             */
            public static create(properties?: varve.internal.IRaftVoteResponse): varve.internal.RaftVoteResponse;

            /**
             * Encodes the specified RaftVoteResponse message. Does not implicitly {@link varve.internal.RaftVoteResponse.verify|verify} messages.
             * @param message RaftVoteResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftVoteResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftVoteResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftVoteResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftVoteResponse;
        }

        /** Properties of a RaftAppend. */
        interface IRaftAppend {

            /** RaftAppend prev_index */
            prev_index?: (number|null);

            /** RaftAppend prev_term */
            prev_term?: (number|null);

            /** RaftAppend commit */
            commit?: (number|null);

            /** RaftAppend entries */
            entries?: (varve.internal.IRaftEntry[]|null);
        }

        /** Represents a RaftAppend. */
        class RaftAppend implements IRaftAppend {

            /**
             * Constructs a new RaftAppend.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftAppend);

            /** RaftAppend prev_index. */
            public prev_index: number;

            /** RaftAppend prev_term. */
            public prev_term: number;

            /** RaftAppend commit. */
            public commit: number;

            /** RaftAppend entries. */
            public entries: varve.internal.IRaftEntry[];

            /**
             * Creates a new RaftAppend instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftAppend instance
             */
            public static create(properties?: varve.internal.IRaftAppend): varve.internal.RaftAppend;

            /**
             * Encodes the specified RaftAppend message. Does not implicitly {@link varve.internal.RaftAppend.verify|verify} messages.
             * @param message RaftAppend message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftAppend, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftAppend message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftAppend
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftAppend;
        }

        /** Properties of a RaftEntry. */
        interface IRaftEntry {

            /** RaftEntry term */
            term?: (number|null);

            /** RaftEntry type */
            type?: (number|null);

            /** RaftEntry payload */
            payload?: (Uint8Array|null);
        }

        /** Represents a RaftEntry. */
        class RaftEntry implements IRaftEntry {

            /**
             * Constructs a new RaftEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftEntry);

            /** RaftEntry term. */
            public term: number;

            /** RaftEntry type. */
            public type: number;

            /** RaftEntry payload. */
            public payload: Uint8Array;

            /**
             * Creates a new RaftEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftEntry instance
             */
            public static create(properties?: varve.internal.IRaftEntry): varve.internal.RaftEntry;

            /**
             * Encodes the specified RaftEntry message. Does not implicitly {@link varve.internal.RaftEntry.verify|verify} messages.
             * @param message RaftEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftEntry, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftEntry;
        }

        /** Properties of a RaftAppendResponse. */
        interface IRaftAppendResponse {

            /** RaftAppendResponse index */
            index?: (number|null);

            /** RaftAppendResponse rejected */
            rejected?: (boolean|null);

            /** RaftAppendResponse hint_index */
            hint_index?: (number|null);

            /** RaftAppendResponse hint_term */
            hint_term?: (number|null);
        }

        /** Represents a RaftAppendResponse. */
        class RaftAppendResponse implements IRaftAppendResponse {

            /**
             * Constructs a new RaftAppendResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftAppendResponse);

            /** RaftAppendResponse index. */
            public index: number;

            /** RaftAppendResponse rejected. */
            public rejected: boolean;

            /** RaftAppendResponse hint_index. */
            public hint_index: number;

            /** RaftAppendResponse hint_term. */
            public hint_term: number;

            /**
             * Creates a new RaftAppendResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftAppendResponse instance
             */
            public static create(properties?: varve.internal.IRaftAppendResponse): varve.internal.RaftAppendResponse;

            /**
             * Encodes the specified RaftAppendResponse message. Does not implicitly {@link varve.internal.RaftAppendResponse.verify|verify} messages.
             * @param message RaftAppendResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftAppendResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftAppendResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftAppendResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftAppendResponse;
        }

        /** Properties of a RaftHeartbeat. */
        interface IRaftHeartbeat {

            /** RaftHeartbeat commit */
            commit?: (number|null);

            /** RaftHeartbeat read_sequence */
            read_sequence?: (number|null);
        }

        /** Represents a RaftHeartbeat. */
        class RaftHeartbeat implements IRaftHeartbeat {

            /**
             * Constructs a new RaftHeartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftHeartbeat);

            /** RaftHeartbeat commit. */
            public commit: number;

            /** RaftHeartbeat read_sequence. */
            public read_sequence: number;

            /**
             * Creates a new RaftHeartbeat instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftHeartbeat instance
             */
            public static create(properties?: varve.internal.IRaftHeartbeat): varve.internal.RaftHeartbeat;

            /**
             * Encodes the specified RaftHeartbeat message. Does not implicitly {@link varve.internal.RaftHeartbeat.verify|verify} messages.
             * @param message RaftHeartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftHeartbeat, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftHeartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftHeartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftHeartbeat;
        }

        /** Properties of a RaftHeartbeatResponse. */
        interface IRaftHeartbeatResponse {

            /** RaftHeartbeatResponse read_sequence */
            read_sequence?: (number|null);
        }

        /** Represents a RaftHeartbeatResponse. */
        class RaftHeartbeatResponse implements IRaftHeartbeatResponse {

            /**
             * Constructs a new RaftHeartbeatResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftHeartbeatResponse);

            /** RaftHeartbeatResponse read_sequence. */
            public read_sequence: number;

            /**
             * Creates a new RaftHeartbeatResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftHeartbeatResponse instance
             */
            public static create(properties?: varve.internal.IRaftHeartbeatResponse): varve.internal.RaftHeartbeatResponse;

            /**
             * Encodes the specified RaftHeartbeatResponse message. Does not implicitly {@link varve.internal.RaftHeartbeatResponse.verify|verify} messages.
             * @param message RaftHeartbeatResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftHeartbeatResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftHeartbeatResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftHeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftHeartbeatResponse;
        }

        /** Properties of a RaftSnapshotChunk. */
        interface IRaftSnapshotChunk {

            /** RaftSnapshotChunk index */
            index?: (number|null);

            /** RaftSnapshotChunk term */
            term?: (number|null);

            /** RaftSnapshotChunk voters */
            voters?: (varve.internal.IRaftVoterSet|null);

            /** RaftSnapshotChunk chunk */
            chunk?: (number|null);

            /** RaftSnapshotChunk chunks */
            chunks?: (number|null);

            /** RaftSnapshotChunk data */
            data?: (Uint8Array|null);
        }

        /** Represents a RaftSnapshotChunk. */
        class RaftSnapshotChunk implements IRaftSnapshotChunk {

            /**
             * Constructs a new RaftSnapshotChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftSnapshotChunk);

            /** RaftSnapshotChunk index. */
            public index: number;

            /** RaftSnapshotChunk term. */
            public term: number;

            /** RaftSnapshotChunk voters. */
            public voters?: (varve.internal.IRaftVoterSet|null);

            /** RaftSnapshotChunk chunk. */
            public chunk: number;

            /** RaftSnapshotChunk chunks. */
            public chunks: number;

            /** RaftSnapshotChunk data. */
            public data: Uint8Array;

            /**
             * Creates a new RaftSnapshotChunk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftSnapshotChunk instance
             */
            public static create(properties?: varve.internal.IRaftSnapshotChunk): varve.internal.RaftSnapshotChunk;

            /**
             * Encodes the specified RaftSnapshotChunk message. Does not implicitly {@link varve.internal.RaftSnapshotChunk.verify|verify} messages.
             * @param message RaftSnapshotChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftSnapshotChunk, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftSnapshotChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftSnapshotChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftSnapshotChunk;
        }

        /** Properties of a RaftSnapshotResponse. */
        interface IRaftSnapshotResponse {

            /** RaftSnapshotResponse index */
            index?: (number|null);

            /** RaftSnapshotResponse next_chunk */
            next_chunk?: (number|null);
        }

        /** Represents a RaftSnapshotResponse. */
        class RaftSnapshotResponse implements IRaftSnapshotResponse {

            /**
             * Constructs a new RaftSnapshotResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftSnapshotResponse);

            /** RaftSnapshotResponse index. */
            public index: number;

            /** RaftSnapshotResponse next_chunk. */
            public next_chunk: number;

            /**
             * Creates a new RaftSnapshotResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftSnapshotResponse instance
             */
            public static create(properties?: varve.internal.IRaftSnapshotResponse): varve.internal.RaftSnapshotResponse;

            /**
             * Encodes the specified RaftSnapshotResponse message. Does not implicitly {@link varve.internal.RaftSnapshotResponse.verify|verify} messages.
             * @param message RaftSnapshotResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftSnapshotResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftSnapshotResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftSnapshotResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftSnapshotResponse;
        }

        /** Properties of a RaftTimeoutNow. */
        interface IRaftTimeoutNow {
        }

        /** Represents a RaftTimeoutNow. */
        class RaftTimeoutNow implements IRaftTimeoutNow {

            /**
             * Constructs a new RaftTimeoutNow.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftTimeoutNow);

            /**
             * Creates a new RaftTimeoutNow instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftTimeoutNow instance
             */
            public static create(properties?: varve.internal.IRaftTimeoutNow): varve.internal.RaftTimeoutNow;

            /**
             * Encodes the specified RaftTimeoutNow message. Does not implicitly {@link varve.internal.RaftTimeoutNow.verify|verify} messages.
             * @param message RaftTimeoutNow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftTimeoutNow, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftTimeoutNow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftTimeoutNow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftTimeoutNow;
        }

        /** Properties of a RaftReadRequest. */
        interface IRaftReadRequest {

            /** RaftReadRequest request_id */
            request_id?: (number|null);
        }

        /** Represents a RaftReadRequest. */
        class RaftReadRequest implements IRaftReadRequest {

            /**
             * Constructs a new RaftReadRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftReadRequest);

            /** RaftReadRequest request_id. */
            public request_id: number;

            /**
             * Creates a new RaftReadRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftReadRequest instance
             */
            public static create(properties?: varve.internal.IRaftReadRequest): varve.internal.RaftReadRequest;

            /**
             * Encodes the specified RaftReadRequest message. Does not implicitly {@link varve.internal.RaftReadRequest.verify|verify} messages.
             * @param message RaftReadRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftReadRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftReadRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftReadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftReadRequest;
        }

        /** Properties of a RaftReadResponse. */
        interface IRaftReadResponse {

            /** RaftReadResponse request_id */
            request_id?: (number|null);

            /** RaftReadResponse index */
            index?: (number|null);
        }

        /** Represents a RaftReadResponse. */
        class RaftReadResponse implements IRaftReadResponse {

            /**
             * Constructs a new RaftReadResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftReadResponse);

            /** RaftReadResponse request_id. */
            public request_id: number;

            /** RaftReadResponse index. */
            public index: number;

            /**
             * Creates a new RaftReadResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftReadResponse instance
             */
            public static create(properties?: varve.internal.IRaftReadResponse): varve.internal.RaftReadResponse;

            /**
             * Encodes the specified RaftReadResponse message. Does not implicitly {@link varve.internal.RaftReadResponse.verify|verify} messages.
             * @param message RaftReadResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftReadResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftReadResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftReadResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftReadResponse;
        }

        /** Properties of a RaftHello. */
        interface IRaftHello {
        }

        /** Represents a RaftHello. */
        class RaftHello implements IRaftHello {

            /**
             * Constructs a new RaftHello.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftHello);

            /**
             * Creates a new RaftHello instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftHello instance
             */
            public static create(properties?: varve.internal.IRaftHello): varve.internal.RaftHello;

            /**
             * Encodes the specified RaftHello message. Does not implicitly {@link varve.internal.RaftHello.verify|verify} messages.
             * @param message RaftHello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftHello, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftHello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftHello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftHello;
        }

        /** Properties of a RaftFoundingState. */
        interface IRaftFoundingState {

            /** RaftFoundingState blank */
            blank?: (boolean|null);

            /** RaftFoundingState configured_node_ids */
            configured_node_ids?: (number[]|null);

            /** RaftFoundingState founding_set */
            founding_set?: (varve.internal.IRaftVoterSet|null);

            /** RaftFoundingState wants_answer */
            wants_answer?: (boolean|null);

            /** RaftFoundingState round */
            round?: (number|null);

            /** RaftFoundingState answers_round */
            answers_round?: (number|null);
        }

        /** Represents a RaftFoundingState. */
        class RaftFoundingState implements IRaftFoundingState {

            /**
             * Constructs a new RaftFoundingState.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftFoundingState);

            /** RaftFoundingState blank. */
            public blank: boolean;

            /** RaftFoundingState configured_node_ids. */
            public configured_node_ids: number[];

            /** RaftFoundingState founding_set. */
            public founding_set?: (varve.internal.IRaftVoterSet|null);

            /** RaftFoundingState wants_answer. */
            public wants_answer: boolean;

            /** RaftFoundingState round. */
            public round: number;

            /** RaftFoundingState answers_round. */
            public answers_round: number;

            /**
             * Creates a new RaftFoundingState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftFoundingState instance
             */
            public static create(properties?: varve.internal.IRaftFoundingState): varve.internal.RaftFoundingState;

            /**
             * Encodes the specified RaftFoundingState message. Does not implicitly {@link varve.internal.RaftFoundingState.verify|verify} messages.
             * @param message RaftFoundingState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftFoundingState, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftFoundingState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftFoundingState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftFoundingState;
        }

        /** Properties of a RaftVoterSet. */
        interface IRaftVoterSet {

            /** RaftVoterSet version */
            version?: (number|null);

            /** RaftVoterSet cluster_id */
            cluster_id?: (Uint8Array|null);

            /** RaftVoterSet voters */
            voters?: (varve.internal.IRaftVoter[]|null);

            /** RaftVoterSet replacing_node_ids */
            replacing_node_ids?: (number[]|null);
        }

        /** Represents a RaftVoterSet. */
        class RaftVoterSet implements IRaftVoterSet {

            /**
             * Constructs a new RaftVoterSet.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftVoterSet);

            /** RaftVoterSet version. */
            public version: number;

            /** RaftVoterSet cluster_id. */
            public cluster_id: Uint8Array;

            /** RaftVoterSet voters. */
            public voters: varve.internal.IRaftVoter[];

            /** RaftVoterSet replacing_node_ids. */
            public replacing_node_ids: number[];

            /**
             * Creates a new RaftVoterSet instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftVoterSet instance
             */
            public static create(properties?: varve.internal.IRaftVoterSet): varve.internal.RaftVoterSet;

            /**
             * Encodes the specified RaftVoterSet message. Does not implicitly {@link varve.internal.RaftVoterSet.verify|verify} messages.
             * @param message RaftVoterSet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftVoterSet, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftVoterSet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftVoterSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftVoterSet;
        }

        /** Properties of a RaftVoter. */
        interface IRaftVoter {

            /** RaftVoter node_id */
            node_id?: (number|null);

            /** RaftVoter directory_id */
            directory_id?: (Uint8Array|null);

            /** RaftVoter host */
            host?: (string|null);

            /** RaftVoter port */
            port?: (number|null);
        }

        /** Represents a RaftVoter. */
        class RaftVoter implements IRaftVoter {

            /**
             * Constructs a new RaftVoter.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftVoter);

            /** RaftVoter node_id. */
            public node_id: number;

            /** RaftVoter directory_id. */
            public directory_id: Uint8Array;

            /** RaftVoter host. */
            public host: string;

            /** RaftVoter port. */
            public port: number;

            /**
             * Creates a new RaftVoter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftVoter instance
             */
            public static create(properties?: varve.internal.IRaftVoter): varve.internal.RaftVoter;

            /**
             * Encodes the specified RaftVoter message. Does not implicitly {@link varve.internal.RaftVoter.verify|verify} messages.
             * @param message RaftVoter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftVoter, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftVoter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftVoter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftVoter;
        }

        /** Properties of a RaftStoredState. */
        interface IRaftStoredState {

            /** RaftStoredState version */
            version?: (number|null);

            /** RaftStoredState term */
            term?: (number|null);

            /** RaftStoredState vote */
            vote?: (varve.internal.IRaftReplicaId|null);

            /** RaftStoredState commit */
            commit?: (number|null);

            /** RaftStoredState last_index */
            last_index?: (number|null);

            /** RaftStoredState base_index */
            base_index?: (number|null);

            /** RaftStoredState base_term */
            base_term?: (number|null);

            /** RaftStoredState founding_set */
            founding_set?: (varve.internal.IRaftVoterSet|null);

            /** RaftStoredState snapshot */
            snapshot?: (varve.internal.IRaftStoredSnapshot|null);

            /** RaftStoredState cluster_id */
            cluster_id?: (Uint8Array|null);

            /** RaftStoredState self */
            self?: (varve.internal.IRaftReplicaId|null);
        }

        /** Represents a RaftStoredState. */
        class RaftStoredState implements IRaftStoredState {

            /**
             * Constructs a new RaftStoredState.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftStoredState);

            /** RaftStoredState version. */
            public version: number;

            /** RaftStoredState term. */
            public term: number;

            /** RaftStoredState vote. */
            public vote?: (varve.internal.IRaftReplicaId|null);

            /** RaftStoredState commit. */
            public commit: number;

            /** RaftStoredState last_index. */
            public last_index: number;

            /** RaftStoredState base_index. */
            public base_index: number;

            /** RaftStoredState base_term. */
            public base_term: number;

            /** RaftStoredState founding_set. */
            public founding_set?: (varve.internal.IRaftVoterSet|null);

            /** RaftStoredState snapshot. */
            public snapshot?: (varve.internal.IRaftStoredSnapshot|null);

            /** RaftStoredState cluster_id. */
            public cluster_id: Uint8Array;

            /** RaftStoredState self. */
            public self?: (varve.internal.IRaftReplicaId|null);

            /**
             * Creates a new RaftStoredState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftStoredState instance
             */
            public static create(properties?: varve.internal.IRaftStoredState): varve.internal.RaftStoredState;

            /**
             * Encodes the specified RaftStoredState message. Does not implicitly {@link varve.internal.RaftStoredState.verify|verify} messages.
             * @param message RaftStoredState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftStoredState, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftStoredState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftStoredState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftStoredState;
        }

        /** Properties of a RaftReplicaId. */
        interface IRaftReplicaId {

            /** RaftReplicaId node_id */
            node_id?: (number|null);

            /** RaftReplicaId directory_id */
            directory_id?: (Uint8Array|null);
        }

        /** Represents a RaftReplicaId. */
        class RaftReplicaId implements IRaftReplicaId {

            /**
             * Constructs a new RaftReplicaId.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftReplicaId);

            /** RaftReplicaId node_id. */
            public node_id: number;

            /** RaftReplicaId directory_id. */
            public directory_id: Uint8Array;

            /**
             * Creates a new RaftReplicaId instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftReplicaId instance
             */
            public static create(properties?: varve.internal.IRaftReplicaId): varve.internal.RaftReplicaId;

            /**
             * Encodes the specified RaftReplicaId message. Does not implicitly {@link varve.internal.RaftReplicaId.verify|verify} messages.
             * @param message RaftReplicaId message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftReplicaId, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftReplicaId message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftReplicaId
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftReplicaId;
        }

        /** Properties of a RaftStoredSnapshot. */
        interface IRaftStoredSnapshot {

            /** RaftStoredSnapshot index */
            index?: (number|null);

            /** RaftStoredSnapshot term */
            term?: (number|null);

            /** RaftStoredSnapshot chunks */
            chunks?: (number|null);

            /** RaftStoredSnapshot voters */
            voters?: (varve.internal.IRaftVoterSet|null);
        }

        /** Represents a RaftStoredSnapshot. */
        class RaftStoredSnapshot implements IRaftStoredSnapshot {

            /**
             * Constructs a new RaftStoredSnapshot.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRaftStoredSnapshot);

            /** RaftStoredSnapshot index. */
            public index: number;

            /** RaftStoredSnapshot term. */
            public term: number;

            /** RaftStoredSnapshot chunks. */
            public chunks: number;

            /** RaftStoredSnapshot voters. */
            public voters?: (varve.internal.IRaftVoterSet|null);

            /**
             * Creates a new RaftStoredSnapshot instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RaftStoredSnapshot instance
             */
            public static create(properties?: varve.internal.IRaftStoredSnapshot): varve.internal.RaftStoredSnapshot;

            /**
             * Encodes the specified RaftStoredSnapshot message. Does not implicitly {@link varve.internal.RaftStoredSnapshot.verify|verify} messages.
             * @param message RaftStoredSnapshot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRaftStoredSnapshot, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RaftStoredSnapshot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RaftStoredSnapshot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RaftStoredSnapshot;
        }
    }
}

/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_raft"] || ($protobuf.roots["varve_raft"] = {});

export const varve = $root.varve = (() => {

    /**
     * Namespace varve.
     * @exports varve
     * @namespace
     */
    const varve = {};

    varve.internal = (function() {

        /**
         * Namespace internal.
         * @memberof varve
         * @namespace
         */
        const internal = {};

        internal.RaftMessage = (function() {

            /**
             * Properties of a RaftMessage.
             * @memberof varve.internal
             * @interface IRaftMessage
             * @property {number|null} [version] RaftMessage version
             * @property {Uint8Array|null} [cluster_id] RaftMessage cluster_id
             * @property {number|null} [from_node_id] RaftMessage from_node_id
             * @property {Uint8Array|null} [from_directory_id] RaftMessage from_directory_id
             * @property {Uint8Array|null} [to_directory_id] RaftMessage to_directory_id
             * @property {number|null} [term] RaftMessage term
             * @property {varve.internal.IRaftVoteRequest|null} [vote_request] RaftMessage vote_request
             * @property {varve.internal.IRaftVoteResponse|null} [vote_response] RaftMessage vote_response
             * @property {varve.internal.IRaftAppend|null} [append] RaftMessage append
             * @property {varve.internal.IRaftAppendResponse|null} [append_response] RaftMessage append_response
             * @property {varve.internal.IRaftHeartbeat|null} [heartbeat] RaftMessage heartbeat
             * @property {varve.internal.IRaftHeartbeatResponse|null} [heartbeat_response] RaftMessage heartbeat_response
             * @property {varve.internal.IRaftSnapshotChunk|null} [snapshot_chunk] RaftMessage snapshot_chunk
             * @property {varve.internal.IRaftSnapshotResponse|null} [snapshot_response] RaftMessage snapshot_response
             * @property {varve.internal.IRaftTimeoutNow|null} [timeout_now] RaftMessage timeout_now
             * @property {varve.internal.IRaftReadRequest|null} [read_request] RaftMessage read_request
             * @property {varve.internal.IRaftReadResponse|null} [read_response] RaftMessage read_response
             * @property {varve.internal.IRaftHello|null} [hello] RaftMessage hello
             * @property {varve.internal.IRaftFoundingState|null} [founding_state] RaftMessage founding_state
             */

            /**
             * Constructs a new RaftMessage.
             * @memberof varve.internal
             * @classdesc Represents a RaftMessage.
             * @implements IRaftMessage
             * @constructor
             * @param {varve.internal.IRaftMessage=} [properties] Properties to set
             */
            function RaftMessage(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftMessage version.
             * @member {number} version
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.version = 0;

            /**
             * RaftMessage cluster_id.
             * @member {Uint8Array} cluster_id
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.cluster_id = $util.newBuffer([]);

            /**
             * RaftMessage from_node_id.
             * @member {number} from_node_id
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.from_node_id = 0;

            /**
             * RaftMessage from_directory_id.
             * @member {Uint8Array} from_directory_id
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.from_directory_id = $util.newBuffer([]);

            /**
             * RaftMessage to_directory_id.
             * @member {Uint8Array} to_directory_id
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.to_directory_id = $util.newBuffer([]);

            /**
             * RaftMessage term.
             * @member {number} term
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.term = 0;

            /**
             * RaftMessage vote_request.
             * @member {varve.internal.IRaftVoteRequest|null|undefined} vote_request
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.vote_request = null;

            /**
             * RaftMessage vote_response.
             * @member {varve.internal.IRaftVoteResponse|null|undefined} vote_response
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.vote_response = null;

            /**
             * RaftMessage append.
             * @member {varve.internal.IRaftAppend|null|undefined} append
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.append = null;

            /**
             * RaftMessage append_response.
             * @member {varve.internal.IRaftAppendResponse|null|undefined} append_response
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.append_response = null;

            /**
             * RaftMessage heartbeat.
             * @member {varve.internal.IRaftHeartbeat|null|undefined} heartbeat
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.heartbeat = null;

            /**
             * RaftMessage heartbeat_response.
             * @member {varve.internal.IRaftHeartbeatResponse|null|undefined} heartbeat_response
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.heartbeat_response = null;

            /**
             * RaftMessage snapshot_chunk.
             * @member {varve.internal.IRaftSnapshotChunk|null|undefined} snapshot_chunk
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.snapshot_chunk = null;

            /**
             * RaftMessage snapshot_response.
             * @member {varve.internal.IRaftSnapshotResponse|null|undefined} snapshot_response
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.snapshot_response = null;

            /**
             * RaftMessage timeout_now.
             * @member {varve.internal.IRaftTimeoutNow|null|undefined} timeout_now
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.timeout_now = null;

            /**
             * RaftMessage read_request.
             * @member {varve.internal.IRaftReadRequest|null|undefined} read_request
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.read_request = null;

            /**
             * RaftMessage read_response.
             * @member {varve.internal.IRaftReadResponse|null|undefined} read_response
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.read_response = null;

            /**
             * RaftMessage hello.
             * @member {varve.internal.IRaftHello|null|undefined} hello
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.hello = null;

            /**
             * RaftMessage founding_state.
             * @member {varve.internal.IRaftFoundingState|null|undefined} founding_state
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            RaftMessage.prototype.founding_state = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * RaftMessage body.
             * @member {"vote_request"|"vote_response"|"append"|"append_response"|"heartbeat"|"heartbeat_response"|"snapshot_chunk"|"snapshot_response"|"timeout_now"|"read_request"|"read_response"|"hello"|"founding_state"|undefined} body
             * @memberof varve.internal.RaftMessage
             * @instance
             */
            Object.defineProperty(RaftMessage.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["vote_request", "vote_response", "append", "append_response", "heartbeat", "heartbeat_response", "snapshot_chunk", "snapshot_response", "timeout_now", "read_request", "read_response", "hello", "founding_state"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new RaftMessage instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftMessage
             * @static
             * @param {varve.internal.IRaftMessage=} [properties] Properties to set
             * @returns {varve.internal.RaftMessage} RaftMessage instance
             */
            RaftMessage.create = function create(properties) {
                return new RaftMessage(properties);
            };

            /**
             * Encodes the specified RaftMessage message. Does not implicitly {@link varve.internal.RaftMessage.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftMessage
             * @static
             * @param {varve.internal.IRaftMessage} message RaftMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftMessage.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.cluster_id);
                if (message.from_node_id != null && Object.hasOwnProperty.call(message, "from_node_id"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.from_node_id);
                if (message.from_directory_id != null && Object.hasOwnProperty.call(message, "from_directory_id"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.from_directory_id);
                if (message.to_directory_id != null && Object.hasOwnProperty.call(message, "to_directory_id"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.to_directory_id);
                if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.term);
                if (message.vote_request != null && Object.hasOwnProperty.call(message, "vote_request"))
                    $root.varve.internal.RaftVoteRequest.encode(message.vote_request, writer.uint32(/* id 10, wireType 2 =*/82).fork(), q + 1).ldelim();
                if (message.vote_response != null && Object.hasOwnProperty.call(message, "vote_response"))
                    $root.varve.internal.RaftVoteResponse.encode(message.vote_response, writer.uint32(/* id 11, wireType 2 =*/90).fork(), q + 1).ldelim();
                if (message.append != null && Object.hasOwnProperty.call(message, "append"))
                    $root.varve.internal.RaftAppend.encode(message.append, writer.uint32(/* id 12, wireType 2 =*/98).fork(), q + 1).ldelim();
                if (message.append_response != null && Object.hasOwnProperty.call(message, "append_response"))
                    $root.varve.internal.RaftAppendResponse.encode(message.append_response, writer.uint32(/* id 13, wireType 2 =*/106).fork(), q + 1).ldelim();
                if (message.heartbeat != null && Object.hasOwnProperty.call(message, "heartbeat"))
                    $root.varve.internal.RaftHeartbeat.encode(message.heartbeat, writer.uint32(/* id 14, wireType 2 =*/114).fork(), q + 1).ldelim();
                if (message.heartbeat_response != null && Object.hasOwnProperty.call(message, "heartbeat_response"))
                    $root.varve.internal.RaftHeartbeatResponse.encode(message.heartbeat_response, writer.uint32(/* id 15, wireType 2 =*/122).fork(), q + 1).ldelim();
                if (message.snapshot_chunk != null && Object.hasOwnProperty.call(message, "snapshot_chunk"))
                    $root.varve.internal.RaftSnapshotChunk.encode(message.snapshot_chunk, writer.uint32(/* id 16, wireType 2 =*/130).fork(), q + 1).ldelim();
                if (message.snapshot_response != null && Object.hasOwnProperty.call(message, "snapshot_response"))
                    $root.varve.internal.RaftSnapshotResponse.encode(message.snapshot_response, writer.uint32(/* id 17, wireType 2 =*/138).fork(), q + 1).ldelim();
                if (message.timeout_now != null && Object.hasOwnProperty.call(message, "timeout_now"))
                    $root.varve.internal.RaftTimeoutNow.encode(message.timeout_now, writer.uint32(/* id 18, wireType 2 =*/146).fork(), q + 1).ldelim();
                if (message.read_request != null && Object.hasOwnProperty.call(message, "read_request"))
                    $root.varve.internal.RaftReadRequest.encode(message.read_request, writer.uint32(/* id 19, wireType 2 =*/154).fork(), q + 1).ldelim();
                if (message.read_response != null && Object.hasOwnProperty.call(message, "read_response"))
                    $root.varve.internal.RaftReadResponse.encode(message.read_response, writer.uint32(/* id 20, wireType 2 =*/162).fork(), q + 1).ldelim();
                if (message.hello != null && Object.hasOwnProperty.call(message, "hello"))
                    $root.varve.internal.RaftHello.encode(message.hello, writer.uint32(/* id 21, wireType 2 =*/170).fork(), q + 1).ldelim();
                if (message.founding_state != null && Object.hasOwnProperty.call(message, "founding_state"))
                    $root.varve.internal.RaftFoundingState.encode(message.founding_state, writer.uint32(/* id 22, wireType 2 =*/178).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RaftMessage message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftMessage} RaftMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftMessage.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftMessage();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
                            break;
                        }
                    case 2: {
                            message.cluster_id = reader.bytes();
                            break;
                        }
                    case 3: {
                            message.from_node_id = reader.int32();
                            break;
                        }
                    case 4: {
                            message.from_directory_id = reader.bytes();
                            break;
                        }
                    case 5: {
                            message.to_directory_id = reader.bytes();
                            break;
                        }
                    case 6: {
                            message.term = $number.int64(reader);
                            break;
                        }
                    case 10: {
                            message.vote_request = $root.varve.internal.RaftVoteRequest.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 11: {
                            message.vote_response = $root.varve.internal.RaftVoteResponse.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 12: {
                            message.append = $root.varve.internal.RaftAppend.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 13: {
                            message.append_response = $root.varve.internal.RaftAppendResponse.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 14: {
                            message.heartbeat = $root.varve.internal.RaftHeartbeat.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 15: {
                            message.heartbeat_response = $root.varve.internal.RaftHeartbeatResponse.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 16: {
                            message.snapshot_chunk = $root.varve.internal.RaftSnapshotChunk.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 17: {
                            message.snapshot_response = $root.varve.internal.RaftSnapshotResponse.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 18: {
                            message.timeout_now = $root.varve.internal.RaftTimeoutNow.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 19: {
                            message.read_request = $root.varve.internal.RaftReadRequest.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 20: {
                            message.read_response = $root.varve.internal.RaftReadResponse.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 21: {
                            message.hello = $root.varve.internal.RaftHello.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 22: {
                            message.founding_state = $root.varve.internal.RaftFoundingState.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftMessage;
        })();

        internal.RaftVoteRequest = (function() {

            /**
             * Properties of a RaftVoteRequest.
             * @memberof varve.internal
             * @interface IRaftVoteRequest
             * @property {boolean|null} [pre_vote] RaftVoteRequest pre_vote
             * @property {number|null} [last_index] RaftVoteRequest last_index
             * @property {number|null} [last_term] RaftVoteRequest last_term
             * @property {boolean|null} [transfer] RaftVoteRequest transfer
             */

            /**
             * Constructs a new RaftVoteRequest.
             * @memberof varve.internal
             * @classdesc Represents a RaftVoteRequest.
             * @implements IRaftVoteRequest
             * @constructor
             * @param {varve.internal.IRaftVoteRequest=} [properties] Properties to set
             */
            function RaftVoteRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftVoteRequest pre_vote.
             * @member {boolean} pre_vote
             * @memberof varve.internal.RaftVoteRequest
             * @instance
             */
            RaftVoteRequest.prototype.pre_vote = false;

            /**
             * RaftVoteRequest last_index.
             * @member {number} last_index
             * @memberof varve.internal.RaftVoteRequest
             * @instance
             */
            RaftVoteRequest.prototype.last_index = 0;

            /**
             * RaftVoteRequest last_term.
             * @member {number} last_term
             * @memberof varve.internal.RaftVoteRequest
             * @instance
             */
            RaftVoteRequest.prototype.last_term = 0;

            /**
             * RaftVoteRequest transfer.
             * @member {boolean} transfer
             * @memberof varve.internal.RaftVoteRequest
             * @instance
             */
            RaftVoteRequest.prototype.transfer = false;

            /**
             * Creates a new RaftVoteRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftVoteRequest
             * @static
             * @param {varve.internal.IRaftVoteRequest=} [properties] Properties to set
             * @returns {varve.internal.RaftVoteRequest} RaftVoteRequest instance
             */
            RaftVoteRequest.create = function create(properties) {
                return new RaftVoteRequest(properties);
            };

            /**
             * Encodes the specified RaftVoteRequest message. Does not implicitly {@link varve.internal.RaftVoteRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftVoteRequest
             * @static
             * @param {varve.internal.IRaftVoteRequest} message RaftVoteRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftVoteRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.pre_vote != null && Object.hasOwnProperty.call(message, "pre_vote"))
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.pre_vote);
                if (message.last_index != null && Object.hasOwnProperty.call(message, "last_index"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.last_index);
                if (message.last_term != null && Object.hasOwnProperty.call(message, "last_term"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.last_term);
                if (message.transfer != null && Object.hasOwnProperty.call(message, "transfer"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.transfer);
                return writer;
            };

            /**
             * Decodes a RaftVoteRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftVoteRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftVoteRequest} RaftVoteRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftVoteRequest.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftVoteRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.pre_vote = reader.bool();
                            break;
                        }
                    case 2: {
                            message.last_index = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.last_term = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.transfer = reader.bool();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftVoteRequest;
        })();

        internal.RaftVoteResponse = (function() {

            /**
             * Properties of a RaftVoteResponse.
             * @memberof varve.internal
             * @interface IRaftVoteResponse
             * @property {boolean|null} [pre_vote] RaftVoteResponse pre_vote
             * @property {boolean|null} [granted] RaftVoteResponse granted
             */

            /**
             * Constructs a new RaftVoteResponse.
             * @memberof varve.internal
             * @classdesc Represents a RaftVoteResponse.
             * @implements IRaftVoteResponse
             * @constructor
             * @param {varve.internal.IRaftVoteResponse=} [properties] Properties to set
             */
            function RaftVoteResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftVoteResponse pre_vote.
             * @member {boolean} pre_vote
             * @memberof varve.internal.RaftVoteResponse
             * @instance
             */
            RaftVoteResponse.prototype.pre_vote = false;

            /**
             * RaftVoteResponse granted.
             * @member {boolean} granted
             * @memberof varve.internal.RaftVoteResponse
             * @instance
             */
            RaftVoteResponse.prototype.granted = false;

            /**
             * Creates a new RaftVoteResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftVoteResponse
             * @static
             * @param {varve.internal.IRaftVoteResponse=} [properties] Properties to set
             * @returns {varve.internal.RaftVoteResponse} RaftVoteResponse instance
             */
            RaftVoteResponse.create = function create(properties) {
                return new RaftVoteResponse(properties);
            };

            /**
             * Encodes the specified RaftVoteResponse message. Does not implicitly {@link varve.internal.RaftVoteResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftVoteResponse
             * @static
             * @param {varve.internal.IRaftVoteResponse} message RaftVoteResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftVoteResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.pre_vote != null && Object.hasOwnProperty.call(message, "pre_vote"))
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.pre_vote);
                if (message.granted != null && Object.hasOwnProperty.call(message, "granted"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.granted);
                return writer;
            };

            /**
             * Decodes a RaftVoteResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftVoteResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftVoteResponse} RaftVoteResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftVoteResponse.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftVoteResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.pre_vote = reader.bool();
                            break;
                        }
                    case 2: {
                            message.granted = reader.bool();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftVoteResponse;
        })();

        internal.RaftAppend = (function() {

            /**
             * Properties of a RaftAppend.
             * @memberof varve.internal
             * @interface IRaftAppend
             * @property {number|null} [prev_index] RaftAppend prev_index
             * @property {number|null} [prev_term] RaftAppend prev_term
             * @property {number|null} [commit] RaftAppend commit
             * @property {Array.<varve.internal.IRaftEntry>|null} [entries] RaftAppend entries
             */

            /**
             * Constructs a new RaftAppend.
             * @memberof varve.internal
             * @classdesc Represents a RaftAppend.
             * @implements IRaftAppend
             * @constructor
             * @param {varve.internal.IRaftAppend=} [properties] Properties to set
             */
            function RaftAppend(properties) {
                this.entries = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftAppend prev_index.
             * @member {number} prev_index
             * @memberof varve.internal.RaftAppend
             * @instance
             */
            RaftAppend.prototype.prev_index = 0;

            /**
             * RaftAppend prev_term.
             * @member {number} prev_term
             * @memberof varve.internal.RaftAppend
             * @instance
             */
            RaftAppend.prototype.prev_term = 0;

            /**
             * RaftAppend commit.
             * @member {number} commit
             * @memberof varve.internal.RaftAppend
             * @instance
             */
            RaftAppend.prototype.commit = 0;

            /**
             * RaftAppend entries.
             * @member {Array.<varve.internal.IRaftEntry>} entries
             * @memberof varve.internal.RaftAppend
             * @instance
             */
            RaftAppend.prototype.entries = $util.emptyArray;

            /**
             * Creates a new RaftAppend instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftAppend
             * @static
             * @param {varve.internal.IRaftAppend=} [properties] Properties to set
             * @returns {varve.internal.RaftAppend} RaftAppend instance
             */
            RaftAppend.create = function create(properties) {
                return new RaftAppend(properties);
            };

            /**
             * Encodes the specified RaftAppend message. Does not implicitly {@link varve.internal.RaftAppend.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftAppend
             * @static
             * @param {varve.internal.IRaftAppend} message RaftAppend message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftAppend.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.prev_index != null && Object.hasOwnProperty.call(message, "prev_index"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.prev_index);
                if (message.prev_term != null && Object.hasOwnProperty.call(message, "prev_term"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.prev_term);
                if (message.commit != null && Object.hasOwnProperty.call(message, "commit"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.commit);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.varve.internal.RaftEntry.encode(message.entries[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RaftAppend message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftAppend
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftAppend} RaftAppend
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftAppend.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftAppend();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.prev_index = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.prev_term = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.commit = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.varve.internal.RaftEntry.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftAppend;
        })();

        internal.RaftEntry = (function() {

            /**
             * Properties of a RaftEntry.
             * @memberof varve.internal
             * @interface IRaftEntry
             * @property {number|null} [term] RaftEntry term
             * @property {number|null} [type] RaftEntry type
             * @property {Uint8Array|null} [payload] RaftEntry payload
             */

            /**
             * Constructs a new RaftEntry.
             * @memberof varve.internal
             * @classdesc Represents a RaftEntry.
             * @implements IRaftEntry
             * @constructor
             * @param {varve.internal.IRaftEntry=} [properties] Properties to set
             */
            function RaftEntry(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftEntry term.
             * @member {number} term
             * @memberof varve.internal.RaftEntry
             * @instance
             */
            RaftEntry.prototype.term = 0;

            /**
             * RaftEntry type.
             * @member {number} type
             * @memberof varve.internal.RaftEntry
             * @instance
             */
            RaftEntry.prototype.type = 0;

            /**
             * RaftEntry payload.
             * @member {Uint8Array} payload
             * @memberof varve.internal.RaftEntry
             * @instance
             */
            RaftEntry.prototype.payload = $util.newBuffer([]);

            /**
             * Creates a new RaftEntry instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftEntry
             * @static
             * @param {varve.internal.IRaftEntry=} [properties] Properties to set
             * @returns {varve.internal.RaftEntry} RaftEntry instance
             */
            RaftEntry.create = function create(properties) {
                return new RaftEntry(properties);
            };

            /**
             * Encodes the specified RaftEntry message. Does not implicitly {@link varve.internal.RaftEntry.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftEntry
             * @static
             * @param {varve.internal.IRaftEntry} message RaftEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftEntry.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.term);
                if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.type);
                if (message.payload != null && Object.hasOwnProperty.call(message, "payload"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.payload);
                return writer;
            };

            /**
             * Decodes a RaftEntry message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftEntry} RaftEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftEntry.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftEntry();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.term = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.type = reader.int32();
                            break;
                        }
                    case 3: {
                            message.payload = reader.bytes();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftEntry;
        })();

        internal.RaftAppendResponse = (function() {

            /**
             * Properties of a RaftAppendResponse.
             * @memberof varve.internal
             * @interface IRaftAppendResponse
             * @property {number|null} [index] RaftAppendResponse index
             * @property {boolean|null} [rejected] RaftAppendResponse rejected
             * @property {number|null} [hint_index] RaftAppendResponse hint_index
             * @property {number|null} [hint_term] RaftAppendResponse hint_term
             */

            /**
             * Constructs a new RaftAppendResponse.
             * @memberof varve.internal
             * @classdesc Represents a RaftAppendResponse.
             * @implements IRaftAppendResponse
             * @constructor
             * @param {varve.internal.IRaftAppendResponse=} [properties] Properties to set
             */
            function RaftAppendResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftAppendResponse index.
             * @member {number} index
             * @memberof varve.internal.RaftAppendResponse
             * @instance
             */
            RaftAppendResponse.prototype.index = 0;

            /**
             * RaftAppendResponse rejected.
             * @member {boolean} rejected
             * @memberof varve.internal.RaftAppendResponse
             * @instance
             */
            RaftAppendResponse.prototype.rejected = false;

            /**
             * RaftAppendResponse hint_index.
             * @member {number} hint_index
             * @memberof varve.internal.RaftAppendResponse
             * @instance
             */
            RaftAppendResponse.prototype.hint_index = 0;

            /**
             * RaftAppendResponse hint_term.
             * @member {number} hint_term
             * @memberof varve.internal.RaftAppendResponse
             * @instance
             */
            RaftAppendResponse.prototype.hint_term = 0;

            /**
             * Creates a new RaftAppendResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftAppendResponse
             * @static
             * @param {varve.internal.IRaftAppendResponse=} [properties] Properties to set
             * @returns {varve.internal.RaftAppendResponse} RaftAppendResponse instance
             */
            RaftAppendResponse.create = function create(properties) {
                return new RaftAppendResponse(properties);
            };

            /**
             * Encodes the specified RaftAppendResponse message. Does not implicitly {@link varve.internal.RaftAppendResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftAppendResponse
             * @static
             * @param {varve.internal.IRaftAppendResponse} message RaftAppendResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftAppendResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.index);
                if (message.rejected != null && Object.hasOwnProperty.call(message, "rejected"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.rejected);
                if (message.hint_index != null && Object.hasOwnProperty.call(message, "hint_index"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.hint_index);
                if (message.hint_term != null && Object.hasOwnProperty.call(message, "hint_term"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.hint_term);
                return writer;
            };

            /**
             * Decodes a RaftAppendResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftAppendResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftAppendResponse} RaftAppendResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftAppendResponse.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftAppendResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.index = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.rejected = reader.bool();
                            break;
                        }
                    case 3: {
                            message.hint_index = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.hint_term = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftAppendResponse;
        })();

        internal.RaftHeartbeat = (function() {

            /**
             * Properties of a RaftHeartbeat.
             * @memberof varve.internal
             * @interface IRaftHeartbeat
             * @property {number|null} [commit] RaftHeartbeat commit
             * @property {number|null} [read_sequence] RaftHeartbeat read_sequence
             */

            /**
             * Constructs a new RaftHeartbeat.
             * @memberof varve.internal
             * @classdesc Represents a RaftHeartbeat.
             * @implements IRaftHeartbeat
             * @constructor
             * @param {varve.internal.IRaftHeartbeat=} [properties] Properties to set
             */
            function RaftHeartbeat(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftHeartbeat commit.
             * @member {number} commit
             * @memberof varve.internal.RaftHeartbeat
             * @instance
             */
            RaftHeartbeat.prototype.commit = 0;

            /**
             * RaftHeartbeat read_sequence.
             * @member {number} read_sequence
             * @memberof varve.internal.RaftHeartbeat
             * @instance
             */
            RaftHeartbeat.prototype.read_sequence = 0;

            /**
             * Creates a new RaftHeartbeat instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftHeartbeat
             * @static
             * @param {varve.internal.IRaftHeartbeat=} [properties] Properties to set
             * @returns {varve.internal.RaftHeartbeat} RaftHeartbeat instance
             */
            RaftHeartbeat.create = function create(properties) {
                return new RaftHeartbeat(properties);
            };

            /**
             * Encodes the specified RaftHeartbeat message. Does not implicitly {@link varve.internal.RaftHeartbeat.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftHeartbeat
             * @static
             * @param {varve.internal.IRaftHeartbeat} message RaftHeartbeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftHeartbeat.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.commit != null && Object.hasOwnProperty.call(message, "commit"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.commit);
                if (message.read_sequence != null && Object.hasOwnProperty.call(message, "read_sequence"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.read_sequence);
                return writer;
            };

            /**
             * Decodes a RaftHeartbeat message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftHeartbeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftHeartbeat} RaftHeartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftHeartbeat.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftHeartbeat();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.commit = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.read_sequence = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftHeartbeat;
        })();

        internal.RaftHeartbeatResponse = (function() {

            /**
             * Properties of a RaftHeartbeatResponse.
             * @memberof varve.internal
             * @interface IRaftHeartbeatResponse
             * @property {number|null} [read_sequence] RaftHeartbeatResponse read_sequence
             */

            /**
             * Constructs a new RaftHeartbeatResponse.
             * @memberof varve.internal
             * @classdesc Represents a RaftHeartbeatResponse.
             * @implements IRaftHeartbeatResponse
             * @constructor
             * @param {varve.internal.IRaftHeartbeatResponse=} [properties] Properties to set
             */
            function RaftHeartbeatResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftHeartbeatResponse read_sequence.
             * @member {number} read_sequence
             * @memberof varve.internal.RaftHeartbeatResponse
             * @instance
             */
            RaftHeartbeatResponse.prototype.read_sequence = 0;

            /**
             * Creates a new RaftHeartbeatResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftHeartbeatResponse
             * @static
             * @param {varve.internal.IRaftHeartbeatResponse=} [properties] Properties to set
             * @returns {varve.internal.RaftHeartbeatResponse} RaftHeartbeatResponse instance
             */
            RaftHeartbeatResponse.create = function create(properties) {
                return new RaftHeartbeatResponse(properties);
            };

            /**
             * Encodes the specified RaftHeartbeatResponse message. Does not implicitly {@link varve.internal.RaftHeartbeatResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftHeartbeatResponse
             * @static
             * @param {varve.internal.IRaftHeartbeatResponse} message RaftHeartbeatResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftHeartbeatResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.read_sequence != null && Object.hasOwnProperty.call(message, "read_sequence"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.read_sequence);
                return writer;
            };

            /**
             * Decodes a RaftHeartbeatResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftHeartbeatResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftHeartbeatResponse} RaftHeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftHeartbeatResponse.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftHeartbeatResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.read_sequence = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftHeartbeatResponse;
        })();

        internal.RaftSnapshotChunk = (function() {

            /**
             * Properties of a RaftSnapshotChunk.
             * @memberof varve.internal
             * @interface IRaftSnapshotChunk
             * @property {number|null} [index] RaftSnapshotChunk index
             * @property {number|null} [term] RaftSnapshotChunk term
             * @property {varve.internal.IRaftVoterSet|null} [voters] RaftSnapshotChunk voters
             * @property {number|null} [chunk] RaftSnapshotChunk chunk
             * @property {number|null} [chunks] RaftSnapshotChunk chunks
             * @property {Uint8Array|null} [data] RaftSnapshotChunk data
             */

            /**
             * Constructs a new RaftSnapshotChunk.
             * @memberof varve.internal
             * @classdesc Represents a RaftSnapshotChunk.
             * @implements IRaftSnapshotChunk
             * @constructor
             * @param {varve.internal.IRaftSnapshotChunk=} [properties] Properties to set
             */
            function RaftSnapshotChunk(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftSnapshotChunk index.
             * @member {number} index
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.index = 0;

            /**
             * RaftSnapshotChunk term.
             * @member {number} term
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.term = 0;

            /**
             * RaftSnapshotChunk voters.
             * @member {varve.internal.IRaftVoterSet|null|undefined} voters
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.voters = null;

            /**
             * RaftSnapshotChunk chunk.
             * @member {number} chunk
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.chunk = 0;

            /**
             * RaftSnapshotChunk chunks.
             * @member {number} chunks
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.chunks = 0;

            /**
             * RaftSnapshotChunk data.
             * @member {Uint8Array} data
             * @memberof varve.internal.RaftSnapshotChunk
             * @instance
             */
            RaftSnapshotChunk.prototype.data = $util.newBuffer([]);

            /**
             * Creates a new RaftSnapshotChunk instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftSnapshotChunk
             * @static
             * @param {varve.internal.IRaftSnapshotChunk=} [properties] Properties to set
             * @returns {varve.internal.RaftSnapshotChunk} RaftSnapshotChunk instance
             */
            RaftSnapshotChunk.create = function create(properties) {
                return new RaftSnapshotChunk(properties);
            };

            /**
             * Encodes the specified RaftSnapshotChunk message. Does not implicitly {@link varve.internal.RaftSnapshotChunk.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftSnapshotChunk
             * @static
             * @param {varve.internal.IRaftSnapshotChunk} message RaftSnapshotChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftSnapshotChunk.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.index);
                if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.term);
                if (message.voters != null && Object.hasOwnProperty.call(message, "voters"))
                    $root.varve.internal.RaftVoterSet.encode(message.voters, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.chunk != null && Object.hasOwnProperty.call(message, "chunk"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.chunk);
                if (message.chunks != null && Object.hasOwnProperty.call(message, "chunks"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.chunks);
                if (message.data != null && Object.hasOwnProperty.call(message, "data"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.data);
                return writer;
            };

            /**
             * Decodes a RaftSnapshotChunk message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftSnapshotChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftSnapshotChunk} RaftSnapshotChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftSnapshotChunk.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftSnapshotChunk();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.index = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.term = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.voters = $root.varve.internal.RaftVoterSet.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.chunk = reader.int32();
                            break;
                        }
                    case 5: {
                            message.chunks = reader.int32();
                            break;
                        }
                    case 6: {
                            message.data = reader.bytes();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftSnapshotChunk;
        })();

        internal.RaftSnapshotResponse = (function() {

            /**
             * Properties of a RaftSnapshotResponse.
             * @memberof varve.internal
             * @interface IRaftSnapshotResponse
             * @property {number|null} [index] RaftSnapshotResponse index
             * @property {number|null} [next_chunk] RaftSnapshotResponse next_chunk
             */

            /**
             * Constructs a new RaftSnapshotResponse.
             * @memberof varve.internal
             * @classdesc Represents a RaftSnapshotResponse.
             * @implements IRaftSnapshotResponse
             * @constructor
             * @param {varve.internal.IRaftSnapshotResponse=} [properties] Properties to set
             */
            function RaftSnapshotResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftSnapshotResponse index.
             * @member {number} index
             * @memberof varve.internal.RaftSnapshotResponse
             * @instance
             */
            RaftSnapshotResponse.prototype.index = 0;

            /**
             * RaftSnapshotResponse next_chunk.
             * @member {number} next_chunk
             * @memberof varve.internal.RaftSnapshotResponse
             * @instance
             */
            RaftSnapshotResponse.prototype.next_chunk = 0;

            /**
             * Creates a new RaftSnapshotResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftSnapshotResponse
             * @static
             * @param {varve.internal.IRaftSnapshotResponse=} [properties] Properties to set
             * @returns {varve.internal.RaftSnapshotResponse} RaftSnapshotResponse instance
             */
            RaftSnapshotResponse.create = function create(properties) {
                return new RaftSnapshotResponse(properties);
            };

            /**
             * Encodes the specified RaftSnapshotResponse message. Does not implicitly {@link varve.internal.RaftSnapshotResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftSnapshotResponse
             * @static
             * @param {varve.internal.IRaftSnapshotResponse} message RaftSnapshotResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftSnapshotResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.index);
                if (message.next_chunk != null && Object.hasOwnProperty.call(message, "next_chunk"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.next_chunk);
                return writer;
            };

            /**
             * Decodes a RaftSnapshotResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftSnapshotResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftSnapshotResponse} RaftSnapshotResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftSnapshotResponse.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftSnapshotResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.index = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.next_chunk = reader.int32();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftSnapshotResponse;
        })();

        internal.RaftTimeoutNow = (function() {

            /**
             * Properties of a RaftTimeoutNow.
             * @memberof varve.internal
             * @interface IRaftTimeoutNow
             */

            /**
             * Constructs a new RaftTimeoutNow.
             * @memberof varve.internal
             * @classdesc Represents a RaftTimeoutNow.
             * @implements IRaftTimeoutNow
             * @constructor
             * @param {varve.internal.IRaftTimeoutNow=} [properties] Properties to set
             */
            function RaftTimeoutNow(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new RaftTimeoutNow instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftTimeoutNow
             * @static
             * @param {varve.internal.IRaftTimeoutNow=} [properties] Properties to set
             * @returns {varve.internal.RaftTimeoutNow} RaftTimeoutNow instance
             */
            RaftTimeoutNow.create = function create(properties) {
                return new RaftTimeoutNow(properties);
            };

            /**
             * Encodes the specified RaftTimeoutNow message. Does not implicitly {@link varve.internal.RaftTimeoutNow.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftTimeoutNow
             * @static
             * @param {varve.internal.IRaftTimeoutNow} message RaftTimeoutNow message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftTimeoutNow.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes a RaftTimeoutNow message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftTimeoutNow
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftTimeoutNow} RaftTimeoutNow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftTimeoutNow.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftTimeoutNow();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftTimeoutNow;
        })();

        internal.RaftReadRequest = (function() {

            /**
             * Properties of a RaftReadRequest.
             * @memberof varve.internal
             * @interface IRaftReadRequest
             * @property {number|null} [request_id] RaftReadRequest request_id
             */

            /**
             * Constructs a new RaftReadRequest.
             * @memberof varve.internal
             * @classdesc Represents a RaftReadRequest.
             * @implements IRaftReadRequest
             * @constructor
             * @param {varve.internal.IRaftReadRequest=} [properties] Properties to set
             */
            function RaftReadRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftReadRequest request_id.
             * @member {number} request_id
             * @memberof varve.internal.RaftReadRequest
             * @instance
             */
            RaftReadRequest.prototype.request_id = 0;

            /**
             * Creates a new RaftReadRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftReadRequest
             * @static
             * @param {varve.internal.IRaftReadRequest=} [properties] Properties to set
             * @returns {varve.internal.RaftReadRequest} RaftReadRequest instance
             */
            RaftReadRequest.create = function create(properties) {
                return new RaftReadRequest(properties);
            };

            /**
             * Encodes the specified RaftReadRequest message. Does not implicitly {@link varve.internal.RaftReadRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftReadRequest
             * @static
             * @param {varve.internal.IRaftReadRequest} message RaftReadRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftReadRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.request_id != null && Object.hasOwnProperty.call(message, "request_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.request_id);
                return writer;
            };

            /**
             * Decodes a RaftReadRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftReadRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftReadRequest} RaftReadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftReadRequest.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftReadRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.request_id = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftReadRequest;
        })();

        internal.RaftReadResponse = (function() {

            /**
             * Properties of a RaftReadResponse.
             * @memberof varve.internal
             * @interface IRaftReadResponse
             * @property {number|null} [request_id] RaftReadResponse request_id
             * @property {number|null} [index] RaftReadResponse index
             */

            /**
             * Constructs a new RaftReadResponse.
             * @memberof varve.internal
             * @classdesc Represents a RaftReadResponse.
             * @implements IRaftReadResponse
             * @constructor
             * @param {varve.internal.IRaftReadResponse=} [properties] Properties to set
             */
            function RaftReadResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftReadResponse request_id.
             * @member {number} request_id
             * @memberof varve.internal.RaftReadResponse
             * @instance
             */
            RaftReadResponse.prototype.request_id = 0;

            /**
             * RaftReadResponse index.
             * @member {number} index
             * @memberof varve.internal.RaftReadResponse
             * @instance
             */
            RaftReadResponse.prototype.index = 0;

            /**
             * Creates a new RaftReadResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftReadResponse
             * @static
             * @param {varve.internal.IRaftReadResponse=} [properties] Properties to set
             * @returns {varve.internal.RaftReadResponse} RaftReadResponse instance
             */
            RaftReadResponse.create = function create(properties) {
                return new RaftReadResponse(properties);
            };

            /**
             * Encodes the specified RaftReadResponse message. Does not implicitly {@link varve.internal.RaftReadResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftReadResponse
             * @static
             * @param {varve.internal.IRaftReadResponse} message RaftReadResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftReadResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.request_id != null && Object.hasOwnProperty.call(message, "request_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.request_id);
                if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.index);
                return writer;
            };

            /**
             * Decodes a RaftReadResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftReadResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftReadResponse} RaftReadResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftReadResponse.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftReadResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.request_id = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.index = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftReadResponse;
        })();

        internal.RaftHello = (function() {

            /**
             * Properties of a RaftHello.
             * @memberof varve.internal
             * @interface IRaftHello
             */

            /**
             * Constructs a new RaftHello.
             * @memberof varve.internal
             * @classdesc Represents a RaftHello.
             * @implements IRaftHello
             * @constructor
             * @param {varve.internal.IRaftHello=} [properties] Properties to set
             */
            function RaftHello(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new RaftHello instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftHello
             * @static
             * @param {varve.internal.IRaftHello=} [properties] Properties to set
             * @returns {varve.internal.RaftHello} RaftHello instance
             */
            RaftHello.create = function create(properties) {
                return new RaftHello(properties);
            };

            /**
             * Encodes the specified RaftHello message. Does not implicitly {@link varve.internal.RaftHello.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftHello
             * @static
             * @param {varve.internal.IRaftHello} message RaftHello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftHello.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes a RaftHello message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftHello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftHello} RaftHello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftHello.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftHello();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftHello;
        })();

        internal.RaftFoundingState = (function() {

            /**
             * Properties of a RaftFoundingState.
             * @memberof varve.internal
             * @interface IRaftFoundingState
             * @property {boolean|null} [blank] RaftFoundingState blank
             * @property {Array.<number>|null} [configured_node_ids] RaftFoundingState configured_node_ids
             * @property {varve.internal.IRaftVoterSet|null} [founding_set] RaftFoundingState founding_set
             * @property {boolean|null} [wants_answer] RaftFoundingState wants_answer
             * @property {number|null} [round] RaftFoundingState round
             * @property {number|null} [answers_round] RaftFoundingState answers_round
             */

            /**
             * Constructs a new RaftFoundingState.
             * @memberof varve.internal
             * @classdesc Represents a RaftFoundingState.
             * @implements IRaftFoundingState
             * @constructor
             * @param {varve.internal.IRaftFoundingState=} [properties] Properties to set
             */
            function RaftFoundingState(properties) {
                this.configured_node_ids = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftFoundingState blank.
             * @member {boolean} blank
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.blank = false;

            /**
             * RaftFoundingState configured_node_ids.
             * @member {Array.<number>} configured_node_ids
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.configured_node_ids = $util.emptyArray;

            /**
             * RaftFoundingState founding_set.
             * @member {varve.internal.IRaftVoterSet|null|undefined} founding_set
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.founding_set = null;

            /**
             * RaftFoundingState wants_answer.
             * @member {boolean} wants_answer
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.wants_answer = false;

            /**
             * RaftFoundingState round.
             * @member {number} round
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.round = 0;

            /**
             * RaftFoundingState answers_round.
             * @member {number} answers_round
             * @memberof varve.internal.RaftFoundingState
             * @instance
             */
            RaftFoundingState.prototype.answers_round = 0;

            /**
             * Creates a new RaftFoundingState instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftFoundingState
             * @static
             * @param {varve.internal.IRaftFoundingState=} [properties] Properties to set
             * @returns {varve.internal.RaftFoundingState} RaftFoundingState instance
             */
            RaftFoundingState.create = function create(properties) {
                return new RaftFoundingState(properties);
            };

            /**
             * Encodes the specified RaftFoundingState message. Does not implicitly {@link varve.internal.RaftFoundingState.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftFoundingState
             * @static
             * @param {varve.internal.IRaftFoundingState} message RaftFoundingState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftFoundingState.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.blank != null && Object.hasOwnProperty.call(message, "blank"))
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.blank);
                if (message.configured_node_ids != null && message.configured_node_ids.length) {
                    writer.uint32(/* id 2, wireType 2 =*/18).fork();
                    for (let i = 0; i < message.configured_node_ids.length; ++i)
                        writer.int32(message.configured_node_ids[i]);
                    writer.ldelim();
                }
                if (message.founding_set != null && Object.hasOwnProperty.call(message, "founding_set"))
                    $root.varve.internal.RaftVoterSet.encode(message.founding_set, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.wants_answer != null && Object.hasOwnProperty.call(message, "wants_answer"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.wants_answer);
                if (message.round != null && Object.hasOwnProperty.call(message, "round"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.round);
                if (message.answers_round != null && Object.hasOwnProperty.call(message, "answers_round"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.answers_round);
                return writer;
            };

            /**
             * Decodes a RaftFoundingState message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftFoundingState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftFoundingState} RaftFoundingState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftFoundingState.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftFoundingState();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.blank = reader.bool();
                            break;
                        }
                    case 2: {
                            if (!(message.configured_node_ids && message.configured_node_ids.length))
                                message.configured_node_ids = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.configured_node_ids.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.configured_node_ids.push(reader.int32());
                            break;
                        }
                    case 3: {
                            message.founding_set = $root.varve.internal.RaftVoterSet.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.wants_answer = reader.bool();
                            break;
                        }
                    case 5: {
                            message.round = $number.int64(reader);
                            break;
                        }
                    case 6: {
                            message.answers_round = $number.int64(reader);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftFoundingState;
        })();

        internal.RaftVoterSet = (function() {

            /**
             * Properties of a RaftVoterSet.
             * @memberof varve.internal
             * @interface IRaftVoterSet
             * @property {number|null} [version] RaftVoterSet version
             * @property {Uint8Array|null} [cluster_id] RaftVoterSet cluster_id
             * @property {Array.<varve.internal.IRaftVoter>|null} [voters] RaftVoterSet voters
             * @property {Array.<number>|null} [replacing_node_ids] RaftVoterSet replacing_node_ids
             */

            /**
             * Constructs a new RaftVoterSet.
             * @memberof varve.internal
             * @classdesc Represents a RaftVoterSet.
             * @implements IRaftVoterSet
             * @constructor
             * @param {varve.internal.IRaftVoterSet=} [properties] Properties to set
             */
            function RaftVoterSet(properties) {
                this.voters = [];
                this.replacing_node_ids = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftVoterSet version.
             * @member {number} version
             * @memberof varve.internal.RaftVoterSet
             * @instance
             */
            RaftVoterSet.prototype.version = 0;

            /**
             * RaftVoterSet cluster_id.
             * @member {Uint8Array} cluster_id
             * @memberof varve.internal.RaftVoterSet
             * @instance
             */
            RaftVoterSet.prototype.cluster_id = $util.newBuffer([]);

            /**
             * RaftVoterSet voters.
             * @member {Array.<varve.internal.IRaftVoter>} voters
             * @memberof varve.internal.RaftVoterSet
             * @instance
             */
            RaftVoterSet.prototype.voters = $util.emptyArray;

            /**
             * RaftVoterSet replacing_node_ids.
             * @member {Array.<number>} replacing_node_ids
             * @memberof varve.internal.RaftVoterSet
             * @instance
             */
            RaftVoterSet.prototype.replacing_node_ids = $util.emptyArray;

            /**
             * Creates a new RaftVoterSet instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftVoterSet
             * @static
             * @param {varve.internal.IRaftVoterSet=} [properties] Properties to set
             * @returns {varve.internal.RaftVoterSet} RaftVoterSet instance
             */
            RaftVoterSet.create = function create(properties) {
                return new RaftVoterSet(properties);
            };

            /**
             * Encodes the specified RaftVoterSet message. Does not implicitly {@link varve.internal.RaftVoterSet.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftVoterSet
             * @static
             * @param {varve.internal.IRaftVoterSet} message RaftVoterSet message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftVoterSet.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.cluster_id);
                if (message.voters != null && message.voters.length)
                    for (let i = 0; i < message.voters.length; ++i)
                        $root.varve.internal.RaftVoter.encode(message.voters[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.replacing_node_ids != null && message.replacing_node_ids.length) {
                    writer.uint32(/* id 4, wireType 2 =*/34).fork();
                    for (let i = 0; i < message.replacing_node_ids.length; ++i)
                        writer.int32(message.replacing_node_ids[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes a RaftVoterSet message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftVoterSet
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftVoterSet} RaftVoterSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftVoterSet.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftVoterSet();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
                            break;
                        }
                    case 2: {
                            message.cluster_id = reader.bytes();
                            break;
                        }
                    case 3: {
                            if (!(message.voters && message.voters.length))
                                message.voters = [];
                            message.voters.push($root.varve.internal.RaftVoter.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 4: {
                            if (!(message.replacing_node_ids && message.replacing_node_ids.length))
                                message.replacing_node_ids = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.replacing_node_ids.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.replacing_node_ids.push(reader.int32());
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftVoterSet;
        })();

        internal.RaftVoter = (function() {

            /**
             * Properties of a RaftVoter.
             * @memberof varve.internal
             * @interface IRaftVoter
             * @property {number|null} [node_id] RaftVoter node_id
             * @property {Uint8Array|null} [directory_id] RaftVoter directory_id
             * @property {string|null} [host] RaftVoter host
             * @property {number|null} [port] RaftVoter port
             */

            /**
             * Constructs a new RaftVoter.
             * @memberof varve.internal
             * @classdesc Represents a RaftVoter.
             * @implements IRaftVoter
             * @constructor
             * @param {varve.internal.IRaftVoter=} [properties] Properties to set
             */
            function RaftVoter(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftVoter node_id.
             * @member {number} node_id
             * @memberof varve.internal.RaftVoter
             * @instance
             */
            RaftVoter.prototype.node_id = 0;

            /**
             * RaftVoter directory_id.
             * @member {Uint8Array} directory_id
             * @memberof varve.internal.RaftVoter
             * @instance
             */
            RaftVoter.prototype.directory_id = $util.newBuffer([]);

            /**
             * RaftVoter host.
             * @member {string} host
             * @memberof varve.internal.RaftVoter
             * @instance
             */
            RaftVoter.prototype.host = "";

            /**
             * RaftVoter port.
             * @member {number} port
             * @memberof varve.internal.RaftVoter
             * @instance
             */
            RaftVoter.prototype.port = 0;

            /**
             * Creates a new RaftVoter instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftVoter
             * @static
             * @param {varve.internal.IRaftVoter=} [properties] Properties to set
             * @returns {varve.internal.RaftVoter} RaftVoter instance
             */
            RaftVoter.create = function create(properties) {
                return new RaftVoter(properties);
            };

            /**
             * Encodes the specified RaftVoter message. Does not implicitly {@link varve.internal.RaftVoter.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftVoter
             * @static
             * @param {varve.internal.IRaftVoter} message RaftVoter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftVoter.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.directory_id != null && Object.hasOwnProperty.call(message, "directory_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.directory_id);
                if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.host);
                if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.port);
                return writer;
            };

            /**
             * Decodes a RaftVoter message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftVoter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftVoter} RaftVoter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftVoter.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftVoter();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.node_id = reader.int32();
                            break;
                        }
                    case 2: {
                            message.directory_id = reader.bytes();
                            break;
                        }
                    case 3: {
                            message.host = reader.string();
                            break;
                        }
                    case 4: {
                            message.port = reader.int32();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftVoter;
        })();

        internal.RaftStoredState = (function() {

            /**
             * Properties of a RaftStoredState.
             * @memberof varve.internal
             * @interface IRaftStoredState
             * @property {number|null} [version] RaftStoredState version
             * @property {number|null} [term] RaftStoredState term
             * @property {varve.internal.IRaftReplicaId|null} [vote] RaftStoredState vote
             * @property {number|null} [commit] RaftStoredState commit
             * @property {number|null} [last_index] RaftStoredState last_index
             * @property {number|null} [base_index] RaftStoredState base_index
             * @property {number|null} [base_term] RaftStoredState base_term
             * @property {varve.internal.IRaftVoterSet|null} [founding_set] RaftStoredState founding_set
             * @property {varve.internal.IRaftStoredSnapshot|null} [snapshot] RaftStoredState snapshot
             * @property {Uint8Array|null} [cluster_id] RaftStoredState cluster_id
             * @property {varve.internal.IRaftReplicaId|null} [self] RaftStoredState self
             */

            /**
             * Constructs a new RaftStoredState.
             * @memberof varve.internal
             * @classdesc Represents a RaftStoredState.
             * @implements IRaftStoredState
             * @constructor
             * @param {varve.internal.IRaftStoredState=} [properties] Properties to set
             */
            function RaftStoredState(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftStoredState version.
             * @member {number} version
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.version = 0;

            /**
             * RaftStoredState term.
             * @member {number} term
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.term = 0;

            /**
             * RaftStoredState vote.
             * @member {varve.internal.IRaftReplicaId|null|undefined} vote
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.vote = null;

            /**
             * RaftStoredState commit.
             * @member {number} commit
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.commit = 0;

            /**
             * RaftStoredState last_index.
             * @member {number} last_index
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.last_index = 0;

            /**
             * RaftStoredState base_index.
             * @member {number} base_index
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.base_index = 0;

            /**
             * RaftStoredState base_term.
             * @member {number} base_term
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.base_term = 0;

            /**
             * RaftStoredState founding_set.
             * @member {varve.internal.IRaftVoterSet|null|undefined} founding_set
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.founding_set = null;

            /**
             * RaftStoredState snapshot.
             * @member {varve.internal.IRaftStoredSnapshot|null|undefined} snapshot
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.snapshot = null;

            /**
             * RaftStoredState cluster_id.
             * @member {Uint8Array} cluster_id
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.cluster_id = $util.newBuffer([]);

            /**
             * RaftStoredState self.
             * @member {varve.internal.IRaftReplicaId|null|undefined} self
             * @memberof varve.internal.RaftStoredState
             * @instance
             */
            RaftStoredState.prototype.self = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(RaftStoredState.prototype, "_vote", {
                get: $util.oneOfGetter($oneOfFields = ["vote"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(RaftStoredState.prototype, "_snapshot", {
                get: $util.oneOfGetter($oneOfFields = ["snapshot"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new RaftStoredState instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftStoredState
             * @static
             * @param {varve.internal.IRaftStoredState=} [properties] Properties to set
             * @returns {varve.internal.RaftStoredState} RaftStoredState instance
             */
            RaftStoredState.create = function create(properties) {
                return new RaftStoredState(properties);
            };

            /**
             * Encodes the specified RaftStoredState message. Does not implicitly {@link varve.internal.RaftStoredState.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftStoredState
             * @static
             * @param {varve.internal.IRaftStoredState} message RaftStoredState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftStoredState.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.term);
                if (message.vote != null && Object.hasOwnProperty.call(message, "vote"))
                    $root.varve.internal.RaftReplicaId.encode(message.vote, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.commit != null && Object.hasOwnProperty.call(message, "commit"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.commit);
                if (message.last_index != null && Object.hasOwnProperty.call(message, "last_index"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.last_index);
                if (message.base_index != null && Object.hasOwnProperty.call(message, "base_index"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.base_index);
                if (message.base_term != null && Object.hasOwnProperty.call(message, "base_term"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.base_term);
                if (message.founding_set != null && Object.hasOwnProperty.call(message, "founding_set"))
                    $root.varve.internal.RaftVoterSet.encode(message.founding_set, writer.uint32(/* id 8, wireType 2 =*/66).fork(), q + 1).ldelim();
                if (message.snapshot != null && Object.hasOwnProperty.call(message, "snapshot"))
                    $root.varve.internal.RaftStoredSnapshot.encode(message.snapshot, writer.uint32(/* id 9, wireType 2 =*/74).fork(), q + 1).ldelim();
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.cluster_id);
                if (message.self != null && Object.hasOwnProperty.call(message, "self"))
                    $root.varve.internal.RaftReplicaId.encode(message.self, writer.uint32(/* id 11, wireType 2 =*/90).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RaftStoredState message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftStoredState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftStoredState} RaftStoredState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftStoredState.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftStoredState();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
                            break;
                        }
                    case 2: {
                            message.term = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.vote = $root.varve.internal.RaftReplicaId.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.commit = $number.int64(reader);
                            break;
                        }
                    case 5: {
                            message.last_index = $number.int64(reader);
                            break;
                        }
                    case 6: {
                            message.base_index = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.base_term = $number.int64(reader);
                            break;
                        }
                    case 8: {
                            message.founding_set = $root.varve.internal.RaftVoterSet.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 9: {
                            message.snapshot = $root.varve.internal.RaftStoredSnapshot.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 10: {
                            message.cluster_id = reader.bytes();
                            break;
                        }
                    case 11: {
                            message.self = $root.varve.internal.RaftReplicaId.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftStoredState;
        })();

        internal.RaftReplicaId = (function() {

            /**
             * Properties of a RaftReplicaId.
             * @memberof varve.internal
             * @interface IRaftReplicaId
             * @property {number|null} [node_id] RaftReplicaId node_id
             * @property {Uint8Array|null} [directory_id] RaftReplicaId directory_id
             */

            /**
             * Constructs a new RaftReplicaId.
             * @memberof varve.internal
             * @classdesc Represents a RaftReplicaId.
             * @implements IRaftReplicaId
             * @constructor
             * @param {varve.internal.IRaftReplicaId=} [properties] Properties to set
             */
            function RaftReplicaId(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftReplicaId node_id.
             * @member {number} node_id
             * @memberof varve.internal.RaftReplicaId
             * @instance
             */
            RaftReplicaId.prototype.node_id = 0;

            /**
             * RaftReplicaId directory_id.
             * @member {Uint8Array} directory_id
             * @memberof varve.internal.RaftReplicaId
             * @instance
             */
            RaftReplicaId.prototype.directory_id = $util.newBuffer([]);

            /**
             * Creates a new RaftReplicaId instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftReplicaId
             * @static
             * @param {varve.internal.IRaftReplicaId=} [properties] Properties to set
             * @returns {varve.internal.RaftReplicaId} RaftReplicaId instance
             */
            RaftReplicaId.create = function create(properties) {
                return new RaftReplicaId(properties);
            };

            /**
             * Encodes the specified RaftReplicaId message. Does not implicitly {@link varve.internal.RaftReplicaId.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftReplicaId
             * @static
             * @param {varve.internal.IRaftReplicaId} message RaftReplicaId message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftReplicaId.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.directory_id != null && Object.hasOwnProperty.call(message, "directory_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.directory_id);
                return writer;
            };

            /**
             * Decodes a RaftReplicaId message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftReplicaId
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftReplicaId} RaftReplicaId
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftReplicaId.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftReplicaId();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.node_id = reader.int32();
                            break;
                        }
                    case 2: {
                            message.directory_id = reader.bytes();
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftReplicaId;
        })();

        internal.RaftStoredSnapshot = (function() {

            /**
             * Properties of a RaftStoredSnapshot.
             * @memberof varve.internal
             * @interface IRaftStoredSnapshot
             * @property {number|null} [index] RaftStoredSnapshot index
             * @property {number|null} [term] RaftStoredSnapshot term
             * @property {number|null} [chunks] RaftStoredSnapshot chunks
             * @property {varve.internal.IRaftVoterSet|null} [voters] RaftStoredSnapshot voters
             */

            /**
             * Constructs a new RaftStoredSnapshot.
             * @memberof varve.internal
             * @classdesc Represents a RaftStoredSnapshot.
             * @implements IRaftStoredSnapshot
             * @constructor
             * @param {varve.internal.IRaftStoredSnapshot=} [properties] Properties to set
             */
            function RaftStoredSnapshot(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RaftStoredSnapshot index.
             * @member {number} index
             * @memberof varve.internal.RaftStoredSnapshot
             * @instance
             */
            RaftStoredSnapshot.prototype.index = 0;

            /**
             * RaftStoredSnapshot term.
             * @member {number} term
             * @memberof varve.internal.RaftStoredSnapshot
             * @instance
             */
            RaftStoredSnapshot.prototype.term = 0;

            /**
             * RaftStoredSnapshot chunks.
             * @member {number} chunks
             * @memberof varve.internal.RaftStoredSnapshot
             * @instance
             */
            RaftStoredSnapshot.prototype.chunks = 0;

            /**
             * RaftStoredSnapshot voters.
             * @member {varve.internal.IRaftVoterSet|null|undefined} voters
             * @memberof varve.internal.RaftStoredSnapshot
             * @instance
             */
            RaftStoredSnapshot.prototype.voters = null;

            /**
             * Creates a new RaftStoredSnapshot instance using the specified properties.
             * @function create
             * @memberof varve.internal.RaftStoredSnapshot
             * @static
             * @param {varve.internal.IRaftStoredSnapshot=} [properties] Properties to set
             * @returns {varve.internal.RaftStoredSnapshot} RaftStoredSnapshot instance
             */
            RaftStoredSnapshot.create = function create(properties) {
                return new RaftStoredSnapshot(properties);
            };

            /**
             * Encodes the specified RaftStoredSnapshot message. Does not implicitly {@link varve.internal.RaftStoredSnapshot.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RaftStoredSnapshot
             * @static
             * @param {varve.internal.IRaftStoredSnapshot} message RaftStoredSnapshot message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RaftStoredSnapshot.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.index);
                if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.term);
                if (message.chunks != null && Object.hasOwnProperty.call(message, "chunks"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.chunks);
                if (message.voters != null && Object.hasOwnProperty.call(message, "voters"))
                    $root.varve.internal.RaftVoterSet.encode(message.voters, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RaftStoredSnapshot message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RaftStoredSnapshot
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RaftStoredSnapshot} RaftStoredSnapshot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RaftStoredSnapshot.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.internal.RaftStoredSnapshot();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.index = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.term = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.chunks = reader.int32();
                            break;
                        }
                    case 4: {
                            message.voters = $root.varve.internal.RaftVoterSet.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    default:
                        reader.skipType(tag & 7, long);
                        break;
                    }
                }
                if (length !== undefined) {
                    if (reader.pos !== end)
                        throw RangeError("index out of range");
                    reader.len = length;
                }
                return message;
            };

            return RaftStoredSnapshot;
        })();

        return internal;
    })();

    return varve;
})();

export { $root as default };

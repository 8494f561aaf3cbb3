/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_replication"] || ($protobuf.roots["varve_replication"] = {});

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

        internal.FetchRequest = (function() {

            /**
             * Properties of a FetchRequest.
             * @memberof varve.internal
             * @interface IFetchRequest
             * @property {number|null} [version] FetchRequest version
             * @property {number|null} [replica_id] FetchRequest replica_id
             * @property {number|null} [broker_epoch] FetchRequest broker_epoch
             * @property {Uint8Array|null} [cluster_id] FetchRequest cluster_id
             * @property {number|null} [window_bytes] FetchRequest window_bytes
             * @property {Array.<varve.internal.IFetchPartition>|null} [partitions] FetchRequest partitions
             */

            /**
             * Constructs a new FetchRequest.
             * @memberof varve.internal
             * @classdesc Represents a FetchRequest.
             * @implements IFetchRequest
             * @constructor
             * @param {varve.internal.IFetchRequest=} [properties] Properties to set
             */
            function FetchRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchRequest version.
             * @member {number} version
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.version = 0;

            /**
             * FetchRequest replica_id.
             * @member {number} replica_id
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.replica_id = 0;

            /**
             * FetchRequest broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.broker_epoch = 0;

            /**
             * FetchRequest cluster_id.
             * @member {Uint8Array} cluster_id
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.cluster_id = $util.newBuffer([]);

            /**
             * FetchRequest window_bytes.
             * @member {number} window_bytes
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.window_bytes = 0;

            /**
             * FetchRequest partitions.
             * @member {Array.<varve.internal.IFetchPartition>} partitions
             * @memberof varve.internal.FetchRequest
             * @instance
             */
            FetchRequest.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new FetchRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.FetchRequest
             * @static
             * @param {varve.internal.IFetchRequest=} [properties] Properties to set
             * @returns {varve.internal.FetchRequest} FetchRequest instance
             */
            FetchRequest.create = function create(properties) {
                return new FetchRequest(properties);
            };

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link varve.internal.FetchRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.FetchRequest
             * @static
             * @param {varve.internal.IFetchRequest} message FetchRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.replica_id != null && Object.hasOwnProperty.call(message, "replica_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.replica_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.cluster_id);
                if (message.window_bytes != null && Object.hasOwnProperty.call(message, "window_bytes"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.window_bytes);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.internal.FetchPartition.encode(message.partitions[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.FetchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.FetchRequest} FetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.FetchRequest();
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
                            message.replica_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.cluster_id = reader.bytes();
                            break;
                        }
                    case 5: {
                            message.window_bytes = reader.uint32();
                            break;
                        }
                    case 6: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.internal.FetchPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

            return FetchRequest;
        })();

        internal.FetchPartition = (function() {

            /**
             * Properties of a FetchPartition.
             * @memberof varve.internal
             * @interface IFetchPartition
             * @property {Uint8Array|null} [topic_id] FetchPartition topic_id
             * @property {number|null} [partition] FetchPartition partition
             * @property {number|null} [current_leader_epoch] FetchPartition current_leader_epoch
             * @property {number|null} [session] FetchPartition session
             * @property {number|null} [fetch_offset] FetchPartition fetch_offset
             * @property {number|null} [durable_offset] FetchPartition durable_offset
             * @property {number|null} [last_fetched_epoch] FetchPartition last_fetched_epoch
             * @property {number|null} [log_start_offset] FetchPartition log_start_offset
             * @property {boolean|null} [remove] FetchPartition remove
             */

            /**
             * Constructs a new FetchPartition.
             * @memberof varve.internal
             * @classdesc Represents a FetchPartition.
             * @implements IFetchPartition
             * @constructor
             * @param {varve.internal.IFetchPartition=} [properties] Properties to set
             */
            function FetchPartition(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchPartition topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.topic_id = $util.newBuffer([]);

            /**
             * FetchPartition partition.
             * @member {number} partition
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.partition = 0;

            /**
             * FetchPartition current_leader_epoch.
             * @member {number} current_leader_epoch
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.current_leader_epoch = 0;

            /**
             * FetchPartition session.
             * @member {number} session
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.session = 0;

            /**
             * FetchPartition fetch_offset.
             * @member {number} fetch_offset
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.fetch_offset = 0;

            /**
             * FetchPartition durable_offset.
             * @member {number} durable_offset
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.durable_offset = 0;

            /**
             * FetchPartition last_fetched_epoch.
             * @member {number} last_fetched_epoch
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.last_fetched_epoch = 0;

            /**
             * FetchPartition log_start_offset.
             * @member {number} log_start_offset
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.log_start_offset = 0;

            /**
             * FetchPartition remove.
             * @member {boolean} remove
             * @memberof varve.internal.FetchPartition
             * @instance
             */
            FetchPartition.prototype.remove = false;

            /**
             * Creates a new FetchPartition instance using the specified properties.
             * @function create
             * @memberof varve.internal.FetchPartition
             * @static
             * @param {varve.internal.IFetchPartition=} [properties] Properties to set
             * @returns {varve.internal.FetchPartition} FetchPartition instance
             */
            FetchPartition.create = function create(properties) {
                return new FetchPartition(properties);
            };

            /**
             * Encodes the specified FetchPartition message. Does not implicitly {@link varve.internal.FetchPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.FetchPartition
             * @static
             * @param {varve.internal.IFetchPartition} message FetchPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchPartition.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topic_id);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.current_leader_epoch != null && Object.hasOwnProperty.call(message, "current_leader_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.current_leader_epoch);
                if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.session);
                if (message.fetch_offset != null && Object.hasOwnProperty.call(message, "fetch_offset"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.fetch_offset);
                if (message.durable_offset != null && Object.hasOwnProperty.call(message, "durable_offset"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.durable_offset);
                if (message.last_fetched_epoch != null && Object.hasOwnProperty.call(message, "last_fetched_epoch"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int32(message.last_fetched_epoch);
                if (message.log_start_offset != null && Object.hasOwnProperty.call(message, "log_start_offset"))
                    writer.uint32(/* id 8, wireType 0 =*/64).int64(message.log_start_offset);
                if (message.remove != null && Object.hasOwnProperty.call(message, "remove"))
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.remove);
                return writer;
            };

            /**
             * Decodes a FetchPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.FetchPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.FetchPartition} FetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.FetchPartition();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic_id = reader.bytes();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.current_leader_epoch = reader.int32();
                            break;
                        }
                    case 4: {
                            message.session = reader.uint32();
                            break;
                        }
                    case 5: {
                            message.fetch_offset = $number.int64(reader);
                            break;
                        }
                    case 6: {
                            message.durable_offset = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.last_fetched_epoch = reader.int32();
                            break;
                        }
                    case 8: {
                            message.log_start_offset = $number.int64(reader);
                            break;
                        }
                    case 9: {
                            message.remove = reader.bool();
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

            return FetchPartition;
        })();

        internal.FetchResponse = (function() {

            /**
             * Properties of a FetchResponse.
             * @memberof varve.internal
             * @interface IFetchResponse
             * @property {number|null} [version] FetchResponse version
             * @property {Array.<varve.internal.IFetchedPartition>|null} [partitions] FetchResponse partitions
             */

            /**
             * Constructs a new FetchResponse.
             * @memberof varve.internal
             * @classdesc Represents a FetchResponse.
             * @implements IFetchResponse
             * @constructor
             * @param {varve.internal.IFetchResponse=} [properties] Properties to set
             */
            function FetchResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchResponse version.
             * @member {number} version
             * @memberof varve.internal.FetchResponse
             * @instance
             */
            FetchResponse.prototype.version = 0;

            /**
             * FetchResponse partitions.
             * @member {Array.<varve.internal.IFetchedPartition>} partitions
             * @memberof varve.internal.FetchResponse
             * @instance
             */
            FetchResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new FetchResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.FetchResponse
             * @static
             * @param {varve.internal.IFetchResponse=} [properties] Properties to set
             * @returns {varve.internal.FetchResponse} FetchResponse instance
             */
            FetchResponse.create = function create(properties) {
                return new FetchResponse(properties);
            };

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link varve.internal.FetchResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.FetchResponse
             * @static
             * @param {varve.internal.IFetchResponse} message FetchResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.internal.FetchedPartition.encode(message.partitions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.FetchResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.FetchResponse} FetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.FetchResponse();
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
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.internal.FetchedPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

            return FetchResponse;
        })();

        internal.FetchedPartition = (function() {

            /**
             * Properties of a FetchedPartition.
             * @memberof varve.internal
             * @interface IFetchedPartition
             * @property {Uint8Array|null} [topic_id] FetchedPartition topic_id
             * @property {number|null} [partition] FetchedPartition partition
             * @property {number|null} [session] FetchedPartition session
             * @property {number|null} [error] FetchedPartition error
             * @property {number|null} [leader_epoch] FetchedPartition leader_epoch
             * @property {number|null} [high_watermark] FetchedPartition high_watermark
             * @property {number|null} [log_start_offset] FetchedPartition log_start_offset
             * @property {varve.internal.IDivergingEpoch|null} [diverging_epoch] FetchedPartition diverging_epoch
             * @property {Uint8Array|null} [record_batches] FetchedPartition record_batches
             * @property {Uint8Array|null} [producers] FetchedPartition producers
             */

            /**
             * Constructs a new FetchedPartition.
             * @memberof varve.internal
             * @classdesc Represents a FetchedPartition.
             * @implements IFetchedPartition
             * @constructor
             * @param {varve.internal.IFetchedPartition=} [properties] Properties to set
             */
            function FetchedPartition(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchedPartition topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.topic_id = $util.newBuffer([]);

            /**
             * FetchedPartition partition.
             * @member {number} partition
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.partition = 0;

            /**
             * FetchedPartition session.
             * @member {number} session
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.session = 0;

            /**
             * FetchedPartition error.
             * @member {number} error
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.error = 0;

            /**
             * FetchedPartition leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.leader_epoch = 0;

            /**
             * FetchedPartition high_watermark.
             * @member {number} high_watermark
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.high_watermark = 0;

            /**
             * FetchedPartition log_start_offset.
             * @member {number} log_start_offset
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.log_start_offset = 0;

            /**
             * FetchedPartition diverging_epoch.
             * @member {varve.internal.IDivergingEpoch|null|undefined} diverging_epoch
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.diverging_epoch = null;

            /**
             * FetchedPartition record_batches.
             * @member {Uint8Array} record_batches
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.record_batches = $util.newBuffer([]);

            /**
             * FetchedPartition producers.
             * @member {Uint8Array} producers
             * @memberof varve.internal.FetchedPartition
             * @instance
             */
            FetchedPartition.prototype.producers = $util.newBuffer([]);

            /**
             * Creates a new FetchedPartition instance using the specified properties.
             * @function create
             * @memberof varve.internal.FetchedPartition
             * @static
             * @param {varve.internal.IFetchedPartition=} [properties] Properties to set
             * @returns {varve.internal.FetchedPartition} FetchedPartition instance
             */
            FetchedPartition.create = function create(properties) {
                return new FetchedPartition(properties);
            };

            /**
             * Encodes the specified FetchedPartition message. Does not implicitly {@link varve.internal.FetchedPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.FetchedPartition
             * @static
             * @param {varve.internal.IFetchedPartition} message FetchedPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchedPartition.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topic_id);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.session);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.error);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.leader_epoch);
                if (message.high_watermark != null && Object.hasOwnProperty.call(message, "high_watermark"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.high_watermark);
                if (message.log_start_offset != null && Object.hasOwnProperty.call(message, "log_start_offset"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.log_start_offset);
                if (message.diverging_epoch != null && Object.hasOwnProperty.call(message, "diverging_epoch"))
                    $root.varve.internal.DivergingEpoch.encode(message.diverging_epoch, writer.uint32(/* id 8, wireType 2 =*/66).fork(), q + 1).ldelim();
                if (message.record_batches != null && Object.hasOwnProperty.call(message, "record_batches"))
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.record_batches);
                if (message.producers != null && Object.hasOwnProperty.call(message, "producers"))
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.producers);
                return writer;
            };

            /**
             * Decodes a FetchedPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.FetchedPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.FetchedPartition} FetchedPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchedPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.FetchedPartition();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic_id = reader.bytes();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.session = reader.uint32();
                            break;
                        }
                    case 4: {
                            message.error = reader.int32();
                            break;
                        }
                    case 5: {
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 6: {
                            message.high_watermark = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.log_start_offset = $number.int64(reader);
                            break;
                        }
                    case 8: {
                            message.diverging_epoch = $root.varve.internal.DivergingEpoch.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 9: {
                            message.record_batches = reader.bytes();
                            break;
                        }
                    case 10: {
                            message.producers = reader.bytes();
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

            return FetchedPartition;
        })();

        internal.DivergingEpoch = (function() {

            /**
             * Properties of a DivergingEpoch.
             * @memberof varve.internal
             * @interface IDivergingEpoch
             * @property {number|null} [epoch] DivergingEpoch epoch
             * @property {number|null} [end_offset] DivergingEpoch end_offset
             */

            /**
             * Constructs a new DivergingEpoch.
             * @memberof varve.internal
             * @classdesc Represents a DivergingEpoch.
             * @implements IDivergingEpoch
             * @constructor
             * @param {varve.internal.IDivergingEpoch=} [properties] Properties to set
             */
            function DivergingEpoch(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DivergingEpoch epoch.
             * @member {number} epoch
             * @memberof varve.internal.DivergingEpoch
             * @instance
             */
            DivergingEpoch.prototype.epoch = 0;

            /**
             * DivergingEpoch end_offset.
             * @member {number} end_offset
             * @memberof varve.internal.DivergingEpoch
             * @instance
             */
            DivergingEpoch.prototype.end_offset = 0;

            /**
             * Creates a new DivergingEpoch instance using the specified properties.
             * @function create
             * @memberof varve.internal.DivergingEpoch
             * @static
             * @param {varve.internal.IDivergingEpoch=} [properties] Properties to set
             * @returns {varve.internal.DivergingEpoch} DivergingEpoch instance
             */
            DivergingEpoch.create = function create(properties) {
                return new DivergingEpoch(properties);
            };

            /**
             * Encodes the specified DivergingEpoch message. Does not implicitly {@link varve.internal.DivergingEpoch.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.DivergingEpoch
             * @static
             * @param {varve.internal.IDivergingEpoch} message DivergingEpoch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DivergingEpoch.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.epoch);
                if (message.end_offset != null && Object.hasOwnProperty.call(message, "end_offset"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.end_offset);
                return writer;
            };

            /**
             * Decodes a DivergingEpoch message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.DivergingEpoch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.DivergingEpoch} DivergingEpoch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DivergingEpoch.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.DivergingEpoch();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.epoch = reader.int32();
                            break;
                        }
                    case 2: {
                            message.end_offset = $number.int64(reader);
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

            return DivergingEpoch;
        })();

        internal.ReadRangeRequest = (function() {

            /**
             * Properties of a ReadRangeRequest.
             * @memberof varve.internal
             * @interface IReadRangeRequest
             * @property {number|null} [version] ReadRangeRequest version
             * @property {number|null} [replica_id] ReadRangeRequest replica_id
             * @property {Uint8Array|null} [topic_id] ReadRangeRequest topic_id
             * @property {number|null} [partition] ReadRangeRequest partition
             * @property {number|null} [current_leader_epoch] ReadRangeRequest current_leader_epoch
             * @property {number|null} [from_offset] ReadRangeRequest from_offset
             * @property {number|null} [to_offset] ReadRangeRequest to_offset
             * @property {number|null} [max_bytes] ReadRangeRequest max_bytes
             */

            /**
             * Constructs a new ReadRangeRequest.
             * @memberof varve.internal
             * @classdesc Represents a ReadRangeRequest.
             * @implements IReadRangeRequest
             * @constructor
             * @param {varve.internal.IReadRangeRequest=} [properties] Properties to set
             */
            function ReadRangeRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ReadRangeRequest version.
             * @member {number} version
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.version = 0;

            /**
             * ReadRangeRequest replica_id.
             * @member {number} replica_id
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.replica_id = 0;

            /**
             * ReadRangeRequest topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.topic_id = $util.newBuffer([]);

            /**
             * ReadRangeRequest partition.
             * @member {number} partition
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.partition = 0;

            /**
             * ReadRangeRequest current_leader_epoch.
             * @member {number} current_leader_epoch
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.current_leader_epoch = 0;

            /**
             * ReadRangeRequest from_offset.
             * @member {number} from_offset
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.from_offset = 0;

            /**
             * ReadRangeRequest to_offset.
             * @member {number} to_offset
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.to_offset = 0;

            /**
             * ReadRangeRequest max_bytes.
             * @member {number} max_bytes
             * @memberof varve.internal.ReadRangeRequest
             * @instance
             */
            ReadRangeRequest.prototype.max_bytes = 0;

            /**
             * Creates a new ReadRangeRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.ReadRangeRequest
             * @static
             * @param {varve.internal.IReadRangeRequest=} [properties] Properties to set
             * @returns {varve.internal.ReadRangeRequest} ReadRangeRequest instance
             */
            ReadRangeRequest.create = function create(properties) {
                return new ReadRangeRequest(properties);
            };

            /**
             * Encodes the specified ReadRangeRequest message. Does not implicitly {@link varve.internal.ReadRangeRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ReadRangeRequest
             * @static
             * @param {varve.internal.IReadRangeRequest} message ReadRangeRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReadRangeRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.replica_id != null && Object.hasOwnProperty.call(message, "replica_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.replica_id);
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.topic_id);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.partition);
                if (message.current_leader_epoch != null && Object.hasOwnProperty.call(message, "current_leader_epoch"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.current_leader_epoch);
                if (message.from_offset != null && Object.hasOwnProperty.call(message, "from_offset"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.from_offset);
                if (message.to_offset != null && Object.hasOwnProperty.call(message, "to_offset"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.to_offset);
                if (message.max_bytes != null && Object.hasOwnProperty.call(message, "max_bytes"))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.max_bytes);
                return writer;
            };

            /**
             * Decodes a ReadRangeRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ReadRangeRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ReadRangeRequest} ReadRangeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReadRangeRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ReadRangeRequest();
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
                            message.replica_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.topic_id = reader.bytes();
                            break;
                        }
                    case 4: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 5: {
                            message.current_leader_epoch = reader.int32();
                            break;
                        }
                    case 6: {
                            message.from_offset = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.to_offset = $number.int64(reader);
                            break;
                        }
                    case 8: {
                            message.max_bytes = reader.uint32();
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

            return ReadRangeRequest;
        })();

        internal.ReadRangeResponse = (function() {

            /**
             * Properties of a ReadRangeResponse.
             * @memberof varve.internal
             * @interface IReadRangeResponse
             * @property {number|null} [version] ReadRangeResponse version
             * @property {Uint8Array|null} [record_batches] ReadRangeResponse record_batches
             * @property {number|null} [end_offset] ReadRangeResponse end_offset
             */

            /**
             * Constructs a new ReadRangeResponse.
             * @memberof varve.internal
             * @classdesc Represents a ReadRangeResponse.
             * @implements IReadRangeResponse
             * @constructor
             * @param {varve.internal.IReadRangeResponse=} [properties] Properties to set
             */
            function ReadRangeResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ReadRangeResponse version.
             * @member {number} version
             * @memberof varve.internal.ReadRangeResponse
             * @instance
             */
            ReadRangeResponse.prototype.version = 0;

            /**
             * ReadRangeResponse record_batches.
             * @member {Uint8Array} record_batches
             * @memberof varve.internal.ReadRangeResponse
             * @instance
             */
            ReadRangeResponse.prototype.record_batches = $util.newBuffer([]);

            /**
             * ReadRangeResponse end_offset.
             * @member {number} end_offset
             * @memberof varve.internal.ReadRangeResponse
             * @instance
             */
            ReadRangeResponse.prototype.end_offset = 0;

            /**
             * Creates a new ReadRangeResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.ReadRangeResponse
             * @static
             * @param {varve.internal.IReadRangeResponse=} [properties] Properties to set
             * @returns {varve.internal.ReadRangeResponse} ReadRangeResponse instance
             */
            ReadRangeResponse.create = function create(properties) {
                return new ReadRangeResponse(properties);
            };

            /**
             * Encodes the specified ReadRangeResponse message. Does not implicitly {@link varve.internal.ReadRangeResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ReadRangeResponse
             * @static
             * @param {varve.internal.IReadRangeResponse} message ReadRangeResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReadRangeResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.record_batches != null && Object.hasOwnProperty.call(message, "record_batches"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.record_batches);
                if (message.end_offset != null && Object.hasOwnProperty.call(message, "end_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.end_offset);
                return writer;
            };

            /**
             * Decodes a ReadRangeResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ReadRangeResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ReadRangeResponse} ReadRangeResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReadRangeResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ReadRangeResponse();
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
                            message.record_batches = reader.bytes();
                            break;
                        }
                    case 3: {
                            message.end_offset = $number.int64(reader);
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

            return ReadRangeResponse;
        })();

        return internal;
    })();

    return varve;
})();

export { $root as default };

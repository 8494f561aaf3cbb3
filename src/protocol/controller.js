/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_controller"] || ($protobuf.roots["varve_controller"] = {});

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

        internal.AwaitTopicsRequest = (function() {

            /**
             * Properties of an AwaitTopicsRequest.
             * @memberof varve.internal
             * @interface IAwaitTopicsRequest
             * @property {number|null} [version] AwaitTopicsRequest version
             * @property {number|null} [metadata_offset] AwaitTopicsRequest metadata_offset
             * @property {Array.<Uint8Array>|null} [topic_ids] AwaitTopicsRequest topic_ids
             * @property {number|null} [timeout_ms] AwaitTopicsRequest timeout_ms
             */

            /**
             * Constructs a new AwaitTopicsRequest.
             * @memberof varve.internal
             * @classdesc Represents an AwaitTopicsRequest.
             * @implements IAwaitTopicsRequest
             * @constructor
             * @param {varve.internal.IAwaitTopicsRequest=} [properties] Properties to set
             */
            function AwaitTopicsRequest(properties) {
                this.topic_ids = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AwaitTopicsRequest version.
             * @member {number} version
             * @memberof varve.internal.AwaitTopicsRequest
             * @instance
             */
            AwaitTopicsRequest.prototype.version = 0;

            /**
             * AwaitTopicsRequest metadata_offset.
             * @member {number} metadata_offset
             * @memberof varve.internal.AwaitTopicsRequest
             * @instance
             */
            AwaitTopicsRequest.prototype.metadata_offset = 0;

            /**
             * AwaitTopicsRequest topic_ids.
             * @member {Array.<Uint8Array>} topic_ids
             * @memberof varve.internal.AwaitTopicsRequest
             * @instance
             */
            AwaitTopicsRequest.prototype.topic_ids = $util.emptyArray;

            /**
             * AwaitTopicsRequest timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.internal.AwaitTopicsRequest
             * @instance
             */
            AwaitTopicsRequest.prototype.timeout_ms = 0;

            /**
             * Creates a new AwaitTopicsRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.AwaitTopicsRequest
             * @static
             * @param {varve.internal.IAwaitTopicsRequest=} [properties] Properties to set
             * @returns {varve.internal.AwaitTopicsRequest} AwaitTopicsRequest instance
             */
            AwaitTopicsRequest.create = function create(properties) {
                return new AwaitTopicsRequest(properties);
            };

            /**
             * Encodes the specified AwaitTopicsRequest message. Does not implicitly {@link varve.internal.AwaitTopicsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AwaitTopicsRequest
             * @static
             * @param {varve.internal.IAwaitTopicsRequest} message AwaitTopicsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AwaitTopicsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.metadata_offset != null && Object.hasOwnProperty.call(message, "metadata_offset"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.metadata_offset);
                if (message.topic_ids != null && message.topic_ids.length)
                    for (let i = 0; i < message.topic_ids.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.topic_ids[i]);
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.timeout_ms);
                return writer;
            };

            /**
             * Decodes an AwaitTopicsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AwaitTopicsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AwaitTopicsRequest} AwaitTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AwaitTopicsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AwaitTopicsRequest();
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
                            message.metadata_offset = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            if (!(message.topic_ids && message.topic_ids.length))
                                message.topic_ids = [];
                            message.topic_ids.push(reader.bytes());
                            break;
                        }
                    case 4: {
                            message.timeout_ms = reader.uint32();
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

            return AwaitTopicsRequest;
        })();

        internal.AwaitTopicsResponse = (function() {

            /**
             * Properties of an AwaitTopicsResponse.
             * @memberof varve.internal
             * @interface IAwaitTopicsResponse
             * @property {number|null} [version] AwaitTopicsResponse version
             */

            /**
             * Constructs a new AwaitTopicsResponse.
             * @memberof varve.internal
             * @classdesc Represents an AwaitTopicsResponse.
             * @implements IAwaitTopicsResponse
             * @constructor
             * @param {varve.internal.IAwaitTopicsResponse=} [properties] Properties to set
             */
            function AwaitTopicsResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AwaitTopicsResponse version.
             * @member {number} version
             * @memberof varve.internal.AwaitTopicsResponse
             * @instance
             */
            AwaitTopicsResponse.prototype.version = 0;

            /**
             * Creates a new AwaitTopicsResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.AwaitTopicsResponse
             * @static
             * @param {varve.internal.IAwaitTopicsResponse=} [properties] Properties to set
             * @returns {varve.internal.AwaitTopicsResponse} AwaitTopicsResponse instance
             */
            AwaitTopicsResponse.create = function create(properties) {
                return new AwaitTopicsResponse(properties);
            };

            /**
             * Encodes the specified AwaitTopicsResponse message. Does not implicitly {@link varve.internal.AwaitTopicsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AwaitTopicsResponse
             * @static
             * @param {varve.internal.IAwaitTopicsResponse} message AwaitTopicsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AwaitTopicsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                return writer;
            };

            /**
             * Decodes an AwaitTopicsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AwaitTopicsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AwaitTopicsResponse} AwaitTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AwaitTopicsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AwaitTopicsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
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

            return AwaitTopicsResponse;
        })();

        internal.IdentifyRequest = (function() {

            /**
             * Properties of an IdentifyRequest.
             * @memberof varve.internal
             * @interface IIdentifyRequest
             * @property {number|null} [version] IdentifyRequest version
             */

            /**
             * Constructs a new IdentifyRequest.
             * @memberof varve.internal
             * @classdesc Represents an IdentifyRequest.
             * @implements IIdentifyRequest
             * @constructor
             * @param {varve.internal.IIdentifyRequest=} [properties] Properties to set
             */
            function IdentifyRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * IdentifyRequest version.
             * @member {number} version
             * @memberof varve.internal.IdentifyRequest
             * @instance
             */
            IdentifyRequest.prototype.version = 0;

            /**
             * Creates a new IdentifyRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.IdentifyRequest
             * @static
             * @param {varve.internal.IIdentifyRequest=} [properties] Properties to set
             * @returns {varve.internal.IdentifyRequest} IdentifyRequest instance
             */
            IdentifyRequest.create = function create(properties) {
                return new IdentifyRequest(properties);
            };

            /**
             * Encodes the specified IdentifyRequest message. Does not implicitly {@link varve.internal.IdentifyRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.IdentifyRequest
             * @static
             * @param {varve.internal.IIdentifyRequest} message IdentifyRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IdentifyRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                return writer;
            };

            /**
             * Decodes an IdentifyRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.IdentifyRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.IdentifyRequest} IdentifyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IdentifyRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.IdentifyRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
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

            return IdentifyRequest;
        })();

        internal.IdentifyResponse = (function() {

            /**
             * Properties of an IdentifyResponse.
             * @memberof varve.internal
             * @interface IIdentifyResponse
             * @property {number|null} [version] IdentifyResponse version
             * @property {string|null} [cluster_id] IdentifyResponse cluster_id
             * @property {number|null} [node_id] IdentifyResponse node_id
             * @property {Uint8Array|null} [incarnation_id] IdentifyResponse incarnation_id
             */

            /**
             * Constructs a new IdentifyResponse.
             * @memberof varve.internal
             * @classdesc Represents an IdentifyResponse.
             * @implements IIdentifyResponse
             * @constructor
             * @param {varve.internal.IIdentifyResponse=} [properties] Properties to set
             */
            function IdentifyResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * IdentifyResponse version.
             * @member {number} version
             * @memberof varve.internal.IdentifyResponse
             * @instance
             */
            IdentifyResponse.prototype.version = 0;

            /**
             * IdentifyResponse cluster_id.
             * @member {string} cluster_id
             * @memberof varve.internal.IdentifyResponse
             * @instance
             */
            IdentifyResponse.prototype.cluster_id = "";

            /**
             * IdentifyResponse node_id.
             * @member {number} node_id
             * @memberof varve.internal.IdentifyResponse
             * @instance
             */
            IdentifyResponse.prototype.node_id = 0;

            /**
             * IdentifyResponse incarnation_id.
             * @member {Uint8Array} incarnation_id
             * @memberof varve.internal.IdentifyResponse
             * @instance
             */
            IdentifyResponse.prototype.incarnation_id = $util.newBuffer([]);

            /**
             * Creates a new IdentifyResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.IdentifyResponse
             * @static
             * @param {varve.internal.IIdentifyResponse=} [properties] Properties to set
             * @returns {varve.internal.IdentifyResponse} IdentifyResponse instance
             */
            IdentifyResponse.create = function create(properties) {
                return new IdentifyResponse(properties);
            };

            /**
             * Encodes the specified IdentifyResponse message. Does not implicitly {@link varve.internal.IdentifyResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.IdentifyResponse
             * @static
             * @param {varve.internal.IIdentifyResponse} message IdentifyResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IdentifyResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.cluster_id);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.node_id);
                if (message.incarnation_id != null && Object.hasOwnProperty.call(message, "incarnation_id"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.incarnation_id);
                return writer;
            };

            /**
             * Decodes an IdentifyResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.IdentifyResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.IdentifyResponse} IdentifyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IdentifyResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.IdentifyResponse();
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
                            message.cluster_id = reader.string();
                            break;
                        }
                    case 3: {
                            message.node_id = reader.int32();
                            break;
                        }
                    case 4: {
                            message.incarnation_id = reader.bytes();
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

            return IdentifyResponse;
        })();

        internal.Listener = (function() {

            /**
             * Properties of a Listener.
             * @memberof varve.internal
             * @interface IListener
             * @property {string|null} [name] Listener name
             * @property {string|null} [host] Listener host
             * @property {number|null} [port] Listener port
             * @property {string|null} [security_protocol] Listener security_protocol
             */

            /**
             * Constructs a new Listener.
             * @memberof varve.internal
             * @classdesc Represents a Listener.
             * @implements IListener
             * @constructor
             * @param {varve.internal.IListener=} [properties] Properties to set
             */
            function Listener(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Listener name.
             * @member {string} name
             * @memberof varve.internal.Listener
             * @instance
             */
            Listener.prototype.name = "";

            /**
             * Listener host.
             * @member {string} host
             * @memberof varve.internal.Listener
             * @instance
             */
            Listener.prototype.host = "";

            /**
             * Listener port.
             * @member {number} port
             * @memberof varve.internal.Listener
             * @instance
             */
            Listener.prototype.port = 0;

            /**
             * Listener security_protocol.
             * @member {string} security_protocol
             * @memberof varve.internal.Listener
             * @instance
             */
            Listener.prototype.security_protocol = "";

            /**
             * Creates a new Listener instance using the specified properties.
             * @function create
             * @memberof varve.internal.Listener
             * @static
             * @param {varve.internal.IListener=} [properties] Properties to set
             * @returns {varve.internal.Listener} Listener instance
             */
            Listener.create = function create(properties) {
                return new Listener(properties);
            };

            /**
             * Encodes the specified Listener message. Does not implicitly {@link varve.internal.Listener.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.Listener
             * @static
             * @param {varve.internal.IListener} message Listener message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Listener.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.port);
                if (message.security_protocol != null && Object.hasOwnProperty.call(message, "security_protocol"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.security_protocol);
                return writer;
            };

            /**
             * Decodes a Listener message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.Listener
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.Listener} Listener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Listener.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.Listener();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.name = reader.string();
                            break;
                        }
                    case 2: {
                            message.host = reader.string();
                            break;
                        }
                    case 3: {
                            message.port = reader.int32();
                            break;
                        }
                    case 4: {
                            message.security_protocol = reader.string();
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

            return Listener;
        })();

        internal.RegisterBrokerRequest = (function() {

            /**
             * Properties of a RegisterBrokerRequest.
             * @memberof varve.internal
             * @interface IRegisterBrokerRequest
             * @property {number|null} [version] RegisterBrokerRequest version
             * @property {number|null} [node_id] RegisterBrokerRequest node_id
             * @property {string|null} [cluster_id] RegisterBrokerRequest cluster_id
             * @property {Uint8Array|null} [incarnation_id] RegisterBrokerRequest incarnation_id
             * @property {Array.<varve.internal.IListener>|null} [listeners] RegisterBrokerRequest listeners
             * @property {string|null} [rack] RegisterBrokerRequest rack
             * @property {Array.<Uint8Array>|null} [log_dirs] RegisterBrokerRequest log_dirs
             * @property {number|null} [min_metadata_version] RegisterBrokerRequest min_metadata_version
             * @property {number|null} [max_metadata_version] RegisterBrokerRequest max_metadata_version
             * @property {number|null} [previous_broker_epoch] RegisterBrokerRequest previous_broker_epoch
             * @property {Array.<varve.internal.ITruncatedReplica>|null} [truncated_replicas] RegisterBrokerRequest truncated_replicas
             */

            /**
             * Constructs a new RegisterBrokerRequest.
             * @memberof varve.internal
             * @classdesc Represents a RegisterBrokerRequest.
             * @implements IRegisterBrokerRequest
             * @constructor
             * @param {varve.internal.IRegisterBrokerRequest=} [properties] Properties to set
             */
            function RegisterBrokerRequest(properties) {
                this.listeners = [];
                this.log_dirs = [];
                this.truncated_replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RegisterBrokerRequest version.
             * @member {number} version
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.version = 0;

            /**
             * RegisterBrokerRequest node_id.
             * @member {number} node_id
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.node_id = 0;

            /**
             * RegisterBrokerRequest cluster_id.
             * @member {string} cluster_id
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.cluster_id = "";

            /**
             * RegisterBrokerRequest incarnation_id.
             * @member {Uint8Array} incarnation_id
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.incarnation_id = $util.newBuffer([]);

            /**
             * RegisterBrokerRequest listeners.
             * @member {Array.<varve.internal.IListener>} listeners
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.listeners = $util.emptyArray;

            /**
             * RegisterBrokerRequest rack.
             * @member {string|null|undefined} rack
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.rack = null;

            /**
             * RegisterBrokerRequest log_dirs.
             * @member {Array.<Uint8Array>} log_dirs
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.log_dirs = $util.emptyArray;

            /**
             * RegisterBrokerRequest min_metadata_version.
             * @member {number} min_metadata_version
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.min_metadata_version = 0;

            /**
             * RegisterBrokerRequest max_metadata_version.
             * @member {number} max_metadata_version
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.max_metadata_version = 0;

            /**
             * RegisterBrokerRequest previous_broker_epoch.
             * @member {number} previous_broker_epoch
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.previous_broker_epoch = 0;

            /**
             * RegisterBrokerRequest truncated_replicas.
             * @member {Array.<varve.internal.ITruncatedReplica>} truncated_replicas
             * @memberof varve.internal.RegisterBrokerRequest
             * @instance
             */
            RegisterBrokerRequest.prototype.truncated_replicas = $util.emptyArray;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(RegisterBrokerRequest.prototype, "_rack", {
                get: $util.oneOfGetter($oneOfFields = ["rack"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new RegisterBrokerRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.RegisterBrokerRequest
             * @static
             * @param {varve.internal.IRegisterBrokerRequest=} [properties] Properties to set
             * @returns {varve.internal.RegisterBrokerRequest} RegisterBrokerRequest instance
             */
            RegisterBrokerRequest.create = function create(properties) {
                return new RegisterBrokerRequest(properties);
            };

            /**
             * Encodes the specified RegisterBrokerRequest message. Does not implicitly {@link varve.internal.RegisterBrokerRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RegisterBrokerRequest
             * @static
             * @param {varve.internal.IRegisterBrokerRequest} message RegisterBrokerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RegisterBrokerRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.node_id);
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.cluster_id);
                if (message.incarnation_id != null && Object.hasOwnProperty.call(message, "incarnation_id"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.incarnation_id);
                if (message.listeners != null && message.listeners.length)
                    for (let i = 0; i < message.listeners.length; ++i)
                        $root.varve.internal.Listener.encode(message.listeners[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.rack);
                if (message.log_dirs != null && message.log_dirs.length)
                    for (let i = 0; i < message.log_dirs.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.log_dirs[i]);
                if (message.min_metadata_version != null && Object.hasOwnProperty.call(message, "min_metadata_version"))
                    writer.uint32(/* id 8, wireType 0 =*/64).int32(message.min_metadata_version);
                if (message.max_metadata_version != null && Object.hasOwnProperty.call(message, "max_metadata_version"))
                    writer.uint32(/* id 9, wireType 0 =*/72).int32(message.max_metadata_version);
                if (message.previous_broker_epoch != null && Object.hasOwnProperty.call(message, "previous_broker_epoch"))
                    writer.uint32(/* id 10, wireType 0 =*/80).int64(message.previous_broker_epoch);
                if (message.truncated_replicas != null && message.truncated_replicas.length)
                    for (let i = 0; i < message.truncated_replicas.length; ++i)
                        $root.varve.internal.TruncatedReplica.encode(message.truncated_replicas[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RegisterBrokerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RegisterBrokerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RegisterBrokerRequest} RegisterBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RegisterBrokerRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RegisterBrokerRequest();
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
                            message.node_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.cluster_id = reader.string();
                            break;
                        }
                    case 4: {
                            message.incarnation_id = reader.bytes();
                            break;
                        }
                    case 5: {
                            if (!(message.listeners && message.listeners.length))
                                message.listeners = [];
                            message.listeners.push($root.varve.internal.Listener.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 6: {
                            message.rack = reader.string();
                            break;
                        }
                    case 7: {
                            if (!(message.log_dirs && message.log_dirs.length))
                                message.log_dirs = [];
                            message.log_dirs.push(reader.bytes());
                            break;
                        }
                    case 8: {
                            message.min_metadata_version = reader.int32();
                            break;
                        }
                    case 9: {
                            message.max_metadata_version = reader.int32();
                            break;
                        }
                    case 10: {
                            message.previous_broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 11: {
                            if (!(message.truncated_replicas && message.truncated_replicas.length))
                                message.truncated_replicas = [];
                            message.truncated_replicas.push($root.varve.internal.TruncatedReplica.decode(reader, reader.uint32(), undefined, long + 1));
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

            return RegisterBrokerRequest;
        })();

        internal.TruncatedReplica = (function() {

            /**
             * Properties of a TruncatedReplica.
             * @memberof varve.internal
             * @interface ITruncatedReplica
             * @property {Uint8Array|null} [topic_id] TruncatedReplica topic_id
             * @property {number|null} [partition] TruncatedReplica partition
             * @property {number|null} [last_epoch] TruncatedReplica last_epoch
             * @property {number|null} [end_offset] TruncatedReplica end_offset
             */

            /**
             * Constructs a new TruncatedReplica.
             * @memberof varve.internal
             * @classdesc Represents a TruncatedReplica.
             * @implements ITruncatedReplica
             * @constructor
             * @param {varve.internal.ITruncatedReplica=} [properties] Properties to set
             */
            function TruncatedReplica(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TruncatedReplica topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.TruncatedReplica
             * @instance
             */
            TruncatedReplica.prototype.topic_id = $util.newBuffer([]);

            /**
             * TruncatedReplica partition.
             * @member {number} partition
             * @memberof varve.internal.TruncatedReplica
             * @instance
             */
            TruncatedReplica.prototype.partition = 0;

            /**
             * TruncatedReplica last_epoch.
             * @member {number} last_epoch
             * @memberof varve.internal.TruncatedReplica
             * @instance
             */
            TruncatedReplica.prototype.last_epoch = 0;

            /**
             * TruncatedReplica end_offset.
             * @member {number} end_offset
             * @memberof varve.internal.TruncatedReplica
             * @instance
             */
            TruncatedReplica.prototype.end_offset = 0;

            /**
             * Creates a new TruncatedReplica instance using the specified properties.
             * @function create
             * @memberof varve.internal.TruncatedReplica
             * @static
             * @param {varve.internal.ITruncatedReplica=} [properties] Properties to set
             * @returns {varve.internal.TruncatedReplica} TruncatedReplica instance
             */
            TruncatedReplica.create = function create(properties) {
                return new TruncatedReplica(properties);
            };

            /**
             * Encodes the specified TruncatedReplica message. Does not implicitly {@link varve.internal.TruncatedReplica.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.TruncatedReplica
             * @static
             * @param {varve.internal.ITruncatedReplica} message TruncatedReplica message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TruncatedReplica.encode = function encode(message, writer, q) {
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
                if (message.last_epoch != null && Object.hasOwnProperty.call(message, "last_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.last_epoch);
                if (message.end_offset != null && Object.hasOwnProperty.call(message, "end_offset"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.end_offset);
                return writer;
            };

            /**
             * Decodes a TruncatedReplica message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.TruncatedReplica
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.TruncatedReplica} TruncatedReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TruncatedReplica.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.TruncatedReplica();
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
                            message.last_epoch = reader.int32();
                            break;
                        }
                    case 4: {
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

            return TruncatedReplica;
        })();

        internal.RegisterBrokerResponse = (function() {

            /**
             * Properties of a RegisterBrokerResponse.
             * @memberof varve.internal
             * @interface IRegisterBrokerResponse
             * @property {number|null} [version] RegisterBrokerResponse version
             * @property {number|null} [broker_epoch] RegisterBrokerResponse broker_epoch
             */

            /**
             * Constructs a new RegisterBrokerResponse.
             * @memberof varve.internal
             * @classdesc Represents a RegisterBrokerResponse.
             * @implements IRegisterBrokerResponse
             * @constructor
             * @param {varve.internal.IRegisterBrokerResponse=} [properties] Properties to set
             */
            function RegisterBrokerResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RegisterBrokerResponse version.
             * @member {number} version
             * @memberof varve.internal.RegisterBrokerResponse
             * @instance
             */
            RegisterBrokerResponse.prototype.version = 0;

            /**
             * RegisterBrokerResponse broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.RegisterBrokerResponse
             * @instance
             */
            RegisterBrokerResponse.prototype.broker_epoch = 0;

            /**
             * Creates a new RegisterBrokerResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.RegisterBrokerResponse
             * @static
             * @param {varve.internal.IRegisterBrokerResponse=} [properties] Properties to set
             * @returns {varve.internal.RegisterBrokerResponse} RegisterBrokerResponse instance
             */
            RegisterBrokerResponse.create = function create(properties) {
                return new RegisterBrokerResponse(properties);
            };

            /**
             * Encodes the specified RegisterBrokerResponse message. Does not implicitly {@link varve.internal.RegisterBrokerResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RegisterBrokerResponse
             * @static
             * @param {varve.internal.IRegisterBrokerResponse} message RegisterBrokerResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RegisterBrokerResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.broker_epoch);
                return writer;
            };

            /**
             * Decodes a RegisterBrokerResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RegisterBrokerResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RegisterBrokerResponse} RegisterBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RegisterBrokerResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RegisterBrokerResponse();
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
                            message.broker_epoch = $number.int64(reader);
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

            return RegisterBrokerResponse;
        })();

        internal.HeartbeatRequest = (function() {

            /**
             * Properties of a HeartbeatRequest.
             * @memberof varve.internal
             * @interface IHeartbeatRequest
             * @property {number|null} [version] HeartbeatRequest version
             * @property {number|null} [node_id] HeartbeatRequest node_id
             * @property {number|null} [broker_epoch] HeartbeatRequest broker_epoch
             * @property {number|null} [metadata_offset] HeartbeatRequest metadata_offset
             * @property {boolean|null} [disk_hangs] HeartbeatRequest disk_hangs
             * @property {boolean|null} [want_shut_down] HeartbeatRequest want_shut_down
             * @property {Array.<Uint8Array>|null} [offline_log_dirs] HeartbeatRequest offline_log_dirs
             */

            /**
             * Constructs a new HeartbeatRequest.
             * @memberof varve.internal
             * @classdesc Represents a HeartbeatRequest.
             * @implements IHeartbeatRequest
             * @constructor
             * @param {varve.internal.IHeartbeatRequest=} [properties] Properties to set
             */
            function HeartbeatRequest(properties) {
                this.offline_log_dirs = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * HeartbeatRequest version.
             * @member {number} version
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.version = 0;

            /**
             * HeartbeatRequest node_id.
             * @member {number} node_id
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.node_id = 0;

            /**
             * HeartbeatRequest broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.broker_epoch = 0;

            /**
             * HeartbeatRequest metadata_offset.
             * @member {number} metadata_offset
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.metadata_offset = 0;

            /**
             * HeartbeatRequest disk_hangs.
             * @member {boolean} disk_hangs
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.disk_hangs = false;

            /**
             * HeartbeatRequest want_shut_down.
             * @member {boolean} want_shut_down
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.want_shut_down = false;

            /**
             * HeartbeatRequest offline_log_dirs.
             * @member {Array.<Uint8Array>} offline_log_dirs
             * @memberof varve.internal.HeartbeatRequest
             * @instance
             */
            HeartbeatRequest.prototype.offline_log_dirs = $util.emptyArray;

            /**
             * Creates a new HeartbeatRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.HeartbeatRequest
             * @static
             * @param {varve.internal.IHeartbeatRequest=} [properties] Properties to set
             * @returns {varve.internal.HeartbeatRequest} HeartbeatRequest instance
             */
            HeartbeatRequest.create = function create(properties) {
                return new HeartbeatRequest(properties);
            };

            /**
             * Encodes the specified HeartbeatRequest message. Does not implicitly {@link varve.internal.HeartbeatRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.HeartbeatRequest
             * @static
             * @param {varve.internal.IHeartbeatRequest} message HeartbeatRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HeartbeatRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.node_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                if (message.metadata_offset != null && Object.hasOwnProperty.call(message, "metadata_offset"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.metadata_offset);
                if (message.disk_hangs != null && Object.hasOwnProperty.call(message, "disk_hangs"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.disk_hangs);
                if (message.want_shut_down != null && Object.hasOwnProperty.call(message, "want_shut_down"))
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.want_shut_down);
                if (message.offline_log_dirs != null && message.offline_log_dirs.length)
                    for (let i = 0; i < message.offline_log_dirs.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.offline_log_dirs[i]);
                return writer;
            };

            /**
             * Decodes a HeartbeatRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.HeartbeatRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.HeartbeatRequest} HeartbeatRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HeartbeatRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.HeartbeatRequest();
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
                            message.node_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.metadata_offset = $number.int64(reader);
                            break;
                        }
                    case 5: {
                            message.disk_hangs = reader.bool();
                            break;
                        }
                    case 6: {
                            message.want_shut_down = reader.bool();
                            break;
                        }
                    case 7: {
                            if (!(message.offline_log_dirs && message.offline_log_dirs.length))
                                message.offline_log_dirs = [];
                            message.offline_log_dirs.push(reader.bytes());
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

            return HeartbeatRequest;
        })();

        internal.HeartbeatResponse = (function() {

            /**
             * Properties of a HeartbeatResponse.
             * @memberof varve.internal
             * @interface IHeartbeatResponse
             * @property {number|null} [version] HeartbeatResponse version
             * @property {number|null} [error] HeartbeatResponse error
             * @property {boolean|null} [fenced] HeartbeatResponse fenced
             * @property {boolean|null} [should_shut_down] HeartbeatResponse should_shut_down
             */

            /**
             * Constructs a new HeartbeatResponse.
             * @memberof varve.internal
             * @classdesc Represents a HeartbeatResponse.
             * @implements IHeartbeatResponse
             * @constructor
             * @param {varve.internal.IHeartbeatResponse=} [properties] Properties to set
             */
            function HeartbeatResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * HeartbeatResponse version.
             * @member {number} version
             * @memberof varve.internal.HeartbeatResponse
             * @instance
             */
            HeartbeatResponse.prototype.version = 0;

            /**
             * HeartbeatResponse error.
             * @member {number} error
             * @memberof varve.internal.HeartbeatResponse
             * @instance
             */
            HeartbeatResponse.prototype.error = 0;

            /**
             * HeartbeatResponse fenced.
             * @member {boolean} fenced
             * @memberof varve.internal.HeartbeatResponse
             * @instance
             */
            HeartbeatResponse.prototype.fenced = false;

            /**
             * HeartbeatResponse should_shut_down.
             * @member {boolean} should_shut_down
             * @memberof varve.internal.HeartbeatResponse
             * @instance
             */
            HeartbeatResponse.prototype.should_shut_down = false;

            /**
             * Creates a new HeartbeatResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.HeartbeatResponse
             * @static
             * @param {varve.internal.IHeartbeatResponse=} [properties] Properties to set
             * @returns {varve.internal.HeartbeatResponse} HeartbeatResponse instance
             */
            HeartbeatResponse.create = function create(properties) {
                return new HeartbeatResponse(properties);
            };

            /**
             * Encodes the specified HeartbeatResponse message. Does not implicitly {@link varve.internal.HeartbeatResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.HeartbeatResponse
             * @static
             * @param {varve.internal.IHeartbeatResponse} message HeartbeatResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HeartbeatResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.error);
                if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.fenced);
                if (message.should_shut_down != null && Object.hasOwnProperty.call(message, "should_shut_down"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.should_shut_down);
                return writer;
            };

            /**
             * Decodes a HeartbeatResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.HeartbeatResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.HeartbeatResponse} HeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HeartbeatResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.HeartbeatResponse();
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
                            message.error = reader.int32();
                            break;
                        }
                    case 3: {
                            message.fenced = reader.bool();
                            break;
                        }
                    case 4: {
                            message.should_shut_down = reader.bool();
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

            return HeartbeatResponse;
        })();

        internal.AlterPartitionRequest = (function() {

            /**
             * Properties of an AlterPartitionRequest.
             * @memberof varve.internal
             * @interface IAlterPartitionRequest
             * @property {number|null} [version] AlterPartitionRequest version
             * @property {number|null} [node_id] AlterPartitionRequest node_id
             * @property {number|null} [broker_epoch] AlterPartitionRequest broker_epoch
             * @property {Array.<varve.internal.IAlterPartition>|null} [partitions] AlterPartitionRequest partitions
             */

            /**
             * Constructs a new AlterPartitionRequest.
             * @memberof varve.internal
             * @classdesc Represents an AlterPartitionRequest.
             * @implements IAlterPartitionRequest
             * @constructor
             * @param {varve.internal.IAlterPartitionRequest=} [properties] Properties to set
             */
            function AlterPartitionRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterPartitionRequest version.
             * @member {number} version
             * @memberof varve.internal.AlterPartitionRequest
             * @instance
             */
            AlterPartitionRequest.prototype.version = 0;

            /**
             * AlterPartitionRequest node_id.
             * @member {number} node_id
             * @memberof varve.internal.AlterPartitionRequest
             * @instance
             */
            AlterPartitionRequest.prototype.node_id = 0;

            /**
             * AlterPartitionRequest broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.AlterPartitionRequest
             * @instance
             */
            AlterPartitionRequest.prototype.broker_epoch = 0;

            /**
             * AlterPartitionRequest partitions.
             * @member {Array.<varve.internal.IAlterPartition>} partitions
             * @memberof varve.internal.AlterPartitionRequest
             * @instance
             */
            AlterPartitionRequest.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new AlterPartitionRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.AlterPartitionRequest
             * @static
             * @param {varve.internal.IAlterPartitionRequest=} [properties] Properties to set
             * @returns {varve.internal.AlterPartitionRequest} AlterPartitionRequest instance
             */
            AlterPartitionRequest.create = function create(properties) {
                return new AlterPartitionRequest(properties);
            };

            /**
             * Encodes the specified AlterPartitionRequest message. Does not implicitly {@link varve.internal.AlterPartitionRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AlterPartitionRequest
             * @static
             * @param {varve.internal.IAlterPartitionRequest} message AlterPartitionRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterPartitionRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.node_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.internal.AlterPartition.encode(message.partitions[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterPartitionRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AlterPartitionRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AlterPartitionRequest} AlterPartitionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterPartitionRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AlterPartitionRequest();
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
                            message.node_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.internal.AlterPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

            return AlterPartitionRequest;
        })();

        internal.AlterPartition = (function() {

            /**
             * Properties of an AlterPartition.
             * @memberof varve.internal
             * @interface IAlterPartition
             * @property {Uint8Array|null} [topic_id] AlterPartition topic_id
             * @property {number|null} [partition] AlterPartition partition
             * @property {number|null} [leader_epoch] AlterPartition leader_epoch
             * @property {number|null} [partition_epoch] AlterPartition partition_epoch
             * @property {Array.<varve.internal.IIsrMember>|null} [new_isr] AlterPartition new_isr
             * @property {Array.<number>|null} [recovered_replicas] AlterPartition recovered_replicas
             * @property {Array.<number>|null} [lost_replicas] AlterPartition lost_replicas
             */

            /**
             * Constructs a new AlterPartition.
             * @memberof varve.internal
             * @classdesc Represents an AlterPartition.
             * @implements IAlterPartition
             * @constructor
             * @param {varve.internal.IAlterPartition=} [properties] Properties to set
             */
            function AlterPartition(properties) {
                this.new_isr = [];
                this.recovered_replicas = [];
                this.lost_replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterPartition topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.topic_id = $util.newBuffer([]);

            /**
             * AlterPartition partition.
             * @member {number} partition
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.partition = 0;

            /**
             * AlterPartition leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.leader_epoch = 0;

            /**
             * AlterPartition partition_epoch.
             * @member {number} partition_epoch
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.partition_epoch = 0;

            /**
             * AlterPartition new_isr.
             * @member {Array.<varve.internal.IIsrMember>} new_isr
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.new_isr = $util.emptyArray;

            /**
             * AlterPartition recovered_replicas.
             * @member {Array.<number>} recovered_replicas
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.recovered_replicas = $util.emptyArray;

            /**
             * AlterPartition lost_replicas.
             * @member {Array.<number>} lost_replicas
             * @memberof varve.internal.AlterPartition
             * @instance
             */
            AlterPartition.prototype.lost_replicas = $util.emptyArray;

            /**
             * Creates a new AlterPartition instance using the specified properties.
             * @function create
             * @memberof varve.internal.AlterPartition
             * @static
             * @param {varve.internal.IAlterPartition=} [properties] Properties to set
             * @returns {varve.internal.AlterPartition} AlterPartition instance
             */
            AlterPartition.create = function create(properties) {
                return new AlterPartition(properties);
            };

            /**
             * Encodes the specified AlterPartition message. Does not implicitly {@link varve.internal.AlterPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AlterPartition
             * @static
             * @param {varve.internal.IAlterPartition} message AlterPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterPartition.encode = function encode(message, writer, q) {
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
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.leader_epoch);
                if (message.partition_epoch != null && Object.hasOwnProperty.call(message, "partition_epoch"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.partition_epoch);
                if (message.new_isr != null && message.new_isr.length)
                    for (let i = 0; i < message.new_isr.length; ++i)
                        $root.varve.internal.IsrMember.encode(message.new_isr[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                if (message.recovered_replicas != null && message.recovered_replicas.length) {
                    writer.uint32(/* id 6, wireType 2 =*/50).fork();
                    for (let i = 0; i < message.recovered_replicas.length; ++i)
                        writer.int32(message.recovered_replicas[i]);
                    writer.ldelim();
                }
                if (message.lost_replicas != null && message.lost_replicas.length) {
                    writer.uint32(/* id 7, wireType 2 =*/58).fork();
                    for (let i = 0; i < message.lost_replicas.length; ++i)
                        writer.int32(message.lost_replicas[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes an AlterPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AlterPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AlterPartition} AlterPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AlterPartition();
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
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 4: {
                            message.partition_epoch = reader.int32();
                            break;
                        }
                    case 5: {
                            if (!(message.new_isr && message.new_isr.length))
                                message.new_isr = [];
                            message.new_isr.push($root.varve.internal.IsrMember.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 6: {
                            if (!(message.recovered_replicas && message.recovered_replicas.length))
                                message.recovered_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.recovered_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.recovered_replicas.push(reader.int32());
                            break;
                        }
                    case 7: {
                            if (!(message.lost_replicas && message.lost_replicas.length))
                                message.lost_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.lost_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.lost_replicas.push(reader.int32());
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

            return AlterPartition;
        })();

        internal.IsrMember = (function() {

            /**
             * Properties of an IsrMember.
             * @memberof varve.internal
             * @interface IIsrMember
             * @property {number|null} [node_id] IsrMember node_id
             * @property {number|null} [broker_epoch] IsrMember broker_epoch
             */

            /**
             * Constructs a new IsrMember.
             * @memberof varve.internal
             * @classdesc Represents an IsrMember.
             * @implements IIsrMember
             * @constructor
             * @param {varve.internal.IIsrMember=} [properties] Properties to set
             */
            function IsrMember(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * IsrMember node_id.
             * @member {number} node_id
             * @memberof varve.internal.IsrMember
             * @instance
             */
            IsrMember.prototype.node_id = 0;

            /**
             * IsrMember broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.IsrMember
             * @instance
             */
            IsrMember.prototype.broker_epoch = 0;

            /**
             * Creates a new IsrMember instance using the specified properties.
             * @function create
             * @memberof varve.internal.IsrMember
             * @static
             * @param {varve.internal.IIsrMember=} [properties] Properties to set
             * @returns {varve.internal.IsrMember} IsrMember instance
             */
            IsrMember.create = function create(properties) {
                return new IsrMember(properties);
            };

            /**
             * Encodes the specified IsrMember message. Does not implicitly {@link varve.internal.IsrMember.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.IsrMember
             * @static
             * @param {varve.internal.IIsrMember} message IsrMember message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IsrMember.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.broker_epoch);
                return writer;
            };

            /**
             * Decodes an IsrMember message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.IsrMember
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.IsrMember} IsrMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IsrMember.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.IsrMember();
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
                            message.broker_epoch = $number.int64(reader);
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

            return IsrMember;
        })();

        internal.AlterPartitionResponse = (function() {

            /**
             * Properties of an AlterPartitionResponse.
             * @memberof varve.internal
             * @interface IAlterPartitionResponse
             * @property {number|null} [version] AlterPartitionResponse version
             * @property {number|null} [error] AlterPartitionResponse error
             * @property {Array.<varve.internal.IAlteredPartition>|null} [partitions] AlterPartitionResponse partitions
             */

            /**
             * Constructs a new AlterPartitionResponse.
             * @memberof varve.internal
             * @classdesc Represents an AlterPartitionResponse.
             * @implements IAlterPartitionResponse
             * @constructor
             * @param {varve.internal.IAlterPartitionResponse=} [properties] Properties to set
             */
            function AlterPartitionResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterPartitionResponse version.
             * @member {number} version
             * @memberof varve.internal.AlterPartitionResponse
             * @instance
             */
            AlterPartitionResponse.prototype.version = 0;

            /**
             * AlterPartitionResponse error.
             * @member {number} error
             * @memberof varve.internal.AlterPartitionResponse
             * @instance
             */
            AlterPartitionResponse.prototype.error = 0;

            /**
             * AlterPartitionResponse partitions.
             * @member {Array.<varve.internal.IAlteredPartition>} partitions
             * @memberof varve.internal.AlterPartitionResponse
             * @instance
             */
            AlterPartitionResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new AlterPartitionResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.AlterPartitionResponse
             * @static
             * @param {varve.internal.IAlterPartitionResponse=} [properties] Properties to set
             * @returns {varve.internal.AlterPartitionResponse} AlterPartitionResponse instance
             */
            AlterPartitionResponse.create = function create(properties) {
                return new AlterPartitionResponse(properties);
            };

            /**
             * Encodes the specified AlterPartitionResponse message. Does not implicitly {@link varve.internal.AlterPartitionResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AlterPartitionResponse
             * @static
             * @param {varve.internal.IAlterPartitionResponse} message AlterPartitionResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterPartitionResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.error);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.internal.AlteredPartition.encode(message.partitions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterPartitionResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AlterPartitionResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AlterPartitionResponse} AlterPartitionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterPartitionResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AlterPartitionResponse();
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
                            message.error = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.internal.AlteredPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

            return AlterPartitionResponse;
        })();

        internal.AlteredPartition = (function() {

            /**
             * Properties of an AlteredPartition.
             * @memberof varve.internal
             * @interface IAlteredPartition
             * @property {Uint8Array|null} [topic_id] AlteredPartition topic_id
             * @property {number|null} [partition] AlteredPartition partition
             * @property {number|null} [error] AlteredPartition error
             * @property {number|null} [leader_id] AlteredPartition leader_id
             * @property {number|null} [leader_epoch] AlteredPartition leader_epoch
             * @property {number|null} [partition_epoch] AlteredPartition partition_epoch
             * @property {Array.<number>|null} [isr] AlteredPartition isr
             */

            /**
             * Constructs a new AlteredPartition.
             * @memberof varve.internal
             * @classdesc Represents an AlteredPartition.
             * @implements IAlteredPartition
             * @constructor
             * @param {varve.internal.IAlteredPartition=} [properties] Properties to set
             */
            function AlteredPartition(properties) {
                this.isr = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlteredPartition topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.topic_id = $util.newBuffer([]);

            /**
             * AlteredPartition partition.
             * @member {number} partition
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.partition = 0;

            /**
             * AlteredPartition error.
             * @member {number} error
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.error = 0;

            /**
             * AlteredPartition leader_id.
             * @member {number} leader_id
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.leader_id = 0;

            /**
             * AlteredPartition leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.leader_epoch = 0;

            /**
             * AlteredPartition partition_epoch.
             * @member {number} partition_epoch
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.partition_epoch = 0;

            /**
             * AlteredPartition isr.
             * @member {Array.<number>} isr
             * @memberof varve.internal.AlteredPartition
             * @instance
             */
            AlteredPartition.prototype.isr = $util.emptyArray;

            /**
             * Creates a new AlteredPartition instance using the specified properties.
             * @function create
             * @memberof varve.internal.AlteredPartition
             * @static
             * @param {varve.internal.IAlteredPartition=} [properties] Properties to set
             * @returns {varve.internal.AlteredPartition} AlteredPartition instance
             */
            AlteredPartition.create = function create(properties) {
                return new AlteredPartition(properties);
            };

            /**
             * Encodes the specified AlteredPartition message. Does not implicitly {@link varve.internal.AlteredPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AlteredPartition
             * @static
             * @param {varve.internal.IAlteredPartition} message AlteredPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlteredPartition.encode = function encode(message, writer, q) {
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
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.error);
                if (message.leader_id != null && Object.hasOwnProperty.call(message, "leader_id"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.leader_id);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.leader_epoch);
                if (message.partition_epoch != null && Object.hasOwnProperty.call(message, "partition_epoch"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.partition_epoch);
                if (message.isr != null && message.isr.length) {
                    writer.uint32(/* id 7, wireType 2 =*/58).fork();
                    for (let i = 0; i < message.isr.length; ++i)
                        writer.int32(message.isr[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes an AlteredPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AlteredPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AlteredPartition} AlteredPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlteredPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AlteredPartition();
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
                            message.error = reader.int32();
                            break;
                        }
                    case 4: {
                            message.leader_id = reader.int32();
                            break;
                        }
                    case 5: {
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 6: {
                            message.partition_epoch = reader.int32();
                            break;
                        }
                    case 7: {
                            if (!(message.isr && message.isr.length))
                                message.isr = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.isr.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.isr.push(reader.int32());
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

            return AlteredPartition;
        })();

        internal.ReportTruncationRequest = (function() {

            /**
             * Properties of a ReportTruncationRequest.
             * @memberof varve.internal
             * @interface IReportTruncationRequest
             * @property {number|null} [version] ReportTruncationRequest version
             * @property {number|null} [node_id] ReportTruncationRequest node_id
             * @property {number|null} [broker_epoch] ReportTruncationRequest broker_epoch
             * @property {varve.internal.ITruncatedReplica|null} [replica] ReportTruncationRequest replica
             * @property {boolean|null} [cannot_lead] ReportTruncationRequest cannot_lead
             * @property {number|null} [leader_epoch] ReportTruncationRequest leader_epoch
             */

            /**
             * Constructs a new ReportTruncationRequest.
             * @memberof varve.internal
             * @classdesc Represents a ReportTruncationRequest.
             * @implements IReportTruncationRequest
             * @constructor
             * @param {varve.internal.IReportTruncationRequest=} [properties] Properties to set
             */
            function ReportTruncationRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ReportTruncationRequest version.
             * @member {number} version
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.version = 0;

            /**
             * ReportTruncationRequest node_id.
             * @member {number} node_id
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.node_id = 0;

            /**
             * ReportTruncationRequest broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.broker_epoch = 0;

            /**
             * ReportTruncationRequest replica.
             * @member {varve.internal.ITruncatedReplica|null|undefined} replica
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.replica = null;

            /**
             * ReportTruncationRequest cannot_lead.
             * @member {boolean} cannot_lead
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.cannot_lead = false;

            /**
             * ReportTruncationRequest leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.internal.ReportTruncationRequest
             * @instance
             */
            ReportTruncationRequest.prototype.leader_epoch = 0;

            /**
             * Creates a new ReportTruncationRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.ReportTruncationRequest
             * @static
             * @param {varve.internal.IReportTruncationRequest=} [properties] Properties to set
             * @returns {varve.internal.ReportTruncationRequest} ReportTruncationRequest instance
             */
            ReportTruncationRequest.create = function create(properties) {
                return new ReportTruncationRequest(properties);
            };

            /**
             * Encodes the specified ReportTruncationRequest message. Does not implicitly {@link varve.internal.ReportTruncationRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ReportTruncationRequest
             * @static
             * @param {varve.internal.IReportTruncationRequest} message ReportTruncationRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReportTruncationRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.node_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                if (message.replica != null && Object.hasOwnProperty.call(message, "replica"))
                    $root.varve.internal.TruncatedReplica.encode(message.replica, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.cannot_lead != null && Object.hasOwnProperty.call(message, "cannot_lead"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.cannot_lead);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.leader_epoch);
                return writer;
            };

            /**
             * Decodes a ReportTruncationRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ReportTruncationRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ReportTruncationRequest} ReportTruncationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReportTruncationRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ReportTruncationRequest();
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
                            message.node_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.replica = $root.varve.internal.TruncatedReplica.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 5: {
                            message.cannot_lead = reader.bool();
                            break;
                        }
                    case 6: {
                            message.leader_epoch = reader.int32();
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

            return ReportTruncationRequest;
        })();

        internal.ReportTruncationResponse = (function() {

            /**
             * Properties of a ReportTruncationResponse.
             * @memberof varve.internal
             * @interface IReportTruncationResponse
             * @property {number|null} [version] ReportTruncationResponse version
             */

            /**
             * Constructs a new ReportTruncationResponse.
             * @memberof varve.internal
             * @classdesc Represents a ReportTruncationResponse.
             * @implements IReportTruncationResponse
             * @constructor
             * @param {varve.internal.IReportTruncationResponse=} [properties] Properties to set
             */
            function ReportTruncationResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ReportTruncationResponse version.
             * @member {number} version
             * @memberof varve.internal.ReportTruncationResponse
             * @instance
             */
            ReportTruncationResponse.prototype.version = 0;

            /**
             * Creates a new ReportTruncationResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.ReportTruncationResponse
             * @static
             * @param {varve.internal.IReportTruncationResponse=} [properties] Properties to set
             * @returns {varve.internal.ReportTruncationResponse} ReportTruncationResponse instance
             */
            ReportTruncationResponse.create = function create(properties) {
                return new ReportTruncationResponse(properties);
            };

            /**
             * Encodes the specified ReportTruncationResponse message. Does not implicitly {@link varve.internal.ReportTruncationResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ReportTruncationResponse
             * @static
             * @param {varve.internal.IReportTruncationResponse} message ReportTruncationResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReportTruncationResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                return writer;
            };

            /**
             * Decodes a ReportTruncationResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ReportTruncationResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ReportTruncationResponse} ReportTruncationResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReportTruncationResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ReportTruncationResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.version = reader.int32();
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

            return ReportTruncationResponse;
        })();

        internal.AllocateProducerIdsRequest = (function() {

            /**
             * Properties of an AllocateProducerIdsRequest.
             * @memberof varve.internal
             * @interface IAllocateProducerIdsRequest
             * @property {number|null} [version] AllocateProducerIdsRequest version
             * @property {number|null} [node_id] AllocateProducerIdsRequest node_id
             * @property {number|null} [broker_epoch] AllocateProducerIdsRequest broker_epoch
             */

            /**
             * Constructs a new AllocateProducerIdsRequest.
             * @memberof varve.internal
             * @classdesc Represents an AllocateProducerIdsRequest.
             * @implements IAllocateProducerIdsRequest
             * @constructor
             * @param {varve.internal.IAllocateProducerIdsRequest=} [properties] Properties to set
             */
            function AllocateProducerIdsRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AllocateProducerIdsRequest version.
             * @member {number} version
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @instance
             */
            AllocateProducerIdsRequest.prototype.version = 0;

            /**
             * AllocateProducerIdsRequest node_id.
             * @member {number} node_id
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @instance
             */
            AllocateProducerIdsRequest.prototype.node_id = 0;

            /**
             * AllocateProducerIdsRequest broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @instance
             */
            AllocateProducerIdsRequest.prototype.broker_epoch = 0;

            /**
             * Creates a new AllocateProducerIdsRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @static
             * @param {varve.internal.IAllocateProducerIdsRequest=} [properties] Properties to set
             * @returns {varve.internal.AllocateProducerIdsRequest} AllocateProducerIdsRequest instance
             */
            AllocateProducerIdsRequest.create = function create(properties) {
                return new AllocateProducerIdsRequest(properties);
            };

            /**
             * Encodes the specified AllocateProducerIdsRequest message. Does not implicitly {@link varve.internal.AllocateProducerIdsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @static
             * @param {varve.internal.IAllocateProducerIdsRequest} message AllocateProducerIdsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocateProducerIdsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.node_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                return writer;
            };

            /**
             * Decodes an AllocateProducerIdsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AllocateProducerIdsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AllocateProducerIdsRequest} AllocateProducerIdsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocateProducerIdsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AllocateProducerIdsRequest();
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
                            message.node_id = reader.int32();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
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

            return AllocateProducerIdsRequest;
        })();

        internal.AllocateProducerIdsResponse = (function() {

            /**
             * Properties of an AllocateProducerIdsResponse.
             * @memberof varve.internal
             * @interface IAllocateProducerIdsResponse
             * @property {number|null} [version] AllocateProducerIdsResponse version
             * @property {number|null} [first_producer_id] AllocateProducerIdsResponse first_producer_id
             * @property {number|null} [length] AllocateProducerIdsResponse length
             */

            /**
             * Constructs a new AllocateProducerIdsResponse.
             * @memberof varve.internal
             * @classdesc Represents an AllocateProducerIdsResponse.
             * @implements IAllocateProducerIdsResponse
             * @constructor
             * @param {varve.internal.IAllocateProducerIdsResponse=} [properties] Properties to set
             */
            function AllocateProducerIdsResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AllocateProducerIdsResponse version.
             * @member {number} version
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @instance
             */
            AllocateProducerIdsResponse.prototype.version = 0;

            /**
             * AllocateProducerIdsResponse first_producer_id.
             * @member {number} first_producer_id
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @instance
             */
            AllocateProducerIdsResponse.prototype.first_producer_id = 0;

            /**
             * AllocateProducerIdsResponse length.
             * @member {number} length
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @instance
             */
            AllocateProducerIdsResponse.prototype.length = 0;

            /**
             * Creates a new AllocateProducerIdsResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @static
             * @param {varve.internal.IAllocateProducerIdsResponse=} [properties] Properties to set
             * @returns {varve.internal.AllocateProducerIdsResponse} AllocateProducerIdsResponse instance
             */
            AllocateProducerIdsResponse.create = function create(properties) {
                return new AllocateProducerIdsResponse(properties);
            };

            /**
             * Encodes the specified AllocateProducerIdsResponse message. Does not implicitly {@link varve.internal.AllocateProducerIdsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @static
             * @param {varve.internal.IAllocateProducerIdsResponse} message AllocateProducerIdsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocateProducerIdsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.first_producer_id != null && Object.hasOwnProperty.call(message, "first_producer_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.first_producer_id);
                if (message.length != null && Object.hasOwnProperty.call(message, "length"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.length);
                return writer;
            };

            /**
             * Decodes an AllocateProducerIdsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.AllocateProducerIdsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.AllocateProducerIdsResponse} AllocateProducerIdsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocateProducerIdsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.AllocateProducerIdsResponse();
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
                            message.first_producer_id = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.length = reader.int32();
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

            return AllocateProducerIdsResponse;
        })();

        internal.ForwardAdminRequest = (function() {

            /**
             * Properties of a ForwardAdminRequest.
             * @memberof varve.internal
             * @interface IForwardAdminRequest
             * @property {number|null} [version] ForwardAdminRequest version
             * @property {string|null} [method] ForwardAdminRequest method
             * @property {Uint8Array|null} [request] ForwardAdminRequest request
             * @property {string|null} [principal] ForwardAdminRequest principal
             */

            /**
             * Constructs a new ForwardAdminRequest.
             * @memberof varve.internal
             * @classdesc Represents a ForwardAdminRequest.
             * @implements IForwardAdminRequest
             * @constructor
             * @param {varve.internal.IForwardAdminRequest=} [properties] Properties to set
             */
            function ForwardAdminRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ForwardAdminRequest version.
             * @member {number} version
             * @memberof varve.internal.ForwardAdminRequest
             * @instance
             */
            ForwardAdminRequest.prototype.version = 0;

            /**
             * ForwardAdminRequest method.
             * @member {string} method
             * @memberof varve.internal.ForwardAdminRequest
             * @instance
             */
            ForwardAdminRequest.prototype.method = "";

            /**
             * ForwardAdminRequest request.
             * @member {Uint8Array} request
             * @memberof varve.internal.ForwardAdminRequest
             * @instance
             */
            ForwardAdminRequest.prototype.request = $util.newBuffer([]);

            /**
             * ForwardAdminRequest principal.
             * @member {string} principal
             * @memberof varve.internal.ForwardAdminRequest
             * @instance
             */
            ForwardAdminRequest.prototype.principal = "";

            /**
             * Creates a new ForwardAdminRequest instance using the specified properties.
             * @function create
             * @memberof varve.internal.ForwardAdminRequest
             * @static
             * @param {varve.internal.IForwardAdminRequest=} [properties] Properties to set
             * @returns {varve.internal.ForwardAdminRequest} ForwardAdminRequest instance
             */
            ForwardAdminRequest.create = function create(properties) {
                return new ForwardAdminRequest(properties);
            };

            /**
             * Encodes the specified ForwardAdminRequest message. Does not implicitly {@link varve.internal.ForwardAdminRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ForwardAdminRequest
             * @static
             * @param {varve.internal.IForwardAdminRequest} message ForwardAdminRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ForwardAdminRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.method != null && Object.hasOwnProperty.call(message, "method"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.method);
                if (message.request != null && Object.hasOwnProperty.call(message, "request"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.request);
                if (message.principal != null && Object.hasOwnProperty.call(message, "principal"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.principal);
                return writer;
            };

            /**
             * Decodes a ForwardAdminRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ForwardAdminRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ForwardAdminRequest} ForwardAdminRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ForwardAdminRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ForwardAdminRequest();
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
                            message.method = reader.string();
                            break;
                        }
                    case 3: {
                            message.request = reader.bytes();
                            break;
                        }
                    case 4: {
                            message.principal = reader.string();
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

            return ForwardAdminRequest;
        })();

        internal.ForwardAdminResponse = (function() {

            /**
             * Properties of a ForwardAdminResponse.
             * @memberof varve.internal
             * @interface IForwardAdminResponse
             * @property {number|null} [version] ForwardAdminResponse version
             * @property {Uint8Array|null} [response] ForwardAdminResponse response
             * @property {number|null} [metadata_offset] ForwardAdminResponse metadata_offset
             */

            /**
             * Constructs a new ForwardAdminResponse.
             * @memberof varve.internal
             * @classdesc Represents a ForwardAdminResponse.
             * @implements IForwardAdminResponse
             * @constructor
             * @param {varve.internal.IForwardAdminResponse=} [properties] Properties to set
             */
            function ForwardAdminResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ForwardAdminResponse version.
             * @member {number} version
             * @memberof varve.internal.ForwardAdminResponse
             * @instance
             */
            ForwardAdminResponse.prototype.version = 0;

            /**
             * ForwardAdminResponse response.
             * @member {Uint8Array} response
             * @memberof varve.internal.ForwardAdminResponse
             * @instance
             */
            ForwardAdminResponse.prototype.response = $util.newBuffer([]);

            /**
             * ForwardAdminResponse metadata_offset.
             * @member {number} metadata_offset
             * @memberof varve.internal.ForwardAdminResponse
             * @instance
             */
            ForwardAdminResponse.prototype.metadata_offset = 0;

            /**
             * Creates a new ForwardAdminResponse instance using the specified properties.
             * @function create
             * @memberof varve.internal.ForwardAdminResponse
             * @static
             * @param {varve.internal.IForwardAdminResponse=} [properties] Properties to set
             * @returns {varve.internal.ForwardAdminResponse} ForwardAdminResponse instance
             */
            ForwardAdminResponse.create = function create(properties) {
                return new ForwardAdminResponse(properties);
            };

            /**
             * Encodes the specified ForwardAdminResponse message. Does not implicitly {@link varve.internal.ForwardAdminResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ForwardAdminResponse
             * @static
             * @param {varve.internal.IForwardAdminResponse} message ForwardAdminResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ForwardAdminResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.response != null && Object.hasOwnProperty.call(message, "response"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.response);
                if (message.metadata_offset != null && Object.hasOwnProperty.call(message, "metadata_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.metadata_offset);
                return writer;
            };

            /**
             * Decodes a ForwardAdminResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ForwardAdminResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ForwardAdminResponse} ForwardAdminResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ForwardAdminResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ForwardAdminResponse();
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
                            message.response = reader.bytes();
                            break;
                        }
                    case 3: {
                            message.metadata_offset = $number.int64(reader);
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

            return ForwardAdminResponse;
        })();

        return internal;
    })();

    return varve;
})();

export { $root as default };

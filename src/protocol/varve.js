/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_varve"] || ($protobuf.roots["varve_varve"] = {});

export const varve = $root.varve = (() => {

    /**
     * Namespace varve.
     * @exports varve
     * @namespace
     */
    const varve = {};

    varve.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof varve
         * @namespace
         */
        const v1 = {};

        v1.Error = (function() {

            /**
             * Properties of an Error.
             * @memberof varve.v1
             * @interface IError
             * @property {number|null} [code] Error code
             * @property {string|null} [name] Error name
             * @property {string|null} [message] Error message
             * @property {boolean|null} [retriable] Error retriable
             */

            /**
             * Constructs a new Error.
             * @memberof varve.v1
             * @classdesc Represents an Error.
             * @implements IError
             * @constructor
             * @param {varve.v1.IError=} [properties] Properties to set
             */
            function Error(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Error code.
             * @member {number} code
             * @memberof varve.v1.Error
             * @instance
             */
            Error.prototype.code = 0;

            /**
             * Error name.
             * @member {string} name
             * @memberof varve.v1.Error
             * @instance
             */
            Error.prototype.name = "";

            /**
             * Error message.
             * @member {string} message
             * @memberof varve.v1.Error
             * @instance
             */
            Error.prototype.message = "";

            /**
             * Error retriable.
             * @member {boolean} retriable
             * @memberof varve.v1.Error
             * @instance
             */
            Error.prototype.retriable = false;

            /**
             * Creates a new Error instance using the specified properties.
             * @function create
             * @memberof varve.v1.Error
             * @static
             * @param {varve.v1.IError=} [properties] Properties to set
             * @returns {varve.v1.Error} Error instance
             */
            Error.create = function create(properties) {
                return new Error(properties);
            };

            /**
             * Encodes the specified Error message. Does not implicitly {@link varve.v1.Error.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.Error
             * @static
             * @param {varve.v1.IError} message Error message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Error.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.code != null && Object.hasOwnProperty.call(message, "code"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.code);
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.message != null && Object.hasOwnProperty.call(message, "message"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.retriable != null && Object.hasOwnProperty.call(message, "retriable"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.retriable);
                return writer;
            };

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.Error
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.Error} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Error.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.Error();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.code = reader.int32();
                            break;
                        }
                    case 2: {
                            message.name = reader.string();
                            break;
                        }
                    case 3: {
                            message.message = reader.string();
                            break;
                        }
                    case 4: {
                            message.retriable = reader.bool();
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

            return Error;
        })();

        v1.Header = (function() {

            /**
             * Properties of a Header.
             * @memberof varve.v1
             * @interface IHeader
             * @property {string|null} [key] Header key
             * @property {Uint8Array|null} [value] Header value
             */

            /**
             * Constructs a new Header.
             * @memberof varve.v1
             * @classdesc Represents a Header.
             * @implements IHeader
             * @constructor
             * @param {varve.v1.IHeader=} [properties] Properties to set
             */
            function Header(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Header key.
             * @member {string} key
             * @memberof varve.v1.Header
             * @instance
             */
            Header.prototype.key = "";

            /**
             * Header value.
             * @member {Uint8Array|null|undefined} value
             * @memberof varve.v1.Header
             * @instance
             */
            Header.prototype.value = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(Header.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Header instance using the specified properties.
             * @function create
             * @memberof varve.v1.Header
             * @static
             * @param {varve.v1.IHeader=} [properties] Properties to set
             * @returns {varve.v1.Header} Header instance
             */
            Header.create = function create(properties) {
                return new Header(properties);
            };

            /**
             * Encodes the specified Header message. Does not implicitly {@link varve.v1.Header.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.Header
             * @static
             * @param {varve.v1.IHeader} message Header message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Header.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.key != null && Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                return writer;
            };

            /**
             * Decodes a Header message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.Header
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.Header} Header
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Header.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.Header();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.key = reader.string();
                            break;
                        }
                    case 2: {
                            message.value = reader.bytes();
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

            return Header;
        })();

        v1.Record = (function() {

            /**
             * Properties of a Record.
             * @memberof varve.v1
             * @interface IRecord
             * @property {Uint8Array|null} [key] Record key
             * @property {Uint8Array|null} [value] Record value
             * @property {Array.<varve.v1.IHeader>|null} [headers] Record headers
             * @property {number|null} [timestamp_ms] Record timestamp_ms
             */

            /**
             * Constructs a new Record.
             * @memberof varve.v1
             * @classdesc Represents a Record.
             * @implements IRecord
             * @constructor
             * @param {varve.v1.IRecord=} [properties] Properties to set
             */
            function Record(properties) {
                this.headers = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Record key.
             * @member {Uint8Array|null|undefined} key
             * @memberof varve.v1.Record
             * @instance
             */
            Record.prototype.key = null;

            /**
             * Record value.
             * @member {Uint8Array|null|undefined} value
             * @memberof varve.v1.Record
             * @instance
             */
            Record.prototype.value = null;

            /**
             * Record headers.
             * @member {Array.<varve.v1.IHeader>} headers
             * @memberof varve.v1.Record
             * @instance
             */
            Record.prototype.headers = $util.emptyArray;

            /**
             * Record timestamp_ms.
             * @member {number|null|undefined} timestamp_ms
             * @memberof varve.v1.Record
             * @instance
             */
            Record.prototype.timestamp_ms = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(Record.prototype, "_key", {
                get: $util.oneOfGetter($oneOfFields = ["key"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(Record.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(Record.prototype, "_timestamp_ms", {
                get: $util.oneOfGetter($oneOfFields = ["timestamp_ms"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Record instance using the specified properties.
             * @function create
             * @memberof varve.v1.Record
             * @static
             * @param {varve.v1.IRecord=} [properties] Properties to set
             * @returns {varve.v1.Record} Record instance
             */
            Record.create = function create(properties) {
                return new Record(properties);
            };

            /**
             * Encodes the specified Record message. Does not implicitly {@link varve.v1.Record.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.Record
             * @static
             * @param {varve.v1.IRecord} message Record message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Record.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.key != null && Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.key);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.varve.v1.Header.encode(message.headers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.timestamp_ms != null && Object.hasOwnProperty.call(message, "timestamp_ms"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.timestamp_ms);
                return writer;
            };

            /**
             * Decodes a Record message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.Record
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.Record} Record
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Record.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.Record();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.key = reader.bytes();
                            break;
                        }
                    case 2: {
                            message.value = reader.bytes();
                            break;
                        }
                    case 3: {
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.varve.v1.Header.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 4: {
                            message.timestamp_ms = $number.int64(reader);
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

            return Record;
        })();

        /**
         * Acks enum.
         * @name varve.v1.Acks
         * @enum {number}
         * @property {number} ACKS_ALL=0 ACKS_ALL value
         * @property {number} ACKS_LEADER=1 ACKS_LEADER value
         * @property {number} ACKS_NONE=2 ACKS_NONE value
         */
        v1.Acks = (function() {
            const valuesById = {}, values = Object.create(valuesById);
            values[valuesById[0] = "ACKS_ALL"] = 0;
            values[valuesById[1] = "ACKS_LEADER"] = 1;
            values[valuesById[2] = "ACKS_NONE"] = 2;
            return values;
        })();

        v1.ProduceRequest = (function() {

            /**
             * Properties of a ProduceRequest.
             * @memberof varve.v1
             * @interface IProduceRequest
             * @property {Array.<varve.v1.IProduceBatch>|null} [batches] ProduceRequest batches
             */

            /**
             * Constructs a new ProduceRequest.
             * @memberof varve.v1
             * @classdesc Represents a ProduceRequest.
             * @implements IProduceRequest
             * @constructor
             * @param {varve.v1.IProduceRequest=} [properties] Properties to set
             */
            function ProduceRequest(properties) {
                this.batches = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ProduceRequest batches.
             * @member {Array.<varve.v1.IProduceBatch>} batches
             * @memberof varve.v1.ProduceRequest
             * @instance
             */
            ProduceRequest.prototype.batches = $util.emptyArray;

            /**
             * Creates a new ProduceRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.ProduceRequest
             * @static
             * @param {varve.v1.IProduceRequest=} [properties] Properties to set
             * @returns {varve.v1.ProduceRequest} ProduceRequest instance
             */
            ProduceRequest.create = function create(properties) {
                return new ProduceRequest(properties);
            };

            /**
             * Encodes the specified ProduceRequest message. Does not implicitly {@link varve.v1.ProduceRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ProduceRequest
             * @static
             * @param {varve.v1.IProduceRequest} message ProduceRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.batches != null && message.batches.length)
                    for (let i = 0; i < message.batches.length; ++i)
                        $root.varve.v1.ProduceBatch.encode(message.batches[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ProduceRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ProduceRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ProduceRequest} ProduceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ProduceRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.batches && message.batches.length))
                                message.batches = [];
                            message.batches.push($root.varve.v1.ProduceBatch.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ProduceRequest;
        })();

        v1.ProduceBatch = (function() {

            /**
             * Properties of a ProduceBatch.
             * @memberof varve.v1
             * @interface IProduceBatch
             * @property {number|null} [correlation_id] ProduceBatch correlation_id
             * @property {string|null} [topic] ProduceBatch topic
             * @property {number|null} [partition] ProduceBatch partition
             * @property {varve.v1.Acks|null} [acks] ProduceBatch acks
             * @property {number|null} [timeout_ms] ProduceBatch timeout_ms
             * @property {Array.<varve.v1.IRecord>|null} [records] ProduceBatch records
             * @property {Uint8Array|null} [record_batch] ProduceBatch record_batch
             * @property {number|null} [producer_id] ProduceBatch producer_id
             * @property {number|null} [producer_epoch] ProduceBatch producer_epoch
             * @property {number|null} [base_sequence] ProduceBatch base_sequence
             */

            /**
             * Constructs a new ProduceBatch.
             * @memberof varve.v1
             * @classdesc Represents a ProduceBatch.
             * @implements IProduceBatch
             * @constructor
             * @param {varve.v1.IProduceBatch=} [properties] Properties to set
             */
            function ProduceBatch(properties) {
                this.records = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ProduceBatch correlation_id.
             * @member {number} correlation_id
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.correlation_id = 0;

            /**
             * ProduceBatch topic.
             * @member {string} topic
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.topic = "";

            /**
             * ProduceBatch partition.
             * @member {number|null|undefined} partition
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.partition = null;

            /**
             * ProduceBatch acks.
             * @member {varve.v1.Acks} acks
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.acks = 0;

            /**
             * ProduceBatch timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.timeout_ms = 0;

            /**
             * ProduceBatch records.
             * @member {Array.<varve.v1.IRecord>} records
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.records = $util.emptyArray;

            /**
             * ProduceBatch record_batch.
             * @member {Uint8Array} record_batch
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.record_batch = $util.newBuffer([]);

            /**
             * ProduceBatch producer_id.
             * @member {number|null|undefined} producer_id
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.producer_id = null;

            /**
             * ProduceBatch producer_epoch.
             * @member {number|null|undefined} producer_epoch
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.producer_epoch = null;

            /**
             * ProduceBatch base_sequence.
             * @member {number|null|undefined} base_sequence
             * @memberof varve.v1.ProduceBatch
             * @instance
             */
            ProduceBatch.prototype.base_sequence = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ProduceBatch.prototype, "_partition", {
                get: $util.oneOfGetter($oneOfFields = ["partition"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ProduceBatch.prototype, "_producer_id", {
                get: $util.oneOfGetter($oneOfFields = ["producer_id"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ProduceBatch.prototype, "_producer_epoch", {
                get: $util.oneOfGetter($oneOfFields = ["producer_epoch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ProduceBatch.prototype, "_base_sequence", {
                get: $util.oneOfGetter($oneOfFields = ["base_sequence"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ProduceBatch instance using the specified properties.
             * @function create
             * @memberof varve.v1.ProduceBatch
             * @static
             * @param {varve.v1.IProduceBatch=} [properties] Properties to set
             * @returns {varve.v1.ProduceBatch} ProduceBatch instance
             */
            ProduceBatch.create = function create(properties) {
                return new ProduceBatch(properties);
            };

            /**
             * Encodes the specified ProduceBatch message. Does not implicitly {@link varve.v1.ProduceBatch.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ProduceBatch
             * @static
             * @param {varve.v1.IProduceBatch} message ProduceBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceBatch.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.correlation_id != null && Object.hasOwnProperty.call(message, "correlation_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.correlation_id);
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.partition);
                if (message.acks != null && Object.hasOwnProperty.call(message, "acks"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.acks);
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.timeout_ms);
                if (message.records != null && message.records.length)
                    for (let i = 0; i < message.records.length; ++i)
                        $root.varve.v1.Record.encode(message.records[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                if (message.record_batch != null && Object.hasOwnProperty.call(message, "record_batch"))
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.record_batch);
                if (message.producer_id != null && Object.hasOwnProperty.call(message, "producer_id"))
                    writer.uint32(/* id 8, wireType 0 =*/64).int64(message.producer_id);
                if (message.producer_epoch != null && Object.hasOwnProperty.call(message, "producer_epoch"))
                    writer.uint32(/* id 9, wireType 0 =*/72).int32(message.producer_epoch);
                if (message.base_sequence != null && Object.hasOwnProperty.call(message, "base_sequence"))
                    writer.uint32(/* id 10, wireType 0 =*/80).int32(message.base_sequence);
                return writer;
            };

            /**
             * Decodes a ProduceBatch message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ProduceBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ProduceBatch} ProduceBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceBatch.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ProduceBatch();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.correlation_id = $number.uint64(reader);
                            break;
                        }
                    case 2: {
                            message.topic = reader.string();
                            break;
                        }
                    case 3: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 4: {
                            message.acks = reader.int32();
                            break;
                        }
                    case 5: {
                            message.timeout_ms = reader.uint32();
                            break;
                        }
                    case 6: {
                            if (!(message.records && message.records.length))
                                message.records = [];
                            message.records.push($root.varve.v1.Record.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 7: {
                            message.record_batch = reader.bytes();
                            break;
                        }
                    case 8: {
                            message.producer_id = $number.int64(reader);
                            break;
                        }
                    case 9: {
                            message.producer_epoch = reader.int32();
                            break;
                        }
                    case 10: {
                            message.base_sequence = reader.int32();
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

            return ProduceBatch;
        })();

        v1.ProduceResponse = (function() {

            /**
             * Properties of a ProduceResponse.
             * @memberof varve.v1
             * @interface IProduceResponse
             * @property {Array.<varve.v1.IProduceAck>|null} [acks] ProduceResponse acks
             */

            /**
             * Constructs a new ProduceResponse.
             * @memberof varve.v1
             * @classdesc Represents a ProduceResponse.
             * @implements IProduceResponse
             * @constructor
             * @param {varve.v1.IProduceResponse=} [properties] Properties to set
             */
            function ProduceResponse(properties) {
                this.acks = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ProduceResponse acks.
             * @member {Array.<varve.v1.IProduceAck>} acks
             * @memberof varve.v1.ProduceResponse
             * @instance
             */
            ProduceResponse.prototype.acks = $util.emptyArray;

            /**
             * Creates a new ProduceResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.ProduceResponse
             * @static
             * @param {varve.v1.IProduceResponse=} [properties] Properties to set
             * @returns {varve.v1.ProduceResponse} ProduceResponse instance
             */
            ProduceResponse.create = function create(properties) {
                return new ProduceResponse(properties);
            };

            /**
             * Encodes the specified ProduceResponse message. Does not implicitly {@link varve.v1.ProduceResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ProduceResponse
             * @static
             * @param {varve.v1.IProduceResponse} message ProduceResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.acks != null && message.acks.length)
                    for (let i = 0; i < message.acks.length; ++i)
                        $root.varve.v1.ProduceAck.encode(message.acks[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ProduceResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ProduceResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ProduceResponse} ProduceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ProduceResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.acks && message.acks.length))
                                message.acks = [];
                            message.acks.push($root.varve.v1.ProduceAck.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ProduceResponse;
        })();

        v1.ProduceAck = (function() {

            /**
             * Properties of a ProduceAck.
             * @memberof varve.v1
             * @interface IProduceAck
             * @property {number|null} [correlation_id] ProduceAck correlation_id
             * @property {string|null} [topic] ProduceAck topic
             * @property {number|null} [partition] ProduceAck partition
             * @property {varve.v1.IError|null} [error] ProduceAck error
             * @property {number|null} [base_offset] ProduceAck base_offset
             * @property {number|null} [log_append_time_ms] ProduceAck log_append_time_ms
             * @property {number|null} [log_start_offset] ProduceAck log_start_offset
             */

            /**
             * Constructs a new ProduceAck.
             * @memberof varve.v1
             * @classdesc Represents a ProduceAck.
             * @implements IProduceAck
             * @constructor
             * @param {varve.v1.IProduceAck=} [properties] Properties to set
             */
            function ProduceAck(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ProduceAck correlation_id.
             * @member {number} correlation_id
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.correlation_id = 0;

            /**
             * ProduceAck topic.
             * @member {string} topic
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.topic = "";

            /**
             * ProduceAck partition.
             * @member {number} partition
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.partition = 0;

            /**
             * ProduceAck error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.error = null;

            /**
             * ProduceAck base_offset.
             * @member {number} base_offset
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.base_offset = 0;

            /**
             * ProduceAck log_append_time_ms.
             * @member {number} log_append_time_ms
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.log_append_time_ms = 0;

            /**
             * ProduceAck log_start_offset.
             * @member {number} log_start_offset
             * @memberof varve.v1.ProduceAck
             * @instance
             */
            ProduceAck.prototype.log_start_offset = 0;

            /**
             * Creates a new ProduceAck instance using the specified properties.
             * @function create
             * @memberof varve.v1.ProduceAck
             * @static
             * @param {varve.v1.IProduceAck=} [properties] Properties to set
             * @returns {varve.v1.ProduceAck} ProduceAck instance
             */
            ProduceAck.create = function create(properties) {
                return new ProduceAck(properties);
            };

            /**
             * Encodes the specified ProduceAck message. Does not implicitly {@link varve.v1.ProduceAck.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ProduceAck
             * @static
             * @param {varve.v1.IProduceAck} message ProduceAck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceAck.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.correlation_id != null && Object.hasOwnProperty.call(message, "correlation_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.correlation_id);
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.partition);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.base_offset != null && Object.hasOwnProperty.call(message, "base_offset"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.base_offset);
                if (message.log_append_time_ms != null && Object.hasOwnProperty.call(message, "log_append_time_ms"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.log_append_time_ms);
                if (message.log_start_offset != null && Object.hasOwnProperty.call(message, "log_start_offset"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.log_start_offset);
                return writer;
            };

            /**
             * Decodes a ProduceAck message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ProduceAck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ProduceAck} ProduceAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceAck.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ProduceAck();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.correlation_id = $number.uint64(reader);
                            break;
                        }
                    case 2: {
                            message.topic = reader.string();
                            break;
                        }
                    case 3: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 4: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 5: {
                            message.base_offset = $number.int64(reader);
                            break;
                        }
                    case 6: {
                            message.log_append_time_ms = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.log_start_offset = $number.int64(reader);
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

            return ProduceAck;
        })();

        /**
         * IsolationLevel enum.
         * @name varve.v1.IsolationLevel
         * @enum {number}
         * @property {number} READ_UNCOMMITTED=0 READ_UNCOMMITTED value
         * @property {number} READ_COMMITTED=1 READ_COMMITTED value
         */
        v1.IsolationLevel = (function() {
            const valuesById = {}, values = Object.create(valuesById);
            values[valuesById[0] = "READ_UNCOMMITTED"] = 0;
            values[valuesById[1] = "READ_COMMITTED"] = 1;
            return values;
        })();

        v1.ConsumeRequest = (function() {

            /**
             * Properties of a ConsumeRequest.
             * @memberof varve.v1
             * @interface IConsumeRequest
             * @property {Array.<varve.v1.IConsumePosition>|null} [positions] ConsumeRequest positions
             * @property {varve.v1.IsolationLevel|null} [isolation_level] ConsumeRequest isolation_level
             * @property {boolean|null} [as_record_batches] ConsumeRequest as_record_batches
             * @property {number|null} [max_response_bytes] ConsumeRequest max_response_bytes
             */

            /**
             * Constructs a new ConsumeRequest.
             * @memberof varve.v1
             * @classdesc Represents a ConsumeRequest.
             * @implements IConsumeRequest
             * @constructor
             * @param {varve.v1.IConsumeRequest=} [properties] Properties to set
             */
            function ConsumeRequest(properties) {
                this.positions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConsumeRequest positions.
             * @member {Array.<varve.v1.IConsumePosition>} positions
             * @memberof varve.v1.ConsumeRequest
             * @instance
             */
            ConsumeRequest.prototype.positions = $util.emptyArray;

            /**
             * ConsumeRequest isolation_level.
             * @member {varve.v1.IsolationLevel} isolation_level
             * @memberof varve.v1.ConsumeRequest
             * @instance
             */
            ConsumeRequest.prototype.isolation_level = 0;

            /**
             * ConsumeRequest as_record_batches.
             * @member {boolean} as_record_batches
             * @memberof varve.v1.ConsumeRequest
             * @instance
             */
            ConsumeRequest.prototype.as_record_batches = false;

            /**
             * ConsumeRequest max_response_bytes.
             * @member {number} max_response_bytes
             * @memberof varve.v1.ConsumeRequest
             * @instance
             */
            ConsumeRequest.prototype.max_response_bytes = 0;

            /**
             * Creates a new ConsumeRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConsumeRequest
             * @static
             * @param {varve.v1.IConsumeRequest=} [properties] Properties to set
             * @returns {varve.v1.ConsumeRequest} ConsumeRequest instance
             */
            ConsumeRequest.create = function create(properties) {
                return new ConsumeRequest(properties);
            };

            /**
             * Encodes the specified ConsumeRequest message. Does not implicitly {@link varve.v1.ConsumeRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConsumeRequest
             * @static
             * @param {varve.v1.IConsumeRequest} message ConsumeRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumeRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.positions != null && message.positions.length)
                    for (let i = 0; i < message.positions.length; ++i)
                        $root.varve.v1.ConsumePosition.encode(message.positions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.isolation_level != null && Object.hasOwnProperty.call(message, "isolation_level"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.isolation_level);
                if (message.as_record_batches != null && Object.hasOwnProperty.call(message, "as_record_batches"))
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.as_record_batches);
                if (message.max_response_bytes != null && Object.hasOwnProperty.call(message, "max_response_bytes"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.max_response_bytes);
                return writer;
            };

            /**
             * Decodes a ConsumeRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConsumeRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConsumeRequest} ConsumeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumeRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConsumeRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push($root.varve.v1.ConsumePosition.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.isolation_level = reader.int32();
                            break;
                        }
                    case 3: {
                            message.as_record_batches = reader.bool();
                            break;
                        }
                    case 4: {
                            message.max_response_bytes = reader.uint32();
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

            return ConsumeRequest;
        })();

        v1.ConsumePosition = (function() {

            /**
             * Properties of a ConsumePosition.
             * @memberof varve.v1
             * @interface IConsumePosition
             * @property {string|null} [topic] ConsumePosition topic
             * @property {number|null} [partition] ConsumePosition partition
             * @property {number|null} [offset] ConsumePosition offset
             * @property {number|null} [position_id] ConsumePosition position_id
             * @property {boolean|null} [remove] ConsumePosition remove
             * @property {number|null} [current_leader_epoch] ConsumePosition current_leader_epoch
             * @property {number|null} [last_fetched_epoch] ConsumePosition last_fetched_epoch
             * @property {Uint8Array|null} [topic_id] ConsumePosition topic_id
             */

            /**
             * Constructs a new ConsumePosition.
             * @memberof varve.v1
             * @classdesc Represents a ConsumePosition.
             * @implements IConsumePosition
             * @constructor
             * @param {varve.v1.IConsumePosition=} [properties] Properties to set
             */
            function ConsumePosition(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConsumePosition topic.
             * @member {string} topic
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.topic = "";

            /**
             * ConsumePosition partition.
             * @member {number} partition
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.partition = 0;

            /**
             * ConsumePosition offset.
             * @member {number} offset
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.offset = 0;

            /**
             * ConsumePosition position_id.
             * @member {number} position_id
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.position_id = 0;

            /**
             * ConsumePosition remove.
             * @member {boolean} remove
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.remove = false;

            /**
             * ConsumePosition current_leader_epoch.
             * @member {number|null|undefined} current_leader_epoch
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.current_leader_epoch = null;

            /**
             * ConsumePosition last_fetched_epoch.
             * @member {number|null|undefined} last_fetched_epoch
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.last_fetched_epoch = null;

            /**
             * ConsumePosition topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.v1.ConsumePosition
             * @instance
             */
            ConsumePosition.prototype.topic_id = $util.newBuffer([]);

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConsumePosition.prototype, "_current_leader_epoch", {
                get: $util.oneOfGetter($oneOfFields = ["current_leader_epoch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConsumePosition.prototype, "_last_fetched_epoch", {
                get: $util.oneOfGetter($oneOfFields = ["last_fetched_epoch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ConsumePosition instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConsumePosition
             * @static
             * @param {varve.v1.IConsumePosition=} [properties] Properties to set
             * @returns {varve.v1.ConsumePosition} ConsumePosition instance
             */
            ConsumePosition.create = function create(properties) {
                return new ConsumePosition(properties);
            };

            /**
             * Encodes the specified ConsumePosition message. Does not implicitly {@link varve.v1.ConsumePosition.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConsumePosition
             * @static
             * @param {varve.v1.IConsumePosition} message ConsumePosition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumePosition.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.offset);
                if (message.position_id != null && Object.hasOwnProperty.call(message, "position_id"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.position_id);
                if (message.remove != null && Object.hasOwnProperty.call(message, "remove"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.remove);
                if (message.current_leader_epoch != null && Object.hasOwnProperty.call(message, "current_leader_epoch"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.current_leader_epoch);
                if (message.last_fetched_epoch != null && Object.hasOwnProperty.call(message, "last_fetched_epoch"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int32(message.last_fetched_epoch);
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.topic_id);
                return writer;
            };

            /**
             * Decodes a ConsumePosition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConsumePosition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConsumePosition} ConsumePosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumePosition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConsumePosition();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.offset = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.position_id = $number.uint64(reader);
                            break;
                        }
                    case 5: {
                            message.remove = reader.bool();
                            break;
                        }
                    case 6: {
                            message.current_leader_epoch = reader.int32();
                            break;
                        }
                    case 7: {
                            message.last_fetched_epoch = reader.int32();
                            break;
                        }
                    case 8: {
                            message.topic_id = reader.bytes();
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

            return ConsumePosition;
        })();

        v1.ConsumeResponse = (function() {

            /**
             * Properties of a ConsumeResponse.
             * @memberof varve.v1
             * @interface IConsumeResponse
             * @property {Array.<varve.v1.IPartitionRecords>|null} [partitions] ConsumeResponse partitions
             */

            /**
             * Constructs a new ConsumeResponse.
             * @memberof varve.v1
             * @classdesc Represents a ConsumeResponse.
             * @implements IConsumeResponse
             * @constructor
             * @param {varve.v1.IConsumeResponse=} [properties] Properties to set
             */
            function ConsumeResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConsumeResponse partitions.
             * @member {Array.<varve.v1.IPartitionRecords>} partitions
             * @memberof varve.v1.ConsumeResponse
             * @instance
             */
            ConsumeResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new ConsumeResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConsumeResponse
             * @static
             * @param {varve.v1.IConsumeResponse=} [properties] Properties to set
             * @returns {varve.v1.ConsumeResponse} ConsumeResponse instance
             */
            ConsumeResponse.create = function create(properties) {
                return new ConsumeResponse(properties);
            };

            /**
             * Encodes the specified ConsumeResponse message. Does not implicitly {@link varve.v1.ConsumeResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConsumeResponse
             * @static
             * @param {varve.v1.IConsumeResponse} message ConsumeResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumeResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.PartitionRecords.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ConsumeResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConsumeResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConsumeResponse} ConsumeResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumeResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConsumeResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.PartitionRecords.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ConsumeResponse;
        })();

        v1.PartitionRecords = (function() {

            /**
             * Properties of a PartitionRecords.
             * @memberof varve.v1
             * @interface IPartitionRecords
             * @property {string|null} [topic] PartitionRecords topic
             * @property {number|null} [partition] PartitionRecords partition
             * @property {number|null} [position_id] PartitionRecords position_id
             * @property {varve.v1.IError|null} [error] PartitionRecords error
             * @property {number|null} [high_watermark] PartitionRecords high_watermark
             * @property {number|null} [last_stable_offset] PartitionRecords last_stable_offset
             * @property {number|null} [log_start_offset] PartitionRecords log_start_offset
             * @property {Uint8Array|null} [record_batches] PartitionRecords record_batches
             * @property {Array.<varve.v1.IConsumedRecord>|null} [records] PartitionRecords records
             * @property {Array.<varve.v1.IAbortedTransaction>|null} [aborted_transactions] PartitionRecords aborted_transactions
             * @property {number|null} [next_offset] PartitionRecords next_offset
             * @property {varve.v1.IEpochEnd|null} [diverging_epoch] PartitionRecords diverging_epoch
             */

            /**
             * Constructs a new PartitionRecords.
             * @memberof varve.v1
             * @classdesc Represents a PartitionRecords.
             * @implements IPartitionRecords
             * @constructor
             * @param {varve.v1.IPartitionRecords=} [properties] Properties to set
             */
            function PartitionRecords(properties) {
                this.records = [];
                this.aborted_transactions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * PartitionRecords topic.
             * @member {string} topic
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.topic = "";

            /**
             * PartitionRecords partition.
             * @member {number} partition
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.partition = 0;

            /**
             * PartitionRecords position_id.
             * @member {number} position_id
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.position_id = 0;

            /**
             * PartitionRecords error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.error = null;

            /**
             * PartitionRecords high_watermark.
             * @member {number} high_watermark
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.high_watermark = 0;

            /**
             * PartitionRecords last_stable_offset.
             * @member {number} last_stable_offset
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.last_stable_offset = 0;

            /**
             * PartitionRecords log_start_offset.
             * @member {number} log_start_offset
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.log_start_offset = 0;

            /**
             * PartitionRecords record_batches.
             * @member {Uint8Array} record_batches
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.record_batches = $util.newBuffer([]);

            /**
             * PartitionRecords records.
             * @member {Array.<varve.v1.IConsumedRecord>} records
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.records = $util.emptyArray;

            /**
             * PartitionRecords aborted_transactions.
             * @member {Array.<varve.v1.IAbortedTransaction>} aborted_transactions
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.aborted_transactions = $util.emptyArray;

            /**
             * PartitionRecords next_offset.
             * @member {number} next_offset
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.next_offset = 0;

            /**
             * PartitionRecords diverging_epoch.
             * @member {varve.v1.IEpochEnd|null|undefined} diverging_epoch
             * @memberof varve.v1.PartitionRecords
             * @instance
             */
            PartitionRecords.prototype.diverging_epoch = null;

            /**
             * Creates a new PartitionRecords instance using the specified properties.
             * @function create
             * @memberof varve.v1.PartitionRecords
             * @static
             * @param {varve.v1.IPartitionRecords=} [properties] Properties to set
             * @returns {varve.v1.PartitionRecords} PartitionRecords instance
             */
            PartitionRecords.create = function create(properties) {
                return new PartitionRecords(properties);
            };

            /**
             * Encodes the specified PartitionRecords message. Does not implicitly {@link varve.v1.PartitionRecords.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.PartitionRecords
             * @static
             * @param {varve.v1.IPartitionRecords} message PartitionRecords message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionRecords.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.position_id != null && Object.hasOwnProperty.call(message, "position_id"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.position_id);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.high_watermark != null && Object.hasOwnProperty.call(message, "high_watermark"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.high_watermark);
                if (message.last_stable_offset != null && Object.hasOwnProperty.call(message, "last_stable_offset"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.last_stable_offset);
                if (message.log_start_offset != null && Object.hasOwnProperty.call(message, "log_start_offset"))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.log_start_offset);
                if (message.record_batches != null && Object.hasOwnProperty.call(message, "record_batches"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.record_batches);
                if (message.records != null && message.records.length)
                    for (let i = 0; i < message.records.length; ++i)
                        $root.varve.v1.ConsumedRecord.encode(message.records[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), q + 1).ldelim();
                if (message.aborted_transactions != null && message.aborted_transactions.length)
                    for (let i = 0; i < message.aborted_transactions.length; ++i)
                        $root.varve.v1.AbortedTransaction.encode(message.aborted_transactions[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), q + 1).ldelim();
                if (message.next_offset != null && Object.hasOwnProperty.call(message, "next_offset"))
                    writer.uint32(/* id 11, wireType 0 =*/88).int64(message.next_offset);
                if (message.diverging_epoch != null && Object.hasOwnProperty.call(message, "diverging_epoch"))
                    $root.varve.v1.EpochEnd.encode(message.diverging_epoch, writer.uint32(/* id 12, wireType 2 =*/98).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a PartitionRecords message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.PartitionRecords
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.PartitionRecords} PartitionRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionRecords.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.PartitionRecords();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.position_id = $number.uint64(reader);
                            break;
                        }
                    case 4: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 5: {
                            message.high_watermark = $number.int64(reader);
                            break;
                        }
                    case 6: {
                            message.last_stable_offset = $number.int64(reader);
                            break;
                        }
                    case 7: {
                            message.log_start_offset = $number.int64(reader);
                            break;
                        }
                    case 8: {
                            message.record_batches = reader.bytes();
                            break;
                        }
                    case 9: {
                            if (!(message.records && message.records.length))
                                message.records = [];
                            message.records.push($root.varve.v1.ConsumedRecord.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 10: {
                            if (!(message.aborted_transactions && message.aborted_transactions.length))
                                message.aborted_transactions = [];
                            message.aborted_transactions.push($root.varve.v1.AbortedTransaction.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 11: {
                            message.next_offset = $number.int64(reader);
                            break;
                        }
                    case 12: {
                            message.diverging_epoch = $root.varve.v1.EpochEnd.decode(reader, reader.uint32(), undefined, long + 1);
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

            return PartitionRecords;
        })();

        v1.EpochEnd = (function() {

            /**
             * Properties of an EpochEnd.
             * @memberof varve.v1
             * @interface IEpochEnd
             * @property {number|null} [leader_epoch] EpochEnd leader_epoch
             * @property {number|null} [end_offset] EpochEnd end_offset
             */

            /**
             * Constructs a new EpochEnd.
             * @memberof varve.v1
             * @classdesc Represents an EpochEnd.
             * @implements IEpochEnd
             * @constructor
             * @param {varve.v1.IEpochEnd=} [properties] Properties to set
             */
            function EpochEnd(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * EpochEnd leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.v1.EpochEnd
             * @instance
             */
            EpochEnd.prototype.leader_epoch = 0;

            /**
             * EpochEnd end_offset.
             * @member {number} end_offset
             * @memberof varve.v1.EpochEnd
             * @instance
             */
            EpochEnd.prototype.end_offset = 0;

            /**
             * Creates a new EpochEnd instance using the specified properties.
             * @function create
             * @memberof varve.v1.EpochEnd
             * @static
             * @param {varve.v1.IEpochEnd=} [properties] Properties to set
             * @returns {varve.v1.EpochEnd} EpochEnd instance
             */
            EpochEnd.create = function create(properties) {
                return new EpochEnd(properties);
            };

            /**
             * Encodes the specified EpochEnd message. Does not implicitly {@link varve.v1.EpochEnd.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.EpochEnd
             * @static
             * @param {varve.v1.IEpochEnd} message EpochEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EpochEnd.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.leader_epoch);
                if (message.end_offset != null && Object.hasOwnProperty.call(message, "end_offset"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.end_offset);
                return writer;
            };

            /**
             * Decodes an EpochEnd message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.EpochEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.EpochEnd} EpochEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EpochEnd.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.EpochEnd();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.leader_epoch = reader.int32();
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

            return EpochEnd;
        })();

        v1.ConsumedRecord = (function() {

            /**
             * Properties of a ConsumedRecord.
             * @memberof varve.v1
             * @interface IConsumedRecord
             * @property {number|null} [offset] ConsumedRecord offset
             * @property {number|null} [timestamp_ms] ConsumedRecord timestamp_ms
             * @property {number|null} [leader_epoch] ConsumedRecord leader_epoch
             * @property {Uint8Array|null} [key] ConsumedRecord key
             * @property {Uint8Array|null} [value] ConsumedRecord value
             * @property {Array.<varve.v1.IHeader>|null} [headers] ConsumedRecord headers
             */

            /**
             * Constructs a new ConsumedRecord.
             * @memberof varve.v1
             * @classdesc Represents a ConsumedRecord.
             * @implements IConsumedRecord
             * @constructor
             * @param {varve.v1.IConsumedRecord=} [properties] Properties to set
             */
            function ConsumedRecord(properties) {
                this.headers = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConsumedRecord offset.
             * @member {number} offset
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.offset = 0;

            /**
             * ConsumedRecord timestamp_ms.
             * @member {number} timestamp_ms
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.timestamp_ms = 0;

            /**
             * ConsumedRecord leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.leader_epoch = 0;

            /**
             * ConsumedRecord key.
             * @member {Uint8Array|null|undefined} key
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.key = null;

            /**
             * ConsumedRecord value.
             * @member {Uint8Array|null|undefined} value
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.value = null;

            /**
             * ConsumedRecord headers.
             * @member {Array.<varve.v1.IHeader>} headers
             * @memberof varve.v1.ConsumedRecord
             * @instance
             */
            ConsumedRecord.prototype.headers = $util.emptyArray;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConsumedRecord.prototype, "_key", {
                get: $util.oneOfGetter($oneOfFields = ["key"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConsumedRecord.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ConsumedRecord instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConsumedRecord
             * @static
             * @param {varve.v1.IConsumedRecord=} [properties] Properties to set
             * @returns {varve.v1.ConsumedRecord} ConsumedRecord instance
             */
            ConsumedRecord.create = function create(properties) {
                return new ConsumedRecord(properties);
            };

            /**
             * Encodes the specified ConsumedRecord message. Does not implicitly {@link varve.v1.ConsumedRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConsumedRecord
             * @static
             * @param {varve.v1.IConsumedRecord} message ConsumedRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumedRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.offset);
                if (message.timestamp_ms != null && Object.hasOwnProperty.call(message, "timestamp_ms"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.timestamp_ms);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.leader_epoch);
                if (message.key != null && Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.key);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.value);
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.varve.v1.Header.encode(message.headers[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ConsumedRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConsumedRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConsumedRecord} ConsumedRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumedRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConsumedRecord();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.offset = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.timestamp_ms = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 4: {
                            message.key = reader.bytes();
                            break;
                        }
                    case 5: {
                            message.value = reader.bytes();
                            break;
                        }
                    case 6: {
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.varve.v1.Header.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ConsumedRecord;
        })();

        v1.AbortedTransaction = (function() {

            /**
             * Properties of an AbortedTransaction.
             * @memberof varve.v1
             * @interface IAbortedTransaction
             * @property {number|null} [producer_id] AbortedTransaction producer_id
             * @property {number|null} [first_offset] AbortedTransaction first_offset
             */

            /**
             * Constructs a new AbortedTransaction.
             * @memberof varve.v1
             * @classdesc Represents an AbortedTransaction.
             * @implements IAbortedTransaction
             * @constructor
             * @param {varve.v1.IAbortedTransaction=} [properties] Properties to set
             */
            function AbortedTransaction(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AbortedTransaction producer_id.
             * @member {number} producer_id
             * @memberof varve.v1.AbortedTransaction
             * @instance
             */
            AbortedTransaction.prototype.producer_id = 0;

            /**
             * AbortedTransaction first_offset.
             * @member {number} first_offset
             * @memberof varve.v1.AbortedTransaction
             * @instance
             */
            AbortedTransaction.prototype.first_offset = 0;

            /**
             * Creates a new AbortedTransaction instance using the specified properties.
             * @function create
             * @memberof varve.v1.AbortedTransaction
             * @static
             * @param {varve.v1.IAbortedTransaction=} [properties] Properties to set
             * @returns {varve.v1.AbortedTransaction} AbortedTransaction instance
             */
            AbortedTransaction.create = function create(properties) {
                return new AbortedTransaction(properties);
            };

            /**
             * Encodes the specified AbortedTransaction message. Does not implicitly {@link varve.v1.AbortedTransaction.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AbortedTransaction
             * @static
             * @param {varve.v1.IAbortedTransaction} message AbortedTransaction message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AbortedTransaction.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.producer_id != null && Object.hasOwnProperty.call(message, "producer_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.producer_id);
                if (message.first_offset != null && Object.hasOwnProperty.call(message, "first_offset"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.first_offset);
                return writer;
            };

            /**
             * Decodes an AbortedTransaction message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AbortedTransaction
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AbortedTransaction} AbortedTransaction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AbortedTransaction.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AbortedTransaction();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.producer_id = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.first_offset = $number.int64(reader);
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

            return AbortedTransaction;
        })();

        v1.FetchRequest = (function() {

            /**
             * Properties of a FetchRequest.
             * @memberof varve.v1
             * @interface IFetchRequest
             * @property {Array.<varve.v1.IConsumePosition>|null} [positions] FetchRequest positions
             * @property {varve.v1.IsolationLevel|null} [isolation_level] FetchRequest isolation_level
             * @property {boolean|null} [as_record_batches] FetchRequest as_record_batches
             * @property {number|null} [max_response_bytes] FetchRequest max_response_bytes
             * @property {number|null} [max_wait_ms] FetchRequest max_wait_ms
             * @property {number|null} [min_bytes] FetchRequest min_bytes
             */

            /**
             * Constructs a new FetchRequest.
             * @memberof varve.v1
             * @classdesc Represents a FetchRequest.
             * @implements IFetchRequest
             * @constructor
             * @param {varve.v1.IFetchRequest=} [properties] Properties to set
             */
            function FetchRequest(properties) {
                this.positions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchRequest positions.
             * @member {Array.<varve.v1.IConsumePosition>} positions
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.positions = $util.emptyArray;

            /**
             * FetchRequest isolation_level.
             * @member {varve.v1.IsolationLevel} isolation_level
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.isolation_level = 0;

            /**
             * FetchRequest as_record_batches.
             * @member {boolean} as_record_batches
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.as_record_batches = false;

            /**
             * FetchRequest max_response_bytes.
             * @member {number} max_response_bytes
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.max_response_bytes = 0;

            /**
             * FetchRequest max_wait_ms.
             * @member {number} max_wait_ms
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.max_wait_ms = 0;

            /**
             * FetchRequest min_bytes.
             * @member {number} min_bytes
             * @memberof varve.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.min_bytes = 0;

            /**
             * Creates a new FetchRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.FetchRequest
             * @static
             * @param {varve.v1.IFetchRequest=} [properties] Properties to set
             * @returns {varve.v1.FetchRequest} FetchRequest instance
             */
            FetchRequest.create = function create(properties) {
                return new FetchRequest(properties);
            };

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link varve.v1.FetchRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.FetchRequest
             * @static
             * @param {varve.v1.IFetchRequest} message FetchRequest message or plain object to encode
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
                if (message.positions != null && message.positions.length)
                    for (let i = 0; i < message.positions.length; ++i)
                        $root.varve.v1.ConsumePosition.encode(message.positions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.isolation_level != null && Object.hasOwnProperty.call(message, "isolation_level"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.isolation_level);
                if (message.as_record_batches != null && Object.hasOwnProperty.call(message, "as_record_batches"))
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.as_record_batches);
                if (message.max_response_bytes != null && Object.hasOwnProperty.call(message, "max_response_bytes"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.max_response_bytes);
                if (message.max_wait_ms != null && Object.hasOwnProperty.call(message, "max_wait_ms"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.max_wait_ms);
                if (message.min_bytes != null && Object.hasOwnProperty.call(message, "min_bytes"))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.min_bytes);
                return writer;
            };

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.FetchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.FetchRequest} FetchRequest
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
                message = new $root.varve.v1.FetchRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push($root.varve.v1.ConsumePosition.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.isolation_level = reader.int32();
                            break;
                        }
                    case 3: {
                            message.as_record_batches = reader.bool();
                            break;
                        }
                    case 4: {
                            message.max_response_bytes = reader.uint32();
                            break;
                        }
                    case 5: {
                            message.max_wait_ms = reader.uint32();
                            break;
                        }
                    case 6: {
                            message.min_bytes = reader.uint32();
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

        v1.FetchResponse = (function() {

            /**
             * Properties of a FetchResponse.
             * @memberof varve.v1
             * @interface IFetchResponse
             * @property {Array.<varve.v1.IPartitionRecords>|null} [partitions] FetchResponse partitions
             */

            /**
             * Constructs a new FetchResponse.
             * @memberof varve.v1
             * @classdesc Represents a FetchResponse.
             * @implements IFetchResponse
             * @constructor
             * @param {varve.v1.IFetchResponse=} [properties] Properties to set
             */
            function FetchResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FetchResponse partitions.
             * @member {Array.<varve.v1.IPartitionRecords>} partitions
             * @memberof varve.v1.FetchResponse
             * @instance
             */
            FetchResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new FetchResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.FetchResponse
             * @static
             * @param {varve.v1.IFetchResponse=} [properties] Properties to set
             * @returns {varve.v1.FetchResponse} FetchResponse instance
             */
            FetchResponse.create = function create(properties) {
                return new FetchResponse(properties);
            };

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link varve.v1.FetchResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.FetchResponse
             * @static
             * @param {varve.v1.IFetchResponse} message FetchResponse message or plain object to encode
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
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.PartitionRecords.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.FetchResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.FetchResponse} FetchResponse
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
                message = new $root.varve.v1.FetchResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.PartitionRecords.decode(reader, reader.uint32(), undefined, long + 1));
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

        v1.InitProducerIdRequest = (function() {

            /**
             * Properties of an InitProducerIdRequest.
             * @memberof varve.v1
             * @interface IInitProducerIdRequest
             * @property {string|null} [transactional_id] InitProducerIdRequest transactional_id
             * @property {number|null} [transaction_timeout_ms] InitProducerIdRequest transaction_timeout_ms
             * @property {number|null} [producer_id] InitProducerIdRequest producer_id
             * @property {number|null} [producer_epoch] InitProducerIdRequest producer_epoch
             */

            /**
             * Constructs a new InitProducerIdRequest.
             * @memberof varve.v1
             * @classdesc Represents an InitProducerIdRequest.
             * @implements IInitProducerIdRequest
             * @constructor
             * @param {varve.v1.IInitProducerIdRequest=} [properties] Properties to set
             */
            function InitProducerIdRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * InitProducerIdRequest transactional_id.
             * @member {string|null|undefined} transactional_id
             * @memberof varve.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.transactional_id = null;

            /**
             * InitProducerIdRequest transaction_timeout_ms.
             * @member {number} transaction_timeout_ms
             * @memberof varve.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.transaction_timeout_ms = 0;

            /**
             * InitProducerIdRequest producer_id.
             * @member {number|null|undefined} producer_id
             * @memberof varve.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.producer_id = null;

            /**
             * InitProducerIdRequest producer_epoch.
             * @member {number|null|undefined} producer_epoch
             * @memberof varve.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.producer_epoch = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(InitProducerIdRequest.prototype, "_transactional_id", {
                get: $util.oneOfGetter($oneOfFields = ["transactional_id"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(InitProducerIdRequest.prototype, "_producer_id", {
                get: $util.oneOfGetter($oneOfFields = ["producer_id"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(InitProducerIdRequest.prototype, "_producer_epoch", {
                get: $util.oneOfGetter($oneOfFields = ["producer_epoch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new InitProducerIdRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.InitProducerIdRequest
             * @static
             * @param {varve.v1.IInitProducerIdRequest=} [properties] Properties to set
             * @returns {varve.v1.InitProducerIdRequest} InitProducerIdRequest instance
             */
            InitProducerIdRequest.create = function create(properties) {
                return new InitProducerIdRequest(properties);
            };

            /**
             * Encodes the specified InitProducerIdRequest message. Does not implicitly {@link varve.v1.InitProducerIdRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.InitProducerIdRequest
             * @static
             * @param {varve.v1.IInitProducerIdRequest} message InitProducerIdRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InitProducerIdRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.transactional_id != null && Object.hasOwnProperty.call(message, "transactional_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.transactional_id);
                if (message.transaction_timeout_ms != null && Object.hasOwnProperty.call(message, "transaction_timeout_ms"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.transaction_timeout_ms);
                if (message.producer_id != null && Object.hasOwnProperty.call(message, "producer_id"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.producer_id);
                if (message.producer_epoch != null && Object.hasOwnProperty.call(message, "producer_epoch"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.producer_epoch);
                return writer;
            };

            /**
             * Decodes an InitProducerIdRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.InitProducerIdRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.InitProducerIdRequest} InitProducerIdRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InitProducerIdRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.InitProducerIdRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.transactional_id = reader.string();
                            break;
                        }
                    case 2: {
                            message.transaction_timeout_ms = reader.int32();
                            break;
                        }
                    case 3: {
                            message.producer_id = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.producer_epoch = reader.int32();
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

            return InitProducerIdRequest;
        })();

        v1.InitProducerIdResponse = (function() {

            /**
             * Properties of an InitProducerIdResponse.
             * @memberof varve.v1
             * @interface IInitProducerIdResponse
             * @property {number|null} [producer_id] InitProducerIdResponse producer_id
             * @property {number|null} [producer_epoch] InitProducerIdResponse producer_epoch
             */

            /**
             * Constructs a new InitProducerIdResponse.
             * @memberof varve.v1
             * @classdesc Represents an InitProducerIdResponse.
             * @implements IInitProducerIdResponse
             * @constructor
             * @param {varve.v1.IInitProducerIdResponse=} [properties] Properties to set
             */
            function InitProducerIdResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * InitProducerIdResponse producer_id.
             * @member {number} producer_id
             * @memberof varve.v1.InitProducerIdResponse
             * @instance
             */
            InitProducerIdResponse.prototype.producer_id = 0;

            /**
             * InitProducerIdResponse producer_epoch.
             * @member {number} producer_epoch
             * @memberof varve.v1.InitProducerIdResponse
             * @instance
             */
            InitProducerIdResponse.prototype.producer_epoch = 0;

            /**
             * Creates a new InitProducerIdResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.InitProducerIdResponse
             * @static
             * @param {varve.v1.IInitProducerIdResponse=} [properties] Properties to set
             * @returns {varve.v1.InitProducerIdResponse} InitProducerIdResponse instance
             */
            InitProducerIdResponse.create = function create(properties) {
                return new InitProducerIdResponse(properties);
            };

            /**
             * Encodes the specified InitProducerIdResponse message. Does not implicitly {@link varve.v1.InitProducerIdResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.InitProducerIdResponse
             * @static
             * @param {varve.v1.IInitProducerIdResponse} message InitProducerIdResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InitProducerIdResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.producer_id != null && Object.hasOwnProperty.call(message, "producer_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.producer_id);
                if (message.producer_epoch != null && Object.hasOwnProperty.call(message, "producer_epoch"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.producer_epoch);
                return writer;
            };

            /**
             * Decodes an InitProducerIdResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.InitProducerIdResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.InitProducerIdResponse} InitProducerIdResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InitProducerIdResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.InitProducerIdResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.producer_id = $number.int64(reader);
                            break;
                        }
                    case 2: {
                            message.producer_epoch = reader.int32();
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

            return InitProducerIdResponse;
        })();

        v1.ListOffsetsRequest = (function() {

            /**
             * Properties of a ListOffsetsRequest.
             * @memberof varve.v1
             * @interface IListOffsetsRequest
             * @property {Array.<varve.v1.IListOffsetsPartition>|null} [partitions] ListOffsetsRequest partitions
             * @property {varve.v1.IsolationLevel|null} [isolation_level] ListOffsetsRequest isolation_level
             */

            /**
             * Constructs a new ListOffsetsRequest.
             * @memberof varve.v1
             * @classdesc Represents a ListOffsetsRequest.
             * @implements IListOffsetsRequest
             * @constructor
             * @param {varve.v1.IListOffsetsRequest=} [properties] Properties to set
             */
            function ListOffsetsRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListOffsetsRequest partitions.
             * @member {Array.<varve.v1.IListOffsetsPartition>} partitions
             * @memberof varve.v1.ListOffsetsRequest
             * @instance
             */
            ListOffsetsRequest.prototype.partitions = $util.emptyArray;

            /**
             * ListOffsetsRequest isolation_level.
             * @member {varve.v1.IsolationLevel} isolation_level
             * @memberof varve.v1.ListOffsetsRequest
             * @instance
             */
            ListOffsetsRequest.prototype.isolation_level = 0;

            /**
             * Creates a new ListOffsetsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListOffsetsRequest
             * @static
             * @param {varve.v1.IListOffsetsRequest=} [properties] Properties to set
             * @returns {varve.v1.ListOffsetsRequest} ListOffsetsRequest instance
             */
            ListOffsetsRequest.create = function create(properties) {
                return new ListOffsetsRequest(properties);
            };

            /**
             * Encodes the specified ListOffsetsRequest message. Does not implicitly {@link varve.v1.ListOffsetsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListOffsetsRequest
             * @static
             * @param {varve.v1.IListOffsetsRequest} message ListOffsetsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.ListOffsetsPartition.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.isolation_level != null && Object.hasOwnProperty.call(message, "isolation_level"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.isolation_level);
                return writer;
            };

            /**
             * Decodes a ListOffsetsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListOffsetsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListOffsetsRequest} ListOffsetsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListOffsetsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.ListOffsetsPartition.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.isolation_level = reader.int32();
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

            return ListOffsetsRequest;
        })();

        v1.ListOffsetsPartition = (function() {

            /**
             * Properties of a ListOffsetsPartition.
             * @memberof varve.v1
             * @interface IListOffsetsPartition
             * @property {string|null} [topic] ListOffsetsPartition topic
             * @property {number|null} [partition] ListOffsetsPartition partition
             * @property {number|null} [timestamp_ms] ListOffsetsPartition timestamp_ms
             * @property {number|null} [current_leader_epoch] ListOffsetsPartition current_leader_epoch
             */

            /**
             * Constructs a new ListOffsetsPartition.
             * @memberof varve.v1
             * @classdesc Represents a ListOffsetsPartition.
             * @implements IListOffsetsPartition
             * @constructor
             * @param {varve.v1.IListOffsetsPartition=} [properties] Properties to set
             */
            function ListOffsetsPartition(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListOffsetsPartition topic.
             * @member {string} topic
             * @memberof varve.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.topic = "";

            /**
             * ListOffsetsPartition partition.
             * @member {number} partition
             * @memberof varve.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.partition = 0;

            /**
             * ListOffsetsPartition timestamp_ms.
             * @member {number} timestamp_ms
             * @memberof varve.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.timestamp_ms = 0;

            /**
             * ListOffsetsPartition current_leader_epoch.
             * @member {number|null|undefined} current_leader_epoch
             * @memberof varve.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.current_leader_epoch = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ListOffsetsPartition.prototype, "_current_leader_epoch", {
                get: $util.oneOfGetter($oneOfFields = ["current_leader_epoch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ListOffsetsPartition instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListOffsetsPartition
             * @static
             * @param {varve.v1.IListOffsetsPartition=} [properties] Properties to set
             * @returns {varve.v1.ListOffsetsPartition} ListOffsetsPartition instance
             */
            ListOffsetsPartition.create = function create(properties) {
                return new ListOffsetsPartition(properties);
            };

            /**
             * Encodes the specified ListOffsetsPartition message. Does not implicitly {@link varve.v1.ListOffsetsPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListOffsetsPartition
             * @static
             * @param {varve.v1.IListOffsetsPartition} message ListOffsetsPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsPartition.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.timestamp_ms != null && Object.hasOwnProperty.call(message, "timestamp_ms"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.timestamp_ms);
                if (message.current_leader_epoch != null && Object.hasOwnProperty.call(message, "current_leader_epoch"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.current_leader_epoch);
                return writer;
            };

            /**
             * Decodes a ListOffsetsPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListOffsetsPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListOffsetsPartition} ListOffsetsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListOffsetsPartition();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.timestamp_ms = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.current_leader_epoch = reader.int32();
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

            return ListOffsetsPartition;
        })();

        v1.ListOffsetsResponse = (function() {

            /**
             * Properties of a ListOffsetsResponse.
             * @memberof varve.v1
             * @interface IListOffsetsResponse
             * @property {Array.<varve.v1.IListOffsetsResult>|null} [partitions] ListOffsetsResponse partitions
             */

            /**
             * Constructs a new ListOffsetsResponse.
             * @memberof varve.v1
             * @classdesc Represents a ListOffsetsResponse.
             * @implements IListOffsetsResponse
             * @constructor
             * @param {varve.v1.IListOffsetsResponse=} [properties] Properties to set
             */
            function ListOffsetsResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListOffsetsResponse partitions.
             * @member {Array.<varve.v1.IListOffsetsResult>} partitions
             * @memberof varve.v1.ListOffsetsResponse
             * @instance
             */
            ListOffsetsResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new ListOffsetsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListOffsetsResponse
             * @static
             * @param {varve.v1.IListOffsetsResponse=} [properties] Properties to set
             * @returns {varve.v1.ListOffsetsResponse} ListOffsetsResponse instance
             */
            ListOffsetsResponse.create = function create(properties) {
                return new ListOffsetsResponse(properties);
            };

            /**
             * Encodes the specified ListOffsetsResponse message. Does not implicitly {@link varve.v1.ListOffsetsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListOffsetsResponse
             * @static
             * @param {varve.v1.IListOffsetsResponse} message ListOffsetsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.ListOffsetsResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ListOffsetsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListOffsetsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListOffsetsResponse} ListOffsetsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListOffsetsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.ListOffsetsResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ListOffsetsResponse;
        })();

        v1.ListOffsetsResult = (function() {

            /**
             * Properties of a ListOffsetsResult.
             * @memberof varve.v1
             * @interface IListOffsetsResult
             * @property {string|null} [topic] ListOffsetsResult topic
             * @property {number|null} [partition] ListOffsetsResult partition
             * @property {varve.v1.IError|null} [error] ListOffsetsResult error
             * @property {number|null} [offset] ListOffsetsResult offset
             * @property {number|null} [timestamp_ms] ListOffsetsResult timestamp_ms
             * @property {number|null} [leader_epoch] ListOffsetsResult leader_epoch
             */

            /**
             * Constructs a new ListOffsetsResult.
             * @memberof varve.v1
             * @classdesc Represents a ListOffsetsResult.
             * @implements IListOffsetsResult
             * @constructor
             * @param {varve.v1.IListOffsetsResult=} [properties] Properties to set
             */
            function ListOffsetsResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListOffsetsResult topic.
             * @member {string} topic
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.topic = "";

            /**
             * ListOffsetsResult partition.
             * @member {number} partition
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.partition = 0;

            /**
             * ListOffsetsResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.error = null;

            /**
             * ListOffsetsResult offset.
             * @member {number} offset
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.offset = 0;

            /**
             * ListOffsetsResult timestamp_ms.
             * @member {number} timestamp_ms
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.timestamp_ms = 0;

            /**
             * ListOffsetsResult leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.leader_epoch = 0;

            /**
             * Creates a new ListOffsetsResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListOffsetsResult
             * @static
             * @param {varve.v1.IListOffsetsResult=} [properties] Properties to set
             * @returns {varve.v1.ListOffsetsResult} ListOffsetsResult instance
             */
            ListOffsetsResult.create = function create(properties) {
                return new ListOffsetsResult(properties);
            };

            /**
             * Encodes the specified ListOffsetsResult message. Does not implicitly {@link varve.v1.ListOffsetsResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListOffsetsResult
             * @static
             * @param {varve.v1.IListOffsetsResult} message ListOffsetsResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.offset);
                if (message.timestamp_ms != null && Object.hasOwnProperty.call(message, "timestamp_ms"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.timestamp_ms);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.leader_epoch);
                return writer;
            };

            /**
             * Decodes a ListOffsetsResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListOffsetsResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListOffsetsResult} ListOffsetsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListOffsetsResult();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.offset = $number.int64(reader);
                            break;
                        }
                    case 5: {
                            message.timestamp_ms = $number.int64(reader);
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

            return ListOffsetsResult;
        })();

        v1.MetadataRequest = (function() {

            /**
             * Properties of a MetadataRequest.
             * @memberof varve.v1
             * @interface IMetadataRequest
             * @property {Array.<string>|null} [topics] MetadataRequest topics
             * @property {boolean|null} [brokers_only] MetadataRequest brokers_only
             */

            /**
             * Constructs a new MetadataRequest.
             * @memberof varve.v1
             * @classdesc Represents a MetadataRequest.
             * @implements IMetadataRequest
             * @constructor
             * @param {varve.v1.IMetadataRequest=} [properties] Properties to set
             */
            function MetadataRequest(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * MetadataRequest topics.
             * @member {Array.<string>} topics
             * @memberof varve.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.topics = $util.emptyArray;

            /**
             * MetadataRequest brokers_only.
             * @member {boolean} brokers_only
             * @memberof varve.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.brokers_only = false;

            /**
             * Creates a new MetadataRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.MetadataRequest
             * @static
             * @param {varve.v1.IMetadataRequest=} [properties] Properties to set
             * @returns {varve.v1.MetadataRequest} MetadataRequest instance
             */
            MetadataRequest.create = function create(properties) {
                return new MetadataRequest(properties);
            };

            /**
             * Encodes the specified MetadataRequest message. Does not implicitly {@link varve.v1.MetadataRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.MetadataRequest
             * @static
             * @param {varve.v1.IMetadataRequest} message MetadataRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.topics[i]);
                if (message.brokers_only != null && Object.hasOwnProperty.call(message, "brokers_only"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.brokers_only);
                return writer;
            };

            /**
             * Decodes a MetadataRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.MetadataRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.MetadataRequest} MetadataRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.MetadataRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push(reader.string());
                            break;
                        }
                    case 2: {
                            message.brokers_only = reader.bool();
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

            return MetadataRequest;
        })();

        v1.MetadataResponse = (function() {

            /**
             * Properties of a MetadataResponse.
             * @memberof varve.v1
             * @interface IMetadataResponse
             * @property {string|null} [cluster_id] MetadataResponse cluster_id
             * @property {number|null} [controller_id] MetadataResponse controller_id
             * @property {Array.<varve.v1.IBroker>|null} [brokers] MetadataResponse brokers
             * @property {Array.<varve.v1.ITopicMetadata>|null} [topics] MetadataResponse topics
             * @property {number|null} [metadata_offset] MetadataResponse metadata_offset
             */

            /**
             * Constructs a new MetadataResponse.
             * @memberof varve.v1
             * @classdesc Represents a MetadataResponse.
             * @implements IMetadataResponse
             * @constructor
             * @param {varve.v1.IMetadataResponse=} [properties] Properties to set
             */
            function MetadataResponse(properties) {
                this.brokers = [];
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * MetadataResponse cluster_id.
             * @member {string} cluster_id
             * @memberof varve.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.cluster_id = "";

            /**
             * MetadataResponse controller_id.
             * @member {number} controller_id
             * @memberof varve.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.controller_id = 0;

            /**
             * MetadataResponse brokers.
             * @member {Array.<varve.v1.IBroker>} brokers
             * @memberof varve.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.brokers = $util.emptyArray;

            /**
             * MetadataResponse topics.
             * @member {Array.<varve.v1.ITopicMetadata>} topics
             * @memberof varve.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.topics = $util.emptyArray;

            /**
             * MetadataResponse metadata_offset.
             * @member {number} metadata_offset
             * @memberof varve.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.metadata_offset = 0;

            /**
             * Creates a new MetadataResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.MetadataResponse
             * @static
             * @param {varve.v1.IMetadataResponse=} [properties] Properties to set
             * @returns {varve.v1.MetadataResponse} MetadataResponse instance
             */
            MetadataResponse.create = function create(properties) {
                return new MetadataResponse(properties);
            };

            /**
             * Encodes the specified MetadataResponse message. Does not implicitly {@link varve.v1.MetadataResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.MetadataResponse
             * @static
             * @param {varve.v1.IMetadataResponse} message MetadataResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster_id);
                if (message.controller_id != null && Object.hasOwnProperty.call(message, "controller_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.controller_id);
                if (message.brokers != null && message.brokers.length)
                    for (let i = 0; i < message.brokers.length; ++i)
                        $root.varve.v1.Broker.encode(message.brokers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.TopicMetadata.encode(message.topics[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.metadata_offset != null && Object.hasOwnProperty.call(message, "metadata_offset"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.metadata_offset);
                return writer;
            };

            /**
             * Decodes a MetadataResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.MetadataResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.MetadataResponse} MetadataResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.MetadataResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.cluster_id = reader.string();
                            break;
                        }
                    case 2: {
                            message.controller_id = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.brokers && message.brokers.length))
                                message.brokers = [];
                            message.brokers.push($root.varve.v1.Broker.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 4: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.TopicMetadata.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 5: {
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

            return MetadataResponse;
        })();

        v1.Broker = (function() {

            /**
             * Properties of a Broker.
             * @memberof varve.v1
             * @interface IBroker
             * @property {number|null} [node_id] Broker node_id
             * @property {string|null} [host] Broker host
             * @property {number|null} [port] Broker port
             * @property {string|null} [rack] Broker rack
             * @property {boolean|null} [fenced] Broker fenced
             */

            /**
             * Constructs a new Broker.
             * @memberof varve.v1
             * @classdesc Represents a Broker.
             * @implements IBroker
             * @constructor
             * @param {varve.v1.IBroker=} [properties] Properties to set
             */
            function Broker(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Broker node_id.
             * @member {number} node_id
             * @memberof varve.v1.Broker
             * @instance
             */
            Broker.prototype.node_id = 0;

            /**
             * Broker host.
             * @member {string} host
             * @memberof varve.v1.Broker
             * @instance
             */
            Broker.prototype.host = "";

            /**
             * Broker port.
             * @member {number} port
             * @memberof varve.v1.Broker
             * @instance
             */
            Broker.prototype.port = 0;

            /**
             * Broker rack.
             * @member {string} rack
             * @memberof varve.v1.Broker
             * @instance
             */
            Broker.prototype.rack = "";

            /**
             * Broker fenced.
             * @member {boolean} fenced
             * @memberof varve.v1.Broker
             * @instance
             */
            Broker.prototype.fenced = false;

            /**
             * Creates a new Broker instance using the specified properties.
             * @function create
             * @memberof varve.v1.Broker
             * @static
             * @param {varve.v1.IBroker=} [properties] Properties to set
             * @returns {varve.v1.Broker} Broker instance
             */
            Broker.create = function create(properties) {
                return new Broker(properties);
            };

            /**
             * Encodes the specified Broker message. Does not implicitly {@link varve.v1.Broker.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.Broker
             * @static
             * @param {varve.v1.IBroker} message Broker message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Broker.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.port);
                if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.rack);
                if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.fenced);
                return writer;
            };

            /**
             * Decodes a Broker message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.Broker
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.Broker} Broker
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Broker.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.Broker();
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
                            message.host = reader.string();
                            break;
                        }
                    case 3: {
                            message.port = reader.int32();
                            break;
                        }
                    case 4: {
                            message.rack = reader.string();
                            break;
                        }
                    case 5: {
                            message.fenced = reader.bool();
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

            return Broker;
        })();

        v1.TopicMetadata = (function() {

            /**
             * Properties of a TopicMetadata.
             * @memberof varve.v1
             * @interface ITopicMetadata
             * @property {varve.v1.IError|null} [error] TopicMetadata error
             * @property {string|null} [name] TopicMetadata name
             * @property {Uint8Array|null} [topic_id] TopicMetadata topic_id
             * @property {boolean|null} [internal] TopicMetadata internal
             * @property {Array.<varve.v1.IPartitionMetadata>|null} [partitions] TopicMetadata partitions
             */

            /**
             * Constructs a new TopicMetadata.
             * @memberof varve.v1
             * @classdesc Represents a TopicMetadata.
             * @implements ITopicMetadata
             * @constructor
             * @param {varve.v1.ITopicMetadata=} [properties] Properties to set
             */
            function TopicMetadata(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TopicMetadata error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.error = null;

            /**
             * TopicMetadata name.
             * @member {string} name
             * @memberof varve.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.name = "";

            /**
             * TopicMetadata topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.topic_id = $util.newBuffer([]);

            /**
             * TopicMetadata internal.
             * @member {boolean} internal
             * @memberof varve.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.internal = false;

            /**
             * TopicMetadata partitions.
             * @member {Array.<varve.v1.IPartitionMetadata>} partitions
             * @memberof varve.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new TopicMetadata instance using the specified properties.
             * @function create
             * @memberof varve.v1.TopicMetadata
             * @static
             * @param {varve.v1.ITopicMetadata=} [properties] Properties to set
             * @returns {varve.v1.TopicMetadata} TopicMetadata instance
             */
            TopicMetadata.create = function create(properties) {
                return new TopicMetadata(properties);
            };

            /**
             * Encodes the specified TopicMetadata message. Does not implicitly {@link varve.v1.TopicMetadata.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TopicMetadata
             * @static
             * @param {varve.v1.ITopicMetadata} message TopicMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicMetadata.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.topic_id);
                if (message.internal != null && Object.hasOwnProperty.call(message, "internal"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.internal);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.PartitionMetadata.encode(message.partitions[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a TopicMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TopicMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TopicMetadata} TopicMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicMetadata.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.TopicMetadata();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 2: {
                            message.name = reader.string();
                            break;
                        }
                    case 3: {
                            message.topic_id = reader.bytes();
                            break;
                        }
                    case 4: {
                            message.internal = reader.bool();
                            break;
                        }
                    case 5: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.PartitionMetadata.decode(reader, reader.uint32(), undefined, long + 1));
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

            return TopicMetadata;
        })();

        v1.PartitionMetadata = (function() {

            /**
             * Properties of a PartitionMetadata.
             * @memberof varve.v1
             * @interface IPartitionMetadata
             * @property {number|null} [partition] PartitionMetadata partition
             * @property {number|null} [leader] PartitionMetadata leader
             * @property {number|null} [leader_epoch] PartitionMetadata leader_epoch
             * @property {Array.<number>|null} [replicas] PartitionMetadata replicas
             * @property {Array.<number>|null} [isr] PartitionMetadata isr
             * @property {Array.<number>|null} [eligible_leader_replicas] PartitionMetadata eligible_leader_replicas
             * @property {Array.<number>|null} [offline_replicas] PartitionMetadata offline_replicas
             * @property {Array.<number>|null} [adding_replicas] PartitionMetadata adding_replicas
             */

            /**
             * Constructs a new PartitionMetadata.
             * @memberof varve.v1
             * @classdesc Represents a PartitionMetadata.
             * @implements IPartitionMetadata
             * @constructor
             * @param {varve.v1.IPartitionMetadata=} [properties] Properties to set
             */
            function PartitionMetadata(properties) {
                this.replicas = [];
                this.isr = [];
                this.eligible_leader_replicas = [];
                this.offline_replicas = [];
                this.adding_replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * PartitionMetadata partition.
             * @member {number} partition
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.partition = 0;

            /**
             * PartitionMetadata leader.
             * @member {number} leader
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.leader = 0;

            /**
             * PartitionMetadata leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.leader_epoch = 0;

            /**
             * PartitionMetadata replicas.
             * @member {Array.<number>} replicas
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.replicas = $util.emptyArray;

            /**
             * PartitionMetadata isr.
             * @member {Array.<number>} isr
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.isr = $util.emptyArray;

            /**
             * PartitionMetadata eligible_leader_replicas.
             * @member {Array.<number>} eligible_leader_replicas
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.eligible_leader_replicas = $util.emptyArray;

            /**
             * PartitionMetadata offline_replicas.
             * @member {Array.<number>} offline_replicas
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.offline_replicas = $util.emptyArray;

            /**
             * PartitionMetadata adding_replicas.
             * @member {Array.<number>} adding_replicas
             * @memberof varve.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.adding_replicas = $util.emptyArray;

            /**
             * Creates a new PartitionMetadata instance using the specified properties.
             * @function create
             * @memberof varve.v1.PartitionMetadata
             * @static
             * @param {varve.v1.IPartitionMetadata=} [properties] Properties to set
             * @returns {varve.v1.PartitionMetadata} PartitionMetadata instance
             */
            PartitionMetadata.create = function create(properties) {
                return new PartitionMetadata(properties);
            };

            /**
             * Encodes the specified PartitionMetadata message. Does not implicitly {@link varve.v1.PartitionMetadata.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.PartitionMetadata
             * @static
             * @param {varve.v1.IPartitionMetadata} message PartitionMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionMetadata.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.partition);
                if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.leader);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.leader_epoch);
                if (message.replicas != null && message.replicas.length) {
                    writer.uint32(/* id 4, wireType 2 =*/34).fork();
                    for (let i = 0; i < message.replicas.length; ++i)
                        writer.int32(message.replicas[i]);
                    writer.ldelim();
                }
                if (message.isr != null && message.isr.length) {
                    writer.uint32(/* id 5, wireType 2 =*/42).fork();
                    for (let i = 0; i < message.isr.length; ++i)
                        writer.int32(message.isr[i]);
                    writer.ldelim();
                }
                if (message.eligible_leader_replicas != null && message.eligible_leader_replicas.length) {
                    writer.uint32(/* id 6, wireType 2 =*/50).fork();
                    for (let i = 0; i < message.eligible_leader_replicas.length; ++i)
                        writer.int32(message.eligible_leader_replicas[i]);
                    writer.ldelim();
                }
                if (message.offline_replicas != null && message.offline_replicas.length) {
                    writer.uint32(/* id 7, wireType 2 =*/58).fork();
                    for (let i = 0; i < message.offline_replicas.length; ++i)
                        writer.int32(message.offline_replicas[i]);
                    writer.ldelim();
                }
                if (message.adding_replicas != null && message.adding_replicas.length) {
                    writer.uint32(/* id 8, wireType 2 =*/66).fork();
                    for (let i = 0; i < message.adding_replicas.length; ++i)
                        writer.int32(message.adding_replicas[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes a PartitionMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.PartitionMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.PartitionMetadata} PartitionMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionMetadata.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.PartitionMetadata();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 2: {
                            message.leader = reader.int32();
                            break;
                        }
                    case 3: {
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 4: {
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.replicas.push(reader.int32());
                            break;
                        }
                    case 5: {
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
                    case 6: {
                            if (!(message.eligible_leader_replicas && message.eligible_leader_replicas.length))
                                message.eligible_leader_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.eligible_leader_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.eligible_leader_replicas.push(reader.int32());
                            break;
                        }
                    case 7: {
                            if (!(message.offline_replicas && message.offline_replicas.length))
                                message.offline_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.offline_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.offline_replicas.push(reader.int32());
                            break;
                        }
                    case 8: {
                            if (!(message.adding_replicas && message.adding_replicas.length))
                                message.adding_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.adding_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.adding_replicas.push(reader.int32());
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

            return PartitionMetadata;
        })();

        v1.TopicSpec = (function() {

            /**
             * Properties of a TopicSpec.
             * @memberof varve.v1
             * @interface ITopicSpec
             * @property {string|null} [name] TopicSpec name
             * @property {number|null} [partitions] TopicSpec partitions
             * @property {number|null} [replication_factor] TopicSpec replication_factor
             * @property {Object.<string,string>|null} [configs] TopicSpec configs
             * @property {Array.<varve.v1.IReplicaAssignment>|null} [assignment] TopicSpec assignment
             */

            /**
             * Constructs a new TopicSpec.
             * @memberof varve.v1
             * @classdesc Represents a TopicSpec.
             * @implements ITopicSpec
             * @constructor
             * @param {varve.v1.ITopicSpec=} [properties] Properties to set
             */
            function TopicSpec(properties) {
                this.configs = {};
                this.assignment = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TopicSpec name.
             * @member {string} name
             * @memberof varve.v1.TopicSpec
             * @instance
             */
            TopicSpec.prototype.name = "";

            /**
             * TopicSpec partitions.
             * @member {number} partitions
             * @memberof varve.v1.TopicSpec
             * @instance
             */
            TopicSpec.prototype.partitions = 0;

            /**
             * TopicSpec replication_factor.
             * @member {number} replication_factor
             * @memberof varve.v1.TopicSpec
             * @instance
             */
            TopicSpec.prototype.replication_factor = 0;

            /**
             * TopicSpec configs.
             * @member {Object.<string,string>} configs
             * @memberof varve.v1.TopicSpec
             * @instance
             */
            TopicSpec.prototype.configs = $util.emptyObject;

            /**
             * TopicSpec assignment.
             * @member {Array.<varve.v1.IReplicaAssignment>} assignment
             * @memberof varve.v1.TopicSpec
             * @instance
             */
            TopicSpec.prototype.assignment = $util.emptyArray;

            /**
             * Creates a new TopicSpec instance using the specified properties.
             * @function create
             * @memberof varve.v1.TopicSpec
             * @static
             * @param {varve.v1.ITopicSpec=} [properties] Properties to set
             * @returns {varve.v1.TopicSpec} TopicSpec instance
             */
            TopicSpec.create = function create(properties) {
                return new TopicSpec(properties);
            };

            /**
             * Encodes the specified TopicSpec message. Does not implicitly {@link varve.v1.TopicSpec.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TopicSpec
             * @static
             * @param {varve.v1.ITopicSpec} message TopicSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicSpec.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partitions);
                if (message.replication_factor != null && Object.hasOwnProperty.call(message, "replication_factor"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.replication_factor);
                if (message.configs != null && Object.hasOwnProperty.call(message, "configs"))
                    for (let keys = Object.keys(message.configs), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.configs[keys[i]]).ldelim();
                if (message.assignment != null && message.assignment.length)
                    for (let i = 0; i < message.assignment.length; ++i)
                        $root.varve.v1.ReplicaAssignment.encode(message.assignment[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a TopicSpec message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TopicSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TopicSpec} TopicSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicSpec.decode = function decode(reader, length, error, long) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (long === undefined)
                    long = 0;
                if (long > $Reader.recursionLimit)
                    throw Error("maximum nesting depth exceeded");
                let end, message, key, value;
                if (length === undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = new $root.varve.v1.TopicSpec();
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
                            message.partitions = reader.int32();
                            break;
                        }
                    case 3: {
                            message.replication_factor = reader.int32();
                            break;
                        }
                    case 4: {
                            if (message.configs === $util.emptyObject)
                                message.configs = {};
                            let end2 = reader.uint32() + reader.pos;
                            if (end2 > reader.len)
                                throw RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.uint32();
                                switch (tag2 >>> 3) {
                                case 1:
                                    key = reader.string();
                                    break;
                                case 2:
                                    value = reader.string();
                                    break;
                                default:
                                    reader.skipType(tag2 & 7, long);
                                    break;
                                }
                            }
                            if (reader.pos !== end2)
                                throw RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.configs, key);
                            message.configs[key] = value;
                            break;
                        }
                    case 5: {
                            if (!(message.assignment && message.assignment.length))
                                message.assignment = [];
                            message.assignment.push($root.varve.v1.ReplicaAssignment.decode(reader, reader.uint32(), undefined, long + 1));
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

            return TopicSpec;
        })();

        v1.ReplicaAssignment = (function() {

            /**
             * Properties of a ReplicaAssignment.
             * @memberof varve.v1
             * @interface IReplicaAssignment
             * @property {Array.<number>|null} [replicas] ReplicaAssignment replicas
             */

            /**
             * Constructs a new ReplicaAssignment.
             * @memberof varve.v1
             * @classdesc Represents a ReplicaAssignment.
             * @implements IReplicaAssignment
             * @constructor
             * @param {varve.v1.IReplicaAssignment=} [properties] Properties to set
             */
            function ReplicaAssignment(properties) {
                this.replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ReplicaAssignment replicas.
             * @member {Array.<number>} replicas
             * @memberof varve.v1.ReplicaAssignment
             * @instance
             */
            ReplicaAssignment.prototype.replicas = $util.emptyArray;

            /**
             * Creates a new ReplicaAssignment instance using the specified properties.
             * @function create
             * @memberof varve.v1.ReplicaAssignment
             * @static
             * @param {varve.v1.IReplicaAssignment=} [properties] Properties to set
             * @returns {varve.v1.ReplicaAssignment} ReplicaAssignment instance
             */
            ReplicaAssignment.create = function create(properties) {
                return new ReplicaAssignment(properties);
            };

            /**
             * Encodes the specified ReplicaAssignment message. Does not implicitly {@link varve.v1.ReplicaAssignment.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ReplicaAssignment
             * @static
             * @param {varve.v1.IReplicaAssignment} message ReplicaAssignment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReplicaAssignment.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.replicas != null && message.replicas.length) {
                    writer.uint32(/* id 1, wireType 2 =*/10).fork();
                    for (let i = 0; i < message.replicas.length; ++i)
                        writer.int32(message.replicas[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes a ReplicaAssignment message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ReplicaAssignment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ReplicaAssignment} ReplicaAssignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReplicaAssignment.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ReplicaAssignment();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.replicas.push(reader.int32());
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

            return ReplicaAssignment;
        })();

        v1.CreateTopicsRequest = (function() {

            /**
             * Properties of a CreateTopicsRequest.
             * @memberof varve.v1
             * @interface ICreateTopicsRequest
             * @property {Array.<varve.v1.ITopicSpec>|null} [topics] CreateTopicsRequest topics
             * @property {boolean|null} [validate_only] CreateTopicsRequest validate_only
             * @property {number|null} [timeout_ms] CreateTopicsRequest timeout_ms
             */

            /**
             * Constructs a new CreateTopicsRequest.
             * @memberof varve.v1
             * @classdesc Represents a CreateTopicsRequest.
             * @implements ICreateTopicsRequest
             * @constructor
             * @param {varve.v1.ICreateTopicsRequest=} [properties] Properties to set
             */
            function CreateTopicsRequest(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * CreateTopicsRequest topics.
             * @member {Array.<varve.v1.ITopicSpec>} topics
             * @memberof varve.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.topics = $util.emptyArray;

            /**
             * CreateTopicsRequest validate_only.
             * @member {boolean} validate_only
             * @memberof varve.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.validate_only = false;

            /**
             * CreateTopicsRequest timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.timeout_ms = 0;

            /**
             * Creates a new CreateTopicsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.CreateTopicsRequest
             * @static
             * @param {varve.v1.ICreateTopicsRequest=} [properties] Properties to set
             * @returns {varve.v1.CreateTopicsRequest} CreateTopicsRequest instance
             */
            CreateTopicsRequest.create = function create(properties) {
                return new CreateTopicsRequest(properties);
            };

            /**
             * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link varve.v1.CreateTopicsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.CreateTopicsRequest
             * @static
             * @param {varve.v1.ICreateTopicsRequest} message CreateTopicsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.TopicSpec.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.validate_only != null && Object.hasOwnProperty.call(message, "validate_only"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validate_only);
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.timeout_ms);
                return writer;
            };

            /**
             * Decodes a CreateTopicsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.CreateTopicsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.CreateTopicsRequest} CreateTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.CreateTopicsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.TopicSpec.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.validate_only = reader.bool();
                            break;
                        }
                    case 3: {
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

            return CreateTopicsRequest;
        })();

        v1.CreateTopicsResponse = (function() {

            /**
             * Properties of a CreateTopicsResponse.
             * @memberof varve.v1
             * @interface ICreateTopicsResponse
             * @property {Array.<varve.v1.ICreateTopicResult>|null} [topics] CreateTopicsResponse topics
             */

            /**
             * Constructs a new CreateTopicsResponse.
             * @memberof varve.v1
             * @classdesc Represents a CreateTopicsResponse.
             * @implements ICreateTopicsResponse
             * @constructor
             * @param {varve.v1.ICreateTopicsResponse=} [properties] Properties to set
             */
            function CreateTopicsResponse(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * CreateTopicsResponse topics.
             * @member {Array.<varve.v1.ICreateTopicResult>} topics
             * @memberof varve.v1.CreateTopicsResponse
             * @instance
             */
            CreateTopicsResponse.prototype.topics = $util.emptyArray;

            /**
             * Creates a new CreateTopicsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.CreateTopicsResponse
             * @static
             * @param {varve.v1.ICreateTopicsResponse=} [properties] Properties to set
             * @returns {varve.v1.CreateTopicsResponse} CreateTopicsResponse instance
             */
            CreateTopicsResponse.create = function create(properties) {
                return new CreateTopicsResponse(properties);
            };

            /**
             * Encodes the specified CreateTopicsResponse message. Does not implicitly {@link varve.v1.CreateTopicsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.CreateTopicsResponse
             * @static
             * @param {varve.v1.ICreateTopicsResponse} message CreateTopicsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.CreateTopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a CreateTopicsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.CreateTopicsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.CreateTopicsResponse} CreateTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.CreateTopicsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.CreateTopicResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return CreateTopicsResponse;
        })();

        v1.CreateTopicResult = (function() {

            /**
             * Properties of a CreateTopicResult.
             * @memberof varve.v1
             * @interface ICreateTopicResult
             * @property {string|null} [name] CreateTopicResult name
             * @property {varve.v1.IError|null} [error] CreateTopicResult error
             * @property {Uint8Array|null} [topic_id] CreateTopicResult topic_id
             * @property {number|null} [partitions] CreateTopicResult partitions
             * @property {number|null} [replication_factor] CreateTopicResult replication_factor
             */

            /**
             * Constructs a new CreateTopicResult.
             * @memberof varve.v1
             * @classdesc Represents a CreateTopicResult.
             * @implements ICreateTopicResult
             * @constructor
             * @param {varve.v1.ICreateTopicResult=} [properties] Properties to set
             */
            function CreateTopicResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * CreateTopicResult name.
             * @member {string} name
             * @memberof varve.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.name = "";

            /**
             * CreateTopicResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.error = null;

            /**
             * CreateTopicResult topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.topic_id = $util.newBuffer([]);

            /**
             * CreateTopicResult partitions.
             * @member {number} partitions
             * @memberof varve.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.partitions = 0;

            /**
             * CreateTopicResult replication_factor.
             * @member {number} replication_factor
             * @memberof varve.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.replication_factor = 0;

            /**
             * Creates a new CreateTopicResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.CreateTopicResult
             * @static
             * @param {varve.v1.ICreateTopicResult=} [properties] Properties to set
             * @returns {varve.v1.CreateTopicResult} CreateTopicResult instance
             */
            CreateTopicResult.create = function create(properties) {
                return new CreateTopicResult(properties);
            };

            /**
             * Encodes the specified CreateTopicResult message. Does not implicitly {@link varve.v1.CreateTopicResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.CreateTopicResult
             * @static
             * @param {varve.v1.ICreateTopicResult} message CreateTopicResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.topic_id);
                if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.partitions);
                if (message.replication_factor != null && Object.hasOwnProperty.call(message, "replication_factor"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.replication_factor);
                return writer;
            };

            /**
             * Decodes a CreateTopicResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.CreateTopicResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.CreateTopicResult} CreateTopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.CreateTopicResult();
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
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 3: {
                            message.topic_id = reader.bytes();
                            break;
                        }
                    case 4: {
                            message.partitions = reader.int32();
                            break;
                        }
                    case 5: {
                            message.replication_factor = reader.int32();
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

            return CreateTopicResult;
        })();

        v1.DeleteTopicsRequest = (function() {

            /**
             * Properties of a DeleteTopicsRequest.
             * @memberof varve.v1
             * @interface IDeleteTopicsRequest
             * @property {Array.<string>|null} [names] DeleteTopicsRequest names
             * @property {number|null} [timeout_ms] DeleteTopicsRequest timeout_ms
             */

            /**
             * Constructs a new DeleteTopicsRequest.
             * @memberof varve.v1
             * @classdesc Represents a DeleteTopicsRequest.
             * @implements IDeleteTopicsRequest
             * @constructor
             * @param {varve.v1.IDeleteTopicsRequest=} [properties] Properties to set
             */
            function DeleteTopicsRequest(properties) {
                this.names = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteTopicsRequest names.
             * @member {Array.<string>} names
             * @memberof varve.v1.DeleteTopicsRequest
             * @instance
             */
            DeleteTopicsRequest.prototype.names = $util.emptyArray;

            /**
             * DeleteTopicsRequest timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.v1.DeleteTopicsRequest
             * @instance
             */
            DeleteTopicsRequest.prototype.timeout_ms = 0;

            /**
             * Creates a new DeleteTopicsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteTopicsRequest
             * @static
             * @param {varve.v1.IDeleteTopicsRequest=} [properties] Properties to set
             * @returns {varve.v1.DeleteTopicsRequest} DeleteTopicsRequest instance
             */
            DeleteTopicsRequest.create = function create(properties) {
                return new DeleteTopicsRequest(properties);
            };

            /**
             * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link varve.v1.DeleteTopicsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteTopicsRequest
             * @static
             * @param {varve.v1.IDeleteTopicsRequest} message DeleteTopicsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteTopicsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.names[i]);
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeout_ms);
                return writer;
            };

            /**
             * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteTopicsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteTopicsRequest} DeleteTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteTopicsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteTopicsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.string());
                            break;
                        }
                    case 2: {
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

            return DeleteTopicsRequest;
        })();

        v1.DeleteTopicsResponse = (function() {

            /**
             * Properties of a DeleteTopicsResponse.
             * @memberof varve.v1
             * @interface IDeleteTopicsResponse
             * @property {Array.<varve.v1.ITopicResult>|null} [topics] DeleteTopicsResponse topics
             */

            /**
             * Constructs a new DeleteTopicsResponse.
             * @memberof varve.v1
             * @classdesc Represents a DeleteTopicsResponse.
             * @implements IDeleteTopicsResponse
             * @constructor
             * @param {varve.v1.IDeleteTopicsResponse=} [properties] Properties to set
             */
            function DeleteTopicsResponse(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteTopicsResponse topics.
             * @member {Array.<varve.v1.ITopicResult>} topics
             * @memberof varve.v1.DeleteTopicsResponse
             * @instance
             */
            DeleteTopicsResponse.prototype.topics = $util.emptyArray;

            /**
             * Creates a new DeleteTopicsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteTopicsResponse
             * @static
             * @param {varve.v1.IDeleteTopicsResponse=} [properties] Properties to set
             * @returns {varve.v1.DeleteTopicsResponse} DeleteTopicsResponse instance
             */
            DeleteTopicsResponse.create = function create(properties) {
                return new DeleteTopicsResponse(properties);
            };

            /**
             * Encodes the specified DeleteTopicsResponse message. Does not implicitly {@link varve.v1.DeleteTopicsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteTopicsResponse
             * @static
             * @param {varve.v1.IDeleteTopicsResponse} message DeleteTopicsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteTopicsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.TopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a DeleteTopicsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteTopicsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteTopicsResponse} DeleteTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteTopicsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteTopicsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.TopicResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return DeleteTopicsResponse;
        })();

        v1.TopicResult = (function() {

            /**
             * Properties of a TopicResult.
             * @memberof varve.v1
             * @interface ITopicResult
             * @property {string|null} [name] TopicResult name
             * @property {varve.v1.IError|null} [error] TopicResult error
             */

            /**
             * Constructs a new TopicResult.
             * @memberof varve.v1
             * @classdesc Represents a TopicResult.
             * @implements ITopicResult
             * @constructor
             * @param {varve.v1.ITopicResult=} [properties] Properties to set
             */
            function TopicResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TopicResult name.
             * @member {string} name
             * @memberof varve.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.name = "";

            /**
             * TopicResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.error = null;

            /**
             * Creates a new TopicResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.TopicResult
             * @static
             * @param {varve.v1.ITopicResult=} [properties] Properties to set
             * @returns {varve.v1.TopicResult} TopicResult instance
             */
            TopicResult.create = function create(properties) {
                return new TopicResult(properties);
            };

            /**
             * Encodes the specified TopicResult message. Does not implicitly {@link varve.v1.TopicResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TopicResult
             * @static
             * @param {varve.v1.ITopicResult} message TopicResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a TopicResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TopicResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TopicResult} TopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.TopicResult();
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
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
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

            return TopicResult;
        })();

        v1.CreatePartitionsRequest = (function() {

            /**
             * Properties of a CreatePartitionsRequest.
             * @memberof varve.v1
             * @interface ICreatePartitionsRequest
             * @property {Array.<varve.v1.INewPartitions>|null} [topics] CreatePartitionsRequest topics
             * @property {boolean|null} [validate_only] CreatePartitionsRequest validate_only
             * @property {number|null} [timeout_ms] CreatePartitionsRequest timeout_ms
             */

            /**
             * Constructs a new CreatePartitionsRequest.
             * @memberof varve.v1
             * @classdesc Represents a CreatePartitionsRequest.
             * @implements ICreatePartitionsRequest
             * @constructor
             * @param {varve.v1.ICreatePartitionsRequest=} [properties] Properties to set
             */
            function CreatePartitionsRequest(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * CreatePartitionsRequest topics.
             * @member {Array.<varve.v1.INewPartitions>} topics
             * @memberof varve.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.topics = $util.emptyArray;

            /**
             * CreatePartitionsRequest validate_only.
             * @member {boolean} validate_only
             * @memberof varve.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.validate_only = false;

            /**
             * CreatePartitionsRequest timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.timeout_ms = 0;

            /**
             * Creates a new CreatePartitionsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.CreatePartitionsRequest
             * @static
             * @param {varve.v1.ICreatePartitionsRequest=} [properties] Properties to set
             * @returns {varve.v1.CreatePartitionsRequest} CreatePartitionsRequest instance
             */
            CreatePartitionsRequest.create = function create(properties) {
                return new CreatePartitionsRequest(properties);
            };

            /**
             * Encodes the specified CreatePartitionsRequest message. Does not implicitly {@link varve.v1.CreatePartitionsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.CreatePartitionsRequest
             * @static
             * @param {varve.v1.ICreatePartitionsRequest} message CreatePartitionsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreatePartitionsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.NewPartitions.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.validate_only != null && Object.hasOwnProperty.call(message, "validate_only"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validate_only);
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.timeout_ms);
                return writer;
            };

            /**
             * Decodes a CreatePartitionsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.CreatePartitionsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.CreatePartitionsRequest} CreatePartitionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreatePartitionsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.CreatePartitionsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.NewPartitions.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.validate_only = reader.bool();
                            break;
                        }
                    case 3: {
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

            return CreatePartitionsRequest;
        })();

        v1.NewPartitions = (function() {

            /**
             * Properties of a NewPartitions.
             * @memberof varve.v1
             * @interface INewPartitions
             * @property {string|null} [name] NewPartitions name
             * @property {number|null} [total_count] NewPartitions total_count
             * @property {Array.<varve.v1.IReplicaAssignment>|null} [assignment] NewPartitions assignment
             */

            /**
             * Constructs a new NewPartitions.
             * @memberof varve.v1
             * @classdesc Represents a NewPartitions.
             * @implements INewPartitions
             * @constructor
             * @param {varve.v1.INewPartitions=} [properties] Properties to set
             */
            function NewPartitions(properties) {
                this.assignment = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * NewPartitions name.
             * @member {string} name
             * @memberof varve.v1.NewPartitions
             * @instance
             */
            NewPartitions.prototype.name = "";

            /**
             * NewPartitions total_count.
             * @member {number} total_count
             * @memberof varve.v1.NewPartitions
             * @instance
             */
            NewPartitions.prototype.total_count = 0;

            /**
             * NewPartitions assignment.
             * @member {Array.<varve.v1.IReplicaAssignment>} assignment
             * @memberof varve.v1.NewPartitions
             * @instance
             */
            NewPartitions.prototype.assignment = $util.emptyArray;

            /**
             * Creates a new NewPartitions instance using the specified properties.
             * @function create
             * @memberof varve.v1.NewPartitions
             * @static
             * @param {varve.v1.INewPartitions=} [properties] Properties to set
             * @returns {varve.v1.NewPartitions} NewPartitions instance
             */
            NewPartitions.create = function create(properties) {
                return new NewPartitions(properties);
            };

            /**
             * Encodes the specified NewPartitions message. Does not implicitly {@link varve.v1.NewPartitions.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.NewPartitions
             * @static
             * @param {varve.v1.INewPartitions} message NewPartitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NewPartitions.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.total_count != null && Object.hasOwnProperty.call(message, "total_count"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.total_count);
                if (message.assignment != null && message.assignment.length)
                    for (let i = 0; i < message.assignment.length; ++i)
                        $root.varve.v1.ReplicaAssignment.encode(message.assignment[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a NewPartitions message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.NewPartitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.NewPartitions} NewPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NewPartitions.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.NewPartitions();
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
                            message.total_count = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.assignment && message.assignment.length))
                                message.assignment = [];
                            message.assignment.push($root.varve.v1.ReplicaAssignment.decode(reader, reader.uint32(), undefined, long + 1));
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

            return NewPartitions;
        })();

        v1.CreatePartitionsResponse = (function() {

            /**
             * Properties of a CreatePartitionsResponse.
             * @memberof varve.v1
             * @interface ICreatePartitionsResponse
             * @property {Array.<varve.v1.ITopicResult>|null} [topics] CreatePartitionsResponse topics
             */

            /**
             * Constructs a new CreatePartitionsResponse.
             * @memberof varve.v1
             * @classdesc Represents a CreatePartitionsResponse.
             * @implements ICreatePartitionsResponse
             * @constructor
             * @param {varve.v1.ICreatePartitionsResponse=} [properties] Properties to set
             */
            function CreatePartitionsResponse(properties) {
                this.topics = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * CreatePartitionsResponse topics.
             * @member {Array.<varve.v1.ITopicResult>} topics
             * @memberof varve.v1.CreatePartitionsResponse
             * @instance
             */
            CreatePartitionsResponse.prototype.topics = $util.emptyArray;

            /**
             * Creates a new CreatePartitionsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.CreatePartitionsResponse
             * @static
             * @param {varve.v1.ICreatePartitionsResponse=} [properties] Properties to set
             * @returns {varve.v1.CreatePartitionsResponse} CreatePartitionsResponse instance
             */
            CreatePartitionsResponse.create = function create(properties) {
                return new CreatePartitionsResponse(properties);
            };

            /**
             * Encodes the specified CreatePartitionsResponse message. Does not implicitly {@link varve.v1.CreatePartitionsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.CreatePartitionsResponse
             * @static
             * @param {varve.v1.ICreatePartitionsResponse} message CreatePartitionsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreatePartitionsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.varve.v1.TopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a CreatePartitionsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.CreatePartitionsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.CreatePartitionsResponse} CreatePartitionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreatePartitionsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.CreatePartitionsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.varve.v1.TopicResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return CreatePartitionsResponse;
        })();

        v1.DeleteRecordsRequest = (function() {

            /**
             * Properties of a DeleteRecordsRequest.
             * @memberof varve.v1
             * @interface IDeleteRecordsRequest
             * @property {Array.<varve.v1.IDeleteRecordsPartition>|null} [partitions] DeleteRecordsRequest partitions
             * @property {number|null} [timeout_ms] DeleteRecordsRequest timeout_ms
             */

            /**
             * Constructs a new DeleteRecordsRequest.
             * @memberof varve.v1
             * @classdesc Represents a DeleteRecordsRequest.
             * @implements IDeleteRecordsRequest
             * @constructor
             * @param {varve.v1.IDeleteRecordsRequest=} [properties] Properties to set
             */
            function DeleteRecordsRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteRecordsRequest partitions.
             * @member {Array.<varve.v1.IDeleteRecordsPartition>} partitions
             * @memberof varve.v1.DeleteRecordsRequest
             * @instance
             */
            DeleteRecordsRequest.prototype.partitions = $util.emptyArray;

            /**
             * DeleteRecordsRequest timeout_ms.
             * @member {number} timeout_ms
             * @memberof varve.v1.DeleteRecordsRequest
             * @instance
             */
            DeleteRecordsRequest.prototype.timeout_ms = 0;

            /**
             * Creates a new DeleteRecordsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteRecordsRequest
             * @static
             * @param {varve.v1.IDeleteRecordsRequest=} [properties] Properties to set
             * @returns {varve.v1.DeleteRecordsRequest} DeleteRecordsRequest instance
             */
            DeleteRecordsRequest.create = function create(properties) {
                return new DeleteRecordsRequest(properties);
            };

            /**
             * Encodes the specified DeleteRecordsRequest message. Does not implicitly {@link varve.v1.DeleteRecordsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteRecordsRequest
             * @static
             * @param {varve.v1.IDeleteRecordsRequest} message DeleteRecordsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.DeleteRecordsPartition.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.timeout_ms != null && Object.hasOwnProperty.call(message, "timeout_ms"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeout_ms);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteRecordsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteRecordsRequest} DeleteRecordsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteRecordsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.DeleteRecordsPartition.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
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

            return DeleteRecordsRequest;
        })();

        v1.DeleteRecordsPartition = (function() {

            /**
             * Properties of a DeleteRecordsPartition.
             * @memberof varve.v1
             * @interface IDeleteRecordsPartition
             * @property {string|null} [topic] DeleteRecordsPartition topic
             * @property {number|null} [partition] DeleteRecordsPartition partition
             * @property {number|null} [before_offset] DeleteRecordsPartition before_offset
             */

            /**
             * Constructs a new DeleteRecordsPartition.
             * @memberof varve.v1
             * @classdesc Represents a DeleteRecordsPartition.
             * @implements IDeleteRecordsPartition
             * @constructor
             * @param {varve.v1.IDeleteRecordsPartition=} [properties] Properties to set
             */
            function DeleteRecordsPartition(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteRecordsPartition topic.
             * @member {string} topic
             * @memberof varve.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.topic = "";

            /**
             * DeleteRecordsPartition partition.
             * @member {number} partition
             * @memberof varve.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.partition = 0;

            /**
             * DeleteRecordsPartition before_offset.
             * @member {number} before_offset
             * @memberof varve.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.before_offset = 0;

            /**
             * Creates a new DeleteRecordsPartition instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteRecordsPartition
             * @static
             * @param {varve.v1.IDeleteRecordsPartition=} [properties] Properties to set
             * @returns {varve.v1.DeleteRecordsPartition} DeleteRecordsPartition instance
             */
            DeleteRecordsPartition.create = function create(properties) {
                return new DeleteRecordsPartition(properties);
            };

            /**
             * Encodes the specified DeleteRecordsPartition message. Does not implicitly {@link varve.v1.DeleteRecordsPartition.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteRecordsPartition
             * @static
             * @param {varve.v1.IDeleteRecordsPartition} message DeleteRecordsPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsPartition.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.before_offset != null && Object.hasOwnProperty.call(message, "before_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.before_offset);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsPartition message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteRecordsPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteRecordsPartition} DeleteRecordsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsPartition.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteRecordsPartition();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.before_offset = $number.int64(reader);
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

            return DeleteRecordsPartition;
        })();

        v1.DeleteRecordsResponse = (function() {

            /**
             * Properties of a DeleteRecordsResponse.
             * @memberof varve.v1
             * @interface IDeleteRecordsResponse
             * @property {Array.<varve.v1.IDeleteRecordsResult>|null} [partitions] DeleteRecordsResponse partitions
             */

            /**
             * Constructs a new DeleteRecordsResponse.
             * @memberof varve.v1
             * @classdesc Represents a DeleteRecordsResponse.
             * @implements IDeleteRecordsResponse
             * @constructor
             * @param {varve.v1.IDeleteRecordsResponse=} [properties] Properties to set
             */
            function DeleteRecordsResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteRecordsResponse partitions.
             * @member {Array.<varve.v1.IDeleteRecordsResult>} partitions
             * @memberof varve.v1.DeleteRecordsResponse
             * @instance
             */
            DeleteRecordsResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new DeleteRecordsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteRecordsResponse
             * @static
             * @param {varve.v1.IDeleteRecordsResponse=} [properties] Properties to set
             * @returns {varve.v1.DeleteRecordsResponse} DeleteRecordsResponse instance
             */
            DeleteRecordsResponse.create = function create(properties) {
                return new DeleteRecordsResponse(properties);
            };

            /**
             * Encodes the specified DeleteRecordsResponse message. Does not implicitly {@link varve.v1.DeleteRecordsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteRecordsResponse
             * @static
             * @param {varve.v1.IDeleteRecordsResponse} message DeleteRecordsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.DeleteRecordsResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a DeleteRecordsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteRecordsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteRecordsResponse} DeleteRecordsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteRecordsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.DeleteRecordsResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return DeleteRecordsResponse;
        })();

        v1.DeleteRecordsResult = (function() {

            /**
             * Properties of a DeleteRecordsResult.
             * @memberof varve.v1
             * @interface IDeleteRecordsResult
             * @property {string|null} [topic] DeleteRecordsResult topic
             * @property {number|null} [partition] DeleteRecordsResult partition
             * @property {varve.v1.IError|null} [error] DeleteRecordsResult error
             * @property {number|null} [low_watermark] DeleteRecordsResult low_watermark
             */

            /**
             * Constructs a new DeleteRecordsResult.
             * @memberof varve.v1
             * @classdesc Represents a DeleteRecordsResult.
             * @implements IDeleteRecordsResult
             * @constructor
             * @param {varve.v1.IDeleteRecordsResult=} [properties] Properties to set
             */
            function DeleteRecordsResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DeleteRecordsResult topic.
             * @member {string} topic
             * @memberof varve.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.topic = "";

            /**
             * DeleteRecordsResult partition.
             * @member {number} partition
             * @memberof varve.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.partition = 0;

            /**
             * DeleteRecordsResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.error = null;

            /**
             * DeleteRecordsResult low_watermark.
             * @member {number} low_watermark
             * @memberof varve.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.low_watermark = 0;

            /**
             * Creates a new DeleteRecordsResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.DeleteRecordsResult
             * @static
             * @param {varve.v1.IDeleteRecordsResult=} [properties] Properties to set
             * @returns {varve.v1.DeleteRecordsResult} DeleteRecordsResult instance
             */
            DeleteRecordsResult.create = function create(properties) {
                return new DeleteRecordsResult(properties);
            };

            /**
             * Encodes the specified DeleteRecordsResult message. Does not implicitly {@link varve.v1.DeleteRecordsResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DeleteRecordsResult
             * @static
             * @param {varve.v1.IDeleteRecordsResult} message DeleteRecordsResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.low_watermark != null && Object.hasOwnProperty.call(message, "low_watermark"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.low_watermark);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DeleteRecordsResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DeleteRecordsResult} DeleteRecordsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DeleteRecordsResult();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.low_watermark = $number.int64(reader);
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

            return DeleteRecordsResult;
        })();

        /**
         * ConfigResourceType enum.
         * @name varve.v1.ConfigResourceType
         * @enum {number}
         * @property {number} CONFIG_RESOURCE_TOPIC=0 CONFIG_RESOURCE_TOPIC value
         * @property {number} CONFIG_RESOURCE_BROKER=1 CONFIG_RESOURCE_BROKER value
         */
        v1.ConfigResourceType = (function() {
            const valuesById = {}, values = Object.create(valuesById);
            values[valuesById[0] = "CONFIG_RESOURCE_TOPIC"] = 0;
            values[valuesById[1] = "CONFIG_RESOURCE_BROKER"] = 1;
            return values;
        })();

        v1.ConfigResource = (function() {

            /**
             * Properties of a ConfigResource.
             * @memberof varve.v1
             * @interface IConfigResource
             * @property {varve.v1.ConfigResourceType|null} [type] ConfigResource type
             * @property {string|null} [name] ConfigResource name
             */

            /**
             * Constructs a new ConfigResource.
             * @memberof varve.v1
             * @classdesc Represents a ConfigResource.
             * @implements IConfigResource
             * @constructor
             * @param {varve.v1.IConfigResource=} [properties] Properties to set
             */
            function ConfigResource(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigResource type.
             * @member {varve.v1.ConfigResourceType} type
             * @memberof varve.v1.ConfigResource
             * @instance
             */
            ConfigResource.prototype.type = 0;

            /**
             * ConfigResource name.
             * @member {string} name
             * @memberof varve.v1.ConfigResource
             * @instance
             */
            ConfigResource.prototype.name = "";

            /**
             * Creates a new ConfigResource instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConfigResource
             * @static
             * @param {varve.v1.IConfigResource=} [properties] Properties to set
             * @returns {varve.v1.ConfigResource} ConfigResource instance
             */
            ConfigResource.create = function create(properties) {
                return new ConfigResource(properties);
            };

            /**
             * Encodes the specified ConfigResource message. Does not implicitly {@link varve.v1.ConfigResource.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConfigResource
             * @static
             * @param {varve.v1.IConfigResource} message ConfigResource message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigResource.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                return writer;
            };

            /**
             * Decodes a ConfigResource message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConfigResource
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConfigResource} ConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigResource.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConfigResource();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.type = reader.int32();
                            break;
                        }
                    case 2: {
                            message.name = reader.string();
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

            return ConfigResource;
        })();

        v1.DescribeConfigsRequest = (function() {

            /**
             * Properties of a DescribeConfigsRequest.
             * @memberof varve.v1
             * @interface IDescribeConfigsRequest
             * @property {Array.<varve.v1.IConfigResource>|null} [resources] DescribeConfigsRequest resources
             */

            /**
             * Constructs a new DescribeConfigsRequest.
             * @memberof varve.v1
             * @classdesc Represents a DescribeConfigsRequest.
             * @implements IDescribeConfigsRequest
             * @constructor
             * @param {varve.v1.IDescribeConfigsRequest=} [properties] Properties to set
             */
            function DescribeConfigsRequest(properties) {
                this.resources = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DescribeConfigsRequest resources.
             * @member {Array.<varve.v1.IConfigResource>} resources
             * @memberof varve.v1.DescribeConfigsRequest
             * @instance
             */
            DescribeConfigsRequest.prototype.resources = $util.emptyArray;

            /**
             * Creates a new DescribeConfigsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeConfigsRequest
             * @static
             * @param {varve.v1.IDescribeConfigsRequest=} [properties] Properties to set
             * @returns {varve.v1.DescribeConfigsRequest} DescribeConfigsRequest instance
             */
            DescribeConfigsRequest.create = function create(properties) {
                return new DescribeConfigsRequest(properties);
            };

            /**
             * Encodes the specified DescribeConfigsRequest message. Does not implicitly {@link varve.v1.DescribeConfigsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeConfigsRequest
             * @static
             * @param {varve.v1.IDescribeConfigsRequest} message DescribeConfigsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeConfigsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.varve.v1.ConfigResource.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a DescribeConfigsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeConfigsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeConfigsRequest} DescribeConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeConfigsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeConfigsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.varve.v1.ConfigResource.decode(reader, reader.uint32(), undefined, long + 1));
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

            return DescribeConfigsRequest;
        })();

        v1.DescribeConfigsResponse = (function() {

            /**
             * Properties of a DescribeConfigsResponse.
             * @memberof varve.v1
             * @interface IDescribeConfigsResponse
             * @property {Array.<varve.v1.IConfigDescription>|null} [resources] DescribeConfigsResponse resources
             */

            /**
             * Constructs a new DescribeConfigsResponse.
             * @memberof varve.v1
             * @classdesc Represents a DescribeConfigsResponse.
             * @implements IDescribeConfigsResponse
             * @constructor
             * @param {varve.v1.IDescribeConfigsResponse=} [properties] Properties to set
             */
            function DescribeConfigsResponse(properties) {
                this.resources = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DescribeConfigsResponse resources.
             * @member {Array.<varve.v1.IConfigDescription>} resources
             * @memberof varve.v1.DescribeConfigsResponse
             * @instance
             */
            DescribeConfigsResponse.prototype.resources = $util.emptyArray;

            /**
             * Creates a new DescribeConfigsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeConfigsResponse
             * @static
             * @param {varve.v1.IDescribeConfigsResponse=} [properties] Properties to set
             * @returns {varve.v1.DescribeConfigsResponse} DescribeConfigsResponse instance
             */
            DescribeConfigsResponse.create = function create(properties) {
                return new DescribeConfigsResponse(properties);
            };

            /**
             * Encodes the specified DescribeConfigsResponse message. Does not implicitly {@link varve.v1.DescribeConfigsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeConfigsResponse
             * @static
             * @param {varve.v1.IDescribeConfigsResponse} message DescribeConfigsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeConfigsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.varve.v1.ConfigDescription.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a DescribeConfigsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeConfigsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeConfigsResponse} DescribeConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeConfigsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeConfigsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.varve.v1.ConfigDescription.decode(reader, reader.uint32(), undefined, long + 1));
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

            return DescribeConfigsResponse;
        })();

        v1.ConfigDescription = (function() {

            /**
             * Properties of a ConfigDescription.
             * @memberof varve.v1
             * @interface IConfigDescription
             * @property {varve.v1.IConfigResource|null} [resource] ConfigDescription resource
             * @property {varve.v1.IError|null} [error] ConfigDescription error
             * @property {Array.<varve.v1.IConfigEntry>|null} [entries] ConfigDescription entries
             */

            /**
             * Constructs a new ConfigDescription.
             * @memberof varve.v1
             * @classdesc Represents a ConfigDescription.
             * @implements IConfigDescription
             * @constructor
             * @param {varve.v1.IConfigDescription=} [properties] Properties to set
             */
            function ConfigDescription(properties) {
                this.entries = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigDescription resource.
             * @member {varve.v1.IConfigResource|null|undefined} resource
             * @memberof varve.v1.ConfigDescription
             * @instance
             */
            ConfigDescription.prototype.resource = null;

            /**
             * ConfigDescription error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.ConfigDescription
             * @instance
             */
            ConfigDescription.prototype.error = null;

            /**
             * ConfigDescription entries.
             * @member {Array.<varve.v1.IConfigEntry>} entries
             * @memberof varve.v1.ConfigDescription
             * @instance
             */
            ConfigDescription.prototype.entries = $util.emptyArray;

            /**
             * Creates a new ConfigDescription instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConfigDescription
             * @static
             * @param {varve.v1.IConfigDescription=} [properties] Properties to set
             * @returns {varve.v1.ConfigDescription} ConfigDescription instance
             */
            ConfigDescription.create = function create(properties) {
                return new ConfigDescription(properties);
            };

            /**
             * Encodes the specified ConfigDescription message. Does not implicitly {@link varve.v1.ConfigDescription.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConfigDescription
             * @static
             * @param {varve.v1.IConfigDescription} message ConfigDescription message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigDescription.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                    $root.varve.v1.ConfigResource.encode(message.resource, writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.varve.v1.ConfigEntry.encode(message.entries[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ConfigDescription message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConfigDescription
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConfigDescription} ConfigDescription
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigDescription.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConfigDescription();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.resource = $root.varve.v1.ConfigResource.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 2: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 3: {
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.varve.v1.ConfigEntry.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ConfigDescription;
        })();

        v1.ConfigEntry = (function() {

            /**
             * Properties of a ConfigEntry.
             * @memberof varve.v1
             * @interface IConfigEntry
             * @property {string|null} [name] ConfigEntry name
             * @property {string|null} [value] ConfigEntry value
             * @property {string|null} [source] ConfigEntry source
             * @property {boolean|null} [read_only] ConfigEntry read_only
             * @property {boolean|null} [sensitive] ConfigEntry sensitive
             * @property {string|null} [type] ConfigEntry type
             * @property {string|null} [documentation] ConfigEntry documentation
             */

            /**
             * Constructs a new ConfigEntry.
             * @memberof varve.v1
             * @classdesc Represents a ConfigEntry.
             * @implements IConfigEntry
             * @constructor
             * @param {varve.v1.IConfigEntry=} [properties] Properties to set
             */
            function ConfigEntry(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigEntry name.
             * @member {string} name
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.name = "";

            /**
             * ConfigEntry value.
             * @member {string|null|undefined} value
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.value = null;

            /**
             * ConfigEntry source.
             * @member {string} source
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.source = "";

            /**
             * ConfigEntry read_only.
             * @member {boolean} read_only
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.read_only = false;

            /**
             * ConfigEntry sensitive.
             * @member {boolean} sensitive
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.sensitive = false;

            /**
             * ConfigEntry type.
             * @member {string} type
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.type = "";

            /**
             * ConfigEntry documentation.
             * @member {string} documentation
             * @memberof varve.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.documentation = "";

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConfigEntry.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ConfigEntry instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConfigEntry
             * @static
             * @param {varve.v1.IConfigEntry=} [properties] Properties to set
             * @returns {varve.v1.ConfigEntry} ConfigEntry instance
             */
            ConfigEntry.create = function create(properties) {
                return new ConfigEntry(properties);
            };

            /**
             * Encodes the specified ConfigEntry message. Does not implicitly {@link varve.v1.ConfigEntry.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConfigEntry
             * @static
             * @param {varve.v1.IConfigEntry} message ConfigEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigEntry.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.source != null && Object.hasOwnProperty.call(message, "source"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.source);
                if (message.read_only != null && Object.hasOwnProperty.call(message, "read_only"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.read_only);
                if (message.sensitive != null && Object.hasOwnProperty.call(message, "sensitive"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.sensitive);
                if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.type);
                if (message.documentation != null && Object.hasOwnProperty.call(message, "documentation"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.documentation);
                return writer;
            };

            /**
             * Decodes a ConfigEntry message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConfigEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConfigEntry} ConfigEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigEntry.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConfigEntry();
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
                            message.value = reader.string();
                            break;
                        }
                    case 3: {
                            message.source = reader.string();
                            break;
                        }
                    case 4: {
                            message.read_only = reader.bool();
                            break;
                        }
                    case 5: {
                            message.sensitive = reader.bool();
                            break;
                        }
                    case 6: {
                            message.type = reader.string();
                            break;
                        }
                    case 7: {
                            message.documentation = reader.string();
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

            return ConfigEntry;
        })();

        v1.AlterConfigsRequest = (function() {

            /**
             * Properties of an AlterConfigsRequest.
             * @memberof varve.v1
             * @interface IAlterConfigsRequest
             * @property {Array.<varve.v1.IConfigAlteration>|null} [alterations] AlterConfigsRequest alterations
             * @property {boolean|null} [validate_only] AlterConfigsRequest validate_only
             */

            /**
             * Constructs a new AlterConfigsRequest.
             * @memberof varve.v1
             * @classdesc Represents an AlterConfigsRequest.
             * @implements IAlterConfigsRequest
             * @constructor
             * @param {varve.v1.IAlterConfigsRequest=} [properties] Properties to set
             */
            function AlterConfigsRequest(properties) {
                this.alterations = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterConfigsRequest alterations.
             * @member {Array.<varve.v1.IConfigAlteration>} alterations
             * @memberof varve.v1.AlterConfigsRequest
             * @instance
             */
            AlterConfigsRequest.prototype.alterations = $util.emptyArray;

            /**
             * AlterConfigsRequest validate_only.
             * @member {boolean} validate_only
             * @memberof varve.v1.AlterConfigsRequest
             * @instance
             */
            AlterConfigsRequest.prototype.validate_only = false;

            /**
             * Creates a new AlterConfigsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.AlterConfigsRequest
             * @static
             * @param {varve.v1.IAlterConfigsRequest=} [properties] Properties to set
             * @returns {varve.v1.AlterConfigsRequest} AlterConfigsRequest instance
             */
            AlterConfigsRequest.create = function create(properties) {
                return new AlterConfigsRequest(properties);
            };

            /**
             * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link varve.v1.AlterConfigsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AlterConfigsRequest
             * @static
             * @param {varve.v1.IAlterConfigsRequest} message AlterConfigsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.alterations != null && message.alterations.length)
                    for (let i = 0; i < message.alterations.length; ++i)
                        $root.varve.v1.ConfigAlteration.encode(message.alterations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.validate_only != null && Object.hasOwnProperty.call(message, "validate_only"))
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validate_only);
                return writer;
            };

            /**
             * Decodes an AlterConfigsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AlterConfigsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AlterConfigsRequest} AlterConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AlterConfigsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.alterations && message.alterations.length))
                                message.alterations = [];
                            message.alterations.push($root.varve.v1.ConfigAlteration.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 2: {
                            message.validate_only = reader.bool();
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

            return AlterConfigsRequest;
        })();

        v1.ConfigAlteration = (function() {

            /**
             * Properties of a ConfigAlteration.
             * @memberof varve.v1
             * @interface IConfigAlteration
             * @property {varve.v1.IConfigResource|null} [resource] ConfigAlteration resource
             * @property {Array.<varve.v1.IConfigChange>|null} [changes] ConfigAlteration changes
             */

            /**
             * Constructs a new ConfigAlteration.
             * @memberof varve.v1
             * @classdesc Represents a ConfigAlteration.
             * @implements IConfigAlteration
             * @constructor
             * @param {varve.v1.IConfigAlteration=} [properties] Properties to set
             */
            function ConfigAlteration(properties) {
                this.changes = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigAlteration resource.
             * @member {varve.v1.IConfigResource|null|undefined} resource
             * @memberof varve.v1.ConfigAlteration
             * @instance
             */
            ConfigAlteration.prototype.resource = null;

            /**
             * ConfigAlteration changes.
             * @member {Array.<varve.v1.IConfigChange>} changes
             * @memberof varve.v1.ConfigAlteration
             * @instance
             */
            ConfigAlteration.prototype.changes = $util.emptyArray;

            /**
             * Creates a new ConfigAlteration instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConfigAlteration
             * @static
             * @param {varve.v1.IConfigAlteration=} [properties] Properties to set
             * @returns {varve.v1.ConfigAlteration} ConfigAlteration instance
             */
            ConfigAlteration.create = function create(properties) {
                return new ConfigAlteration(properties);
            };

            /**
             * Encodes the specified ConfigAlteration message. Does not implicitly {@link varve.v1.ConfigAlteration.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConfigAlteration
             * @static
             * @param {varve.v1.IConfigAlteration} message ConfigAlteration message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigAlteration.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                    $root.varve.v1.ConfigResource.encode(message.resource, writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        $root.varve.v1.ConfigChange.encode(message.changes[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ConfigAlteration message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConfigAlteration
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConfigAlteration} ConfigAlteration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigAlteration.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConfigAlteration();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.resource = $root.varve.v1.ConfigResource.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 2: {
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push($root.varve.v1.ConfigChange.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ConfigAlteration;
        })();

        /**
         * ConfigOperation enum.
         * @name varve.v1.ConfigOperation
         * @enum {number}
         * @property {number} CONFIG_SET=0 CONFIG_SET value
         * @property {number} CONFIG_DELETE=1 CONFIG_DELETE value
         * @property {number} CONFIG_APPEND=2 CONFIG_APPEND value
         * @property {number} CONFIG_SUBTRACT=3 CONFIG_SUBTRACT value
         */
        v1.ConfigOperation = (function() {
            const valuesById = {}, values = Object.create(valuesById);
            values[valuesById[0] = "CONFIG_SET"] = 0;
            values[valuesById[1] = "CONFIG_DELETE"] = 1;
            values[valuesById[2] = "CONFIG_APPEND"] = 2;
            values[valuesById[3] = "CONFIG_SUBTRACT"] = 3;
            return values;
        })();

        v1.ConfigChange = (function() {

            /**
             * Properties of a ConfigChange.
             * @memberof varve.v1
             * @interface IConfigChange
             * @property {string|null} [name] ConfigChange name
             * @property {varve.v1.ConfigOperation|null} [operation] ConfigChange operation
             * @property {string|null} [value] ConfigChange value
             */

            /**
             * Constructs a new ConfigChange.
             * @memberof varve.v1
             * @classdesc Represents a ConfigChange.
             * @implements IConfigChange
             * @constructor
             * @param {varve.v1.IConfigChange=} [properties] Properties to set
             */
            function ConfigChange(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigChange name.
             * @member {string} name
             * @memberof varve.v1.ConfigChange
             * @instance
             */
            ConfigChange.prototype.name = "";

            /**
             * ConfigChange operation.
             * @member {varve.v1.ConfigOperation} operation
             * @memberof varve.v1.ConfigChange
             * @instance
             */
            ConfigChange.prototype.operation = 0;

            /**
             * ConfigChange value.
             * @member {string} value
             * @memberof varve.v1.ConfigChange
             * @instance
             */
            ConfigChange.prototype.value = "";

            /**
             * Creates a new ConfigChange instance using the specified properties.
             * @function create
             * @memberof varve.v1.ConfigChange
             * @static
             * @param {varve.v1.IConfigChange=} [properties] Properties to set
             * @returns {varve.v1.ConfigChange} ConfigChange instance
             */
            ConfigChange.create = function create(properties) {
                return new ConfigChange(properties);
            };

            /**
             * Encodes the specified ConfigChange message. Does not implicitly {@link varve.v1.ConfigChange.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ConfigChange
             * @static
             * @param {varve.v1.IConfigChange} message ConfigChange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigChange.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.operation != null && Object.hasOwnProperty.call(message, "operation"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.operation);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.value);
                return writer;
            };

            /**
             * Decodes a ConfigChange message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ConfigChange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ConfigChange} ConfigChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigChange.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ConfigChange();
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
                            message.operation = reader.int32();
                            break;
                        }
                    case 3: {
                            message.value = reader.string();
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

            return ConfigChange;
        })();

        v1.AlterConfigsResponse = (function() {

            /**
             * Properties of an AlterConfigsResponse.
             * @memberof varve.v1
             * @interface IAlterConfigsResponse
             * @property {Array.<varve.v1.IAlterConfigsResult>|null} [results] AlterConfigsResponse results
             */

            /**
             * Constructs a new AlterConfigsResponse.
             * @memberof varve.v1
             * @classdesc Represents an AlterConfigsResponse.
             * @implements IAlterConfigsResponse
             * @constructor
             * @param {varve.v1.IAlterConfigsResponse=} [properties] Properties to set
             */
            function AlterConfigsResponse(properties) {
                this.results = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterConfigsResponse results.
             * @member {Array.<varve.v1.IAlterConfigsResult>} results
             * @memberof varve.v1.AlterConfigsResponse
             * @instance
             */
            AlterConfigsResponse.prototype.results = $util.emptyArray;

            /**
             * Creates a new AlterConfigsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.AlterConfigsResponse
             * @static
             * @param {varve.v1.IAlterConfigsResponse=} [properties] Properties to set
             * @returns {varve.v1.AlterConfigsResponse} AlterConfigsResponse instance
             */
            AlterConfigsResponse.create = function create(properties) {
                return new AlterConfigsResponse(properties);
            };

            /**
             * Encodes the specified AlterConfigsResponse message. Does not implicitly {@link varve.v1.AlterConfigsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AlterConfigsResponse
             * @static
             * @param {varve.v1.IAlterConfigsResponse} message AlterConfigsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.results != null && message.results.length)
                    for (let i = 0; i < message.results.length; ++i)
                        $root.varve.v1.AlterConfigsResult.encode(message.results[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterConfigsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AlterConfigsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AlterConfigsResponse} AlterConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AlterConfigsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.results && message.results.length))
                                message.results = [];
                            message.results.push($root.varve.v1.AlterConfigsResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return AlterConfigsResponse;
        })();

        v1.AlterConfigsResult = (function() {

            /**
             * Properties of an AlterConfigsResult.
             * @memberof varve.v1
             * @interface IAlterConfigsResult
             * @property {varve.v1.IConfigResource|null} [resource] AlterConfigsResult resource
             * @property {varve.v1.IError|null} [error] AlterConfigsResult error
             */

            /**
             * Constructs a new AlterConfigsResult.
             * @memberof varve.v1
             * @classdesc Represents an AlterConfigsResult.
             * @implements IAlterConfigsResult
             * @constructor
             * @param {varve.v1.IAlterConfigsResult=} [properties] Properties to set
             */
            function AlterConfigsResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterConfigsResult resource.
             * @member {varve.v1.IConfigResource|null|undefined} resource
             * @memberof varve.v1.AlterConfigsResult
             * @instance
             */
            AlterConfigsResult.prototype.resource = null;

            /**
             * AlterConfigsResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.AlterConfigsResult
             * @instance
             */
            AlterConfigsResult.prototype.error = null;

            /**
             * Creates a new AlterConfigsResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.AlterConfigsResult
             * @static
             * @param {varve.v1.IAlterConfigsResult=} [properties] Properties to set
             * @returns {varve.v1.AlterConfigsResult} AlterConfigsResult instance
             */
            AlterConfigsResult.create = function create(properties) {
                return new AlterConfigsResult(properties);
            };

            /**
             * Encodes the specified AlterConfigsResult message. Does not implicitly {@link varve.v1.AlterConfigsResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AlterConfigsResult
             * @static
             * @param {varve.v1.IAlterConfigsResult} message AlterConfigsResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigsResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                    $root.varve.v1.ConfigResource.encode(message.resource, writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterConfigsResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AlterConfigsResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AlterConfigsResult} AlterConfigsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigsResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AlterConfigsResult();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.resource = $root.varve.v1.ConfigResource.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 2: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
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

            return AlterConfigsResult;
        })();

        /**
         * ElectionType enum.
         * @name varve.v1.ElectionType
         * @enum {number}
         * @property {number} ELECTION_PREFERRED=0 ELECTION_PREFERRED value
         * @property {number} ELECTION_UNCLEAN=1 ELECTION_UNCLEAN value
         */
        v1.ElectionType = (function() {
            const valuesById = {}, values = Object.create(valuesById);
            values[valuesById[0] = "ELECTION_PREFERRED"] = 0;
            values[valuesById[1] = "ELECTION_UNCLEAN"] = 1;
            return values;
        })();

        v1.TopicPartitions = (function() {

            /**
             * Properties of a TopicPartitions.
             * @memberof varve.v1
             * @interface ITopicPartitions
             * @property {string|null} [topic] TopicPartitions topic
             * @property {Array.<number>|null} [partitions] TopicPartitions partitions
             */

            /**
             * Constructs a new TopicPartitions.
             * @memberof varve.v1
             * @classdesc Represents a TopicPartitions.
             * @implements ITopicPartitions
             * @constructor
             * @param {varve.v1.ITopicPartitions=} [properties] Properties to set
             */
            function TopicPartitions(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TopicPartitions topic.
             * @member {string} topic
             * @memberof varve.v1.TopicPartitions
             * @instance
             */
            TopicPartitions.prototype.topic = "";

            /**
             * TopicPartitions partitions.
             * @member {Array.<number>} partitions
             * @memberof varve.v1.TopicPartitions
             * @instance
             */
            TopicPartitions.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new TopicPartitions instance using the specified properties.
             * @function create
             * @memberof varve.v1.TopicPartitions
             * @static
             * @param {varve.v1.ITopicPartitions=} [properties] Properties to set
             * @returns {varve.v1.TopicPartitions} TopicPartitions instance
             */
            TopicPartitions.create = function create(properties) {
                return new TopicPartitions(properties);
            };

            /**
             * Encodes the specified TopicPartitions message. Does not implicitly {@link varve.v1.TopicPartitions.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TopicPartitions
             * @static
             * @param {varve.v1.ITopicPartitions} message TopicPartitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicPartitions.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partitions != null && message.partitions.length) {
                    writer.uint32(/* id 2, wireType 2 =*/18).fork();
                    for (let i = 0; i < message.partitions.length; ++i)
                        writer.int32(message.partitions[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes a TopicPartitions message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TopicPartitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TopicPartitions} TopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicPartitions.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.TopicPartitions();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.partitions.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.partitions.push(reader.int32());
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

            return TopicPartitions;
        })();

        v1.ElectLeadersRequest = (function() {

            /**
             * Properties of an ElectLeadersRequest.
             * @memberof varve.v1
             * @interface IElectLeadersRequest
             * @property {varve.v1.ElectionType|null} [type] ElectLeadersRequest type
             * @property {Array.<varve.v1.ITopicPartitions>|null} [partitions] ElectLeadersRequest partitions
             */

            /**
             * Constructs a new ElectLeadersRequest.
             * @memberof varve.v1
             * @classdesc Represents an ElectLeadersRequest.
             * @implements IElectLeadersRequest
             * @constructor
             * @param {varve.v1.IElectLeadersRequest=} [properties] Properties to set
             */
            function ElectLeadersRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ElectLeadersRequest type.
             * @member {varve.v1.ElectionType} type
             * @memberof varve.v1.ElectLeadersRequest
             * @instance
             */
            ElectLeadersRequest.prototype.type = 0;

            /**
             * ElectLeadersRequest partitions.
             * @member {Array.<varve.v1.ITopicPartitions>} partitions
             * @memberof varve.v1.ElectLeadersRequest
             * @instance
             */
            ElectLeadersRequest.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new ElectLeadersRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.ElectLeadersRequest
             * @static
             * @param {varve.v1.IElectLeadersRequest=} [properties] Properties to set
             * @returns {varve.v1.ElectLeadersRequest} ElectLeadersRequest instance
             */
            ElectLeadersRequest.create = function create(properties) {
                return new ElectLeadersRequest(properties);
            };

            /**
             * Encodes the specified ElectLeadersRequest message. Does not implicitly {@link varve.v1.ElectLeadersRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ElectLeadersRequest
             * @static
             * @param {varve.v1.IElectLeadersRequest} message ElectLeadersRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ElectLeadersRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.TopicPartitions.encode(message.partitions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an ElectLeadersRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ElectLeadersRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ElectLeadersRequest} ElectLeadersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ElectLeadersRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ElectLeadersRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.type = reader.int32();
                            break;
                        }
                    case 2: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.TopicPartitions.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ElectLeadersRequest;
        })();

        v1.ElectLeadersResponse = (function() {

            /**
             * Properties of an ElectLeadersResponse.
             * @memberof varve.v1
             * @interface IElectLeadersResponse
             * @property {Array.<varve.v1.IPartitionResult>|null} [partitions] ElectLeadersResponse partitions
             */

            /**
             * Constructs a new ElectLeadersResponse.
             * @memberof varve.v1
             * @classdesc Represents an ElectLeadersResponse.
             * @implements IElectLeadersResponse
             * @constructor
             * @param {varve.v1.IElectLeadersResponse=} [properties] Properties to set
             */
            function ElectLeadersResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ElectLeadersResponse partitions.
             * @member {Array.<varve.v1.IPartitionResult>} partitions
             * @memberof varve.v1.ElectLeadersResponse
             * @instance
             */
            ElectLeadersResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new ElectLeadersResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.ElectLeadersResponse
             * @static
             * @param {varve.v1.IElectLeadersResponse=} [properties] Properties to set
             * @returns {varve.v1.ElectLeadersResponse} ElectLeadersResponse instance
             */
            ElectLeadersResponse.create = function create(properties) {
                return new ElectLeadersResponse(properties);
            };

            /**
             * Encodes the specified ElectLeadersResponse message. Does not implicitly {@link varve.v1.ElectLeadersResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ElectLeadersResponse
             * @static
             * @param {varve.v1.IElectLeadersResponse} message ElectLeadersResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ElectLeadersResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.PartitionResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an ElectLeadersResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ElectLeadersResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ElectLeadersResponse} ElectLeadersResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ElectLeadersResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ElectLeadersResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.PartitionResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ElectLeadersResponse;
        })();

        v1.PartitionResult = (function() {

            /**
             * Properties of a PartitionResult.
             * @memberof varve.v1
             * @interface IPartitionResult
             * @property {string|null} [topic] PartitionResult topic
             * @property {number|null} [partition] PartitionResult partition
             * @property {varve.v1.IError|null} [error] PartitionResult error
             */

            /**
             * Constructs a new PartitionResult.
             * @memberof varve.v1
             * @classdesc Represents a PartitionResult.
             * @implements IPartitionResult
             * @constructor
             * @param {varve.v1.IPartitionResult=} [properties] Properties to set
             */
            function PartitionResult(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * PartitionResult topic.
             * @member {string} topic
             * @memberof varve.v1.PartitionResult
             * @instance
             */
            PartitionResult.prototype.topic = "";

            /**
             * PartitionResult partition.
             * @member {number} partition
             * @memberof varve.v1.PartitionResult
             * @instance
             */
            PartitionResult.prototype.partition = 0;

            /**
             * PartitionResult error.
             * @member {varve.v1.IError|null|undefined} error
             * @memberof varve.v1.PartitionResult
             * @instance
             */
            PartitionResult.prototype.error = null;

            /**
             * Creates a new PartitionResult instance using the specified properties.
             * @function create
             * @memberof varve.v1.PartitionResult
             * @static
             * @param {varve.v1.IPartitionResult=} [properties] Properties to set
             * @returns {varve.v1.PartitionResult} PartitionResult instance
             */
            PartitionResult.create = function create(properties) {
                return new PartitionResult(properties);
            };

            /**
             * Encodes the specified PartitionResult message. Does not implicitly {@link varve.v1.PartitionResult.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.PartitionResult
             * @static
             * @param {varve.v1.IPartitionResult} message PartitionResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionResult.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                    $root.varve.v1.Error.encode(message.error, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a PartitionResult message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.PartitionResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.PartitionResult} PartitionResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionResult.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.PartitionResult();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            message.error = $root.varve.v1.Error.decode(reader, reader.uint32(), undefined, long + 1);
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

            return PartitionResult;
        })();

        v1.AlterPartitionReassignmentsRequest = (function() {

            /**
             * Properties of an AlterPartitionReassignmentsRequest.
             * @memberof varve.v1
             * @interface IAlterPartitionReassignmentsRequest
             * @property {Array.<varve.v1.IReassignment>|null} [reassignments] AlterPartitionReassignmentsRequest reassignments
             */

            /**
             * Constructs a new AlterPartitionReassignmentsRequest.
             * @memberof varve.v1
             * @classdesc Represents an AlterPartitionReassignmentsRequest.
             * @implements IAlterPartitionReassignmentsRequest
             * @constructor
             * @param {varve.v1.IAlterPartitionReassignmentsRequest=} [properties] Properties to set
             */
            function AlterPartitionReassignmentsRequest(properties) {
                this.reassignments = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterPartitionReassignmentsRequest reassignments.
             * @member {Array.<varve.v1.IReassignment>} reassignments
             * @memberof varve.v1.AlterPartitionReassignmentsRequest
             * @instance
             */
            AlterPartitionReassignmentsRequest.prototype.reassignments = $util.emptyArray;

            /**
             * Creates a new AlterPartitionReassignmentsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.AlterPartitionReassignmentsRequest
             * @static
             * @param {varve.v1.IAlterPartitionReassignmentsRequest=} [properties] Properties to set
             * @returns {varve.v1.AlterPartitionReassignmentsRequest} AlterPartitionReassignmentsRequest instance
             */
            AlterPartitionReassignmentsRequest.create = function create(properties) {
                return new AlterPartitionReassignmentsRequest(properties);
            };

            /**
             * Encodes the specified AlterPartitionReassignmentsRequest message. Does not implicitly {@link varve.v1.AlterPartitionReassignmentsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AlterPartitionReassignmentsRequest
             * @static
             * @param {varve.v1.IAlterPartitionReassignmentsRequest} message AlterPartitionReassignmentsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterPartitionReassignmentsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.reassignments != null && message.reassignments.length)
                    for (let i = 0; i < message.reassignments.length; ++i)
                        $root.varve.v1.Reassignment.encode(message.reassignments[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterPartitionReassignmentsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AlterPartitionReassignmentsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AlterPartitionReassignmentsRequest} AlterPartitionReassignmentsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterPartitionReassignmentsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AlterPartitionReassignmentsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.reassignments && message.reassignments.length))
                                message.reassignments = [];
                            message.reassignments.push($root.varve.v1.Reassignment.decode(reader, reader.uint32(), undefined, long + 1));
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

            return AlterPartitionReassignmentsRequest;
        })();

        v1.Reassignment = (function() {

            /**
             * Properties of a Reassignment.
             * @memberof varve.v1
             * @interface IReassignment
             * @property {string|null} [topic] Reassignment topic
             * @property {number|null} [partition] Reassignment partition
             * @property {Array.<number>|null} [replicas] Reassignment replicas
             * @property {boolean|null} [cancel] Reassignment cancel
             */

            /**
             * Constructs a new Reassignment.
             * @memberof varve.v1
             * @classdesc Represents a Reassignment.
             * @implements IReassignment
             * @constructor
             * @param {varve.v1.IReassignment=} [properties] Properties to set
             */
            function Reassignment(properties) {
                this.replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Reassignment topic.
             * @member {string} topic
             * @memberof varve.v1.Reassignment
             * @instance
             */
            Reassignment.prototype.topic = "";

            /**
             * Reassignment partition.
             * @member {number} partition
             * @memberof varve.v1.Reassignment
             * @instance
             */
            Reassignment.prototype.partition = 0;

            /**
             * Reassignment replicas.
             * @member {Array.<number>} replicas
             * @memberof varve.v1.Reassignment
             * @instance
             */
            Reassignment.prototype.replicas = $util.emptyArray;

            /**
             * Reassignment cancel.
             * @member {boolean} cancel
             * @memberof varve.v1.Reassignment
             * @instance
             */
            Reassignment.prototype.cancel = false;

            /**
             * Creates a new Reassignment instance using the specified properties.
             * @function create
             * @memberof varve.v1.Reassignment
             * @static
             * @param {varve.v1.IReassignment=} [properties] Properties to set
             * @returns {varve.v1.Reassignment} Reassignment instance
             */
            Reassignment.create = function create(properties) {
                return new Reassignment(properties);
            };

            /**
             * Encodes the specified Reassignment message. Does not implicitly {@link varve.v1.Reassignment.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.Reassignment
             * @static
             * @param {varve.v1.IReassignment} message Reassignment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Reassignment.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.replicas != null && message.replicas.length) {
                    writer.uint32(/* id 3, wireType 2 =*/26).fork();
                    for (let i = 0; i < message.replicas.length; ++i)
                        writer.int32(message.replicas[i]);
                    writer.ldelim();
                }
                if (message.cancel != null && Object.hasOwnProperty.call(message, "cancel"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.cancel);
                return writer;
            };

            /**
             * Decodes a Reassignment message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.Reassignment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.Reassignment} Reassignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Reassignment.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.Reassignment();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.replicas.push(reader.int32());
                            break;
                        }
                    case 4: {
                            message.cancel = reader.bool();
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

            return Reassignment;
        })();

        v1.AlterPartitionReassignmentsResponse = (function() {

            /**
             * Properties of an AlterPartitionReassignmentsResponse.
             * @memberof varve.v1
             * @interface IAlterPartitionReassignmentsResponse
             * @property {Array.<varve.v1.IPartitionResult>|null} [partitions] AlterPartitionReassignmentsResponse partitions
             */

            /**
             * Constructs a new AlterPartitionReassignmentsResponse.
             * @memberof varve.v1
             * @classdesc Represents an AlterPartitionReassignmentsResponse.
             * @implements IAlterPartitionReassignmentsResponse
             * @constructor
             * @param {varve.v1.IAlterPartitionReassignmentsResponse=} [properties] Properties to set
             */
            function AlterPartitionReassignmentsResponse(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AlterPartitionReassignmentsResponse partitions.
             * @member {Array.<varve.v1.IPartitionResult>} partitions
             * @memberof varve.v1.AlterPartitionReassignmentsResponse
             * @instance
             */
            AlterPartitionReassignmentsResponse.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new AlterPartitionReassignmentsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.AlterPartitionReassignmentsResponse
             * @static
             * @param {varve.v1.IAlterPartitionReassignmentsResponse=} [properties] Properties to set
             * @returns {varve.v1.AlterPartitionReassignmentsResponse} AlterPartitionReassignmentsResponse instance
             */
            AlterPartitionReassignmentsResponse.create = function create(properties) {
                return new AlterPartitionReassignmentsResponse(properties);
            };

            /**
             * Encodes the specified AlterPartitionReassignmentsResponse message. Does not implicitly {@link varve.v1.AlterPartitionReassignmentsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AlterPartitionReassignmentsResponse
             * @static
             * @param {varve.v1.IAlterPartitionReassignmentsResponse} message AlterPartitionReassignmentsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterPartitionReassignmentsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.PartitionResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes an AlterPartitionReassignmentsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AlterPartitionReassignmentsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AlterPartitionReassignmentsResponse} AlterPartitionReassignmentsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterPartitionReassignmentsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AlterPartitionReassignmentsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.PartitionResult.decode(reader, reader.uint32(), undefined, long + 1));
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

            return AlterPartitionReassignmentsResponse;
        })();

        v1.ListPartitionReassignmentsRequest = (function() {

            /**
             * Properties of a ListPartitionReassignmentsRequest.
             * @memberof varve.v1
             * @interface IListPartitionReassignmentsRequest
             * @property {Array.<varve.v1.ITopicPartitions>|null} [partitions] ListPartitionReassignmentsRequest partitions
             */

            /**
             * Constructs a new ListPartitionReassignmentsRequest.
             * @memberof varve.v1
             * @classdesc Represents a ListPartitionReassignmentsRequest.
             * @implements IListPartitionReassignmentsRequest
             * @constructor
             * @param {varve.v1.IListPartitionReassignmentsRequest=} [properties] Properties to set
             */
            function ListPartitionReassignmentsRequest(properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListPartitionReassignmentsRequest partitions.
             * @member {Array.<varve.v1.ITopicPartitions>} partitions
             * @memberof varve.v1.ListPartitionReassignmentsRequest
             * @instance
             */
            ListPartitionReassignmentsRequest.prototype.partitions = $util.emptyArray;

            /**
             * Creates a new ListPartitionReassignmentsRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListPartitionReassignmentsRequest
             * @static
             * @param {varve.v1.IListPartitionReassignmentsRequest=} [properties] Properties to set
             * @returns {varve.v1.ListPartitionReassignmentsRequest} ListPartitionReassignmentsRequest instance
             */
            ListPartitionReassignmentsRequest.create = function create(properties) {
                return new ListPartitionReassignmentsRequest(properties);
            };

            /**
             * Encodes the specified ListPartitionReassignmentsRequest message. Does not implicitly {@link varve.v1.ListPartitionReassignmentsRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListPartitionReassignmentsRequest
             * @static
             * @param {varve.v1.IListPartitionReassignmentsRequest} message ListPartitionReassignmentsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPartitionReassignmentsRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.varve.v1.TopicPartitions.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ListPartitionReassignmentsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListPartitionReassignmentsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListPartitionReassignmentsRequest} ListPartitionReassignmentsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPartitionReassignmentsRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListPartitionReassignmentsRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.varve.v1.TopicPartitions.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ListPartitionReassignmentsRequest;
        })();

        v1.ListPartitionReassignmentsResponse = (function() {

            /**
             * Properties of a ListPartitionReassignmentsResponse.
             * @memberof varve.v1
             * @interface IListPartitionReassignmentsResponse
             * @property {Array.<varve.v1.IOngoingReassignment>|null} [reassignments] ListPartitionReassignmentsResponse reassignments
             */

            /**
             * Constructs a new ListPartitionReassignmentsResponse.
             * @memberof varve.v1
             * @classdesc Represents a ListPartitionReassignmentsResponse.
             * @implements IListPartitionReassignmentsResponse
             * @constructor
             * @param {varve.v1.IListPartitionReassignmentsResponse=} [properties] Properties to set
             */
            function ListPartitionReassignmentsResponse(properties) {
                this.reassignments = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ListPartitionReassignmentsResponse reassignments.
             * @member {Array.<varve.v1.IOngoingReassignment>} reassignments
             * @memberof varve.v1.ListPartitionReassignmentsResponse
             * @instance
             */
            ListPartitionReassignmentsResponse.prototype.reassignments = $util.emptyArray;

            /**
             * Creates a new ListPartitionReassignmentsResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.ListPartitionReassignmentsResponse
             * @static
             * @param {varve.v1.IListPartitionReassignmentsResponse=} [properties] Properties to set
             * @returns {varve.v1.ListPartitionReassignmentsResponse} ListPartitionReassignmentsResponse instance
             */
            ListPartitionReassignmentsResponse.create = function create(properties) {
                return new ListPartitionReassignmentsResponse(properties);
            };

            /**
             * Encodes the specified ListPartitionReassignmentsResponse message. Does not implicitly {@link varve.v1.ListPartitionReassignmentsResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.ListPartitionReassignmentsResponse
             * @static
             * @param {varve.v1.IListPartitionReassignmentsResponse} message ListPartitionReassignmentsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPartitionReassignmentsResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.reassignments != null && message.reassignments.length)
                    for (let i = 0; i < message.reassignments.length; ++i)
                        $root.varve.v1.OngoingReassignment.encode(message.reassignments[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a ListPartitionReassignmentsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.ListPartitionReassignmentsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.ListPartitionReassignmentsResponse} ListPartitionReassignmentsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPartitionReassignmentsResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.ListPartitionReassignmentsResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.reassignments && message.reassignments.length))
                                message.reassignments = [];
                            message.reassignments.push($root.varve.v1.OngoingReassignment.decode(reader, reader.uint32(), undefined, long + 1));
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

            return ListPartitionReassignmentsResponse;
        })();

        v1.OngoingReassignment = (function() {

            /**
             * Properties of an OngoingReassignment.
             * @memberof varve.v1
             * @interface IOngoingReassignment
             * @property {string|null} [topic] OngoingReassignment topic
             * @property {number|null} [partition] OngoingReassignment partition
             * @property {Array.<number>|null} [replicas] OngoingReassignment replicas
             * @property {Array.<number>|null} [adding_replicas] OngoingReassignment adding_replicas
             * @property {Array.<number>|null} [removing_replicas] OngoingReassignment removing_replicas
             */

            /**
             * Constructs a new OngoingReassignment.
             * @memberof varve.v1
             * @classdesc Represents an OngoingReassignment.
             * @implements IOngoingReassignment
             * @constructor
             * @param {varve.v1.IOngoingReassignment=} [properties] Properties to set
             */
            function OngoingReassignment(properties) {
                this.replicas = [];
                this.adding_replicas = [];
                this.removing_replicas = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * OngoingReassignment topic.
             * @member {string} topic
             * @memberof varve.v1.OngoingReassignment
             * @instance
             */
            OngoingReassignment.prototype.topic = "";

            /**
             * OngoingReassignment partition.
             * @member {number} partition
             * @memberof varve.v1.OngoingReassignment
             * @instance
             */
            OngoingReassignment.prototype.partition = 0;

            /**
             * OngoingReassignment replicas.
             * @member {Array.<number>} replicas
             * @memberof varve.v1.OngoingReassignment
             * @instance
             */
            OngoingReassignment.prototype.replicas = $util.emptyArray;

            /**
             * OngoingReassignment adding_replicas.
             * @member {Array.<number>} adding_replicas
             * @memberof varve.v1.OngoingReassignment
             * @instance
             */
            OngoingReassignment.prototype.adding_replicas = $util.emptyArray;

            /**
             * OngoingReassignment removing_replicas.
             * @member {Array.<number>} removing_replicas
             * @memberof varve.v1.OngoingReassignment
             * @instance
             */
            OngoingReassignment.prototype.removing_replicas = $util.emptyArray;

            /**
             * Creates a new OngoingReassignment instance using the specified properties.
             * @function create
             * @memberof varve.v1.OngoingReassignment
             * @static
             * @param {varve.v1.IOngoingReassignment=} [properties] Properties to set
             * @returns {varve.v1.OngoingReassignment} OngoingReassignment instance
             */
            OngoingReassignment.create = function create(properties) {
                return new OngoingReassignment(properties);
            };

            /**
             * Encodes the specified OngoingReassignment message. Does not implicitly {@link varve.v1.OngoingReassignment.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.OngoingReassignment
             * @static
             * @param {varve.v1.IOngoingReassignment} message OngoingReassignment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OngoingReassignment.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topic);
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.partition);
                if (message.replicas != null && message.replicas.length) {
                    writer.uint32(/* id 3, wireType 2 =*/26).fork();
                    for (let i = 0; i < message.replicas.length; ++i)
                        writer.int32(message.replicas[i]);
                    writer.ldelim();
                }
                if (message.adding_replicas != null && message.adding_replicas.length) {
                    writer.uint32(/* id 4, wireType 2 =*/34).fork();
                    for (let i = 0; i < message.adding_replicas.length; ++i)
                        writer.int32(message.adding_replicas[i]);
                    writer.ldelim();
                }
                if (message.removing_replicas != null && message.removing_replicas.length) {
                    writer.uint32(/* id 5, wireType 2 =*/42).fork();
                    for (let i = 0; i < message.removing_replicas.length; ++i)
                        writer.int32(message.removing_replicas[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes an OngoingReassignment message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.OngoingReassignment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.OngoingReassignment} OngoingReassignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OngoingReassignment.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.OngoingReassignment();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.topic = reader.string();
                            break;
                        }
                    case 2: {
                            message.partition = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.replicas.push(reader.int32());
                            break;
                        }
                    case 4: {
                            if (!(message.adding_replicas && message.adding_replicas.length))
                                message.adding_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.adding_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.adding_replicas.push(reader.int32());
                            break;
                        }
                    case 5: {
                            if (!(message.removing_replicas && message.removing_replicas.length))
                                message.removing_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.removing_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.removing_replicas.push(reader.int32());
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

            return OngoingReassignment;
        })();

        v1.DescribeClusterRequest = (function() {

            /**
             * Properties of a DescribeClusterRequest.
             * @memberof varve.v1
             * @interface IDescribeClusterRequest
             */

            /**
             * Constructs a new DescribeClusterRequest.
             * @memberof varve.v1
             * @classdesc Represents a DescribeClusterRequest.
             * @implements IDescribeClusterRequest
             * @constructor
             * @param {varve.v1.IDescribeClusterRequest=} [properties] Properties to set
             */
            function DescribeClusterRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new DescribeClusterRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeClusterRequest
             * @static
             * @param {varve.v1.IDescribeClusterRequest=} [properties] Properties to set
             * @returns {varve.v1.DescribeClusterRequest} DescribeClusterRequest instance
             */
            DescribeClusterRequest.create = function create(properties) {
                return new DescribeClusterRequest(properties);
            };

            /**
             * Encodes the specified DescribeClusterRequest message. Does not implicitly {@link varve.v1.DescribeClusterRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeClusterRequest
             * @static
             * @param {varve.v1.IDescribeClusterRequest} message DescribeClusterRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeClusterRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes a DescribeClusterRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeClusterRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeClusterRequest} DescribeClusterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeClusterRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeClusterRequest();
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

            return DescribeClusterRequest;
        })();

        v1.DescribeClusterResponse = (function() {

            /**
             * Properties of a DescribeClusterResponse.
             * @memberof varve.v1
             * @interface IDescribeClusterResponse
             * @property {string|null} [cluster_id] DescribeClusterResponse cluster_id
             * @property {number|null} [controller_id] DescribeClusterResponse controller_id
             * @property {Array.<varve.v1.IBroker>|null} [brokers] DescribeClusterResponse brokers
             * @property {number|null} [metadata_version] DescribeClusterResponse metadata_version
             * @property {number|null} [metadata_offset] DescribeClusterResponse metadata_offset
             */

            /**
             * Constructs a new DescribeClusterResponse.
             * @memberof varve.v1
             * @classdesc Represents a DescribeClusterResponse.
             * @implements IDescribeClusterResponse
             * @constructor
             * @param {varve.v1.IDescribeClusterResponse=} [properties] Properties to set
             */
            function DescribeClusterResponse(properties) {
                this.brokers = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DescribeClusterResponse cluster_id.
             * @member {string} cluster_id
             * @memberof varve.v1.DescribeClusterResponse
             * @instance
             */
            DescribeClusterResponse.prototype.cluster_id = "";

            /**
             * DescribeClusterResponse controller_id.
             * @member {number} controller_id
             * @memberof varve.v1.DescribeClusterResponse
             * @instance
             */
            DescribeClusterResponse.prototype.controller_id = 0;

            /**
             * DescribeClusterResponse brokers.
             * @member {Array.<varve.v1.IBroker>} brokers
             * @memberof varve.v1.DescribeClusterResponse
             * @instance
             */
            DescribeClusterResponse.prototype.brokers = $util.emptyArray;

            /**
             * DescribeClusterResponse metadata_version.
             * @member {number} metadata_version
             * @memberof varve.v1.DescribeClusterResponse
             * @instance
             */
            DescribeClusterResponse.prototype.metadata_version = 0;

            /**
             * DescribeClusterResponse metadata_offset.
             * @member {number} metadata_offset
             * @memberof varve.v1.DescribeClusterResponse
             * @instance
             */
            DescribeClusterResponse.prototype.metadata_offset = 0;

            /**
             * Creates a new DescribeClusterResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeClusterResponse
             * @static
             * @param {varve.v1.IDescribeClusterResponse=} [properties] Properties to set
             * @returns {varve.v1.DescribeClusterResponse} DescribeClusterResponse instance
             */
            DescribeClusterResponse.create = function create(properties) {
                return new DescribeClusterResponse(properties);
            };

            /**
             * Encodes the specified DescribeClusterResponse message. Does not implicitly {@link varve.v1.DescribeClusterResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeClusterResponse
             * @static
             * @param {varve.v1.IDescribeClusterResponse} message DescribeClusterResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeClusterResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.cluster_id != null && Object.hasOwnProperty.call(message, "cluster_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster_id);
                if (message.controller_id != null && Object.hasOwnProperty.call(message, "controller_id"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.controller_id);
                if (message.brokers != null && message.brokers.length)
                    for (let i = 0; i < message.brokers.length; ++i)
                        $root.varve.v1.Broker.encode(message.brokers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.metadata_version != null && Object.hasOwnProperty.call(message, "metadata_version"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.metadata_version);
                if (message.metadata_offset != null && Object.hasOwnProperty.call(message, "metadata_offset"))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.metadata_offset);
                return writer;
            };

            /**
             * Decodes a DescribeClusterResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeClusterResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeClusterResponse} DescribeClusterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeClusterResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeClusterResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.cluster_id = reader.string();
                            break;
                        }
                    case 2: {
                            message.controller_id = reader.int32();
                            break;
                        }
                    case 3: {
                            if (!(message.brokers && message.brokers.length))
                                message.brokers = [];
                            message.brokers.push($root.varve.v1.Broker.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 4: {
                            message.metadata_version = reader.int32();
                            break;
                        }
                    case 5: {
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

            return DescribeClusterResponse;
        })();

        v1.UnregisterBrokerRequest = (function() {

            /**
             * Properties of an UnregisterBrokerRequest.
             * @memberof varve.v1
             * @interface IUnregisterBrokerRequest
             * @property {number|null} [node_id] UnregisterBrokerRequest node_id
             */

            /**
             * Constructs a new UnregisterBrokerRequest.
             * @memberof varve.v1
             * @classdesc Represents an UnregisterBrokerRequest.
             * @implements IUnregisterBrokerRequest
             * @constructor
             * @param {varve.v1.IUnregisterBrokerRequest=} [properties] Properties to set
             */
            function UnregisterBrokerRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * UnregisterBrokerRequest node_id.
             * @member {number} node_id
             * @memberof varve.v1.UnregisterBrokerRequest
             * @instance
             */
            UnregisterBrokerRequest.prototype.node_id = 0;

            /**
             * Creates a new UnregisterBrokerRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.UnregisterBrokerRequest
             * @static
             * @param {varve.v1.IUnregisterBrokerRequest=} [properties] Properties to set
             * @returns {varve.v1.UnregisterBrokerRequest} UnregisterBrokerRequest instance
             */
            UnregisterBrokerRequest.create = function create(properties) {
                return new UnregisterBrokerRequest(properties);
            };

            /**
             * Encodes the specified UnregisterBrokerRequest message. Does not implicitly {@link varve.v1.UnregisterBrokerRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.UnregisterBrokerRequest
             * @static
             * @param {varve.v1.IUnregisterBrokerRequest} message UnregisterBrokerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnregisterBrokerRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                return writer;
            };

            /**
             * Decodes an UnregisterBrokerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.UnregisterBrokerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.UnregisterBrokerRequest} UnregisterBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnregisterBrokerRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.UnregisterBrokerRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.node_id = reader.int32();
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

            return UnregisterBrokerRequest;
        })();

        v1.UnregisterBrokerResponse = (function() {

            /**
             * Properties of an UnregisterBrokerResponse.
             * @memberof varve.v1
             * @interface IUnregisterBrokerResponse
             */

            /**
             * Constructs a new UnregisterBrokerResponse.
             * @memberof varve.v1
             * @classdesc Represents an UnregisterBrokerResponse.
             * @implements IUnregisterBrokerResponse
             * @constructor
             * @param {varve.v1.IUnregisterBrokerResponse=} [properties] Properties to set
             */
            function UnregisterBrokerResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new UnregisterBrokerResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.UnregisterBrokerResponse
             * @static
             * @param {varve.v1.IUnregisterBrokerResponse=} [properties] Properties to set
             * @returns {varve.v1.UnregisterBrokerResponse} UnregisterBrokerResponse instance
             */
            UnregisterBrokerResponse.create = function create(properties) {
                return new UnregisterBrokerResponse(properties);
            };

            /**
             * Encodes the specified UnregisterBrokerResponse message. Does not implicitly {@link varve.v1.UnregisterBrokerResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.UnregisterBrokerResponse
             * @static
             * @param {varve.v1.IUnregisterBrokerResponse} message UnregisterBrokerResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnregisterBrokerResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes an UnregisterBrokerResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.UnregisterBrokerResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.UnregisterBrokerResponse} UnregisterBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnregisterBrokerResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.UnregisterBrokerResponse();
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

            return UnregisterBrokerResponse;
        })();

        v1.DescribeQuorumRequest = (function() {

            /**
             * Properties of a DescribeQuorumRequest.
             * @memberof varve.v1
             * @interface IDescribeQuorumRequest
             * @property {boolean|null} [of_this_node] DescribeQuorumRequest of_this_node
             */

            /**
             * Constructs a new DescribeQuorumRequest.
             * @memberof varve.v1
             * @classdesc Represents a DescribeQuorumRequest.
             * @implements IDescribeQuorumRequest
             * @constructor
             * @param {varve.v1.IDescribeQuorumRequest=} [properties] Properties to set
             */
            function DescribeQuorumRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DescribeQuorumRequest of_this_node.
             * @member {boolean} of_this_node
             * @memberof varve.v1.DescribeQuorumRequest
             * @instance
             */
            DescribeQuorumRequest.prototype.of_this_node = false;

            /**
             * Creates a new DescribeQuorumRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeQuorumRequest
             * @static
             * @param {varve.v1.IDescribeQuorumRequest=} [properties] Properties to set
             * @returns {varve.v1.DescribeQuorumRequest} DescribeQuorumRequest instance
             */
            DescribeQuorumRequest.create = function create(properties) {
                return new DescribeQuorumRequest(properties);
            };

            /**
             * Encodes the specified DescribeQuorumRequest message. Does not implicitly {@link varve.v1.DescribeQuorumRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeQuorumRequest
             * @static
             * @param {varve.v1.IDescribeQuorumRequest} message DescribeQuorumRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeQuorumRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.of_this_node != null && Object.hasOwnProperty.call(message, "of_this_node"))
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.of_this_node);
                return writer;
            };

            /**
             * Decodes a DescribeQuorumRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeQuorumRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeQuorumRequest} DescribeQuorumRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeQuorumRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeQuorumRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.of_this_node = reader.bool();
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

            return DescribeQuorumRequest;
        })();

        v1.DescribeQuorumResponse = (function() {

            /**
             * Properties of a DescribeQuorumResponse.
             * @memberof varve.v1
             * @interface IDescribeQuorumResponse
             * @property {number|null} [leader_id] DescribeQuorumResponse leader_id
             * @property {number|null} [leader_epoch] DescribeQuorumResponse leader_epoch
             * @property {number|null} [commit_offset] DescribeQuorumResponse commit_offset
             * @property {Array.<varve.v1.IQuorumReplica>|null} [voters] DescribeQuorumResponse voters
             * @property {Array.<varve.v1.IQuorumReplica>|null} [observers] DescribeQuorumResponse observers
             * @property {number|null} [node_id] DescribeQuorumResponse node_id
             * @property {string|null} [problem] DescribeQuorumResponse problem
             */

            /**
             * Constructs a new DescribeQuorumResponse.
             * @memberof varve.v1
             * @classdesc Represents a DescribeQuorumResponse.
             * @implements IDescribeQuorumResponse
             * @constructor
             * @param {varve.v1.IDescribeQuorumResponse=} [properties] Properties to set
             */
            function DescribeQuorumResponse(properties) {
                this.voters = [];
                this.observers = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DescribeQuorumResponse leader_id.
             * @member {number} leader_id
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.leader_id = 0;

            /**
             * DescribeQuorumResponse leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.leader_epoch = 0;

            /**
             * DescribeQuorumResponse commit_offset.
             * @member {number} commit_offset
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.commit_offset = 0;

            /**
             * DescribeQuorumResponse voters.
             * @member {Array.<varve.v1.IQuorumReplica>} voters
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.voters = $util.emptyArray;

            /**
             * DescribeQuorumResponse observers.
             * @member {Array.<varve.v1.IQuorumReplica>} observers
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.observers = $util.emptyArray;

            /**
             * DescribeQuorumResponse node_id.
             * @member {number} node_id
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.node_id = 0;

            /**
             * DescribeQuorumResponse problem.
             * @member {string} problem
             * @memberof varve.v1.DescribeQuorumResponse
             * @instance
             */
            DescribeQuorumResponse.prototype.problem = "";

            /**
             * Creates a new DescribeQuorumResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.DescribeQuorumResponse
             * @static
             * @param {varve.v1.IDescribeQuorumResponse=} [properties] Properties to set
             * @returns {varve.v1.DescribeQuorumResponse} DescribeQuorumResponse instance
             */
            DescribeQuorumResponse.create = function create(properties) {
                return new DescribeQuorumResponse(properties);
            };

            /**
             * Encodes the specified DescribeQuorumResponse message. Does not implicitly {@link varve.v1.DescribeQuorumResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.DescribeQuorumResponse
             * @static
             * @param {varve.v1.IDescribeQuorumResponse} message DescribeQuorumResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeQuorumResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.leader_id != null && Object.hasOwnProperty.call(message, "leader_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.leader_id);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int64(message.leader_epoch);
                if (message.commit_offset != null && Object.hasOwnProperty.call(message, "commit_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.commit_offset);
                if (message.voters != null && message.voters.length)
                    for (let i = 0; i < message.voters.length; ++i)
                        $root.varve.v1.QuorumReplica.encode(message.voters[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.observers != null && message.observers.length)
                    for (let i = 0; i < message.observers.length; ++i)
                        $root.varve.v1.QuorumReplica.encode(message.observers[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.node_id);
                if (message.problem != null && Object.hasOwnProperty.call(message, "problem"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.problem);
                return writer;
            };

            /**
             * Decodes a DescribeQuorumResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.DescribeQuorumResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.DescribeQuorumResponse} DescribeQuorumResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeQuorumResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.DescribeQuorumResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.leader_id = reader.int32();
                            break;
                        }
                    case 2: {
                            message.leader_epoch = $number.int64(reader);
                            break;
                        }
                    case 3: {
                            message.commit_offset = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            if (!(message.voters && message.voters.length))
                                message.voters = [];
                            message.voters.push($root.varve.v1.QuorumReplica.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 5: {
                            if (!(message.observers && message.observers.length))
                                message.observers = [];
                            message.observers.push($root.varve.v1.QuorumReplica.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 6: {
                            message.node_id = reader.int32();
                            break;
                        }
                    case 7: {
                            message.problem = reader.string();
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

            return DescribeQuorumResponse;
        })();

        v1.QuorumReplica = (function() {

            /**
             * Properties of a QuorumReplica.
             * @memberof varve.v1
             * @interface IQuorumReplica
             * @property {number|null} [node_id] QuorumReplica node_id
             * @property {string|null} [directory_id] QuorumReplica directory_id
             * @property {number|null} [log_end_offset] QuorumReplica log_end_offset
             * @property {number|null} [last_contact_ms] QuorumReplica last_contact_ms
             */

            /**
             * Constructs a new QuorumReplica.
             * @memberof varve.v1
             * @classdesc Represents a QuorumReplica.
             * @implements IQuorumReplica
             * @constructor
             * @param {varve.v1.IQuorumReplica=} [properties] Properties to set
             */
            function QuorumReplica(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * QuorumReplica node_id.
             * @member {number} node_id
             * @memberof varve.v1.QuorumReplica
             * @instance
             */
            QuorumReplica.prototype.node_id = 0;

            /**
             * QuorumReplica directory_id.
             * @member {string} directory_id
             * @memberof varve.v1.QuorumReplica
             * @instance
             */
            QuorumReplica.prototype.directory_id = "";

            /**
             * QuorumReplica log_end_offset.
             * @member {number} log_end_offset
             * @memberof varve.v1.QuorumReplica
             * @instance
             */
            QuorumReplica.prototype.log_end_offset = 0;

            /**
             * QuorumReplica last_contact_ms.
             * @member {number} last_contact_ms
             * @memberof varve.v1.QuorumReplica
             * @instance
             */
            QuorumReplica.prototype.last_contact_ms = 0;

            /**
             * Creates a new QuorumReplica instance using the specified properties.
             * @function create
             * @memberof varve.v1.QuorumReplica
             * @static
             * @param {varve.v1.IQuorumReplica=} [properties] Properties to set
             * @returns {varve.v1.QuorumReplica} QuorumReplica instance
             */
            QuorumReplica.create = function create(properties) {
                return new QuorumReplica(properties);
            };

            /**
             * Encodes the specified QuorumReplica message. Does not implicitly {@link varve.v1.QuorumReplica.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.QuorumReplica
             * @static
             * @param {varve.v1.IQuorumReplica} message QuorumReplica message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QuorumReplica.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.directory_id != null && Object.hasOwnProperty.call(message, "directory_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.directory_id);
                if (message.log_end_offset != null && Object.hasOwnProperty.call(message, "log_end_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.log_end_offset);
                if (message.last_contact_ms != null && Object.hasOwnProperty.call(message, "last_contact_ms"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.last_contact_ms);
                return writer;
            };

            /**
             * Decodes a QuorumReplica message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.QuorumReplica
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.QuorumReplica} QuorumReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QuorumReplica.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.QuorumReplica();
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
                            message.directory_id = reader.string();
                            break;
                        }
                    case 3: {
                            message.log_end_offset = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            message.last_contact_ms = $number.int64(reader);
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

            return QuorumReplica;
        })();

        v1.AddVoterRequest = (function() {

            /**
             * Properties of an AddVoterRequest.
             * @memberof varve.v1
             * @interface IAddVoterRequest
             * @property {number|null} [node_id] AddVoterRequest node_id
             * @property {string|null} [directory_id] AddVoterRequest directory_id
             */

            /**
             * Constructs a new AddVoterRequest.
             * @memberof varve.v1
             * @classdesc Represents an AddVoterRequest.
             * @implements IAddVoterRequest
             * @constructor
             * @param {varve.v1.IAddVoterRequest=} [properties] Properties to set
             */
            function AddVoterRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * AddVoterRequest node_id.
             * @member {number} node_id
             * @memberof varve.v1.AddVoterRequest
             * @instance
             */
            AddVoterRequest.prototype.node_id = 0;

            /**
             * AddVoterRequest directory_id.
             * @member {string} directory_id
             * @memberof varve.v1.AddVoterRequest
             * @instance
             */
            AddVoterRequest.prototype.directory_id = "";

            /**
             * Creates a new AddVoterRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.AddVoterRequest
             * @static
             * @param {varve.v1.IAddVoterRequest=} [properties] Properties to set
             * @returns {varve.v1.AddVoterRequest} AddVoterRequest instance
             */
            AddVoterRequest.create = function create(properties) {
                return new AddVoterRequest(properties);
            };

            /**
             * Encodes the specified AddVoterRequest message. Does not implicitly {@link varve.v1.AddVoterRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AddVoterRequest
             * @static
             * @param {varve.v1.IAddVoterRequest} message AddVoterRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AddVoterRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.directory_id != null && Object.hasOwnProperty.call(message, "directory_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.directory_id);
                return writer;
            };

            /**
             * Decodes an AddVoterRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AddVoterRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AddVoterRequest} AddVoterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AddVoterRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AddVoterRequest();
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
                            message.directory_id = reader.string();
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

            return AddVoterRequest;
        })();

        v1.AddVoterResponse = (function() {

            /**
             * Properties of an AddVoterResponse.
             * @memberof varve.v1
             * @interface IAddVoterResponse
             */

            /**
             * Constructs a new AddVoterResponse.
             * @memberof varve.v1
             * @classdesc Represents an AddVoterResponse.
             * @implements IAddVoterResponse
             * @constructor
             * @param {varve.v1.IAddVoterResponse=} [properties] Properties to set
             */
            function AddVoterResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new AddVoterResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.AddVoterResponse
             * @static
             * @param {varve.v1.IAddVoterResponse=} [properties] Properties to set
             * @returns {varve.v1.AddVoterResponse} AddVoterResponse instance
             */
            AddVoterResponse.create = function create(properties) {
                return new AddVoterResponse(properties);
            };

            /**
             * Encodes the specified AddVoterResponse message. Does not implicitly {@link varve.v1.AddVoterResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.AddVoterResponse
             * @static
             * @param {varve.v1.IAddVoterResponse} message AddVoterResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AddVoterResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes an AddVoterResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.AddVoterResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.AddVoterResponse} AddVoterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AddVoterResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.AddVoterResponse();
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

            return AddVoterResponse;
        })();

        v1.RemoveVoterRequest = (function() {

            /**
             * Properties of a RemoveVoterRequest.
             * @memberof varve.v1
             * @interface IRemoveVoterRequest
             * @property {number|null} [node_id] RemoveVoterRequest node_id
             * @property {string|null} [directory_id] RemoveVoterRequest directory_id
             */

            /**
             * Constructs a new RemoveVoterRequest.
             * @memberof varve.v1
             * @classdesc Represents a RemoveVoterRequest.
             * @implements IRemoveVoterRequest
             * @constructor
             * @param {varve.v1.IRemoveVoterRequest=} [properties] Properties to set
             */
            function RemoveVoterRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RemoveVoterRequest node_id.
             * @member {number} node_id
             * @memberof varve.v1.RemoveVoterRequest
             * @instance
             */
            RemoveVoterRequest.prototype.node_id = 0;

            /**
             * RemoveVoterRequest directory_id.
             * @member {string} directory_id
             * @memberof varve.v1.RemoveVoterRequest
             * @instance
             */
            RemoveVoterRequest.prototype.directory_id = "";

            /**
             * Creates a new RemoveVoterRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.RemoveVoterRequest
             * @static
             * @param {varve.v1.IRemoveVoterRequest=} [properties] Properties to set
             * @returns {varve.v1.RemoveVoterRequest} RemoveVoterRequest instance
             */
            RemoveVoterRequest.create = function create(properties) {
                return new RemoveVoterRequest(properties);
            };

            /**
             * Encodes the specified RemoveVoterRequest message. Does not implicitly {@link varve.v1.RemoveVoterRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.RemoveVoterRequest
             * @static
             * @param {varve.v1.IRemoveVoterRequest} message RemoveVoterRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RemoveVoterRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.directory_id != null && Object.hasOwnProperty.call(message, "directory_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.directory_id);
                return writer;
            };

            /**
             * Decodes a RemoveVoterRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.RemoveVoterRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.RemoveVoterRequest} RemoveVoterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RemoveVoterRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.RemoveVoterRequest();
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
                            message.directory_id = reader.string();
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

            return RemoveVoterRequest;
        })();

        v1.RemoveVoterResponse = (function() {

            /**
             * Properties of a RemoveVoterResponse.
             * @memberof varve.v1
             * @interface IRemoveVoterResponse
             */

            /**
             * Constructs a new RemoveVoterResponse.
             * @memberof varve.v1
             * @classdesc Represents a RemoveVoterResponse.
             * @implements IRemoveVoterResponse
             * @constructor
             * @param {varve.v1.IRemoveVoterResponse=} [properties] Properties to set
             */
            function RemoveVoterResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * Creates a new RemoveVoterResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.RemoveVoterResponse
             * @static
             * @param {varve.v1.IRemoveVoterResponse=} [properties] Properties to set
             * @returns {varve.v1.RemoveVoterResponse} RemoveVoterResponse instance
             */
            RemoveVoterResponse.create = function create(properties) {
                return new RemoveVoterResponse(properties);
            };

            /**
             * Encodes the specified RemoveVoterResponse message. Does not implicitly {@link varve.v1.RemoveVoterResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.RemoveVoterResponse
             * @static
             * @param {varve.v1.IRemoveVoterResponse} message RemoveVoterResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RemoveVoterResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                return writer;
            };

            /**
             * Decodes a RemoveVoterResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.RemoveVoterResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.RemoveVoterResponse} RemoveVoterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RemoveVoterResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.RemoveVoterResponse();
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

            return RemoveVoterResponse;
        })();

        v1.TransferQuorumLeadershipRequest = (function() {

            /**
             * Properties of a TransferQuorumLeadershipRequest.
             * @memberof varve.v1
             * @interface ITransferQuorumLeadershipRequest
             * @property {number|null} [to_node_id] TransferQuorumLeadershipRequest to_node_id
             */

            /**
             * Constructs a new TransferQuorumLeadershipRequest.
             * @memberof varve.v1
             * @classdesc Represents a TransferQuorumLeadershipRequest.
             * @implements ITransferQuorumLeadershipRequest
             * @constructor
             * @param {varve.v1.ITransferQuorumLeadershipRequest=} [properties] Properties to set
             */
            function TransferQuorumLeadershipRequest(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TransferQuorumLeadershipRequest to_node_id.
             * @member {number} to_node_id
             * @memberof varve.v1.TransferQuorumLeadershipRequest
             * @instance
             */
            TransferQuorumLeadershipRequest.prototype.to_node_id = 0;

            /**
             * Creates a new TransferQuorumLeadershipRequest instance using the specified properties.
             * @function create
             * @memberof varve.v1.TransferQuorumLeadershipRequest
             * @static
             * @param {varve.v1.ITransferQuorumLeadershipRequest=} [properties] Properties to set
             * @returns {varve.v1.TransferQuorumLeadershipRequest} TransferQuorumLeadershipRequest instance
             */
            TransferQuorumLeadershipRequest.create = function create(properties) {
                return new TransferQuorumLeadershipRequest(properties);
            };

            /**
             * Encodes the specified TransferQuorumLeadershipRequest message. Does not implicitly {@link varve.v1.TransferQuorumLeadershipRequest.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TransferQuorumLeadershipRequest
             * @static
             * @param {varve.v1.ITransferQuorumLeadershipRequest} message TransferQuorumLeadershipRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TransferQuorumLeadershipRequest.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.to_node_id != null && Object.hasOwnProperty.call(message, "to_node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.to_node_id);
                return writer;
            };

            /**
             * Decodes a TransferQuorumLeadershipRequest message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TransferQuorumLeadershipRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TransferQuorumLeadershipRequest} TransferQuorumLeadershipRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TransferQuorumLeadershipRequest.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.TransferQuorumLeadershipRequest();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.to_node_id = reader.int32();
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

            return TransferQuorumLeadershipRequest;
        })();

        v1.TransferQuorumLeadershipResponse = (function() {

            /**
             * Properties of a TransferQuorumLeadershipResponse.
             * @memberof varve.v1
             * @interface ITransferQuorumLeadershipResponse
             * @property {number|null} [leader_id] TransferQuorumLeadershipResponse leader_id
             */

            /**
             * Constructs a new TransferQuorumLeadershipResponse.
             * @memberof varve.v1
             * @classdesc Represents a TransferQuorumLeadershipResponse.
             * @implements ITransferQuorumLeadershipResponse
             * @constructor
             * @param {varve.v1.ITransferQuorumLeadershipResponse=} [properties] Properties to set
             */
            function TransferQuorumLeadershipResponse(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TransferQuorumLeadershipResponse leader_id.
             * @member {number} leader_id
             * @memberof varve.v1.TransferQuorumLeadershipResponse
             * @instance
             */
            TransferQuorumLeadershipResponse.prototype.leader_id = 0;

            /**
             * Creates a new TransferQuorumLeadershipResponse instance using the specified properties.
             * @function create
             * @memberof varve.v1.TransferQuorumLeadershipResponse
             * @static
             * @param {varve.v1.ITransferQuorumLeadershipResponse=} [properties] Properties to set
             * @returns {varve.v1.TransferQuorumLeadershipResponse} TransferQuorumLeadershipResponse instance
             */
            TransferQuorumLeadershipResponse.create = function create(properties) {
                return new TransferQuorumLeadershipResponse(properties);
            };

            /**
             * Encodes the specified TransferQuorumLeadershipResponse message. Does not implicitly {@link varve.v1.TransferQuorumLeadershipResponse.verify|verify} messages.
             * @function encode
             * @memberof varve.v1.TransferQuorumLeadershipResponse
             * @static
             * @param {varve.v1.ITransferQuorumLeadershipResponse} message TransferQuorumLeadershipResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TransferQuorumLeadershipResponse.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.leader_id != null && Object.hasOwnProperty.call(message, "leader_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.leader_id);
                return writer;
            };

            /**
             * Decodes a TransferQuorumLeadershipResponse message from the specified reader or buffer.
             * @function decode
             * @memberof varve.v1.TransferQuorumLeadershipResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.v1.TransferQuorumLeadershipResponse} TransferQuorumLeadershipResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TransferQuorumLeadershipResponse.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.v1.TransferQuorumLeadershipResponse();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.leader_id = reader.int32();
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

            return TransferQuorumLeadershipResponse;
        })();

        return v1;
    })();

    return varve;
})();

export { $root as default };

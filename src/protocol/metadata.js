/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_metadata"] || ($protobuf.roots["varve_metadata"] = {});

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

        internal.MetadataBatch = (function() {

            /**
             * Properties of a MetadataBatch.
             * @memberof varve.internal
             * @interface IMetadataBatch
             * @property {number|null} [version] MetadataBatch version
             * @property {Array.<varve.internal.IMetadataRecord>|null} [records] MetadataBatch records
             */

            /**
             * Constructs a new MetadataBatch.
             * @memberof varve.internal
             * @classdesc Represents a MetadataBatch.
             * @implements IMetadataBatch
             * @constructor
             * @param {varve.internal.IMetadataBatch=} [properties] Properties to set
             */
            function MetadataBatch(properties) {
                this.records = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * MetadataBatch version.
             * @member {number} version
             * @memberof varve.internal.MetadataBatch
             * @instance
             */
            MetadataBatch.prototype.version = 0;

            /**
             * MetadataBatch records.
             * @member {Array.<varve.internal.IMetadataRecord>} records
             * @memberof varve.internal.MetadataBatch
             * @instance
             */
            MetadataBatch.prototype.records = $util.emptyArray;

            /**
             * Creates a new MetadataBatch instance using the specified properties.
             * @function create
             * @memberof varve.internal.MetadataBatch
             * @static
             * @param {varve.internal.IMetadataBatch=} [properties] Properties to set
             * @returns {varve.internal.MetadataBatch} MetadataBatch instance
             */
            MetadataBatch.create = function create(properties) {
                return new MetadataBatch(properties);
            };

            /**
             * Encodes the specified MetadataBatch message. Does not implicitly {@link varve.internal.MetadataBatch.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.MetadataBatch
             * @static
             * @param {varve.internal.IMetadataBatch} message MetadataBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataBatch.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.records != null && message.records.length)
                    for (let i = 0; i < message.records.length; ++i)
                        $root.varve.internal.MetadataRecord.encode(message.records[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a MetadataBatch message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.MetadataBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.MetadataBatch} MetadataBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataBatch.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.MetadataBatch();
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
                            if (!(message.records && message.records.length))
                                message.records = [];
                            message.records.push($root.varve.internal.MetadataRecord.decode(reader, reader.uint32(), undefined, long + 1));
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

            return MetadataBatch;
        })();

        internal.MetadataRecord = (function() {

            /**
             * Properties of a MetadataRecord.
             * @memberof varve.internal
             * @interface IMetadataRecord
             * @property {number|null} [version] MetadataRecord version
             * @property {varve.internal.IRegisterBrokerRecord|null} [register_broker] MetadataRecord register_broker
             * @property {varve.internal.IBrokerChangeRecord|null} [broker_change] MetadataRecord broker_change
             * @property {varve.internal.IUnregisterBrokerRecord|null} [unregister_broker] MetadataRecord unregister_broker
             * @property {varve.internal.ITopicRecord|null} [topic] MetadataRecord topic
             * @property {varve.internal.IRemoveTopicRecord|null} [remove_topic] MetadataRecord remove_topic
             * @property {varve.internal.IPartitionRecord|null} [partition] MetadataRecord partition
             * @property {varve.internal.IPartitionChangeRecord|null} [partition_change] MetadataRecord partition_change
             * @property {varve.internal.IConfigRecord|null} [config] MetadataRecord config
             * @property {varve.internal.IProducerIdsRecord|null} [producer_ids] MetadataRecord producer_ids
             * @property {varve.internal.IFeatureLevelRecord|null} [feature_level] MetadataRecord feature_level
             */

            /**
             * Constructs a new MetadataRecord.
             * @memberof varve.internal
             * @classdesc Represents a MetadataRecord.
             * @implements IMetadataRecord
             * @constructor
             * @param {varve.internal.IMetadataRecord=} [properties] Properties to set
             */
            function MetadataRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * MetadataRecord version.
             * @member {number} version
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.version = 0;

            /**
             * MetadataRecord register_broker.
             * @member {varve.internal.IRegisterBrokerRecord|null|undefined} register_broker
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.register_broker = null;

            /**
             * MetadataRecord broker_change.
             * @member {varve.internal.IBrokerChangeRecord|null|undefined} broker_change
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.broker_change = null;

            /**
             * MetadataRecord unregister_broker.
             * @member {varve.internal.IUnregisterBrokerRecord|null|undefined} unregister_broker
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.unregister_broker = null;

            /**
             * MetadataRecord topic.
             * @member {varve.internal.ITopicRecord|null|undefined} topic
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.topic = null;

            /**
             * MetadataRecord remove_topic.
             * @member {varve.internal.IRemoveTopicRecord|null|undefined} remove_topic
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.remove_topic = null;

            /**
             * MetadataRecord partition.
             * @member {varve.internal.IPartitionRecord|null|undefined} partition
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.partition = null;

            /**
             * MetadataRecord partition_change.
             * @member {varve.internal.IPartitionChangeRecord|null|undefined} partition_change
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.partition_change = null;

            /**
             * MetadataRecord config.
             * @member {varve.internal.IConfigRecord|null|undefined} config
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.config = null;

            /**
             * MetadataRecord producer_ids.
             * @member {varve.internal.IProducerIdsRecord|null|undefined} producer_ids
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.producer_ids = null;

            /**
             * MetadataRecord feature_level.
             * @member {varve.internal.IFeatureLevelRecord|null|undefined} feature_level
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            MetadataRecord.prototype.feature_level = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * MetadataRecord kind.
             * @member {"register_broker"|"broker_change"|"unregister_broker"|"topic"|"remove_topic"|"partition"|"partition_change"|"config"|"producer_ids"|"feature_level"|undefined} kind
             * @memberof varve.internal.MetadataRecord
             * @instance
             */
            Object.defineProperty(MetadataRecord.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["register_broker", "broker_change", "unregister_broker", "topic", "remove_topic", "partition", "partition_change", "config", "producer_ids", "feature_level"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new MetadataRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.MetadataRecord
             * @static
             * @param {varve.internal.IMetadataRecord=} [properties] Properties to set
             * @returns {varve.internal.MetadataRecord} MetadataRecord instance
             */
            MetadataRecord.create = function create(properties) {
                return new MetadataRecord(properties);
            };

            /**
             * Encodes the specified MetadataRecord message. Does not implicitly {@link varve.internal.MetadataRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.MetadataRecord
             * @static
             * @param {varve.internal.IMetadataRecord} message MetadataRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.version);
                if (message.register_broker != null && Object.hasOwnProperty.call(message, "register_broker"))
                    $root.varve.internal.RegisterBrokerRecord.encode(message.register_broker, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                if (message.broker_change != null && Object.hasOwnProperty.call(message, "broker_change"))
                    $root.varve.internal.BrokerChangeRecord.encode(message.broker_change, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.unregister_broker != null && Object.hasOwnProperty.call(message, "unregister_broker"))
                    $root.varve.internal.UnregisterBrokerRecord.encode(message.unregister_broker, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                    $root.varve.internal.TopicRecord.encode(message.topic, writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                if (message.remove_topic != null && Object.hasOwnProperty.call(message, "remove_topic"))
                    $root.varve.internal.RemoveTopicRecord.encode(message.remove_topic, writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                    $root.varve.internal.PartitionRecord.encode(message.partition, writer.uint32(/* id 7, wireType 2 =*/58).fork(), q + 1).ldelim();
                if (message.partition_change != null && Object.hasOwnProperty.call(message, "partition_change"))
                    $root.varve.internal.PartitionChangeRecord.encode(message.partition_change, writer.uint32(/* id 8, wireType 2 =*/66).fork(), q + 1).ldelim();
                if (message.config != null && Object.hasOwnProperty.call(message, "config"))
                    $root.varve.internal.ConfigRecord.encode(message.config, writer.uint32(/* id 9, wireType 2 =*/74).fork(), q + 1).ldelim();
                if (message.producer_ids != null && Object.hasOwnProperty.call(message, "producer_ids"))
                    $root.varve.internal.ProducerIdsRecord.encode(message.producer_ids, writer.uint32(/* id 10, wireType 2 =*/82).fork(), q + 1).ldelim();
                if (message.feature_level != null && Object.hasOwnProperty.call(message, "feature_level"))
                    $root.varve.internal.FeatureLevelRecord.encode(message.feature_level, writer.uint32(/* id 11, wireType 2 =*/90).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a MetadataRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.MetadataRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.MetadataRecord} MetadataRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.MetadataRecord();
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
                            message.register_broker = $root.varve.internal.RegisterBrokerRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 3: {
                            message.broker_change = $root.varve.internal.BrokerChangeRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.unregister_broker = $root.varve.internal.UnregisterBrokerRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 5: {
                            message.topic = $root.varve.internal.TopicRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 6: {
                            message.remove_topic = $root.varve.internal.RemoveTopicRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 7: {
                            message.partition = $root.varve.internal.PartitionRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 8: {
                            message.partition_change = $root.varve.internal.PartitionChangeRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 9: {
                            message.config = $root.varve.internal.ConfigRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 10: {
                            message.producer_ids = $root.varve.internal.ProducerIdsRecord.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 11: {
                            message.feature_level = $root.varve.internal.FeatureLevelRecord.decode(reader, reader.uint32(), undefined, long + 1);
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

            return MetadataRecord;
        })();

        internal.BrokerListener = (function() {

            /**
             * Properties of a BrokerListener.
             * @memberof varve.internal
             * @interface IBrokerListener
             * @property {string|null} [name] BrokerListener name
             * @property {string|null} [host] BrokerListener host
             * @property {number|null} [port] BrokerListener port
             * @property {string|null} [security_protocol] BrokerListener security_protocol
             */

            /**
             * Constructs a new BrokerListener.
             * @memberof varve.internal
             * @classdesc Represents a BrokerListener.
             * @implements IBrokerListener
             * @constructor
             * @param {varve.internal.IBrokerListener=} [properties] Properties to set
             */
            function BrokerListener(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * BrokerListener name.
             * @member {string} name
             * @memberof varve.internal.BrokerListener
             * @instance
             */
            BrokerListener.prototype.name = "";

            /**
             * BrokerListener host.
             * @member {string} host
             * @memberof varve.internal.BrokerListener
             * @instance
             */
            BrokerListener.prototype.host = "";

            /**
             * BrokerListener port.
             * @member {number} port
             * @memberof varve.internal.BrokerListener
             * @instance
             */
            BrokerListener.prototype.port = 0;

            /**
             * BrokerListener security_protocol.
             * @member {string} security_protocol
             * @memberof varve.internal.BrokerListener
             * @instance
             */
            BrokerListener.prototype.security_protocol = "";

            /**
             * Creates a new BrokerListener instance using the specified properties.
             * @function create
             * @memberof varve.internal.BrokerListener
             * @static
             * @param {varve.internal.IBrokerListener=} [properties] Properties to set
             * @returns {varve.internal.BrokerListener} BrokerListener instance
             */
            BrokerListener.create = function create(properties) {
                return new BrokerListener(properties);
            };

            /**
             * Encodes the specified BrokerListener message. Does not implicitly {@link varve.internal.BrokerListener.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.BrokerListener
             * @static
             * @param {varve.internal.IBrokerListener} message BrokerListener message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrokerListener.encode = function encode(message, writer, q) {
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
             * Decodes a BrokerListener message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.BrokerListener
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.BrokerListener} BrokerListener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrokerListener.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.BrokerListener();
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

            return BrokerListener;
        })();

        internal.RegisterBrokerRecord = (function() {

            /**
             * Properties of a RegisterBrokerRecord.
             * @memberof varve.internal
             * @interface IRegisterBrokerRecord
             * @property {number|null} [node_id] RegisterBrokerRecord node_id
             * @property {Uint8Array|null} [incarnation_id] RegisterBrokerRecord incarnation_id
             * @property {number|null} [broker_epoch] RegisterBrokerRecord broker_epoch
             * @property {Array.<varve.internal.IBrokerListener>|null} [listeners] RegisterBrokerRecord listeners
             * @property {string|null} [rack] RegisterBrokerRecord rack
             * @property {Array.<Uint8Array>|null} [log_dirs] RegisterBrokerRecord log_dirs
             * @property {Array.<Uint8Array>|null} [offline_log_dirs] RegisterBrokerRecord offline_log_dirs
             * @property {boolean|null} [fenced] RegisterBrokerRecord fenced
             * @property {boolean|null} [in_controlled_shutdown] RegisterBrokerRecord in_controlled_shutdown
             * @property {number|null} [min_metadata_version] RegisterBrokerRecord min_metadata_version
             * @property {number|null} [max_metadata_version] RegisterBrokerRecord max_metadata_version
             */

            /**
             * Constructs a new RegisterBrokerRecord.
             * @memberof varve.internal
             * @classdesc Represents a RegisterBrokerRecord.
             * @implements IRegisterBrokerRecord
             * @constructor
             * @param {varve.internal.IRegisterBrokerRecord=} [properties] Properties to set
             */
            function RegisterBrokerRecord(properties) {
                this.listeners = [];
                this.log_dirs = [];
                this.offline_log_dirs = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RegisterBrokerRecord node_id.
             * @member {number} node_id
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.node_id = 0;

            /**
             * RegisterBrokerRecord incarnation_id.
             * @member {Uint8Array} incarnation_id
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.incarnation_id = $util.newBuffer([]);

            /**
             * RegisterBrokerRecord broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.broker_epoch = 0;

            /**
             * RegisterBrokerRecord listeners.
             * @member {Array.<varve.internal.IBrokerListener>} listeners
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.listeners = $util.emptyArray;

            /**
             * RegisterBrokerRecord rack.
             * @member {string|null|undefined} rack
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.rack = null;

            /**
             * RegisterBrokerRecord log_dirs.
             * @member {Array.<Uint8Array>} log_dirs
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.log_dirs = $util.emptyArray;

            /**
             * RegisterBrokerRecord offline_log_dirs.
             * @member {Array.<Uint8Array>} offline_log_dirs
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.offline_log_dirs = $util.emptyArray;

            /**
             * RegisterBrokerRecord fenced.
             * @member {boolean} fenced
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.fenced = false;

            /**
             * RegisterBrokerRecord in_controlled_shutdown.
             * @member {boolean} in_controlled_shutdown
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.in_controlled_shutdown = false;

            /**
             * RegisterBrokerRecord min_metadata_version.
             * @member {number} min_metadata_version
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.min_metadata_version = 0;

            /**
             * RegisterBrokerRecord max_metadata_version.
             * @member {number} max_metadata_version
             * @memberof varve.internal.RegisterBrokerRecord
             * @instance
             */
            RegisterBrokerRecord.prototype.max_metadata_version = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(RegisterBrokerRecord.prototype, "_rack", {
                get: $util.oneOfGetter($oneOfFields = ["rack"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new RegisterBrokerRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.RegisterBrokerRecord
             * @static
             * @param {varve.internal.IRegisterBrokerRecord=} [properties] Properties to set
             * @returns {varve.internal.RegisterBrokerRecord} RegisterBrokerRecord instance
             */
            RegisterBrokerRecord.create = function create(properties) {
                return new RegisterBrokerRecord(properties);
            };

            /**
             * Encodes the specified RegisterBrokerRecord message. Does not implicitly {@link varve.internal.RegisterBrokerRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RegisterBrokerRecord
             * @static
             * @param {varve.internal.IRegisterBrokerRecord} message RegisterBrokerRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RegisterBrokerRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.incarnation_id != null && Object.hasOwnProperty.call(message, "incarnation_id"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.incarnation_id);
                if (message.broker_epoch != null && Object.hasOwnProperty.call(message, "broker_epoch"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.broker_epoch);
                if (message.listeners != null && message.listeners.length)
                    for (let i = 0; i < message.listeners.length; ++i)
                        $root.varve.internal.BrokerListener.encode(message.listeners[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.rack);
                if (message.log_dirs != null && message.log_dirs.length)
                    for (let i = 0; i < message.log_dirs.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.log_dirs[i]);
                if (message.offline_log_dirs != null && message.offline_log_dirs.length)
                    for (let i = 0; i < message.offline_log_dirs.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.offline_log_dirs[i]);
                if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.fenced);
                if (message.in_controlled_shutdown != null && Object.hasOwnProperty.call(message, "in_controlled_shutdown"))
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.in_controlled_shutdown);
                if (message.min_metadata_version != null && Object.hasOwnProperty.call(message, "min_metadata_version"))
                    writer.uint32(/* id 10, wireType 0 =*/80).int32(message.min_metadata_version);
                if (message.max_metadata_version != null && Object.hasOwnProperty.call(message, "max_metadata_version"))
                    writer.uint32(/* id 11, wireType 0 =*/88).int32(message.max_metadata_version);
                return writer;
            };

            /**
             * Decodes a RegisterBrokerRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RegisterBrokerRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RegisterBrokerRecord} RegisterBrokerRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RegisterBrokerRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RegisterBrokerRecord();
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
                            message.incarnation_id = reader.bytes();
                            break;
                        }
                    case 3: {
                            message.broker_epoch = $number.int64(reader);
                            break;
                        }
                    case 4: {
                            if (!(message.listeners && message.listeners.length))
                                message.listeners = [];
                            message.listeners.push($root.varve.internal.BrokerListener.decode(reader, reader.uint32(), undefined, long + 1));
                            break;
                        }
                    case 5: {
                            message.rack = reader.string();
                            break;
                        }
                    case 6: {
                            if (!(message.log_dirs && message.log_dirs.length))
                                message.log_dirs = [];
                            message.log_dirs.push(reader.bytes());
                            break;
                        }
                    case 7: {
                            if (!(message.offline_log_dirs && message.offline_log_dirs.length))
                                message.offline_log_dirs = [];
                            message.offline_log_dirs.push(reader.bytes());
                            break;
                        }
                    case 8: {
                            message.fenced = reader.bool();
                            break;
                        }
                    case 9: {
                            message.in_controlled_shutdown = reader.bool();
                            break;
                        }
                    case 10: {
                            message.min_metadata_version = reader.int32();
                            break;
                        }
                    case 11: {
                            message.max_metadata_version = reader.int32();
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

            return RegisterBrokerRecord;
        })();

        internal.BrokerChangeRecord = (function() {

            /**
             * Properties of a BrokerChangeRecord.
             * @memberof varve.internal
             * @interface IBrokerChangeRecord
             * @property {number|null} [node_id] BrokerChangeRecord node_id
             * @property {number|null} [broker_epoch] BrokerChangeRecord broker_epoch
             * @property {boolean|null} [fenced] BrokerChangeRecord fenced
             * @property {boolean|null} [in_controlled_shutdown] BrokerChangeRecord in_controlled_shutdown
             * @property {Array.<Uint8Array>|null} [newly_offline_log_dirs] BrokerChangeRecord newly_offline_log_dirs
             */

            /**
             * Constructs a new BrokerChangeRecord.
             * @memberof varve.internal
             * @classdesc Represents a BrokerChangeRecord.
             * @implements IBrokerChangeRecord
             * @constructor
             * @param {varve.internal.IBrokerChangeRecord=} [properties] Properties to set
             */
            function BrokerChangeRecord(properties) {
                this.newly_offline_log_dirs = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * BrokerChangeRecord node_id.
             * @member {number} node_id
             * @memberof varve.internal.BrokerChangeRecord
             * @instance
             */
            BrokerChangeRecord.prototype.node_id = 0;

            /**
             * BrokerChangeRecord broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.BrokerChangeRecord
             * @instance
             */
            BrokerChangeRecord.prototype.broker_epoch = 0;

            /**
             * BrokerChangeRecord fenced.
             * @member {boolean|null|undefined} fenced
             * @memberof varve.internal.BrokerChangeRecord
             * @instance
             */
            BrokerChangeRecord.prototype.fenced = null;

            /**
             * BrokerChangeRecord in_controlled_shutdown.
             * @member {boolean|null|undefined} in_controlled_shutdown
             * @memberof varve.internal.BrokerChangeRecord
             * @instance
             */
            BrokerChangeRecord.prototype.in_controlled_shutdown = null;

            /**
             * BrokerChangeRecord newly_offline_log_dirs.
             * @member {Array.<Uint8Array>} newly_offline_log_dirs
             * @memberof varve.internal.BrokerChangeRecord
             * @instance
             */
            BrokerChangeRecord.prototype.newly_offline_log_dirs = $util.emptyArray;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(BrokerChangeRecord.prototype, "_fenced", {
                get: $util.oneOfGetter($oneOfFields = ["fenced"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(BrokerChangeRecord.prototype, "_in_controlled_shutdown", {
                get: $util.oneOfGetter($oneOfFields = ["in_controlled_shutdown"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new BrokerChangeRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.BrokerChangeRecord
             * @static
             * @param {varve.internal.IBrokerChangeRecord=} [properties] Properties to set
             * @returns {varve.internal.BrokerChangeRecord} BrokerChangeRecord instance
             */
            BrokerChangeRecord.create = function create(properties) {
                return new BrokerChangeRecord(properties);
            };

            /**
             * Encodes the specified BrokerChangeRecord message. Does not implicitly {@link varve.internal.BrokerChangeRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.BrokerChangeRecord
             * @static
             * @param {varve.internal.IBrokerChangeRecord} message BrokerChangeRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrokerChangeRecord.encode = function encode(message, writer, q) {
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
                if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.fenced);
                if (message.in_controlled_shutdown != null && Object.hasOwnProperty.call(message, "in_controlled_shutdown"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.in_controlled_shutdown);
                if (message.newly_offline_log_dirs != null && message.newly_offline_log_dirs.length)
                    for (let i = 0; i < message.newly_offline_log_dirs.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.newly_offline_log_dirs[i]);
                return writer;
            };

            /**
             * Decodes a BrokerChangeRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.BrokerChangeRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.BrokerChangeRecord} BrokerChangeRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrokerChangeRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.BrokerChangeRecord();
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
                    case 3: {
                            message.fenced = reader.bool();
                            break;
                        }
                    case 4: {
                            message.in_controlled_shutdown = reader.bool();
                            break;
                        }
                    case 5: {
                            if (!(message.newly_offline_log_dirs && message.newly_offline_log_dirs.length))
                                message.newly_offline_log_dirs = [];
                            message.newly_offline_log_dirs.push(reader.bytes());
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

            return BrokerChangeRecord;
        })();

        internal.UnregisterBrokerRecord = (function() {

            /**
             * Properties of an UnregisterBrokerRecord.
             * @memberof varve.internal
             * @interface IUnregisterBrokerRecord
             * @property {number|null} [node_id] UnregisterBrokerRecord node_id
             * @property {number|null} [broker_epoch] UnregisterBrokerRecord broker_epoch
             */

            /**
             * Constructs a new UnregisterBrokerRecord.
             * @memberof varve.internal
             * @classdesc Represents an UnregisterBrokerRecord.
             * @implements IUnregisterBrokerRecord
             * @constructor
             * @param {varve.internal.IUnregisterBrokerRecord=} [properties] Properties to set
             */
            function UnregisterBrokerRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * UnregisterBrokerRecord node_id.
             * @member {number} node_id
             * @memberof varve.internal.UnregisterBrokerRecord
             * @instance
             */
            UnregisterBrokerRecord.prototype.node_id = 0;

            /**
             * UnregisterBrokerRecord broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.UnregisterBrokerRecord
             * @instance
             */
            UnregisterBrokerRecord.prototype.broker_epoch = 0;

            /**
             * Creates a new UnregisterBrokerRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.UnregisterBrokerRecord
             * @static
             * @param {varve.internal.IUnregisterBrokerRecord=} [properties] Properties to set
             * @returns {varve.internal.UnregisterBrokerRecord} UnregisterBrokerRecord instance
             */
            UnregisterBrokerRecord.create = function create(properties) {
                return new UnregisterBrokerRecord(properties);
            };

            /**
             * Encodes the specified UnregisterBrokerRecord message. Does not implicitly {@link varve.internal.UnregisterBrokerRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.UnregisterBrokerRecord
             * @static
             * @param {varve.internal.IUnregisterBrokerRecord} message UnregisterBrokerRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnregisterBrokerRecord.encode = function encode(message, writer, q) {
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
             * Decodes an UnregisterBrokerRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.UnregisterBrokerRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.UnregisterBrokerRecord} UnregisterBrokerRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnregisterBrokerRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.UnregisterBrokerRecord();
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

            return UnregisterBrokerRecord;
        })();

        internal.TopicRecord = (function() {

            /**
             * Properties of a TopicRecord.
             * @memberof varve.internal
             * @interface ITopicRecord
             * @property {Uint8Array|null} [topic_id] TopicRecord topic_id
             * @property {string|null} [name] TopicRecord name
             */

            /**
             * Constructs a new TopicRecord.
             * @memberof varve.internal
             * @classdesc Represents a TopicRecord.
             * @implements ITopicRecord
             * @constructor
             * @param {varve.internal.ITopicRecord=} [properties] Properties to set
             */
            function TopicRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * TopicRecord topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.TopicRecord
             * @instance
             */
            TopicRecord.prototype.topic_id = $util.newBuffer([]);

            /**
             * TopicRecord name.
             * @member {string} name
             * @memberof varve.internal.TopicRecord
             * @instance
             */
            TopicRecord.prototype.name = "";

            /**
             * Creates a new TopicRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.TopicRecord
             * @static
             * @param {varve.internal.ITopicRecord=} [properties] Properties to set
             * @returns {varve.internal.TopicRecord} TopicRecord instance
             */
            TopicRecord.create = function create(properties) {
                return new TopicRecord(properties);
            };

            /**
             * Encodes the specified TopicRecord message. Does not implicitly {@link varve.internal.TopicRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.TopicRecord
             * @static
             * @param {varve.internal.ITopicRecord} message TopicRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topic_id);
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                return writer;
            };

            /**
             * Decodes a TopicRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.TopicRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.TopicRecord} TopicRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.TopicRecord();
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

            return TopicRecord;
        })();

        internal.RemoveTopicRecord = (function() {

            /**
             * Properties of a RemoveTopicRecord.
             * @memberof varve.internal
             * @interface IRemoveTopicRecord
             * @property {Uint8Array|null} [topic_id] RemoveTopicRecord topic_id
             */

            /**
             * Constructs a new RemoveTopicRecord.
             * @memberof varve.internal
             * @classdesc Represents a RemoveTopicRecord.
             * @implements IRemoveTopicRecord
             * @constructor
             * @param {varve.internal.IRemoveTopicRecord=} [properties] Properties to set
             */
            function RemoveTopicRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RemoveTopicRecord topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.RemoveTopicRecord
             * @instance
             */
            RemoveTopicRecord.prototype.topic_id = $util.newBuffer([]);

            /**
             * Creates a new RemoveTopicRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.RemoveTopicRecord
             * @static
             * @param {varve.internal.IRemoveTopicRecord=} [properties] Properties to set
             * @returns {varve.internal.RemoveTopicRecord} RemoveTopicRecord instance
             */
            RemoveTopicRecord.create = function create(properties) {
                return new RemoveTopicRecord(properties);
            };

            /**
             * Encodes the specified RemoveTopicRecord message. Does not implicitly {@link varve.internal.RemoveTopicRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RemoveTopicRecord
             * @static
             * @param {varve.internal.IRemoveTopicRecord} message RemoveTopicRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RemoveTopicRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.topic_id != null && Object.hasOwnProperty.call(message, "topic_id"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topic_id);
                return writer;
            };

            /**
             * Decodes a RemoveTopicRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RemoveTopicRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RemoveTopicRecord} RemoveTopicRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RemoveTopicRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RemoveTopicRecord();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
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

            return RemoveTopicRecord;
        })();

        internal.RecoveryMarkRecord = (function() {

            /**
             * Properties of a RecoveryMarkRecord.
             * @memberof varve.internal
             * @interface IRecoveryMarkRecord
             * @property {number|null} [node_id] RecoveryMarkRecord node_id
             * @property {number|null} [last_epoch] RecoveryMarkRecord last_epoch
             * @property {number|null} [end_offset] RecoveryMarkRecord end_offset
             */

            /**
             * Constructs a new RecoveryMarkRecord.
             * @memberof varve.internal
             * @classdesc Represents a RecoveryMarkRecord.
             * @implements IRecoveryMarkRecord
             * @constructor
             * @param {varve.internal.IRecoveryMarkRecord=} [properties] Properties to set
             */
            function RecoveryMarkRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RecoveryMarkRecord node_id.
             * @member {number} node_id
             * @memberof varve.internal.RecoveryMarkRecord
             * @instance
             */
            RecoveryMarkRecord.prototype.node_id = 0;

            /**
             * RecoveryMarkRecord last_epoch.
             * @member {number} last_epoch
             * @memberof varve.internal.RecoveryMarkRecord
             * @instance
             */
            RecoveryMarkRecord.prototype.last_epoch = 0;

            /**
             * RecoveryMarkRecord end_offset.
             * @member {number} end_offset
             * @memberof varve.internal.RecoveryMarkRecord
             * @instance
             */
            RecoveryMarkRecord.prototype.end_offset = 0;

            /**
             * Creates a new RecoveryMarkRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.RecoveryMarkRecord
             * @static
             * @param {varve.internal.IRecoveryMarkRecord=} [properties] Properties to set
             * @returns {varve.internal.RecoveryMarkRecord} RecoveryMarkRecord instance
             */
            RecoveryMarkRecord.create = function create(properties) {
                return new RecoveryMarkRecord(properties);
            };

            /**
             * Encodes the specified RecoveryMarkRecord message. Does not implicitly {@link varve.internal.RecoveryMarkRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RecoveryMarkRecord
             * @static
             * @param {varve.internal.IRecoveryMarkRecord} message RecoveryMarkRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RecoveryMarkRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.node_id != null && Object.hasOwnProperty.call(message, "node_id"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.node_id);
                if (message.last_epoch != null && Object.hasOwnProperty.call(message, "last_epoch"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.last_epoch);
                if (message.end_offset != null && Object.hasOwnProperty.call(message, "end_offset"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.end_offset);
                return writer;
            };

            /**
             * Decodes a RecoveryMarkRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RecoveryMarkRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RecoveryMarkRecord} RecoveryMarkRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RecoveryMarkRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RecoveryMarkRecord();
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
                            message.last_epoch = reader.int32();
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

            return RecoveryMarkRecord;
        })();

        internal.PartitionRecord = (function() {

            /**
             * Properties of a PartitionRecord.
             * @memberof varve.internal
             * @interface IPartitionRecord
             * @property {Uint8Array|null} [topic_id] PartitionRecord topic_id
             * @property {number|null} [partition] PartitionRecord partition
             * @property {Array.<number>|null} [replicas] PartitionRecord replicas
             * @property {Array.<Uint8Array>|null} [directories] PartitionRecord directories
             * @property {Array.<number>|null} [isr] PartitionRecord isr
             * @property {Array.<number>|null} [eligible_leader_replicas] PartitionRecord eligible_leader_replicas
             * @property {Array.<number>|null} [last_known_eligible_leader_replicas] PartitionRecord last_known_eligible_leader_replicas
             * @property {Array.<number>|null} [adding_replicas] PartitionRecord adding_replicas
             * @property {Array.<number>|null} [removing_replicas] PartitionRecord removing_replicas
             * @property {number|null} [leader] PartitionRecord leader
             * @property {number|null} [leader_epoch] PartitionRecord leader_epoch
             * @property {number|null} [partition_epoch] PartitionRecord partition_epoch
             * @property {Array.<varve.internal.IRecoveryMarkRecord>|null} [recovery_marks] PartitionRecord recovery_marks
             */

            /**
             * Constructs a new PartitionRecord.
             * @memberof varve.internal
             * @classdesc Represents a PartitionRecord.
             * @implements IPartitionRecord
             * @constructor
             * @param {varve.internal.IPartitionRecord=} [properties] Properties to set
             */
            function PartitionRecord(properties) {
                this.replicas = [];
                this.directories = [];
                this.isr = [];
                this.eligible_leader_replicas = [];
                this.last_known_eligible_leader_replicas = [];
                this.adding_replicas = [];
                this.removing_replicas = [];
                this.recovery_marks = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * PartitionRecord topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.topic_id = $util.newBuffer([]);

            /**
             * PartitionRecord partition.
             * @member {number} partition
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.partition = 0;

            /**
             * PartitionRecord replicas.
             * @member {Array.<number>} replicas
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.replicas = $util.emptyArray;

            /**
             * PartitionRecord directories.
             * @member {Array.<Uint8Array>} directories
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.directories = $util.emptyArray;

            /**
             * PartitionRecord isr.
             * @member {Array.<number>} isr
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.isr = $util.emptyArray;

            /**
             * PartitionRecord eligible_leader_replicas.
             * @member {Array.<number>} eligible_leader_replicas
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.eligible_leader_replicas = $util.emptyArray;

            /**
             * PartitionRecord last_known_eligible_leader_replicas.
             * @member {Array.<number>} last_known_eligible_leader_replicas
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.last_known_eligible_leader_replicas = $util.emptyArray;

            /**
             * PartitionRecord adding_replicas.
             * @member {Array.<number>} adding_replicas
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.adding_replicas = $util.emptyArray;

            /**
             * PartitionRecord removing_replicas.
             * @member {Array.<number>} removing_replicas
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.removing_replicas = $util.emptyArray;

            /**
             * PartitionRecord leader.
             * @member {number} leader
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.leader = 0;

            /**
             * PartitionRecord leader_epoch.
             * @member {number} leader_epoch
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.leader_epoch = 0;

            /**
             * PartitionRecord partition_epoch.
             * @member {number} partition_epoch
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.partition_epoch = 0;

            /**
             * PartitionRecord recovery_marks.
             * @member {Array.<varve.internal.IRecoveryMarkRecord>} recovery_marks
             * @memberof varve.internal.PartitionRecord
             * @instance
             */
            PartitionRecord.prototype.recovery_marks = $util.emptyArray;

            /**
             * Creates a new PartitionRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.PartitionRecord
             * @static
             * @param {varve.internal.IPartitionRecord=} [properties] Properties to set
             * @returns {varve.internal.PartitionRecord} PartitionRecord instance
             */
            PartitionRecord.create = function create(properties) {
                return new PartitionRecord(properties);
            };

            /**
             * Encodes the specified PartitionRecord message. Does not implicitly {@link varve.internal.PartitionRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.PartitionRecord
             * @static
             * @param {varve.internal.IPartitionRecord} message PartitionRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionRecord.encode = function encode(message, writer, q) {
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
                if (message.replicas != null && message.replicas.length) {
                    writer.uint32(/* id 3, wireType 2 =*/26).fork();
                    for (let i = 0; i < message.replicas.length; ++i)
                        writer.int32(message.replicas[i]);
                    writer.ldelim();
                }
                if (message.directories != null && message.directories.length)
                    for (let i = 0; i < message.directories.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.directories[i]);
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
                if (message.last_known_eligible_leader_replicas != null && message.last_known_eligible_leader_replicas.length) {
                    writer.uint32(/* id 7, wireType 2 =*/58).fork();
                    for (let i = 0; i < message.last_known_eligible_leader_replicas.length; ++i)
                        writer.int32(message.last_known_eligible_leader_replicas[i]);
                    writer.ldelim();
                }
                if (message.adding_replicas != null && message.adding_replicas.length) {
                    writer.uint32(/* id 8, wireType 2 =*/66).fork();
                    for (let i = 0; i < message.adding_replicas.length; ++i)
                        writer.int32(message.adding_replicas[i]);
                    writer.ldelim();
                }
                if (message.removing_replicas != null && message.removing_replicas.length) {
                    writer.uint32(/* id 9, wireType 2 =*/74).fork();
                    for (let i = 0; i < message.removing_replicas.length; ++i)
                        writer.int32(message.removing_replicas[i]);
                    writer.ldelim();
                }
                if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                    writer.uint32(/* id 10, wireType 0 =*/80).int32(message.leader);
                if (message.leader_epoch != null && Object.hasOwnProperty.call(message, "leader_epoch"))
                    writer.uint32(/* id 11, wireType 0 =*/88).int32(message.leader_epoch);
                if (message.partition_epoch != null && Object.hasOwnProperty.call(message, "partition_epoch"))
                    writer.uint32(/* id 12, wireType 0 =*/96).int32(message.partition_epoch);
                if (message.recovery_marks != null && message.recovery_marks.length)
                    for (let i = 0; i < message.recovery_marks.length; ++i)
                        $root.varve.internal.RecoveryMarkRecord.encode(message.recovery_marks[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a PartitionRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.PartitionRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.PartitionRecord} PartitionRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.PartitionRecord();
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
                            if (!(message.directories && message.directories.length))
                                message.directories = [];
                            message.directories.push(reader.bytes());
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
                            if (!(message.last_known_eligible_leader_replicas && message.last_known_eligible_leader_replicas.length))
                                message.last_known_eligible_leader_replicas = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.last_known_eligible_leader_replicas.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.last_known_eligible_leader_replicas.push(reader.int32());
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
                    case 9: {
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
                    case 10: {
                            message.leader = reader.int32();
                            break;
                        }
                    case 11: {
                            message.leader_epoch = reader.int32();
                            break;
                        }
                    case 12: {
                            message.partition_epoch = reader.int32();
                            break;
                        }
                    case 13: {
                            if (!(message.recovery_marks && message.recovery_marks.length))
                                message.recovery_marks = [];
                            message.recovery_marks.push($root.varve.internal.RecoveryMarkRecord.decode(reader, reader.uint32(), undefined, long + 1));
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

            return PartitionRecord;
        })();

        internal.NodeList = (function() {

            /**
             * Properties of a NodeList.
             * @memberof varve.internal
             * @interface INodeList
             * @property {Array.<number>|null} [nodes] NodeList nodes
             */

            /**
             * Constructs a new NodeList.
             * @memberof varve.internal
             * @classdesc Represents a NodeList.
             * @implements INodeList
             * @constructor
             * @param {varve.internal.INodeList=} [properties] Properties to set
             */
            function NodeList(properties) {
                this.nodes = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * NodeList nodes.
             * @member {Array.<number>} nodes
             * @memberof varve.internal.NodeList
             * @instance
             */
            NodeList.prototype.nodes = $util.emptyArray;

            /**
             * Creates a new NodeList instance using the specified properties.
             * @function create
             * @memberof varve.internal.NodeList
             * @static
             * @param {varve.internal.INodeList=} [properties] Properties to set
             * @returns {varve.internal.NodeList} NodeList instance
             */
            NodeList.create = function create(properties) {
                return new NodeList(properties);
            };

            /**
             * Encodes the specified NodeList message. Does not implicitly {@link varve.internal.NodeList.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.NodeList
             * @static
             * @param {varve.internal.INodeList} message NodeList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeList.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.nodes != null && message.nodes.length) {
                    writer.uint32(/* id 1, wireType 2 =*/10).fork();
                    for (let i = 0; i < message.nodes.length; ++i)
                        writer.int32(message.nodes[i]);
                    writer.ldelim();
                }
                return writer;
            };

            /**
             * Decodes a NodeList message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.NodeList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.NodeList} NodeList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeList.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.NodeList();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.nodes && message.nodes.length))
                                message.nodes = [];
                            if ((tag & 7) === 2) {
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                while (reader.pos < end2)
                                    message.nodes.push(reader.int32());
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                            } else
                                message.nodes.push(reader.int32());
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

            return NodeList;
        })();

        internal.DirectoryList = (function() {

            /**
             * Properties of a DirectoryList.
             * @memberof varve.internal
             * @interface IDirectoryList
             * @property {Array.<Uint8Array>|null} [directories] DirectoryList directories
             */

            /**
             * Constructs a new DirectoryList.
             * @memberof varve.internal
             * @classdesc Represents a DirectoryList.
             * @implements IDirectoryList
             * @constructor
             * @param {varve.internal.IDirectoryList=} [properties] Properties to set
             */
            function DirectoryList(properties) {
                this.directories = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * DirectoryList directories.
             * @member {Array.<Uint8Array>} directories
             * @memberof varve.internal.DirectoryList
             * @instance
             */
            DirectoryList.prototype.directories = $util.emptyArray;

            /**
             * Creates a new DirectoryList instance using the specified properties.
             * @function create
             * @memberof varve.internal.DirectoryList
             * @static
             * @param {varve.internal.IDirectoryList=} [properties] Properties to set
             * @returns {varve.internal.DirectoryList} DirectoryList instance
             */
            DirectoryList.create = function create(properties) {
                return new DirectoryList(properties);
            };

            /**
             * Encodes the specified DirectoryList message. Does not implicitly {@link varve.internal.DirectoryList.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.DirectoryList
             * @static
             * @param {varve.internal.IDirectoryList} message DirectoryList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DirectoryList.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.directories != null && message.directories.length)
                    for (let i = 0; i < message.directories.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.directories[i]);
                return writer;
            };

            /**
             * Decodes a DirectoryList message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.DirectoryList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.DirectoryList} DirectoryList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DirectoryList.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.DirectoryList();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.directories && message.directories.length))
                                message.directories = [];
                            message.directories.push(reader.bytes());
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

            return DirectoryList;
        })();

        internal.RecoveryMarkList = (function() {

            /**
             * Properties of a RecoveryMarkList.
             * @memberof varve.internal
             * @interface IRecoveryMarkList
             * @property {Array.<varve.internal.IRecoveryMarkRecord>|null} [marks] RecoveryMarkList marks
             */

            /**
             * Constructs a new RecoveryMarkList.
             * @memberof varve.internal
             * @classdesc Represents a RecoveryMarkList.
             * @implements IRecoveryMarkList
             * @constructor
             * @param {varve.internal.IRecoveryMarkList=} [properties] Properties to set
             */
            function RecoveryMarkList(properties) {
                this.marks = [];
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * RecoveryMarkList marks.
             * @member {Array.<varve.internal.IRecoveryMarkRecord>} marks
             * @memberof varve.internal.RecoveryMarkList
             * @instance
             */
            RecoveryMarkList.prototype.marks = $util.emptyArray;

            /**
             * Creates a new RecoveryMarkList instance using the specified properties.
             * @function create
             * @memberof varve.internal.RecoveryMarkList
             * @static
             * @param {varve.internal.IRecoveryMarkList=} [properties] Properties to set
             * @returns {varve.internal.RecoveryMarkList} RecoveryMarkList instance
             */
            RecoveryMarkList.create = function create(properties) {
                return new RecoveryMarkList(properties);
            };

            /**
             * Encodes the specified RecoveryMarkList message. Does not implicitly {@link varve.internal.RecoveryMarkList.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.RecoveryMarkList
             * @static
             * @param {varve.internal.IRecoveryMarkList} message RecoveryMarkList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RecoveryMarkList.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.marks != null && message.marks.length)
                    for (let i = 0; i < message.marks.length; ++i)
                        $root.varve.internal.RecoveryMarkRecord.encode(message.marks[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a RecoveryMarkList message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.RecoveryMarkList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.RecoveryMarkList} RecoveryMarkList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RecoveryMarkList.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.RecoveryMarkList();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            if (!(message.marks && message.marks.length))
                                message.marks = [];
                            message.marks.push($root.varve.internal.RecoveryMarkRecord.decode(reader, reader.uint32(), undefined, long + 1));
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

            return RecoveryMarkList;
        })();

        internal.PartitionChangeRecord = (function() {

            /**
             * Properties of a PartitionChangeRecord.
             * @memberof varve.internal
             * @interface IPartitionChangeRecord
             * @property {Uint8Array|null} [topic_id] PartitionChangeRecord topic_id
             * @property {number|null} [partition] PartitionChangeRecord partition
             * @property {varve.internal.INodeList|null} [isr] PartitionChangeRecord isr
             * @property {number|null} [leader] PartitionChangeRecord leader
             * @property {varve.internal.INodeList|null} [replicas] PartitionChangeRecord replicas
             * @property {varve.internal.IDirectoryList|null} [directories] PartitionChangeRecord directories
             * @property {varve.internal.INodeList|null} [adding_replicas] PartitionChangeRecord adding_replicas
             * @property {varve.internal.INodeList|null} [removing_replicas] PartitionChangeRecord removing_replicas
             * @property {varve.internal.INodeList|null} [eligible_leader_replicas] PartitionChangeRecord eligible_leader_replicas
             * @property {varve.internal.INodeList|null} [last_known_eligible_leader_replicas] PartitionChangeRecord last_known_eligible_leader_replicas
             * @property {varve.internal.IRecoveryMarkList|null} [recovery_marks] PartitionChangeRecord recovery_marks
             */

            /**
             * Constructs a new PartitionChangeRecord.
             * @memberof varve.internal
             * @classdesc Represents a PartitionChangeRecord.
             * @implements IPartitionChangeRecord
             * @constructor
             * @param {varve.internal.IPartitionChangeRecord=} [properties] Properties to set
             */
            function PartitionChangeRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * PartitionChangeRecord topic_id.
             * @member {Uint8Array} topic_id
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.topic_id = $util.newBuffer([]);

            /**
             * PartitionChangeRecord partition.
             * @member {number} partition
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.partition = 0;

            /**
             * PartitionChangeRecord isr.
             * @member {varve.internal.INodeList|null|undefined} isr
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.isr = null;

            /**
             * PartitionChangeRecord leader.
             * @member {number|null|undefined} leader
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.leader = null;

            /**
             * PartitionChangeRecord replicas.
             * @member {varve.internal.INodeList|null|undefined} replicas
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.replicas = null;

            /**
             * PartitionChangeRecord directories.
             * @member {varve.internal.IDirectoryList|null|undefined} directories
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.directories = null;

            /**
             * PartitionChangeRecord adding_replicas.
             * @member {varve.internal.INodeList|null|undefined} adding_replicas
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.adding_replicas = null;

            /**
             * PartitionChangeRecord removing_replicas.
             * @member {varve.internal.INodeList|null|undefined} removing_replicas
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.removing_replicas = null;

            /**
             * PartitionChangeRecord eligible_leader_replicas.
             * @member {varve.internal.INodeList|null|undefined} eligible_leader_replicas
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.eligible_leader_replicas = null;

            /**
             * PartitionChangeRecord last_known_eligible_leader_replicas.
             * @member {varve.internal.INodeList|null|undefined} last_known_eligible_leader_replicas
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.last_known_eligible_leader_replicas = null;

            /**
             * PartitionChangeRecord recovery_marks.
             * @member {varve.internal.IRecoveryMarkList|null|undefined} recovery_marks
             * @memberof varve.internal.PartitionChangeRecord
             * @instance
             */
            PartitionChangeRecord.prototype.recovery_marks = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(PartitionChangeRecord.prototype, "_leader", {
                get: $util.oneOfGetter($oneOfFields = ["leader"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new PartitionChangeRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.PartitionChangeRecord
             * @static
             * @param {varve.internal.IPartitionChangeRecord=} [properties] Properties to set
             * @returns {varve.internal.PartitionChangeRecord} PartitionChangeRecord instance
             */
            PartitionChangeRecord.create = function create(properties) {
                return new PartitionChangeRecord(properties);
            };

            /**
             * Encodes the specified PartitionChangeRecord message. Does not implicitly {@link varve.internal.PartitionChangeRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.PartitionChangeRecord
             * @static
             * @param {varve.internal.IPartitionChangeRecord} message PartitionChangeRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionChangeRecord.encode = function encode(message, writer, q) {
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
                if (message.isr != null && Object.hasOwnProperty.call(message, "isr"))
                    $root.varve.internal.NodeList.encode(message.isr, writer.uint32(/* id 3, wireType 2 =*/26).fork(), q + 1).ldelim();
                if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.leader);
                if (message.replicas != null && Object.hasOwnProperty.call(message, "replicas"))
                    $root.varve.internal.NodeList.encode(message.replicas, writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                if (message.directories != null && Object.hasOwnProperty.call(message, "directories"))
                    $root.varve.internal.DirectoryList.encode(message.directories, writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                if (message.adding_replicas != null && Object.hasOwnProperty.call(message, "adding_replicas"))
                    $root.varve.internal.NodeList.encode(message.adding_replicas, writer.uint32(/* id 7, wireType 2 =*/58).fork(), q + 1).ldelim();
                if (message.removing_replicas != null && Object.hasOwnProperty.call(message, "removing_replicas"))
                    $root.varve.internal.NodeList.encode(message.removing_replicas, writer.uint32(/* id 8, wireType 2 =*/66).fork(), q + 1).ldelim();
                if (message.eligible_leader_replicas != null && Object.hasOwnProperty.call(message, "eligible_leader_replicas"))
                    $root.varve.internal.NodeList.encode(message.eligible_leader_replicas, writer.uint32(/* id 9, wireType 2 =*/74).fork(), q + 1).ldelim();
                if (message.last_known_eligible_leader_replicas != null && Object.hasOwnProperty.call(message, "last_known_eligible_leader_replicas"))
                    $root.varve.internal.NodeList.encode(message.last_known_eligible_leader_replicas, writer.uint32(/* id 10, wireType 2 =*/82).fork(), q + 1).ldelim();
                if (message.recovery_marks != null && Object.hasOwnProperty.call(message, "recovery_marks"))
                    $root.varve.internal.RecoveryMarkList.encode(message.recovery_marks, writer.uint32(/* id 11, wireType 2 =*/90).fork(), q + 1).ldelim();
                return writer;
            };

            /**
             * Decodes a PartitionChangeRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.PartitionChangeRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.PartitionChangeRecord} PartitionChangeRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionChangeRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.PartitionChangeRecord();
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
                            message.isr = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 4: {
                            message.leader = reader.int32();
                            break;
                        }
                    case 5: {
                            message.replicas = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 6: {
                            message.directories = $root.varve.internal.DirectoryList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 7: {
                            message.adding_replicas = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 8: {
                            message.removing_replicas = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 9: {
                            message.eligible_leader_replicas = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 10: {
                            message.last_known_eligible_leader_replicas = $root.varve.internal.NodeList.decode(reader, reader.uint32(), undefined, long + 1);
                            break;
                        }
                    case 11: {
                            message.recovery_marks = $root.varve.internal.RecoveryMarkList.decode(reader, reader.uint32(), undefined, long + 1);
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

            return PartitionChangeRecord;
        })();

        internal.ConfigRecord = (function() {

            /**
             * Properties of a ConfigRecord.
             * @memberof varve.internal
             * @interface IConfigRecord
             * @property {number|null} [resource_type] ConfigRecord resource_type
             * @property {string|null} [resource_name] ConfigRecord resource_name
             * @property {string|null} [name] ConfigRecord name
             * @property {string|null} [value] ConfigRecord value
             */

            /**
             * Constructs a new ConfigRecord.
             * @memberof varve.internal
             * @classdesc Represents a ConfigRecord.
             * @implements IConfigRecord
             * @constructor
             * @param {varve.internal.IConfigRecord=} [properties] Properties to set
             */
            function ConfigRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ConfigRecord resource_type.
             * @member {number} resource_type
             * @memberof varve.internal.ConfigRecord
             * @instance
             */
            ConfigRecord.prototype.resource_type = 0;

            /**
             * ConfigRecord resource_name.
             * @member {string} resource_name
             * @memberof varve.internal.ConfigRecord
             * @instance
             */
            ConfigRecord.prototype.resource_name = "";

            /**
             * ConfigRecord name.
             * @member {string} name
             * @memberof varve.internal.ConfigRecord
             * @instance
             */
            ConfigRecord.prototype.name = "";

            /**
             * ConfigRecord value.
             * @member {string|null|undefined} value
             * @memberof varve.internal.ConfigRecord
             * @instance
             */
            ConfigRecord.prototype.value = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            Object.defineProperty(ConfigRecord.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ConfigRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.ConfigRecord
             * @static
             * @param {varve.internal.IConfigRecord=} [properties] Properties to set
             * @returns {varve.internal.ConfigRecord} ConfigRecord instance
             */
            ConfigRecord.create = function create(properties) {
                return new ConfigRecord(properties);
            };

            /**
             * Encodes the specified ConfigRecord message. Does not implicitly {@link varve.internal.ConfigRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ConfigRecord
             * @static
             * @param {varve.internal.IConfigRecord} message ConfigRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.resource_type != null && Object.hasOwnProperty.call(message, "resource_type"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.resource_type);
                if (message.resource_name != null && Object.hasOwnProperty.call(message, "resource_name"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.resource_name);
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.value);
                return writer;
            };

            /**
             * Decodes a ConfigRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ConfigRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ConfigRecord} ConfigRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ConfigRecord();
                while (reader.pos < end) {
                    let tag = reader.uint32();
                    if (tag === error)
                        break;
                    switch (tag >>> 3) {
                    case 1: {
                            message.resource_type = reader.int32();
                            break;
                        }
                    case 2: {
                            message.resource_name = reader.string();
                            break;
                        }
                    case 3: {
                            message.name = reader.string();
                            break;
                        }
                    case 4: {
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

            return ConfigRecord;
        })();

        internal.ProducerIdsRecord = (function() {

            /**
             * Properties of a ProducerIdsRecord.
             * @memberof varve.internal
             * @interface IProducerIdsRecord
             * @property {number|null} [node_id] ProducerIdsRecord node_id
             * @property {number|null} [broker_epoch] ProducerIdsRecord broker_epoch
             * @property {number|null} [next_producer_id] ProducerIdsRecord next_producer_id
             */

            /**
             * Constructs a new ProducerIdsRecord.
             * @memberof varve.internal
             * @classdesc Represents a ProducerIdsRecord.
             * @implements IProducerIdsRecord
             * @constructor
             * @param {varve.internal.IProducerIdsRecord=} [properties] Properties to set
             */
            function ProducerIdsRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * ProducerIdsRecord node_id.
             * @member {number} node_id
             * @memberof varve.internal.ProducerIdsRecord
             * @instance
             */
            ProducerIdsRecord.prototype.node_id = 0;

            /**
             * ProducerIdsRecord broker_epoch.
             * @member {number} broker_epoch
             * @memberof varve.internal.ProducerIdsRecord
             * @instance
             */
            ProducerIdsRecord.prototype.broker_epoch = 0;

            /**
             * ProducerIdsRecord next_producer_id.
             * @member {number} next_producer_id
             * @memberof varve.internal.ProducerIdsRecord
             * @instance
             */
            ProducerIdsRecord.prototype.next_producer_id = 0;

            /**
             * Creates a new ProducerIdsRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.ProducerIdsRecord
             * @static
             * @param {varve.internal.IProducerIdsRecord=} [properties] Properties to set
             * @returns {varve.internal.ProducerIdsRecord} ProducerIdsRecord instance
             */
            ProducerIdsRecord.create = function create(properties) {
                return new ProducerIdsRecord(properties);
            };

            /**
             * Encodes the specified ProducerIdsRecord message. Does not implicitly {@link varve.internal.ProducerIdsRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.ProducerIdsRecord
             * @static
             * @param {varve.internal.IProducerIdsRecord} message ProducerIdsRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProducerIdsRecord.encode = function encode(message, writer, q) {
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
                if (message.next_producer_id != null && Object.hasOwnProperty.call(message, "next_producer_id"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.next_producer_id);
                return writer;
            };

            /**
             * Decodes a ProducerIdsRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.ProducerIdsRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.ProducerIdsRecord} ProducerIdsRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProducerIdsRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.ProducerIdsRecord();
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
                    case 3: {
                            message.next_producer_id = $number.int64(reader);
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

            return ProducerIdsRecord;
        })();

        internal.FeatureLevelRecord = (function() {

            /**
             * Properties of a FeatureLevelRecord.
             * @memberof varve.internal
             * @interface IFeatureLevelRecord
             * @property {string|null} [name] FeatureLevelRecord name
             * @property {number|null} [level] FeatureLevelRecord level
             */

            /**
             * Constructs a new FeatureLevelRecord.
             * @memberof varve.internal
             * @classdesc Represents a FeatureLevelRecord.
             * @implements IFeatureLevelRecord
             * @constructor
             * @param {varve.internal.IFeatureLevelRecord=} [properties] Properties to set
             */
            function FeatureLevelRecord(properties) {
                if (properties)
                    for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            }

            /**
             * FeatureLevelRecord name.
             * @member {string} name
             * @memberof varve.internal.FeatureLevelRecord
             * @instance
             */
            FeatureLevelRecord.prototype.name = "";

            /**
             * FeatureLevelRecord level.
             * @member {number} level
             * @memberof varve.internal.FeatureLevelRecord
             * @instance
             */
            FeatureLevelRecord.prototype.level = 0;

            /**
             * Creates a new FeatureLevelRecord instance using the specified properties.
             * @function create
             * @memberof varve.internal.FeatureLevelRecord
             * @static
             * @param {varve.internal.IFeatureLevelRecord=} [properties] Properties to set
             * @returns {varve.internal.FeatureLevelRecord} FeatureLevelRecord instance
             */
            FeatureLevelRecord.create = function create(properties) {
                return new FeatureLevelRecord(properties);
            };

            /**
             * Encodes the specified FeatureLevelRecord message. Does not implicitly {@link varve.internal.FeatureLevelRecord.verify|verify} messages.
             * @function encode
             * @memberof varve.internal.FeatureLevelRecord
             * @static
             * @param {varve.internal.IFeatureLevelRecord} message FeatureLevelRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeatureLevelRecord.encode = function encode(message, writer, q) {
                if (!writer)
                    writer = $Writer.create();
                if (q === undefined)
                    q = 0;
                if (q > $util.recursionLimit)
                    throw Error("max depth exceeded");
                if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.level != null && Object.hasOwnProperty.call(message, "level"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.level);
                return writer;
            };

            /**
             * Decodes a FeatureLevelRecord message from the specified reader or buffer.
             * @function decode
             * @memberof varve.internal.FeatureLevelRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {varve.internal.FeatureLevelRecord} FeatureLevelRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeatureLevelRecord.decode = function decode(reader, length, error, long) {
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
                message = new $root.varve.internal.FeatureLevelRecord();
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
                            message.level = reader.int32();
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

            return FeatureLevelRecord;
        })();

        return internal;
    })();

    return varve;
})();

export { $root as default };

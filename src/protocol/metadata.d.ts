import type * as $protobuf from "protobufjs";
/** Namespace varve. */
export namespace varve {

    /** Namespace internal. */
    namespace internal {

        /** Properties of a MetadataBatch. */
        interface IMetadataBatch {

            /** MetadataBatch version */
            version?: (number|null);

            /** MetadataBatch records */
            records?: (varve.internal.IMetadataRecord[]|null);
        }

        /** Represents a MetadataBatch. */
        class MetadataBatch implements IMetadataBatch {

            /**
             * Constructs a new MetadataBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IMetadataBatch);

            /** MetadataBatch version. */
            public version: number;

            /** MetadataBatch records. */
            public records: varve.internal.IMetadataRecord[];

            /**
             * Creates a new MetadataBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MetadataBatch instance
             */
            public static create(properties?: varve.internal.IMetadataBatch): varve.internal.MetadataBatch;

            /**
             * Encodes the specified MetadataBatch message. Does not implicitly {@link varve.internal.MetadataBatch.verify|verify} messages.
             * @param message MetadataBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IMetadataBatch, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns MetadataBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.MetadataBatch;
        }

        /** Properties of a MetadataRecord. */
        interface IMetadataRecord {

            /** MetadataRecord version */
            version?: (number|null);

            /** MetadataRecord register_broker */
            register_broker?: (varve.internal.IRegisterBrokerRecord|null);

            /** MetadataRecord broker_change */
            broker_change?: (varve.internal.IBrokerChangeRecord|null);

            /** MetadataRecord unregister_broker */
            unregister_broker?: (varve.internal.IUnregisterBrokerRecord|null);

            /** MetadataRecord topic */
            topic?: (varve.internal.ITopicRecord|null);

            /** MetadataRecord remove_topic */
            remove_topic?: (varve.internal.IRemoveTopicRecord|null);

            /** MetadataRecord partition */
            partition?: (varve.internal.IPartitionRecord|null);

            /** MetadataRecord partition_change */
            partition_change?: (varve.internal.IPartitionChangeRecord|null);

            /** MetadataRecord config */
            config?: (varve.internal.IConfigRecord|null);

            /** MetadataRecord producer_ids */
            producer_ids?: (varve.internal.IProducerIdsRecord|null);

            /** MetadataRecord feature_level */
            feature_level?: (varve.internal.IFeatureLevelRecord|null);
        }

        /** Represents a MetadataRecord. */
        class MetadataRecord implements IMetadataRecord {

            /**
             * Constructs a new MetadataRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IMetadataRecord);

            /** MetadataRecord version. */
            public version: number;

            /** MetadataRecord register_broker. */
            public register_broker?: (varve.internal.IRegisterBrokerRecord|null);

            /** MetadataRecord broker_change. */
            public broker_change?: (varve.internal.IBrokerChangeRecord|null);

            /** MetadataRecord unregister_broker. */
            public unregister_broker?: (varve.internal.IUnregisterBrokerRecord|null);

            /** MetadataRecord topic. */
            public topic?: (varve.internal.ITopicRecord|null);

            /** MetadataRecord remove_topic. */
            public remove_topic?: (varve.internal.IRemoveTopicRecord|null);

            /** MetadataRecord partition. */
            public partition?: (varve.internal.IPartitionRecord|null);

            /** MetadataRecord partition_change. */
            public partition_change?: (varve.internal.IPartitionChangeRecord|null);

            /** MetadataRecord config. */
            public config?: (varve.internal.IConfigRecord|null);

            /** MetadataRecord producer_ids. */
            public producer_ids?: (varve.internal.IProducerIdsRecord|null);

            /** MetadataRecord feature_level. */
            public feature_level?: (varve.internal.IFeatureLevelRecord|null);

            /** MetadataRecord kind. */
            public kind?: ("register_broker"|"broker_change"|"unregister_broker"|"topic"|"remove_topic"|"partition"|"partition_change"|"config"|"producer_ids"|"feature_level");

            /**
             * Creates a new MetadataRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MetadataRecord instance
             */
            public static create(properties?: varve.internal.IMetadataRecord): varve.internal.MetadataRecord;

            /**
             * Encodes the specified MetadataRecord message. Does not implicitly {@link varve.internal.MetadataRecord.verify|verify} messages.
             * @param message MetadataRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IMetadataRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns MetadataRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.MetadataRecord;
        }

        /** Properties of a BrokerListener. */
        interface IBrokerListener {

            /** BrokerListener name */
            name?: (string|null);

            /** BrokerListener host */
            host?: (string|null);

            /** BrokerListener port */
            port?: (number|null);

            /** BrokerListener security_protocol */
            security_protocol?: (string|null);
        }

        /** Represents a BrokerListener. */
        class BrokerListener implements IBrokerListener {

            /**
             * Constructs a new BrokerListener.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IBrokerListener);

            /** BrokerListener name. */
            public name: string;

            /** BrokerListener host. */
            public host: string;

            /** BrokerListener port. */
            public port: number;

            /** BrokerListener security_protocol. */
            public security_protocol: string;

            /**
             * Creates a new BrokerListener instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BrokerListener instance
             */
            public static create(properties?: varve.internal.IBrokerListener): varve.internal.BrokerListener;

            /**
             * Encodes the specified BrokerListener message. Does not implicitly {@link varve.internal.BrokerListener.verify|verify} messages.
             * @param message BrokerListener message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IBrokerListener, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrokerListener message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns BrokerListener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.BrokerListener;
        }

        /** Properties of a RegisterBrokerRecord. */
        interface IRegisterBrokerRecord {

            /** RegisterBrokerRecord node_id */
            node_id?: (number|null);

            /** RegisterBrokerRecord incarnation_id */
            incarnation_id?: (Uint8Array|null);

            /** RegisterBrokerRecord broker_epoch */
            broker_epoch?: (number|null);

            /** RegisterBrokerRecord listeners */
            listeners?: (varve.internal.IBrokerListener[]|null);

            /** RegisterBrokerRecord rack */
            rack?: (string|null);

            /** RegisterBrokerRecord log_dirs */
            log_dirs?: (Uint8Array[]|null);

            /** RegisterBrokerRecord offline_log_dirs */
            offline_log_dirs?: (Uint8Array[]|null);

            /** RegisterBrokerRecord fenced */
            fenced?: (boolean|null);

            /** RegisterBrokerRecord in_controlled_shutdown */
            in_controlled_shutdown?: (boolean|null);

            /** RegisterBrokerRecord min_metadata_version */
            min_metadata_version?: (number|null);

            /** RegisterBrokerRecord max_metadata_version */
            max_metadata_version?: (number|null);
        }

        /** Represents a RegisterBrokerRecord. */
        class RegisterBrokerRecord implements IRegisterBrokerRecord {

            /**
             * Constructs a new RegisterBrokerRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRegisterBrokerRecord);

            /** RegisterBrokerRecord node_id. */
            public node_id: number;

            /** RegisterBrokerRecord incarnation_id. */
            public incarnation_id: Uint8Array;

            /** RegisterBrokerRecord broker_epoch. */
            public broker_epoch: number;

            /** RegisterBrokerRecord listeners. */
            public listeners: varve.internal.IBrokerListener[];

            /** RegisterBrokerRecord rack. */
            public rack?: (string|null);

            /** RegisterBrokerRecord log_dirs. */
            public log_dirs: Uint8Array[];

            /** RegisterBrokerRecord offline_log_dirs. */
            public offline_log_dirs: Uint8Array[];

            /** RegisterBrokerRecord fenced. */
            public fenced: boolean;

            /** RegisterBrokerRecord in_controlled_shutdown. */
            public in_controlled_shutdown: boolean;

            /** RegisterBrokerRecord min_metadata_version. */
            public min_metadata_version: number;

            /** RegisterBrokerRecord max_metadata_version. */
            public max_metadata_version: number;

            /**
             * Creates a new RegisterBrokerRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RegisterBrokerRecord instance
             */
            public static create(properties?: varve.internal.IRegisterBrokerRecord): varve.internal.RegisterBrokerRecord;

            /**
             * Encodes the specified RegisterBrokerRecord message. Does not implicitly {@link varve.internal.RegisterBrokerRecord.verify|verify} messages.
             * @param message RegisterBrokerRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRegisterBrokerRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RegisterBrokerRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RegisterBrokerRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RegisterBrokerRecord;
        }

        /** Properties of a BrokerChangeRecord. */
        interface IBrokerChangeRecord {

            /** BrokerChangeRecord node_id */
            node_id?: (number|null);

            /** BrokerChangeRecord broker_epoch */
            broker_epoch?: (number|null);

            /** BrokerChangeRecord fenced */
            fenced?: (boolean|null);

            /** BrokerChangeRecord in_controlled_shutdown */
            in_controlled_shutdown?: (boolean|null);

            /** BrokerChangeRecord newly_offline_log_dirs */
            newly_offline_log_dirs?: (Uint8Array[]|null);
        }

        /** Represents a BrokerChangeRecord. */
        class BrokerChangeRecord implements IBrokerChangeRecord {

            /**
             * Constructs a new BrokerChangeRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IBrokerChangeRecord);

            /** BrokerChangeRecord node_id. */
            public node_id: number;

            /** BrokerChangeRecord broker_epoch. */
            public broker_epoch: number;

            /** BrokerChangeRecord fenced. */
            public fenced?: (boolean|null);

            /** BrokerChangeRecord in_controlled_shutdown. */
            public in_controlled_shutdown?: (boolean|null);

            /** BrokerChangeRecord newly_offline_log_dirs. */
            public newly_offline_log_dirs: Uint8Array[];

            /**
             * Creates a new BrokerChangeRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BrokerChangeRecord instance
             */
            public static create(properties?: varve.internal.IBrokerChangeRecord): varve.internal.BrokerChangeRecord;

            /**
             * Encodes the specified BrokerChangeRecord message. Does not implicitly {@link varve.internal.BrokerChangeRecord.verify|verify} messages.
             * @param message BrokerChangeRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IBrokerChangeRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrokerChangeRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns BrokerChangeRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.BrokerChangeRecord;
        }

        /** Properties of an UnregisterBrokerRecord. */
        interface IUnregisterBrokerRecord {

            /** UnregisterBrokerRecord node_id */
            node_id?: (number|null);

            /** UnregisterBrokerRecord broker_epoch */
            broker_epoch?: (number|null);
        }

        /** Represents an UnregisterBrokerRecord. */
        class UnregisterBrokerRecord implements IUnregisterBrokerRecord {

            /**
             * Constructs a new UnregisterBrokerRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IUnregisterBrokerRecord);

            /** UnregisterBrokerRecord node_id. */
            public node_id: number;

            /** UnregisterBrokerRecord broker_epoch. */
            public broker_epoch: number;

            /**
             * Creates a new UnregisterBrokerRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnregisterBrokerRecord instance
             */
            public static create(properties?: varve.internal.IUnregisterBrokerRecord): varve.internal.UnregisterBrokerRecord;

            /**
             * Encodes the specified UnregisterBrokerRecord message. Does not implicitly {@link varve.internal.UnregisterBrokerRecord.verify|verify} messages.
             * @param message UnregisterBrokerRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IUnregisterBrokerRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnregisterBrokerRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns UnregisterBrokerRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.UnregisterBrokerRecord;
        }

        /** Properties of a TopicRecord. */
        interface ITopicRecord {

            /** TopicRecord topic_id */
            topic_id?: (Uint8Array|null);

            /** TopicRecord name */
            name?: (string|null);
        }

        /** Represents a TopicRecord. */
        class TopicRecord implements ITopicRecord {

            /**
             * Constructs a new TopicRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.ITopicRecord);

            /** TopicRecord topic_id. */
            public topic_id: Uint8Array;

            /** TopicRecord name. */
            public name: string;

            /**
             * Creates a new TopicRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopicRecord instance
             */
            public static create(properties?: varve.internal.ITopicRecord): varve.internal.TopicRecord;

            /**
             * Encodes the specified TopicRecord message. Does not implicitly {@link varve.internal.TopicRecord.verify|verify} messages.
             * @param message TopicRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.ITopicRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TopicRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.TopicRecord;
        }

        /** Properties of a RemoveTopicRecord. */
        interface IRemoveTopicRecord {

            /** RemoveTopicRecord topic_id */
            topic_id?: (Uint8Array|null);
        }

        /** Represents a RemoveTopicRecord. */
        class RemoveTopicRecord implements IRemoveTopicRecord {

            /**
             * Constructs a new RemoveTopicRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRemoveTopicRecord);

            /** RemoveTopicRecord topic_id. */
            public topic_id: Uint8Array;

            /**
             * Creates a new RemoveTopicRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RemoveTopicRecord instance
             */
            public static create(properties?: varve.internal.IRemoveTopicRecord): varve.internal.RemoveTopicRecord;

            /**
             * Encodes the specified RemoveTopicRecord message. Does not implicitly {@link varve.internal.RemoveTopicRecord.verify|verify} messages.
             * @param message RemoveTopicRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRemoveTopicRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RemoveTopicRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RemoveTopicRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RemoveTopicRecord;
        }

        /** Properties of a RecoveryMarkRecord. */
        interface IRecoveryMarkRecord {

            /** RecoveryMarkRecord node_id */
            node_id?: (number|null);

            /** RecoveryMarkRecord last_epoch */
            last_epoch?: (number|null);

            /** RecoveryMarkRecord end_offset */
            end_offset?: (number|null);
        }

        /** Represents a RecoveryMarkRecord. */
        class RecoveryMarkRecord implements IRecoveryMarkRecord {

            /**
             * Constructs a new RecoveryMarkRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRecoveryMarkRecord);

            /** RecoveryMarkRecord node_id. */
            public node_id: number;

            /** RecoveryMarkRecord last_epoch. */
            public last_epoch: number;

            /** RecoveryMarkRecord end_offset. */
            public end_offset: number;

            /**
             * Creates a new RecoveryMarkRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RecoveryMarkRecord instance
             */
            public static create(properties?: varve.internal.IRecoveryMarkRecord): varve.internal.RecoveryMarkRecord;

            /**
             * Encodes the specified RecoveryMarkRecord message. Does not implicitly {@link varve.internal.RecoveryMarkRecord.verify|verify} messages.
             * @param message RecoveryMarkRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRecoveryMarkRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RecoveryMarkRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RecoveryMarkRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RecoveryMarkRecord;
        }

        /** Properties of a PartitionRecord. */
        interface IPartitionRecord {

            /** PartitionRecord topic_id */
            topic_id?: (Uint8Array|null);

            /** PartitionRecord partition */
            partition?: (number|null);

            /** PartitionRecord replicas */
            replicas?: (number[]|null);

            /** PartitionRecord directories */
            directories?: (Uint8Array[]|null);

            /** PartitionRecord isr */
            isr?: (number[]|null);

            /** PartitionRecord eligible_leader_replicas */
            eligible_leader_replicas?: (number[]|null);

            /** PartitionRecord last_known_eligible_leader_replicas */
            last_known_eligible_leader_replicas?: (number[]|null);

            /** PartitionRecord adding_replicas */
            adding_replicas?: (number[]|null);

            /** PartitionRecord removing_replicas */
            removing_replicas?: (number[]|null);

            /** PartitionRecord leader */
            leader?: (number|null);

            /** PartitionRecord leader_epoch */
            leader_epoch?: (number|null);

            /** PartitionRecord partition_epoch */
            partition_epoch?: (number|null);

            /** PartitionRecord recovery_marks */
            recovery_marks?: (varve.internal.IRecoveryMarkRecord[]|null);
        }

        /** Represents a PartitionRecord. */
        class PartitionRecord implements IPartitionRecord {

            /**
             * Constructs a new PartitionRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IPartitionRecord);

            /** PartitionRecord topic_id. */
            public topic_id: Uint8Array;

            /** PartitionRecord partition. */
            public partition: number;

            /** PartitionRecord replicas. */
            public replicas: number[];

            /** PartitionRecord directories. */
            public directories: Uint8Array[];

            /** PartitionRecord isr. */
            public isr: number[];

            /** PartitionRecord eligible_leader_replicas. */
            public eligible_leader_replicas: number[];

            /** PartitionRecord last_known_eligible_leader_replicas. */
            public last_known_eligible_leader_replicas: number[];

            /** PartitionRecord adding_replicas. */
            public adding_replicas: number[];

            /** PartitionRecord removing_replicas. */
            public removing_replicas: number[];

            /** PartitionRecord leader. */
            public leader: number;

            /** PartitionRecord leader_epoch. */
            public leader_epoch: number;

            /** PartitionRecord partition_epoch. */
            public partition_epoch: number;

            /** PartitionRecord recovery_marks. */
            public recovery_marks: varve.internal.IRecoveryMarkRecord[];

            /**
             * Creates a new PartitionRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionRecord instance
             */
            public static create(properties?: varve.internal.IPartitionRecord): varve.internal.PartitionRecord;

            /**
             * Encodes the specified PartitionRecord message. Does not implicitly {@link varve.internal.PartitionRecord.verify|verify} messages.
             * @param message PartitionRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IPartitionRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns PartitionRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.PartitionRecord;
        }

        /** Properties of a NodeList. */
        interface INodeList {

            /** NodeList nodes */
            nodes?: (number[]|null);
        }

        /** Represents a NodeList. */
        class NodeList implements INodeList {

            /**
             * Constructs a new NodeList.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.INodeList);

            /** NodeList nodes. */
            public nodes: number[];

            /**
             * Creates a new NodeList instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeList instance
             */
            public static create(properties?: varve.internal.INodeList): varve.internal.NodeList;

            /**
             * Encodes the specified NodeList message. Does not implicitly {@link varve.internal.NodeList.verify|verify} messages.
             * @param message NodeList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.INodeList, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns NodeList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.NodeList;
        }

        /** Properties of a DirectoryList. */
        interface IDirectoryList {

            /** DirectoryList directories */
            directories?: (Uint8Array[]|null);
        }

        /** Represents a DirectoryList. */
        class DirectoryList implements IDirectoryList {

            /**
             * Constructs a new DirectoryList.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IDirectoryList);

            /** DirectoryList directories. */
            public directories: Uint8Array[];

            /**
             * Creates a new DirectoryList instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DirectoryList instance
             */
            public static create(properties?: varve.internal.IDirectoryList): varve.internal.DirectoryList;

            /**
             * Encodes the specified DirectoryList message. Does not implicitly {@link varve.internal.DirectoryList.verify|verify} messages.
             * @param message DirectoryList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IDirectoryList, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DirectoryList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DirectoryList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.DirectoryList;
        }

        /** Properties of a RecoveryMarkList. */
        interface IRecoveryMarkList {

            /** RecoveryMarkList marks */
            marks?: (varve.internal.IRecoveryMarkRecord[]|null);
        }

        /** Represents a RecoveryMarkList. */
        class RecoveryMarkList implements IRecoveryMarkList {

            /**
             * Constructs a new RecoveryMarkList.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRecoveryMarkList);

            /** RecoveryMarkList marks. */
            public marks: varve.internal.IRecoveryMarkRecord[];

            /**
             * Creates a new RecoveryMarkList instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RecoveryMarkList instance
             */
            public static create(properties?: varve.internal.IRecoveryMarkList): varve.internal.RecoveryMarkList;

            /**
             * Encodes the specified RecoveryMarkList message. Does not implicitly {@link varve.internal.RecoveryMarkList.verify|verify} messages.
             * @param message RecoveryMarkList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRecoveryMarkList, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RecoveryMarkList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RecoveryMarkList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RecoveryMarkList;
        }

        /** Properties of a PartitionChangeRecord. */
        interface IPartitionChangeRecord {

            /** PartitionChangeRecord topic_id */
            topic_id?: (Uint8Array|null);

            /** PartitionChangeRecord partition */
            partition?: (number|null);

            /** PartitionChangeRecord isr */
            isr?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord leader */
            leader?: (number|null);

            /** PartitionChangeRecord replicas */
            replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord directories */
            directories?: (varve.internal.IDirectoryList|null);

            /** PartitionChangeRecord adding_replicas */
            adding_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord removing_replicas */
            removing_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord eligible_leader_replicas */
            eligible_leader_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord last_known_eligible_leader_replicas */
            last_known_eligible_leader_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord recovery_marks */
            recovery_marks?: (varve.internal.IRecoveryMarkList|null);
        }

        /** Represents a PartitionChangeRecord. */
        class PartitionChangeRecord implements IPartitionChangeRecord {

            /**
             * Constructs a new PartitionChangeRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IPartitionChangeRecord);

            /** PartitionChangeRecord topic_id. */
            public topic_id: Uint8Array;

            /** PartitionChangeRecord partition. */
            public partition: number;

            /** PartitionChangeRecord isr. */
            public isr?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord leader. */
            public leader?: (number|null);

            /** PartitionChangeRecord replicas. */
            public replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord directories. */
            public directories?: (varve.internal.IDirectoryList|null);

            /** PartitionChangeRecord adding_replicas. */
            public adding_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord removing_replicas. */
            public removing_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord eligible_leader_replicas. */
            public eligible_leader_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord last_known_eligible_leader_replicas. */
            public last_known_eligible_leader_replicas?: (varve.internal.INodeList|null);

            /** PartitionChangeRecord recovery_marks. */
            public recovery_marks?: (varve.internal.IRecoveryMarkList|null);

            /**
             * Creates a new PartitionChangeRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionChangeRecord instance
             */
            public static create(properties?: varve.internal.IPartitionChangeRecord): varve.internal.PartitionChangeRecord;

            /**
             * Encodes the specified PartitionChangeRecord message. Does not implicitly {@link varve.internal.PartitionChangeRecord.verify|verify} messages.
             * @param message PartitionChangeRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IPartitionChangeRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionChangeRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns PartitionChangeRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.PartitionChangeRecord;
        }

        /** Properties of a ConfigRecord. */
        interface IConfigRecord {

            /** ConfigRecord resource_type */
            resource_type?: (number|null);

            /** ConfigRecord resource_name */
            resource_name?: (string|null);

            /** ConfigRecord name */
            name?: (string|null);

            /** ConfigRecord value */
            value?: (string|null);
        }

        /** Represents a ConfigRecord. */
        class ConfigRecord implements IConfigRecord {

            /**
             * Constructs a new ConfigRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IConfigRecord);

            /** ConfigRecord resource_type. */
            public resource_type: number;

            /** ConfigRecord resource_name. */
            public resource_name: string;

            /** ConfigRecord name. */
            public name: string;

            /** ConfigRecord value. */
            public value?: (string|null);

            /**
             * Creates a new ConfigRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigRecord instance
             */
            public static create(properties?: varve.internal.IConfigRecord): varve.internal.ConfigRecord;

            /**
             * Encodes the specified ConfigRecord message. Does not implicitly {@link varve.internal.ConfigRecord.verify|verify} messages.
             * @param message ConfigRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IConfigRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ConfigRecord;
        }

        /** Properties of a ProducerIdsRecord. */
        interface IProducerIdsRecord {

            /** ProducerIdsRecord node_id */
            node_id?: (number|null);

            /** ProducerIdsRecord broker_epoch */
            broker_epoch?: (number|null);

            /** ProducerIdsRecord next_producer_id */
            next_producer_id?: (number|null);
        }

        /** Represents a ProducerIdsRecord. */
        class ProducerIdsRecord implements IProducerIdsRecord {

            /**
             * Constructs a new ProducerIdsRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IProducerIdsRecord);

            /** ProducerIdsRecord node_id. */
            public node_id: number;

            /** ProducerIdsRecord broker_epoch. */
            public broker_epoch: number;

            /** ProducerIdsRecord next_producer_id. */
            public next_producer_id: number;

            /**
             * Creates a new ProducerIdsRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProducerIdsRecord instance
             */
            public static create(properties?: varve.internal.IProducerIdsRecord): varve.internal.ProducerIdsRecord;

            /**
             * Encodes the specified ProducerIdsRecord message. Does not implicitly {@link varve.internal.ProducerIdsRecord.verify|verify} messages.
             * @param message ProducerIdsRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IProducerIdsRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProducerIdsRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ProducerIdsRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ProducerIdsRecord;
        }

        /** Properties of a FeatureLevelRecord. */
        interface IFeatureLevelRecord {

            /** FeatureLevelRecord name */
            name?: (string|null);

            /** FeatureLevelRecord level */
            level?: (number|null);
        }

        /** Represents a FeatureLevelRecord. */
        class FeatureLevelRecord implements IFeatureLevelRecord {

            /**
             * Constructs a new FeatureLevelRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IFeatureLevelRecord);

            /** FeatureLevelRecord name. */
            public name: string;

            /** FeatureLevelRecord level. */
            public level: number;

            /**
             * Creates a new FeatureLevelRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeatureLevelRecord instance
             */
            public static create(properties?: varve.internal.IFeatureLevelRecord): varve.internal.FeatureLevelRecord;

            /**
             * Encodes the specified FeatureLevelRecord message. Does not implicitly {@link varve.internal.FeatureLevelRecord.verify|verify} messages.
             * @param message FeatureLevelRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IFeatureLevelRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeatureLevelRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FeatureLevelRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.FeatureLevelRecord;
        }
    }
}

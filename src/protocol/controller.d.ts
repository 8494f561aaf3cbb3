import type * as $protobuf from "protobufjs";
/** Namespace varve. */
export namespace varve {

    /** Namespace internal. */
    namespace internal {

        /** Properties of an AwaitTopicsRequest. */
        interface IAwaitTopicsRequest {

            /** AwaitTopicsRequest version */
            version?: (number|null);

            /** AwaitTopicsRequest metadata_offset */
            metadata_offset?: (number|null);

            /** AwaitTopicsRequest topic_ids */
            topic_ids?: (Uint8Array[]|null);

            /** AwaitTopicsRequest timeout_ms */
            timeout_ms?: (number|null);
        }

        /** Represents an AwaitTopicsRequest. */
        class AwaitTopicsRequest implements IAwaitTopicsRequest {

            /**
             * Constructs a new AwaitTopicsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAwaitTopicsRequest);

            /** AwaitTopicsRequest version. */
            public version: number;

            /** AwaitTopicsRequest metadata_offset. */
            public metadata_offset: number;

            /** AwaitTopicsRequest topic_ids. */
            public topic_ids: Uint8Array[];

            /** AwaitTopicsRequest timeout_ms. */
            public timeout_ms: number;

            /**
             * Creates a new AwaitTopicsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AwaitTopicsRequest instance
             */
            public static create(properties?: varve.internal.IAwaitTopicsRequest): varve.internal.AwaitTopicsRequest;

            /**
             * Encodes the specified AwaitTopicsRequest message. Does not implicitly {@link varve.internal.AwaitTopicsRequest.verify|verify} messages.
             * @param message AwaitTopicsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAwaitTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AwaitTopicsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AwaitTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AwaitTopicsRequest;
        }

        /** Properties of an AwaitTopicsResponse. */
        interface IAwaitTopicsResponse {

            /** AwaitTopicsResponse version */
            version?: (number|null);
        }

        /** Represents an AwaitTopicsResponse. */
        class AwaitTopicsResponse implements IAwaitTopicsResponse {

            /**
             * Constructs a new AwaitTopicsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAwaitTopicsResponse);

            /** AwaitTopicsResponse version. */
            public version: number;

            /**
             * Creates a new AwaitTopicsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AwaitTopicsResponse instance
             */
            public static create(properties?: varve.internal.IAwaitTopicsResponse): varve.internal.AwaitTopicsResponse;

            /**
             * Encodes the specified AwaitTopicsResponse message. Does not implicitly {@link varve.internal.AwaitTopicsResponse.verify|verify} messages.
             * @param message AwaitTopicsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAwaitTopicsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AwaitTopicsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AwaitTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AwaitTopicsResponse;
        }

        /** Properties of an IdentifyRequest. */
        interface IIdentifyRequest {

            /** IdentifyRequest version */
            version?: (number|null);
        }

        /** Represents an IdentifyRequest. */
        class IdentifyRequest implements IIdentifyRequest {

            /**
             * Constructs a new IdentifyRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IIdentifyRequest);

            /** IdentifyRequest version. */
            public version: number;

            /**
             * Creates a new IdentifyRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IdentifyRequest instance
             */
            public static create(properties?: varve.internal.IIdentifyRequest): varve.internal.IdentifyRequest;

            /**
             * Encodes the specified IdentifyRequest message. Does not implicitly {@link varve.internal.IdentifyRequest.verify|verify} messages.
             * @param message IdentifyRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IIdentifyRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentifyRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns IdentifyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.IdentifyRequest;
        }

        /** Properties of an IdentifyResponse. */
        interface IIdentifyResponse {

            /** IdentifyResponse version */
            version?: (number|null);

            /** IdentifyResponse cluster_id */
            cluster_id?: (string|null);

            /** IdentifyResponse node_id */
            node_id?: (number|null);

            /** IdentifyResponse incarnation_id */
            incarnation_id?: (Uint8Array|null);
        }

        /** Represents an IdentifyResponse. */
        class IdentifyResponse implements IIdentifyResponse {

            /**
             * Constructs a new IdentifyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IIdentifyResponse);

            /** IdentifyResponse version. */
            public version: number;

            /** IdentifyResponse cluster_id. */
            public cluster_id: string;

            /** IdentifyResponse node_id. */
            public node_id: number;

            /** IdentifyResponse incarnation_id. */
            public incarnation_id: Uint8Array;

            /**
             * Creates a new IdentifyResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IdentifyResponse instance
             */
            public static create(properties?: varve.internal.IIdentifyResponse): varve.internal.IdentifyResponse;

            /**
             * Encodes the specified IdentifyResponse message. Does not implicitly {@link varve.internal.IdentifyResponse.verify|verify} messages.
             * @param message IdentifyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IIdentifyResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentifyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns IdentifyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.IdentifyResponse;
        }

        /** Properties of a Listener. */
        interface IListener {

            /** Listener name */
            name?: (string|null);

            /** Listener host */
            host?: (string|null);

            /** Listener port */
            port?: (number|null);

            /** Listener security_protocol */
            security_protocol?: (string|null);
        }

        /** Represents a Listener. */
        class Listener implements IListener {

            /**
             * Constructs a new Listener.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IListener);

            /** Listener name. */
            public name: string;

            /** Listener host. */
            public host: string;

            /** Listener port. */
            public port: number;

            /** Listener security_protocol. */
            public security_protocol: string;

            /**
             * Creates a new Listener instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Listener instance
             */
            public static create(properties?: varve.internal.IListener): varve.internal.Listener;

            /**
             * Encodes the specified Listener message. Does not implicitly {@link varve.internal.Listener.verify|verify} messages.
             * @param message Listener message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IListener, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Listener message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Listener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.Listener;
        }

        /** Properties of a RegisterBrokerRequest. */
        interface IRegisterBrokerRequest {

            /** RegisterBrokerRequest version */
            version?: (number|null);

            /** RegisterBrokerRequest node_id */
            node_id?: (number|null);

            /** RegisterBrokerRequest cluster_id */
            cluster_id?: (string|null);

            /** RegisterBrokerRequest incarnation_id */
            incarnation_id?: (Uint8Array|null);

            /** RegisterBrokerRequest listeners */
            listeners?: (varve.internal.IListener[]|null);

            /** RegisterBrokerRequest rack */
            rack?: (string|null);

            /** RegisterBrokerRequest log_dirs */
            log_dirs?: (Uint8Array[]|null);

            /** RegisterBrokerRequest min_metadata_version */
            min_metadata_version?: (number|null);

            /** RegisterBrokerRequest max_metadata_version */
            max_metadata_version?: (number|null);

            /** RegisterBrokerRequest previous_broker_epoch */
            previous_broker_epoch?: (number|null);

            /** RegisterBrokerRequest truncated_replicas */
            truncated_replicas?: (varve.internal.ITruncatedReplica[]|null);
        }

        /** Represents a RegisterBrokerRequest. */
        class RegisterBrokerRequest implements IRegisterBrokerRequest {

            /**
             * Constructs a new RegisterBrokerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRegisterBrokerRequest);

            /** RegisterBrokerRequest version. */
            public version: number;

            /** RegisterBrokerRequest node_id. */
            public node_id: number;

            /** RegisterBrokerRequest cluster_id. */
            public cluster_id: string;

            /** RegisterBrokerRequest incarnation_id. */
            public incarnation_id: Uint8Array;

            /** RegisterBrokerRequest listeners. */
            public listeners: varve.internal.IListener[];

            /** RegisterBrokerRequest rack. */
            public rack?: (string|null);

            /** RegisterBrokerRequest log_dirs. */
            public log_dirs: Uint8Array[];

            /** RegisterBrokerRequest min_metadata_version. */
            public min_metadata_version: number;

            /** RegisterBrokerRequest max_metadata_version. */
            public max_metadata_version: number;

            /** RegisterBrokerRequest previous_broker_epoch. */
            public previous_broker_epoch: number;

            /** RegisterBrokerRequest truncated_replicas. */
            public truncated_replicas: varve.internal.ITruncatedReplica[];

            /**
             * Creates a new RegisterBrokerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RegisterBrokerRequest instance
             */
            public static create(properties?: varve.internal.IRegisterBrokerRequest): varve.internal.RegisterBrokerRequest;

            /**
             * Encodes the specified RegisterBrokerRequest message. Does not implicitly {@link varve.internal.RegisterBrokerRequest.verify|verify} messages.
             * @param message RegisterBrokerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRegisterBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RegisterBrokerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RegisterBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RegisterBrokerRequest;
        }

        /** Properties of a TruncatedReplica. */
        interface ITruncatedReplica {

            /** TruncatedReplica topic_id */
            topic_id?: (Uint8Array|null);

            /** TruncatedReplica partition */
            partition?: (number|null);

            /** TruncatedReplica last_epoch */
            last_epoch?: (number|null);

            /** TruncatedReplica end_offset */
            end_offset?: (number|null);
        }

        /** Represents a TruncatedReplica. */
        class TruncatedReplica implements ITruncatedReplica {

            /**
             * Constructs a new TruncatedReplica.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.ITruncatedReplica);

            /** TruncatedReplica topic_id. */
            public topic_id: Uint8Array;

            /** TruncatedReplica partition. */
            public partition: number;

            /** TruncatedReplica last_epoch. */
            public last_epoch: number;

            /** TruncatedReplica end_offset. */
            public end_offset: number;

            /**
             * Creates a new TruncatedReplica instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TruncatedReplica instance
             */
            public static create(properties?: varve.internal.ITruncatedReplica): varve.internal.TruncatedReplica;

            /**
             * Encodes the specified TruncatedReplica message. Does not implicitly {@link varve.internal.TruncatedReplica.verify|verify} messages.
             * @param message TruncatedReplica message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.ITruncatedReplica, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TruncatedReplica message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TruncatedReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.TruncatedReplica;
        }

        /** Properties of a RegisterBrokerResponse. */
        interface IRegisterBrokerResponse {

            /** RegisterBrokerResponse version */
            version?: (number|null);

            /** RegisterBrokerResponse broker_epoch */
            broker_epoch?: (number|null);
        }

        /** Represents a RegisterBrokerResponse. */
        class RegisterBrokerResponse implements IRegisterBrokerResponse {

            /**
             * Constructs a new RegisterBrokerResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IRegisterBrokerResponse);

            /** RegisterBrokerResponse version. */
            public version: number;

            /** RegisterBrokerResponse broker_epoch. */
            public broker_epoch: number;

            /**
             * Creates a new RegisterBrokerResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RegisterBrokerResponse instance
             */
            public static create(properties?: varve.internal.IRegisterBrokerResponse): varve.internal.RegisterBrokerResponse;

            /**
             * Encodes the specified RegisterBrokerResponse message. Does not implicitly {@link varve.internal.RegisterBrokerResponse.verify|verify} messages.
             * @param message RegisterBrokerResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IRegisterBrokerResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RegisterBrokerResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RegisterBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.RegisterBrokerResponse;
        }

        /** Properties of a HeartbeatRequest. */
        interface IHeartbeatRequest {

            /** HeartbeatRequest version */
            version?: (number|null);

            /** HeartbeatRequest node_id */
            node_id?: (number|null);

            /** HeartbeatRequest broker_epoch */
            broker_epoch?: (number|null);

            /** HeartbeatRequest metadata_offset */
            metadata_offset?: (number|null);

            /** HeartbeatRequest disk_hangs */
            disk_hangs?: (boolean|null);

            /** HeartbeatRequest want_shut_down */
            want_shut_down?: (boolean|null);

            /** HeartbeatRequest offline_log_dirs */
            offline_log_dirs?: (Uint8Array[]|null);
        }

        /** Represents a HeartbeatRequest. */
        class HeartbeatRequest implements IHeartbeatRequest {

            /**
             * Constructs a new HeartbeatRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IHeartbeatRequest);

            /** HeartbeatRequest version. */
            public version: number;

            /** HeartbeatRequest node_id. */
            public node_id: number;

            /** HeartbeatRequest broker_epoch. */
            public broker_epoch: number;

            /** HeartbeatRequest metadata_offset. */
            public metadata_offset: number;

            /** HeartbeatRequest disk_hangs. */
            public disk_hangs: boolean;

            /** HeartbeatRequest want_shut_down. */
            public want_shut_down: boolean;

            /** HeartbeatRequest offline_log_dirs. */
            public offline_log_dirs: Uint8Array[];

            /**
             * Creates a new HeartbeatRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HeartbeatRequest instance
             */
            public static create(properties?: varve.internal.IHeartbeatRequest): varve.internal.HeartbeatRequest;

            /**
             * Encodes the specified HeartbeatRequest message. Does not implicitly {@link varve.internal.HeartbeatRequest.verify|verify} messages.
             * @param message HeartbeatRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IHeartbeatRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HeartbeatRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns HeartbeatRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.HeartbeatRequest;
        }

        /** Properties of a HeartbeatResponse. */
        interface IHeartbeatResponse {

            /** HeartbeatResponse version */
            version?: (number|null);

            /** HeartbeatResponse error */
            error?: (number|null);

            /** HeartbeatResponse fenced */
            fenced?: (boolean|null);

            /** HeartbeatResponse should_shut_down */
            should_shut_down?: (boolean|null);
        }

        /** Represents a HeartbeatResponse. */
        class HeartbeatResponse implements IHeartbeatResponse {

            /**
             * Constructs a new HeartbeatResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IHeartbeatResponse);

            /** HeartbeatResponse version. */
            public version: number;

            /** HeartbeatResponse error. */
            public error: number;

            /** HeartbeatResponse fenced. */
            public fenced: boolean;

            /** HeartbeatResponse should_shut_down. */
            public should_shut_down: boolean;

            /**
             * Creates a new HeartbeatResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HeartbeatResponse instance
             */
            public static create(properties?: varve.internal.IHeartbeatResponse): varve.internal.HeartbeatResponse;

            /**
             * Encodes the specified HeartbeatResponse message. Does not implicitly {@link varve.internal.HeartbeatResponse.verify|verify} messages.
             * @param message HeartbeatResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IHeartbeatResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HeartbeatResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns HeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.HeartbeatResponse;
        }

        /** Properties of an AlterPartitionRequest. */
        interface IAlterPartitionRequest {

            /** AlterPartitionRequest version */
            version?: (number|null);

            /** AlterPartitionRequest node_id */
            node_id?: (number|null);

            /** AlterPartitionRequest broker_epoch */
            broker_epoch?: (number|null);

            /** AlterPartitionRequest partitions */
            partitions?: (varve.internal.IAlterPartition[]|null);
        }

        /** Represents an AlterPartitionRequest. */
        class AlterPartitionRequest implements IAlterPartitionRequest {

            /**
             * Constructs a new AlterPartitionRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAlterPartitionRequest);

            /** AlterPartitionRequest version. */
            public version: number;

            /** AlterPartitionRequest node_id. */
            public node_id: number;

            /** AlterPartitionRequest broker_epoch. */
            public broker_epoch: number;

            /** AlterPartitionRequest partitions. */
            public partitions: varve.internal.IAlterPartition[];

            /**
             * Creates a new AlterPartitionRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterPartitionRequest instance
             */
            public static create(properties?: varve.internal.IAlterPartitionRequest): varve.internal.AlterPartitionRequest;

            /**
             * Encodes the specified AlterPartitionRequest message. Does not implicitly {@link varve.internal.AlterPartitionRequest.verify|verify} messages.
             * @param message AlterPartitionRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAlterPartitionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterPartitionRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterPartitionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AlterPartitionRequest;
        }

        /** Properties of an AlterPartition. */
        interface IAlterPartition {

            /** AlterPartition topic_id */
            topic_id?: (Uint8Array|null);

            /** AlterPartition partition */
            partition?: (number|null);

            /** AlterPartition leader_epoch */
            leader_epoch?: (number|null);

            /** AlterPartition partition_epoch */
            partition_epoch?: (number|null);

            /** AlterPartition new_isr */
            new_isr?: (varve.internal.IIsrMember[]|null);

            /** AlterPartition recovered_replicas */
            recovered_replicas?: (number[]|null);

            /** AlterPartition lost_replicas */
            lost_replicas?: (number[]|null);
        }

        /** Represents an AlterPartition. */
        class AlterPartition implements IAlterPartition {

            /**
             * Constructs a new AlterPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAlterPartition);

            /** AlterPartition topic_id. */
            public topic_id: Uint8Array;

            /** AlterPartition partition. */
            public partition: number;

            /** AlterPartition leader_epoch. */
            public leader_epoch: number;

            /** AlterPartition partition_epoch. */
            public partition_epoch: number;

            /** AlterPartition new_isr. */
            public new_isr: varve.internal.IIsrMember[];

            /** AlterPartition recovered_replicas. */
            public recovered_replicas: number[];

            /** AlterPartition lost_replicas. */
            public lost_replicas: number[];

            /**
             * Creates a new AlterPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterPartition instance
             */
            public static create(properties?: varve.internal.IAlterPartition): varve.internal.AlterPartition;

            /**
             * Encodes the specified AlterPartition message. Does not implicitly {@link varve.internal.AlterPartition.verify|verify} messages.
             * @param message AlterPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAlterPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AlterPartition;
        }

        /** Properties of an IsrMember. */
        interface IIsrMember {

            /** IsrMember node_id */
            node_id?: (number|null);

            /** IsrMember broker_epoch */
            broker_epoch?: (number|null);
        }

        /** Represents an IsrMember. */
        class IsrMember implements IIsrMember {

            /**
             * Constructs a new IsrMember.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IIsrMember);

            /** IsrMember node_id. */
            public node_id: number;

            /** IsrMember broker_epoch. */
            public broker_epoch: number;

            /**
             * Creates a new IsrMember instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IsrMember instance
             */
            public static create(properties?: varve.internal.IIsrMember): varve.internal.IsrMember;

            /**
             * Encodes the specified IsrMember message. Does not implicitly {@link varve.internal.IsrMember.verify|verify} messages.
             * @param message IsrMember message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IIsrMember, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IsrMember message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns IsrMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.IsrMember;
        }

        /** Properties of an AlterPartitionResponse. */
        interface IAlterPartitionResponse {

            /** AlterPartitionResponse version */
            version?: (number|null);

            /** AlterPartitionResponse error */
            error?: (number|null);

            /** AlterPartitionResponse partitions */
            partitions?: (varve.internal.IAlteredPartition[]|null);
        }

        /** Represents an AlterPartitionResponse. */
        class AlterPartitionResponse implements IAlterPartitionResponse {

            /**
             * Constructs a new AlterPartitionResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAlterPartitionResponse);

            /** AlterPartitionResponse version. */
            public version: number;

            /** AlterPartitionResponse error. */
            public error: number;

            /** AlterPartitionResponse partitions. */
            public partitions: varve.internal.IAlteredPartition[];

            /**
             * Creates a new AlterPartitionResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterPartitionResponse instance
             */
            public static create(properties?: varve.internal.IAlterPartitionResponse): varve.internal.AlterPartitionResponse;

            /**
             * Encodes the specified AlterPartitionResponse message. Does not implicitly {@link varve.internal.AlterPartitionResponse.verify|verify} messages.
             * @param message AlterPartitionResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAlterPartitionResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterPartitionResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterPartitionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AlterPartitionResponse;
        }

        /** Properties of an AlteredPartition. */
        interface IAlteredPartition {

            /** AlteredPartition topic_id */
            topic_id?: (Uint8Array|null);

            /** AlteredPartition partition */
            partition?: (number|null);

            /** AlteredPartition error */
            error?: (number|null);

            /** AlteredPartition leader_id */
            leader_id?: (number|null);

            /** AlteredPartition leader_epoch */
            leader_epoch?: (number|null);

            /** AlteredPartition partition_epoch */
            partition_epoch?: (number|null);

            /** AlteredPartition isr */
            isr?: (number[]|null);
        }

        /** Represents an AlteredPartition. */
        class AlteredPartition implements IAlteredPartition {

            /**
             * Constructs a new AlteredPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAlteredPartition);

            /** AlteredPartition topic_id. */
            public topic_id: Uint8Array;

            /** AlteredPartition partition. */
            public partition: number;

            /** AlteredPartition error. */
            public error: number;

            /** AlteredPartition leader_id. */
            public leader_id: number;

            /** AlteredPartition leader_epoch. */
            public leader_epoch: number;

            /** AlteredPartition partition_epoch. */
            public partition_epoch: number;

            /** AlteredPartition isr. */
            public isr: number[];

            /**
             * Creates a new AlteredPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlteredPartition instance
             */
            public static create(properties?: varve.internal.IAlteredPartition): varve.internal.AlteredPartition;

            /**
             * Encodes the specified AlteredPartition message. Does not implicitly {@link varve.internal.AlteredPartition.verify|verify} messages.
             * @param message AlteredPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAlteredPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlteredPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlteredPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AlteredPartition;
        }

        /** Properties of a ReportTruncationRequest. */
        interface IReportTruncationRequest {

            /** ReportTruncationRequest version */
            version?: (number|null);

            /** ReportTruncationRequest node_id */
            node_id?: (number|null);

            /** ReportTruncationRequest broker_epoch */
            broker_epoch?: (number|null);

            /** ReportTruncationRequest replica */
            replica?: (varve.internal.ITruncatedReplica|null);

            /** ReportTruncationRequest cannot_lead */
            cannot_lead?: (boolean|null);

            /** ReportTruncationRequest leader_epoch */
            leader_epoch?: (number|null);
        }

        /** Represents a ReportTruncationRequest. */
        class ReportTruncationRequest implements IReportTruncationRequest {

            /**
             * Constructs a new ReportTruncationRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IReportTruncationRequest);

            /** ReportTruncationRequest version. */
            public version: number;

            /** ReportTruncationRequest node_id. */
            public node_id: number;

            /** ReportTruncationRequest broker_epoch. */
            public broker_epoch: number;

            /** ReportTruncationRequest replica. */
            public replica?: (varve.internal.ITruncatedReplica|null);

            /** ReportTruncationRequest cannot_lead. */
            public cannot_lead: boolean;

            /** ReportTruncationRequest leader_epoch. */
            public leader_epoch: number;

            /**
             * Creates a new ReportTruncationRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReportTruncationRequest instance
             */
            public static create(properties?: varve.internal.IReportTruncationRequest): varve.internal.ReportTruncationRequest;

            /**
             * Encodes the specified ReportTruncationRequest message. Does not implicitly {@link varve.internal.ReportTruncationRequest.verify|verify} messages.
             * @param message ReportTruncationRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IReportTruncationRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReportTruncationRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ReportTruncationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ReportTruncationRequest;
        }

        /** Properties of a ReportTruncationResponse. */
        interface IReportTruncationResponse {

            /** ReportTruncationResponse version */
            version?: (number|null);
        }

        /** Represents a ReportTruncationResponse. */
        class ReportTruncationResponse implements IReportTruncationResponse {

            /**
             * Constructs a new ReportTruncationResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IReportTruncationResponse);

            /** ReportTruncationResponse version. */
            public version: number;

            /**
             * Creates a new ReportTruncationResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReportTruncationResponse instance
             */
            public static create(properties?: varve.internal.IReportTruncationResponse): varve.internal.ReportTruncationResponse;

            /**
             * Encodes the specified ReportTruncationResponse message. Does not implicitly {@link varve.internal.ReportTruncationResponse.verify|verify} messages.
             * @param message ReportTruncationResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IReportTruncationResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReportTruncationResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ReportTruncationResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ReportTruncationResponse;
        }

        /** Properties of an AllocateProducerIdsRequest. */
        interface IAllocateProducerIdsRequest {

            /** AllocateProducerIdsRequest version */
            version?: (number|null);

            /** AllocateProducerIdsRequest node_id */
            node_id?: (number|null);

            /** AllocateProducerIdsRequest broker_epoch */
            broker_epoch?: (number|null);
        }

        /** Represents an AllocateProducerIdsRequest. */
        class AllocateProducerIdsRequest implements IAllocateProducerIdsRequest {

            /**
             * Constructs a new AllocateProducerIdsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAllocateProducerIdsRequest);

            /** AllocateProducerIdsRequest version. */
            public version: number;

            /** AllocateProducerIdsRequest node_id. */
            public node_id: number;

            /** AllocateProducerIdsRequest broker_epoch. */
            public broker_epoch: number;

            /**
             * Creates a new AllocateProducerIdsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocateProducerIdsRequest instance
             */
            public static create(properties?: varve.internal.IAllocateProducerIdsRequest): varve.internal.AllocateProducerIdsRequest;

            /**
             * Encodes the specified AllocateProducerIdsRequest message. Does not implicitly {@link varve.internal.AllocateProducerIdsRequest.verify|verify} messages.
             * @param message AllocateProducerIdsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAllocateProducerIdsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocateProducerIdsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AllocateProducerIdsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AllocateProducerIdsRequest;
        }

        /** Properties of an AllocateProducerIdsResponse. */
        interface IAllocateProducerIdsResponse {

            /** AllocateProducerIdsResponse version */
            version?: (number|null);

            /** AllocateProducerIdsResponse first_producer_id */
            first_producer_id?: (number|null);

            /** AllocateProducerIdsResponse length */
            length?: (number|null);
        }

        /** Represents an AllocateProducerIdsResponse. */
        class AllocateProducerIdsResponse implements IAllocateProducerIdsResponse {

            /**
             * Constructs a new AllocateProducerIdsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IAllocateProducerIdsResponse);

            /** AllocateProducerIdsResponse version. */
            public version: number;

            /** AllocateProducerIdsResponse first_producer_id. */
            public first_producer_id: number;

            /** AllocateProducerIdsResponse length. */
            public length: number;

            /**
             * Creates a new AllocateProducerIdsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocateProducerIdsResponse instance
             */
            public static create(properties?: varve.internal.IAllocateProducerIdsResponse): varve.internal.AllocateProducerIdsResponse;

            /**
             * Encodes the specified AllocateProducerIdsResponse message. Does not implicitly {@link varve.internal.AllocateProducerIdsResponse.verify|verify} messages.
             * @param message AllocateProducerIdsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IAllocateProducerIdsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocateProducerIdsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AllocateProducerIdsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.AllocateProducerIdsResponse;
        }

        /** Properties of a ForwardAdminRequest. */
        interface IForwardAdminRequest {

            /** ForwardAdminRequest version */
            version?: (number|null);

            /** ForwardAdminRequest method */
            method?: (string|null);

            /** ForwardAdminRequest request */
            request?: (Uint8Array|null);

            /** ForwardAdminRequest principal */
            principal?: (string|null);
        }

        /** Represents a ForwardAdminRequest. */
        class ForwardAdminRequest implements IForwardAdminRequest {

            /**
             * Constructs a new ForwardAdminRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IForwardAdminRequest);

            /** ForwardAdminRequest version. */
            public version: number;

            /** ForwardAdminRequest method. */
            public method: string;

            /** ForwardAdminRequest request. */
            public request: Uint8Array;

            /** ForwardAdminRequest principal. */
            public principal: string;

            /**
             * Creates a new ForwardAdminRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ForwardAdminRequest instance
             */
            public static create(properties?: varve.internal.IForwardAdminRequest): varve.internal.ForwardAdminRequest;

            /**
             * Encodes the specified ForwardAdminRequest message. Does not implicitly {@link varve.internal.ForwardAdminRequest.verify|verify} messages.
             * @param message ForwardAdminRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IForwardAdminRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ForwardAdminRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ForwardAdminRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ForwardAdminRequest;
        }

        /** Properties of a ForwardAdminResponse. */
        interface IForwardAdminResponse {

            /** ForwardAdminResponse version */
            version?: (number|null);

            /** ForwardAdminResponse response */
            response?: (Uint8Array|null);

            /** ForwardAdminResponse metadata_offset */
            metadata_offset?: (number|null);
        }

        /** Represents a ForwardAdminResponse. */
        class ForwardAdminResponse implements IForwardAdminResponse {

            /**
             * Constructs a new ForwardAdminResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IForwardAdminResponse);

            /** ForwardAdminResponse version. */
            public version: number;

            /** ForwardAdminResponse response. */
            public response: Uint8Array;

            /** ForwardAdminResponse metadata_offset. */
            public metadata_offset: number;

            /**
             * Creates a new ForwardAdminResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ForwardAdminResponse instance
             */
            public static create(properties?: varve.internal.IForwardAdminResponse): varve.internal.ForwardAdminResponse;

            /**
             * Encodes the specified ForwardAdminResponse message. Does not implicitly {@link varve.internal.ForwardAdminResponse.verify|verify} messages.
             * @param message ForwardAdminResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IForwardAdminResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ForwardAdminResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ForwardAdminResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ForwardAdminResponse;
        }
    }
}

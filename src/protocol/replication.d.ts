import type * as $protobuf from "protobufjs";
/** Namespace varve. */
export namespace varve {

    /** Namespace internal. */
    namespace internal {

        /** Properties of a FetchRequest. */
        interface IFetchRequest {

            /** FetchRequest version */
            version?: (number|null);

            /** FetchRequest replica_id */
            replica_id?: (number|null);

            /** FetchRequest broker_epoch */
            broker_epoch?: (number|null);

            /** FetchRequest cluster_id */
            cluster_id?: (Uint8Array|null);

            /** FetchRequest window_bytes */
            window_bytes?: (number|null);

            /** FetchRequest partitions */
            partitions?: (varve.internal.IFetchPartition[]|null);
        }

        /** Represents a FetchRequest. */
        class FetchRequest implements IFetchRequest {

            /**
             * Constructs a new FetchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IFetchRequest);

            /** FetchRequest version. */
            public version: number;

            /** FetchRequest replica_id. */
            public replica_id: number;

            /** FetchRequest broker_epoch. */
            public broker_epoch: number;

            /** FetchRequest cluster_id. */
            public cluster_id: Uint8Array;

            /** FetchRequest window_bytes. */
            public window_bytes: number;

            /** FetchRequest partitions. */
            public partitions: varve.internal.IFetchPartition[];

            /**
             * Creates a new FetchRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchRequest instance
             */
            public static create(properties?: varve.internal.IFetchRequest): varve.internal.FetchRequest;

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link varve.internal.FetchRequest.verify|verify} messages.
             * @param message FetchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IFetchRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.FetchRequest;
        }

        /** Properties of a FetchPartition. */
        interface IFetchPartition {

            /** FetchPartition topic_id */
            topic_id?: (Uint8Array|null);

            /** FetchPartition partition */
            partition?: (number|null);

            /** FetchPartition current_leader_epoch */
            current_leader_epoch?: (number|null);

            /** FetchPartition session */
            session?: (number|null);

            /** FetchPartition fetch_offset */
            fetch_offset?: (number|null);

            /** FetchPartition durable_offset */
            durable_offset?: (number|null);

            /** FetchPartition last_fetched_epoch */
            last_fetched_epoch?: (number|null);

            /** FetchPartition log_start_offset */
            log_start_offset?: (number|null);

            /** FetchPartition remove */
            remove?: (boolean|null);
        }

        /** Represents a FetchPartition. */
        class FetchPartition implements IFetchPartition {

            /**
             * Constructs a new FetchPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IFetchPartition);

            /** FetchPartition topic_id. */
            public topic_id: Uint8Array;

            /** FetchPartition partition. */
            public partition: number;

            /** FetchPartition current_leader_epoch. */
            public current_leader_epoch: number;

            /** FetchPartition session. */
            public session: number;

            /** FetchPartition fetch_offset. */
            public fetch_offset: number;

            /** FetchPartition durable_offset. */
            public durable_offset: number;

            /** FetchPartition last_fetched_epoch. */
            public last_fetched_epoch: number;

            /** FetchPartition log_start_offset. */
            public log_start_offset: number;

            /** FetchPartition remove. */
            public remove: boolean;

            /**
             * Creates a new FetchPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchPartition instance
             */
            public static create(properties?: varve.internal.IFetchPartition): varve.internal.FetchPartition;

            /**
             * Encodes the specified FetchPartition message. Does not implicitly {@link varve.internal.FetchPartition.verify|verify} messages.
             * @param message FetchPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IFetchPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.FetchPartition;
        }

        /** Properties of a FetchResponse. */
        interface IFetchResponse {

            /** FetchResponse version */
            version?: (number|null);

            /** FetchResponse partitions */
            partitions?: (varve.internal.IFetchedPartition[]|null);
        }

        /** Represents a FetchResponse. */
        class FetchResponse implements IFetchResponse {

            /**
             * Constructs a new FetchResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IFetchResponse);

            /** FetchResponse version. */
            public version: number;

            /** FetchResponse partitions. */
            public partitions: varve.internal.IFetchedPartition[];

            /**
             * Creates a new FetchResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchResponse instance
             */
            public static create(properties?: varve.internal.IFetchResponse): varve.internal.FetchResponse;

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link varve.internal.FetchResponse.verify|verify} messages.
             * @param message FetchResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IFetchResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.FetchResponse;
        }

        /** Properties of a FetchedPartition. */
        interface IFetchedPartition {

            /** FetchedPartition topic_id */
            topic_id?: (Uint8Array|null);

            /** FetchedPartition partition */
            partition?: (number|null);

            /** FetchedPartition session */
            session?: (number|null);

            /** FetchedPartition error */
            error?: (number|null);

            /** FetchedPartition leader_epoch */
            leader_epoch?: (number|null);

            /** FetchedPartition high_watermark */
            high_watermark?: (number|null);

            /** FetchedPartition log_start_offset */
            log_start_offset?: (number|null);

            /** FetchedPartition diverging_epoch */
            diverging_epoch?: (varve.internal.IDivergingEpoch|null);

            /** FetchedPartition record_batches */
            record_batches?: (Uint8Array|null);

            /** FetchedPartition producers */
            producers?: (Uint8Array|null);
        }

        /** Represents a FetchedPartition. */
        class FetchedPartition implements IFetchedPartition {

            /**
             * Constructs a new FetchedPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IFetchedPartition);

            /** FetchedPartition topic_id. */
            public topic_id: Uint8Array;

            /** FetchedPartition partition. */
            public partition: number;

            /** FetchedPartition session. */
            public session: number;

            /** FetchedPartition error. */
            public error: number;

            /** FetchedPartition leader_epoch. */
            public leader_epoch: number;

            /** FetchedPartition high_watermark. */
            public high_watermark: number;

            /** FetchedPartition log_start_offset. */
            public log_start_offset: number;

            /** FetchedPartition diverging_epoch. */
            public diverging_epoch?: (varve.internal.IDivergingEpoch|null);

            /** FetchedPartition record_batches. */
            public record_batches: Uint8Array;

            /** FetchedPartition producers. */
            public producers: Uint8Array;

            /**
             * Creates a new FetchedPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchedPartition instance
             */
            public static create(properties?: varve.internal.IFetchedPartition): varve.internal.FetchedPartition;

            /**
             * Encodes the specified FetchedPartition message. Does not implicitly {@link varve.internal.FetchedPartition.verify|verify} messages.
             * @param message FetchedPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IFetchedPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchedPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchedPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.FetchedPartition;
        }

        /** Properties of a DivergingEpoch. */
        interface IDivergingEpoch {

            /** DivergingEpoch epoch */
            epoch?: (number|null);

            /** DivergingEpoch end_offset */
            end_offset?: (number|null);
        }

        /** Represents a DivergingEpoch. */
        class DivergingEpoch implements IDivergingEpoch {

            /**
             * Constructs a new DivergingEpoch.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IDivergingEpoch);

            /** DivergingEpoch epoch. */
            public epoch: number;

            /** DivergingEpoch end_offset. */
            public end_offset: number;

            /**
             * Creates a new DivergingEpoch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DivergingEpoch instance
             */
            public static create(properties?: varve.internal.IDivergingEpoch): varve.internal.DivergingEpoch;

            /**
             * Encodes the specified DivergingEpoch message. Does not implicitly {@link varve.internal.DivergingEpoch.verify|verify} messages.
             * @param message DivergingEpoch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IDivergingEpoch, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DivergingEpoch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DivergingEpoch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.DivergingEpoch;
        }

        /** Properties of a ReadRangeRequest. */
        interface IReadRangeRequest {

            /** ReadRangeRequest version */
            version?: (number|null);

            /** ReadRangeRequest replica_id */
            replica_id?: (number|null);

            /** ReadRangeRequest topic_id */
            topic_id?: (Uint8Array|null);

            /** ReadRangeRequest partition */
            partition?: (number|null);

            /** ReadRangeRequest current_leader_epoch */
            current_leader_epoch?: (number|null);

            /** ReadRangeRequest from_offset */
            from_offset?: (number|null);

            /** ReadRangeRequest to_offset */
            to_offset?: (number|null);

            /** ReadRangeRequest max_bytes */
            max_bytes?: (number|null);
        }

        /** Represents a ReadRangeRequest. */
        class ReadRangeRequest implements IReadRangeRequest {

            /**
             * Constructs a new ReadRangeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IReadRangeRequest);

            /** ReadRangeRequest version. */
            public version: number;

            /** ReadRangeRequest replica_id. */
            public replica_id: number;

            /** ReadRangeRequest topic_id. */
            public topic_id: Uint8Array;

            /** ReadRangeRequest partition. */
            public partition: number;

            /** ReadRangeRequest current_leader_epoch. */
            public current_leader_epoch: number;

            /** ReadRangeRequest from_offset. */
            public from_offset: number;

            /** ReadRangeRequest to_offset. */
            public to_offset: number;

            /** ReadRangeRequest max_bytes. */
            public max_bytes: number;

            /**
             * Creates a new ReadRangeRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReadRangeRequest instance
             */
            public static create(properties?: varve.internal.IReadRangeRequest): varve.internal.ReadRangeRequest;

            /**
             * Encodes the specified ReadRangeRequest message. Does not implicitly {@link varve.internal.ReadRangeRequest.verify|verify} messages.
             * @param message ReadRangeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IReadRangeRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadRangeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ReadRangeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ReadRangeRequest;
        }

        /** Properties of a ReadRangeResponse. */
        interface IReadRangeResponse {

            /** ReadRangeResponse version */
            version?: (number|null);

            /** ReadRangeResponse record_batches */
            record_batches?: (Uint8Array|null);

            /** ReadRangeResponse end_offset */
            end_offset?: (number|null);
        }

        /** Represents a ReadRangeResponse. */
        class ReadRangeResponse implements IReadRangeResponse {

            /**
             * Constructs a new ReadRangeResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.internal.IReadRangeResponse);

            /** ReadRangeResponse version. */
            public version: number;

            /** ReadRangeResponse record_batches. */
            public record_batches: Uint8Array;

            /** ReadRangeResponse end_offset. */
            public end_offset: number;

            /**
             * Creates a new ReadRangeResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReadRangeResponse instance
             */
            public static create(properties?: varve.internal.IReadRangeResponse): varve.internal.ReadRangeResponse;

            /**
             * Encodes the specified ReadRangeResponse message. Does not implicitly {@link varve.internal.ReadRangeResponse.verify|verify} messages.
             * @param message ReadRangeResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.internal.IReadRangeResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadRangeResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ReadRangeResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.internal.ReadRangeResponse;
        }
    }
}

import type * as $protobuf from "protobufjs";
/** Namespace varve. */
export namespace varve {

    /** Namespace v1. */
    namespace v1 {

        /** Properties of an Error. */
        interface IError {

            /** Error code */
            code?: (number|null);

            /** Error name */
            name?: (string|null);

            /** Error message */
            message?: (string|null);

            /** Error retriable */
            retriable?: (boolean|null);
        }

        /** Represents an Error. */
        class Error implements IError {

            /**
             * Constructs a new Error.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IError);

            /** Error code. */
            public code: number;

            /** Error name. */
            public name: string;

            /** Error message. */
            public message: string;

            /** Error retriable. */
            public retriable: boolean;

            /**
             * Creates a new Error instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Error instance
             */
            public static create(properties?: varve.v1.IError): varve.v1.Error;

            /**
             * Encodes the specified Error message. Does not implicitly {@link varve.v1.Error.verify|verify} messages.
             * @param message Error message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IError, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.Error;
        }

        /** Properties of a Header. */
        interface IHeader {

            /** Header key */
            key?: (string|null);

            /** Header value */
            value?: (Uint8Array|null);
        }

        /** Represents a Header. */
        class Header implements IHeader {

            /**
             * Constructs a new Header.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IHeader);

            /** Header key. */
            public key: string;

            /** Header value. */
            public value?: (Uint8Array|null);

            /**
             * Creates a new Header instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Header instance
             */
            public static create(properties?: varve.v1.IHeader): varve.v1.Header;

            /**
             * Encodes the specified Header message. Does not implicitly {@link varve.v1.Header.verify|verify} messages.
             * @param message Header message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IHeader, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Header message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Header
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.Header;
        }

        /** Properties of a Record. */
        interface IRecord {

            /** Record key */
            key?: (Uint8Array|null);

            /** Record value */
            value?: (Uint8Array|null);

            /** Record headers */
            headers?: (varve.v1.IHeader[]|null);

            /** Record timestamp_ms */
            timestamp_ms?: (number|null);
        }

        /** Represents a Record. */
        class Record implements IRecord {

            /**
             * Constructs a new Record.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IRecord);

            /** Record key. */
            public key?: (Uint8Array|null);

            /** Record value. */
            public value?: (Uint8Array|null);

            /** Record headers. */
            public headers: varve.v1.IHeader[];

            /** Record timestamp_ms. */
            public timestamp_ms?: (number|null);

            /**
             * Creates a new Record instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Record instance
             */
            public static create(properties?: varve.v1.IRecord): varve.v1.Record;

            /**
             * Encodes the specified Record message. Does not implicitly {@link varve.v1.Record.verify|verify} messages.
             * @param message Record message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Record message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Record
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.Record;
        }

        /** Acks enum. */
        enum Acks {
            ACKS_ALL = 0,
            ACKS_LEADER = 1,
            ACKS_NONE = 2
        }

        /** Properties of a ProduceRequest. */
        interface IProduceRequest {

            /** ProduceRequest batches */
            batches?: (varve.v1.IProduceBatch[]|null);
        }

        /** Represents a ProduceRequest. */
        class ProduceRequest implements IProduceRequest {

            /**
             * Constructs a new ProduceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IProduceRequest);

            /** ProduceRequest batches. */
            public batches: varve.v1.IProduceBatch[];

            /**
             * Creates a new ProduceRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProduceRequest instance
             */
            public static create(properties?: varve.v1.IProduceRequest): varve.v1.ProduceRequest;

            /**
             * Encodes the specified ProduceRequest message. Does not implicitly {@link varve.v1.ProduceRequest.verify|verify} messages.
             * @param message ProduceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IProduceRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ProduceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ProduceRequest;
        }

        /** Properties of a ProduceBatch. */
        interface IProduceBatch {

            /** ProduceBatch correlation_id */
            correlation_id?: (number|null);

            /** ProduceBatch topic */
            topic?: (string|null);

            /** ProduceBatch partition */
            partition?: (number|null);

            /** ProduceBatch acks */
            acks?: (varve.v1.Acks|null);

            /** ProduceBatch timeout_ms */
            timeout_ms?: (number|null);

            /** ProduceBatch records */
            records?: (varve.v1.IRecord[]|null);

            /** ProduceBatch record_batch */
            record_batch?: (Uint8Array|null);

            /** ProduceBatch producer_id */
            producer_id?: (number|null);

            /** ProduceBatch producer_epoch */
            producer_epoch?: (number|null);

            /** ProduceBatch base_sequence */
            base_sequence?: (number|null);
        }

        /** Represents a ProduceBatch. */
        class ProduceBatch implements IProduceBatch {

            /**
             * Constructs a new ProduceBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IProduceBatch);

            /** ProduceBatch correlation_id. */
            public correlation_id: number;

            /** ProduceBatch topic. */
            public topic: string;

            /** ProduceBatch partition. */
            public partition?: (number|null);

            /** ProduceBatch acks. */
            public acks: varve.v1.Acks;

            /** ProduceBatch timeout_ms. */
            public timeout_ms: number;

            /** ProduceBatch records. */
            public records: varve.v1.IRecord[];

            /** ProduceBatch record_batch. */
            public record_batch: Uint8Array;

            /** ProduceBatch producer_id. */
            public producer_id?: (number|null);

            /** ProduceBatch producer_epoch. */
            public producer_epoch?: (number|null);

            /** ProduceBatch base_sequence. */
            public base_sequence?: (number|null);

            /**
             * Creates a new ProduceBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProduceBatch instance
             */
            public static create(properties?: varve.v1.IProduceBatch): varve.v1.ProduceBatch;

            /**
             * Encodes the specified ProduceBatch message. Does not implicitly {@link varve.v1.ProduceBatch.verify|verify} messages.
             * @param message ProduceBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IProduceBatch, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ProduceBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ProduceBatch;
        }

        /** Properties of a ProduceResponse. */
        interface IProduceResponse {

            /** ProduceResponse acks */
            acks?: (varve.v1.IProduceAck[]|null);
        }

        /** Represents a ProduceResponse. */
        class ProduceResponse implements IProduceResponse {

            /**
             * Constructs a new ProduceResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IProduceResponse);

            /** ProduceResponse acks. */
            public acks: varve.v1.IProduceAck[];

            /**
             * Creates a new ProduceResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProduceResponse instance
             */
            public static create(properties?: varve.v1.IProduceResponse): varve.v1.ProduceResponse;

            /**
             * Encodes the specified ProduceResponse message. Does not implicitly {@link varve.v1.ProduceResponse.verify|verify} messages.
             * @param message ProduceResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IProduceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ProduceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ProduceResponse;
        }

        /** Properties of a ProduceAck. */
        interface IProduceAck {

            /** ProduceAck correlation_id */
            correlation_id?: (number|null);

            /** ProduceAck topic */
            topic?: (string|null);

            /** ProduceAck partition */
            partition?: (number|null);

            /** ProduceAck error */
            error?: (varve.v1.IError|null);

            /** ProduceAck base_offset */
            base_offset?: (number|null);

            /** ProduceAck log_append_time_ms */
            log_append_time_ms?: (number|null);

            /** ProduceAck log_start_offset */
            log_start_offset?: (number|null);
        }

        /** Represents a ProduceAck. */
        class ProduceAck implements IProduceAck {

            /**
             * Constructs a new ProduceAck.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IProduceAck);

            /** ProduceAck correlation_id. */
            public correlation_id: number;

            /** ProduceAck topic. */
            public topic: string;

            /** ProduceAck partition. */
            public partition: number;

            /** ProduceAck error. */
            public error?: (varve.v1.IError|null);

            /** ProduceAck base_offset. */
            public base_offset: number;

            /** ProduceAck log_append_time_ms. */
            public log_append_time_ms: number;

            /** ProduceAck log_start_offset. */
            public log_start_offset: number;

            /**
             * Creates a new ProduceAck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProduceAck instance
             */
            public static create(properties?: varve.v1.IProduceAck): varve.v1.ProduceAck;

            /**
             * Encodes the specified ProduceAck message. Does not implicitly {@link varve.v1.ProduceAck.verify|verify} messages.
             * @param message ProduceAck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IProduceAck, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceAck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ProduceAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ProduceAck;
        }

        /** IsolationLevel enum. */
        enum IsolationLevel {
            READ_UNCOMMITTED = 0,
            READ_COMMITTED = 1
        }

        /** Properties of a ConsumeRequest. */
        interface IConsumeRequest {

            /** ConsumeRequest positions */
            positions?: (varve.v1.IConsumePosition[]|null);

            /** ConsumeRequest isolation_level */
            isolation_level?: (varve.v1.IsolationLevel|null);

            /** ConsumeRequest as_record_batches */
            as_record_batches?: (boolean|null);

            /** ConsumeRequest max_response_bytes */
            max_response_bytes?: (number|null);
        }

        /** Represents a ConsumeRequest. */
        class ConsumeRequest implements IConsumeRequest {

            /**
             * Constructs a new ConsumeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConsumeRequest);

            /** ConsumeRequest positions. */
            public positions: varve.v1.IConsumePosition[];

            /** ConsumeRequest isolation_level. */
            public isolation_level: varve.v1.IsolationLevel;

            /** ConsumeRequest as_record_batches. */
            public as_record_batches: boolean;

            /** ConsumeRequest max_response_bytes. */
            public max_response_bytes: number;

            /**
             * Creates a new ConsumeRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConsumeRequest instance
             */
            public static create(properties?: varve.v1.IConsumeRequest): varve.v1.ConsumeRequest;

            /**
             * Encodes the specified ConsumeRequest message. Does not implicitly {@link varve.v1.ConsumeRequest.verify|verify} messages.
             * @param message ConsumeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConsumeRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConsumeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConsumeRequest;
        }

        /** Properties of a ConsumePosition. */
        interface IConsumePosition {

            /** ConsumePosition topic */
            topic?: (string|null);

            /** ConsumePosition partition */
            partition?: (number|null);

            /** ConsumePosition offset */
            offset?: (number|null);

            /** ConsumePosition position_id */
            position_id?: (number|null);

            /** ConsumePosition remove */
            remove?: (boolean|null);

            /** ConsumePosition current_leader_epoch */
            current_leader_epoch?: (number|null);

            /** ConsumePosition last_fetched_epoch */
            last_fetched_epoch?: (number|null);

            /** ConsumePosition topic_id */
            topic_id?: (Uint8Array|null);
        }

        /** Represents a ConsumePosition. */
        class ConsumePosition implements IConsumePosition {

            /**
             * Constructs a new ConsumePosition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConsumePosition);

            /** ConsumePosition topic. */
            public topic: string;

            /** ConsumePosition partition. */
            public partition: number;

            /** ConsumePosition offset. */
            public offset: number;

            /** ConsumePosition position_id. */
            public position_id: number;

            /** ConsumePosition remove. */
            public remove: boolean;

            /** ConsumePosition current_leader_epoch. */
            public current_leader_epoch?: (number|null);

            /** ConsumePosition last_fetched_epoch. */
            public last_fetched_epoch?: (number|null);

            /** ConsumePosition topic_id. */
            public topic_id: Uint8Array;

            /**
             * Creates a new ConsumePosition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConsumePosition instance
             */
            public static create(properties?: varve.v1.IConsumePosition): varve.v1.ConsumePosition;

            /**
             * Encodes the specified ConsumePosition message. Does not implicitly {@link varve.v1.ConsumePosition.verify|verify} messages.
             * @param message ConsumePosition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConsumePosition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumePosition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConsumePosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConsumePosition;
        }

        /** Properties of a ConsumeResponse. */
        interface IConsumeResponse {

            /** ConsumeResponse partitions */
            partitions?: (varve.v1.IPartitionRecords[]|null);
        }

        /** Represents a ConsumeResponse. */
        class ConsumeResponse implements IConsumeResponse {

            /**
             * Constructs a new ConsumeResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConsumeResponse);

            /** ConsumeResponse partitions. */
            public partitions: varve.v1.IPartitionRecords[];

            /**
             * Creates a new ConsumeResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConsumeResponse instance
             */
            public static create(properties?: varve.v1.IConsumeResponse): varve.v1.ConsumeResponse;

            /**
             * Encodes the specified ConsumeResponse message. Does not implicitly {@link varve.v1.ConsumeResponse.verify|verify} messages.
             * @param message ConsumeResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConsumeResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumeResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConsumeResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConsumeResponse;
        }

        /** Properties of a PartitionRecords. */
        interface IPartitionRecords {

            /** PartitionRecords topic */
            topic?: (string|null);

            /** PartitionRecords partition */
            partition?: (number|null);

            /** PartitionRecords position_id */
            position_id?: (number|null);

            /** PartitionRecords error */
            error?: (varve.v1.IError|null);

            /** PartitionRecords high_watermark */
            high_watermark?: (number|null);

            /** PartitionRecords last_stable_offset */
            last_stable_offset?: (number|null);

            /** PartitionRecords log_start_offset */
            log_start_offset?: (number|null);

            /** PartitionRecords record_batches */
            record_batches?: (Uint8Array|null);

            /** PartitionRecords records */
            records?: (varve.v1.IConsumedRecord[]|null);

            /** PartitionRecords aborted_transactions */
            aborted_transactions?: (varve.v1.IAbortedTransaction[]|null);

            /** PartitionRecords next_offset */
            next_offset?: (number|null);

            /** PartitionRecords diverging_epoch */
            diverging_epoch?: (varve.v1.IEpochEnd|null);
        }

        /** Represents a PartitionRecords. */
        class PartitionRecords implements IPartitionRecords {

            /**
             * Constructs a new PartitionRecords.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IPartitionRecords);

            /** PartitionRecords topic. */
            public topic: string;

            /** PartitionRecords partition. */
            public partition: number;

            /** PartitionRecords position_id. */
            public position_id: number;

            /** PartitionRecords error. */
            public error?: (varve.v1.IError|null);

            /** PartitionRecords high_watermark. */
            public high_watermark: number;

            /** PartitionRecords last_stable_offset. */
            public last_stable_offset: number;

            /** PartitionRecords log_start_offset. */
            public log_start_offset: number;

            /** PartitionRecords record_batches. */
            public record_batches: Uint8Array;

            /** PartitionRecords records. */
            public records: varve.v1.IConsumedRecord[];

            /** PartitionRecords aborted_transactions. */
            public aborted_transactions: varve.v1.IAbortedTransaction[];

            /** PartitionRecords next_offset. */
            public next_offset: number;

            /** PartitionRecords diverging_epoch. */
            public diverging_epoch?: (varve.v1.IEpochEnd|null);

            /**
             * Creates a new PartitionRecords instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionRecords instance
             */
            public static create(properties?: varve.v1.IPartitionRecords): varve.v1.PartitionRecords;

            /**
             * Encodes the specified PartitionRecords message. Does not implicitly {@link varve.v1.PartitionRecords.verify|verify} messages.
             * @param message PartitionRecords message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IPartitionRecords, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionRecords message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns PartitionRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.PartitionRecords;
        }

        /** Properties of an EpochEnd. */
        interface IEpochEnd {

            /** EpochEnd leader_epoch */
            leader_epoch?: (number|null);

            /** EpochEnd end_offset */
            end_offset?: (number|null);
        }

        /** Represents an EpochEnd. */
        class EpochEnd implements IEpochEnd {

            /**
             * Constructs a new EpochEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IEpochEnd);

            /** EpochEnd leader_epoch. */
            public leader_epoch: number;

            /** EpochEnd end_offset. */
            public end_offset: number;

            /**
             * Creates a new EpochEnd instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EpochEnd instance
             */
            public static create(properties?: varve.v1.IEpochEnd): varve.v1.EpochEnd;

            /**
             * Encodes the specified EpochEnd message. Does not implicitly {@link varve.v1.EpochEnd.verify|verify} messages.
             * @param message EpochEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IEpochEnd, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EpochEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns EpochEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.EpochEnd;
        }

        /** Properties of a ConsumedRecord. */
        interface IConsumedRecord {

            /** ConsumedRecord offset */
            offset?: (number|null);

            /** ConsumedRecord timestamp_ms */
            timestamp_ms?: (number|null);

            /** ConsumedRecord leader_epoch */
            leader_epoch?: (number|null);

            /** ConsumedRecord key */
            key?: (Uint8Array|null);

            /** ConsumedRecord value */
            value?: (Uint8Array|null);

            /** ConsumedRecord headers */
            headers?: (varve.v1.IHeader[]|null);
        }

        /** Represents a ConsumedRecord. */
        class ConsumedRecord implements IConsumedRecord {

            /**
             * Constructs a new ConsumedRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConsumedRecord);

            /** ConsumedRecord offset. */
            public offset: number;

            /** ConsumedRecord timestamp_ms. */
            public timestamp_ms: number;

            /** ConsumedRecord leader_epoch. */
            public leader_epoch: number;

            /** ConsumedRecord key. */
            public key?: (Uint8Array|null);

            /** ConsumedRecord value. */
            public value?: (Uint8Array|null);

            /** ConsumedRecord headers. */
            public headers: varve.v1.IHeader[];

            /**
             * Creates a new ConsumedRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConsumedRecord instance
             */
            public static create(properties?: varve.v1.IConsumedRecord): varve.v1.ConsumedRecord;

            /**
             * Encodes the specified ConsumedRecord message. Does not implicitly {@link varve.v1.ConsumedRecord.verify|verify} messages.
             * @param message ConsumedRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConsumedRecord, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumedRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConsumedRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConsumedRecord;
        }

        /** Properties of an AbortedTransaction. */
        interface IAbortedTransaction {

            /** AbortedTransaction producer_id */
            producer_id?: (number|null);

            /** AbortedTransaction first_offset */
            first_offset?: (number|null);
        }

        /** Represents an AbortedTransaction. */
        class AbortedTransaction implements IAbortedTransaction {

            /**
             * Constructs a new AbortedTransaction.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAbortedTransaction);

            /** AbortedTransaction producer_id. */
            public producer_id: number;

            /** AbortedTransaction first_offset. */
            public first_offset: number;

            /**
             * Creates a new AbortedTransaction instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AbortedTransaction instance
             */
            public static create(properties?: varve.v1.IAbortedTransaction): varve.v1.AbortedTransaction;

            /**
             * Encodes the specified AbortedTransaction message. Does not implicitly {@link varve.v1.AbortedTransaction.verify|verify} messages.
             * @param message AbortedTransaction message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAbortedTransaction, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AbortedTransaction message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AbortedTransaction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AbortedTransaction;
        }

        /** Properties of a FetchRequest. */
        interface IFetchRequest {

            /** FetchRequest positions */
            positions?: (varve.v1.IConsumePosition[]|null);

            /** FetchRequest isolation_level */
            isolation_level?: (varve.v1.IsolationLevel|null);

            /** FetchRequest as_record_batches */
            as_record_batches?: (boolean|null);

            /** FetchRequest max_response_bytes */
            max_response_bytes?: (number|null);

            /** FetchRequest max_wait_ms */
            max_wait_ms?: (number|null);

            /** FetchRequest min_bytes */
            min_bytes?: (number|null);
        }

        /** Represents a FetchRequest. */
        class FetchRequest implements IFetchRequest {

            /**
             * Constructs a new FetchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IFetchRequest);

            /** FetchRequest positions. */
            public positions: varve.v1.IConsumePosition[];

            /** FetchRequest isolation_level. */
            public isolation_level: varve.v1.IsolationLevel;

            /** FetchRequest as_record_batches. */
            public as_record_batches: boolean;

            /** FetchRequest max_response_bytes. */
            public max_response_bytes: number;

            /** FetchRequest max_wait_ms. */
            public max_wait_ms: number;

            /** FetchRequest min_bytes. */
            public min_bytes: number;

            /**
             * Creates a new FetchRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchRequest instance
             */
            public static create(properties?: varve.v1.IFetchRequest): varve.v1.FetchRequest;

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link varve.v1.FetchRequest.verify|verify} messages.
             * @param message FetchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IFetchRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.FetchRequest;
        }

        /** Properties of a FetchResponse. */
        interface IFetchResponse {

            /** FetchResponse partitions */
            partitions?: (varve.v1.IPartitionRecords[]|null);
        }

        /** Represents a FetchResponse. */
        class FetchResponse implements IFetchResponse {

            /**
             * Constructs a new FetchResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IFetchResponse);

            /** FetchResponse partitions. */
            public partitions: varve.v1.IPartitionRecords[];

            /**
             * Creates a new FetchResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchResponse instance
             */
            public static create(properties?: varve.v1.IFetchResponse): varve.v1.FetchResponse;

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link varve.v1.FetchResponse.verify|verify} messages.
             * @param message FetchResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IFetchResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns FetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.FetchResponse;
        }

        /** Properties of an InitProducerIdRequest. */
        interface IInitProducerIdRequest {

            /** InitProducerIdRequest transactional_id */
            transactional_id?: (string|null);

            /** InitProducerIdRequest transaction_timeout_ms */
            transaction_timeout_ms?: (number|null);

            /** InitProducerIdRequest producer_id */
            producer_id?: (number|null);

            /** InitProducerIdRequest producer_epoch */
            producer_epoch?: (number|null);
        }

        /** Represents an InitProducerIdRequest. */
        class InitProducerIdRequest implements IInitProducerIdRequest {

            /**
             * Constructs a new InitProducerIdRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IInitProducerIdRequest);

            /** InitProducerIdRequest transactional_id. */
            public transactional_id?: (string|null);

            /** InitProducerIdRequest transaction_timeout_ms. */
            public transaction_timeout_ms: number;

            /** InitProducerIdRequest producer_id. */
            public producer_id?: (number|null);

            /** InitProducerIdRequest producer_epoch. */
            public producer_epoch?: (number|null);

            /**
             * Creates a new InitProducerIdRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InitProducerIdRequest instance
             */
            public static create(properties?: varve.v1.IInitProducerIdRequest): varve.v1.InitProducerIdRequest;

            /**
             * Encodes the specified InitProducerIdRequest message. Does not implicitly {@link varve.v1.InitProducerIdRequest.verify|verify} messages.
             * @param message InitProducerIdRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IInitProducerIdRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InitProducerIdRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns InitProducerIdRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.InitProducerIdRequest;
        }

        /** Properties of an InitProducerIdResponse. */
        interface IInitProducerIdResponse {

            /** InitProducerIdResponse producer_id */
            producer_id?: (number|null);

            /** InitProducerIdResponse producer_epoch */
            producer_epoch?: (number|null);
        }

        /** Represents an InitProducerIdResponse. */
        class InitProducerIdResponse implements IInitProducerIdResponse {

            /**
             * Constructs a new InitProducerIdResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IInitProducerIdResponse);

            /** InitProducerIdResponse producer_id. */
            public producer_id: number;

            /** InitProducerIdResponse producer_epoch. */
            public producer_epoch: number;

            /**
             * Creates a new InitProducerIdResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InitProducerIdResponse instance
             */
            public static create(properties?: varve.v1.IInitProducerIdResponse): varve.v1.InitProducerIdResponse;

            /**
             * Encodes the specified InitProducerIdResponse message. Does not implicitly {@link varve.v1.InitProducerIdResponse.verify|verify} messages.
             * @param message InitProducerIdResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IInitProducerIdResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InitProducerIdResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns InitProducerIdResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.InitProducerIdResponse;
        }

        /** Properties of a ListOffsetsRequest. */
        interface IListOffsetsRequest {

            /** ListOffsetsRequest partitions */
            partitions?: (varve.v1.IListOffsetsPartition[]|null);

            /** ListOffsetsRequest isolation_level */
            isolation_level?: (varve.v1.IsolationLevel|null);
        }

        /** Represents a ListOffsetsRequest. */
        class ListOffsetsRequest implements IListOffsetsRequest {

            /**
             * Constructs a new ListOffsetsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListOffsetsRequest);

            /** ListOffsetsRequest partitions. */
            public partitions: varve.v1.IListOffsetsPartition[];

            /** ListOffsetsRequest isolation_level. */
            public isolation_level: varve.v1.IsolationLevel;

            /**
             * Creates a new ListOffsetsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListOffsetsRequest instance
             */
            public static create(properties?: varve.v1.IListOffsetsRequest): varve.v1.ListOffsetsRequest;

            /**
             * Encodes the specified ListOffsetsRequest message. Does not implicitly {@link varve.v1.ListOffsetsRequest.verify|verify} messages.
             * @param message ListOffsetsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListOffsetsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListOffsetsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListOffsetsRequest;
        }

        /** Properties of a ListOffsetsPartition. */
        interface IListOffsetsPartition {

            /** ListOffsetsPartition topic */
            topic?: (string|null);

            /** ListOffsetsPartition partition */
            partition?: (number|null);

            /** ListOffsetsPartition timestamp_ms */
            timestamp_ms?: (number|null);

            /** ListOffsetsPartition current_leader_epoch */
            current_leader_epoch?: (number|null);
        }

        /** Represents a ListOffsetsPartition. */
        class ListOffsetsPartition implements IListOffsetsPartition {

            /**
             * Constructs a new ListOffsetsPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListOffsetsPartition);

            /** ListOffsetsPartition topic. */
            public topic: string;

            /** ListOffsetsPartition partition. */
            public partition: number;

            /** ListOffsetsPartition timestamp_ms. */
            public timestamp_ms: number;

            /** ListOffsetsPartition current_leader_epoch. */
            public current_leader_epoch?: (number|null);

            /**
             * Creates a new ListOffsetsPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListOffsetsPartition instance
             */
            public static create(properties?: varve.v1.IListOffsetsPartition): varve.v1.ListOffsetsPartition;

            /**
             * Encodes the specified ListOffsetsPartition message. Does not implicitly {@link varve.v1.ListOffsetsPartition.verify|verify} messages.
             * @param message ListOffsetsPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListOffsetsPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListOffsetsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListOffsetsPartition;
        }

        /** Properties of a ListOffsetsResponse. */
        interface IListOffsetsResponse {

            /** ListOffsetsResponse partitions */
            partitions?: (varve.v1.IListOffsetsResult[]|null);
        }

        /** Represents a ListOffsetsResponse. */
        class ListOffsetsResponse implements IListOffsetsResponse {

            /**
             * Constructs a new ListOffsetsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListOffsetsResponse);

            /** ListOffsetsResponse partitions. */
            public partitions: varve.v1.IListOffsetsResult[];

            /**
             * Creates a new ListOffsetsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListOffsetsResponse instance
             */
            public static create(properties?: varve.v1.IListOffsetsResponse): varve.v1.ListOffsetsResponse;

            /**
             * Encodes the specified ListOffsetsResponse message. Does not implicitly {@link varve.v1.ListOffsetsResponse.verify|verify} messages.
             * @param message ListOffsetsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListOffsetsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListOffsetsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListOffsetsResponse;
        }

        /** Properties of a ListOffsetsResult. */
        interface IListOffsetsResult {

            /** ListOffsetsResult topic */
            topic?: (string|null);

            /** ListOffsetsResult partition */
            partition?: (number|null);

            /** ListOffsetsResult error */
            error?: (varve.v1.IError|null);

            /** ListOffsetsResult offset */
            offset?: (number|null);

            /** ListOffsetsResult timestamp_ms */
            timestamp_ms?: (number|null);

            /** ListOffsetsResult leader_epoch */
            leader_epoch?: (number|null);
        }

        /** Represents a ListOffsetsResult. */
        class ListOffsetsResult implements IListOffsetsResult {

            /**
             * Constructs a new ListOffsetsResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListOffsetsResult);

            /** ListOffsetsResult topic. */
            public topic: string;

            /** ListOffsetsResult partition. */
            public partition: number;

            /** ListOffsetsResult error. */
            public error?: (varve.v1.IError|null);

            /** ListOffsetsResult offset. */
            public offset: number;

            /** ListOffsetsResult timestamp_ms. */
            public timestamp_ms: number;

            /** ListOffsetsResult leader_epoch. */
            public leader_epoch: number;

            /**
             * Creates a new ListOffsetsResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListOffsetsResult instance
             */
            public static create(properties?: varve.v1.IListOffsetsResult): varve.v1.ListOffsetsResult;

            /**
             * Encodes the specified ListOffsetsResult message. Does not implicitly {@link varve.v1.ListOffsetsResult.verify|verify} messages.
             * @param message ListOffsetsResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListOffsetsResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListOffsetsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListOffsetsResult;
        }

        /** Properties of a MetadataRequest. */
        interface IMetadataRequest {

            /** MetadataRequest topics */
            topics?: (string[]|null);

            /** MetadataRequest brokers_only */
            brokers_only?: (boolean|null);
        }

        /** Represents a MetadataRequest. */
        class MetadataRequest implements IMetadataRequest {

            /**
             * Constructs a new MetadataRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IMetadataRequest);

            /** MetadataRequest topics. */
            public topics: string[];

            /** MetadataRequest brokers_only. */
            public brokers_only: boolean;

            /**
             * Creates a new MetadataRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MetadataRequest instance
             */
            public static create(properties?: varve.v1.IMetadataRequest): varve.v1.MetadataRequest;

            /**
             * Encodes the specified MetadataRequest message. Does not implicitly {@link varve.v1.MetadataRequest.verify|verify} messages.
             * @param message MetadataRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IMetadataRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns MetadataRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.MetadataRequest;
        }

        /** Properties of a MetadataResponse. */
        interface IMetadataResponse {

            /** MetadataResponse cluster_id */
            cluster_id?: (string|null);

            /** MetadataResponse controller_id */
            controller_id?: (number|null);

            /** MetadataResponse brokers */
            brokers?: (varve.v1.IBroker[]|null);

            /** MetadataResponse topics */
            topics?: (varve.v1.ITopicMetadata[]|null);

            /** MetadataResponse metadata_offset */
            metadata_offset?: (number|null);
        }

        /** Represents a MetadataResponse. */
        class MetadataResponse implements IMetadataResponse {

            /**
             * Constructs a new MetadataResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IMetadataResponse);

            /** MetadataResponse cluster_id. */
            public cluster_id: string;

            /** MetadataResponse controller_id. */
            public controller_id: number;

            /** MetadataResponse brokers. */
            public brokers: varve.v1.IBroker[];

            /** MetadataResponse topics. */
            public topics: varve.v1.ITopicMetadata[];

            /** MetadataResponse metadata_offset. */
            public metadata_offset: number;

            /**
             * Creates a new MetadataResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MetadataResponse instance
             */
            public static create(properties?: varve.v1.IMetadataResponse): varve.v1.MetadataResponse;

            /**
             * Encodes the specified MetadataResponse message. Does not implicitly {@link varve.v1.MetadataResponse.verify|verify} messages.
             * @param message MetadataResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IMetadataResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns MetadataResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.MetadataResponse;
        }

        /** Properties of a Broker. */
        interface IBroker {

            /** Broker node_id */
            node_id?: (number|null);

            /** Broker host */
            host?: (string|null);

            /** Broker port */
            port?: (number|null);

            /** Broker rack */
            rack?: (string|null);

            /** Broker fenced */
            fenced?: (boolean|null);
        }

        /** Represents a Broker. */
        class Broker implements IBroker {

            /**
             * Constructs a new Broker.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IBroker);

            /** Broker node_id. */
            public node_id: number;

            /** Broker host. */
            public host: string;

            /** Broker port. */
            public port: number;

            /** Broker rack. */
            public rack: string;

            /** Broker fenced. */
            public fenced: boolean;

            /**
             * Creates a new Broker instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Broker instance
             */
            public static create(properties?: varve.v1.IBroker): varve.v1.Broker;

            /**
             * Encodes the specified Broker message. Does not implicitly {@link varve.v1.Broker.verify|verify} messages.
             * @param message Broker message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IBroker, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Broker message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Broker
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.Broker;
        }

        /** Properties of a TopicMetadata. */
        interface ITopicMetadata {

            /** TopicMetadata error */
            error?: (varve.v1.IError|null);

            /** TopicMetadata name */
            name?: (string|null);

            /** TopicMetadata topic_id */
            topic_id?: (Uint8Array|null);

            /** TopicMetadata internal */
            internal?: (boolean|null);

            /** TopicMetadata partitions */
            partitions?: (varve.v1.IPartitionMetadata[]|null);
        }

        /** Represents a TopicMetadata. */
        class TopicMetadata implements ITopicMetadata {

            /**
             * Constructs a new TopicMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITopicMetadata);

            /** TopicMetadata error. */
            public error?: (varve.v1.IError|null);

            /** TopicMetadata name. */
            public name: string;

            /** TopicMetadata topic_id. */
            public topic_id: Uint8Array;

            /** TopicMetadata internal. */
            public internal: boolean;

            /** TopicMetadata partitions. */
            public partitions: varve.v1.IPartitionMetadata[];

            /**
             * Creates a new TopicMetadata instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopicMetadata instance
             */
            public static create(properties?: varve.v1.ITopicMetadata): varve.v1.TopicMetadata;

            /**
             * Encodes the specified TopicMetadata message. Does not implicitly {@link varve.v1.TopicMetadata.verify|verify} messages.
             * @param message TopicMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITopicMetadata, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TopicMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TopicMetadata;
        }

        /** Properties of a PartitionMetadata. */
        interface IPartitionMetadata {

            /** PartitionMetadata partition */
            partition?: (number|null);

            /** PartitionMetadata leader */
            leader?: (number|null);

            /** PartitionMetadata leader_epoch */
            leader_epoch?: (number|null);

            /** PartitionMetadata replicas */
            replicas?: (number[]|null);

            /** PartitionMetadata isr */
            isr?: (number[]|null);

            /** PartitionMetadata eligible_leader_replicas */
            eligible_leader_replicas?: (number[]|null);

            /** PartitionMetadata offline_replicas */
            offline_replicas?: (number[]|null);

            /** PartitionMetadata adding_replicas */
            adding_replicas?: (number[]|null);
        }

        /** Represents a PartitionMetadata. */
        class PartitionMetadata implements IPartitionMetadata {

            /**
             * Constructs a new PartitionMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IPartitionMetadata);

            /** PartitionMetadata partition. */
            public partition: number;

            /** PartitionMetadata leader. */
            public leader: number;

            /** PartitionMetadata leader_epoch. */
            public leader_epoch: number;

            /** PartitionMetadata replicas. */
            public replicas: number[];

            /** PartitionMetadata isr. */
            public isr: number[];

            /** PartitionMetadata eligible_leader_replicas. */
            public eligible_leader_replicas: number[];

            /** PartitionMetadata offline_replicas. */
            public offline_replicas: number[];

            /** PartitionMetadata adding_replicas. */
            public adding_replicas: number[];

            /**
             * Creates a new PartitionMetadata instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionMetadata instance
             */
            public static create(properties?: varve.v1.IPartitionMetadata): varve.v1.PartitionMetadata;

            /**
             * Encodes the specified PartitionMetadata message. Does not implicitly {@link varve.v1.PartitionMetadata.verify|verify} messages.
             * @param message PartitionMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IPartitionMetadata, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns PartitionMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.PartitionMetadata;
        }

        /** Properties of a TopicSpec. */
        interface ITopicSpec {

            /** TopicSpec name */
            name?: (string|null);

            /** TopicSpec partitions */
            partitions?: (number|null);

            /** TopicSpec replication_factor */
            replication_factor?: (number|null);

            /** TopicSpec configs */
            configs?: ({ [k: string]: string }|null);

            /** TopicSpec assignment */
            assignment?: (varve.v1.IReplicaAssignment[]|null);
        }

        /** Represents a TopicSpec. */
        class TopicSpec implements ITopicSpec {

            /**
             * Constructs a new TopicSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITopicSpec);

            /** TopicSpec name. */
            public name: string;

            /** TopicSpec partitions. */
            public partitions: number;

            /** TopicSpec replication_factor. */
            public replication_factor: number;

            /** TopicSpec configs. */
            public configs: { [k: string]: string };

            /** TopicSpec assignment. */
            public assignment: varve.v1.IReplicaAssignment[];

            /**
             * Creates a new TopicSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopicSpec instance
             */
            public static create(properties?: varve.v1.ITopicSpec): varve.v1.TopicSpec;

            /**
             * Encodes the specified TopicSpec message. Does not implicitly {@link varve.v1.TopicSpec.verify|verify} messages.
             * @param message TopicSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITopicSpec, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TopicSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TopicSpec;
        }

        /** Properties of a ReplicaAssignment. */
        interface IReplicaAssignment {

            /** ReplicaAssignment replicas */
            replicas?: (number[]|null);
        }

        /** Represents a ReplicaAssignment. */
        class ReplicaAssignment implements IReplicaAssignment {

            /**
             * Constructs a new ReplicaAssignment.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IReplicaAssignment);

            /** ReplicaAssignment replicas. */
            public replicas: number[];

            /**
             * Creates a new ReplicaAssignment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReplicaAssignment instance
             */
            public static create(properties?: varve.v1.IReplicaAssignment): varve.v1.ReplicaAssignment;

            /**
             * Encodes the specified ReplicaAssignment message. Does not implicitly {@link varve.v1.ReplicaAssignment.verify|verify} messages.
             * @param message ReplicaAssignment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IReplicaAssignment, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReplicaAssignment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ReplicaAssignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ReplicaAssignment;
        }

        /** Properties of a CreateTopicsRequest. */
        interface ICreateTopicsRequest {

            /** CreateTopicsRequest topics */
            topics?: (varve.v1.ITopicSpec[]|null);

            /** CreateTopicsRequest validate_only */
            validate_only?: (boolean|null);

            /** CreateTopicsRequest timeout_ms */
            timeout_ms?: (number|null);
        }

        /** Represents a CreateTopicsRequest. */
        class CreateTopicsRequest implements ICreateTopicsRequest {

            /**
             * Constructs a new CreateTopicsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ICreateTopicsRequest);

            /** CreateTopicsRequest topics. */
            public topics: varve.v1.ITopicSpec[];

            /** CreateTopicsRequest validate_only. */
            public validate_only: boolean;

            /** CreateTopicsRequest timeout_ms. */
            public timeout_ms: number;

            /**
             * Creates a new CreateTopicsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateTopicsRequest instance
             */
            public static create(properties?: varve.v1.ICreateTopicsRequest): varve.v1.CreateTopicsRequest;

            /**
             * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link varve.v1.CreateTopicsRequest.verify|verify} messages.
             * @param message CreateTopicsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ICreateTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns CreateTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.CreateTopicsRequest;
        }

        /** Properties of a CreateTopicsResponse. */
        interface ICreateTopicsResponse {

            /** CreateTopicsResponse topics */
            topics?: (varve.v1.ICreateTopicResult[]|null);
        }

        /** Represents a CreateTopicsResponse. */
        class CreateTopicsResponse implements ICreateTopicsResponse {

            /**
             * Constructs a new CreateTopicsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ICreateTopicsResponse);

            /** CreateTopicsResponse topics. */
            public topics: varve.v1.ICreateTopicResult[];

            /**
             * Creates a new CreateTopicsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateTopicsResponse instance
             */
            public static create(properties?: varve.v1.ICreateTopicsResponse): varve.v1.CreateTopicsResponse;

            /**
             * Encodes the specified CreateTopicsResponse message. Does not implicitly {@link varve.v1.CreateTopicsResponse.verify|verify} messages.
             * @param message CreateTopicsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ICreateTopicsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns CreateTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.CreateTopicsResponse;
        }

        /** Properties of a CreateTopicResult. */
        interface ICreateTopicResult {

            /** CreateTopicResult name */
            name?: (string|null);

            /** CreateTopicResult error */
            error?: (varve.v1.IError|null);

            /** CreateTopicResult topic_id */
            topic_id?: (Uint8Array|null);

            /** CreateTopicResult partitions */
            partitions?: (number|null);

            /** CreateTopicResult replication_factor */
            replication_factor?: (number|null);
        }

        /** Represents a CreateTopicResult. */
        class CreateTopicResult implements ICreateTopicResult {

            /**
             * Constructs a new CreateTopicResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ICreateTopicResult);

            /** CreateTopicResult name. */
            public name: string;

            /** CreateTopicResult error. */
            public error?: (varve.v1.IError|null);

            /** CreateTopicResult topic_id. */
            public topic_id: Uint8Array;

            /** CreateTopicResult partitions. */
            public partitions: number;

            /** CreateTopicResult replication_factor. */
            public replication_factor: number;

            /**
             * Creates a new CreateTopicResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateTopicResult instance
             */
            public static create(properties?: varve.v1.ICreateTopicResult): varve.v1.CreateTopicResult;

            /**
             * Encodes the specified CreateTopicResult message. Does not implicitly {@link varve.v1.CreateTopicResult.verify|verify} messages.
             * @param message CreateTopicResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ICreateTopicResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns CreateTopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.CreateTopicResult;
        }

        /** Properties of a DeleteTopicsRequest. */
        interface IDeleteTopicsRequest {

            /** DeleteTopicsRequest names */
            names?: (string[]|null);

            /** DeleteTopicsRequest timeout_ms */
            timeout_ms?: (number|null);
        }

        /** Represents a DeleteTopicsRequest. */
        class DeleteTopicsRequest implements IDeleteTopicsRequest {

            /**
             * Constructs a new DeleteTopicsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteTopicsRequest);

            /** DeleteTopicsRequest names. */
            public names: string[];

            /** DeleteTopicsRequest timeout_ms. */
            public timeout_ms: number;

            /**
             * Creates a new DeleteTopicsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteTopicsRequest instance
             */
            public static create(properties?: varve.v1.IDeleteTopicsRequest): varve.v1.DeleteTopicsRequest;

            /**
             * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link varve.v1.DeleteTopicsRequest.verify|verify} messages.
             * @param message DeleteTopicsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteTopicsRequest;
        }

        /** Properties of a DeleteTopicsResponse. */
        interface IDeleteTopicsResponse {

            /** DeleteTopicsResponse topics */
            topics?: (varve.v1.ITopicResult[]|null);
        }

        /** Represents a DeleteTopicsResponse. */
        class DeleteTopicsResponse implements IDeleteTopicsResponse {

            /**
             * Constructs a new DeleteTopicsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteTopicsResponse);

            /** DeleteTopicsResponse topics. */
            public topics: varve.v1.ITopicResult[];

            /**
             * Creates a new DeleteTopicsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteTopicsResponse instance
             */
            public static create(properties?: varve.v1.IDeleteTopicsResponse): varve.v1.DeleteTopicsResponse;

            /**
             * Encodes the specified DeleteTopicsResponse message. Does not implicitly {@link varve.v1.DeleteTopicsResponse.verify|verify} messages.
             * @param message DeleteTopicsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteTopicsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteTopicsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteTopicsResponse;
        }

        /** Properties of a TopicResult. */
        interface ITopicResult {

            /** TopicResult name */
            name?: (string|null);

            /** TopicResult error */
            error?: (varve.v1.IError|null);
        }

        /** Represents a TopicResult. */
        class TopicResult implements ITopicResult {

            /**
             * Constructs a new TopicResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITopicResult);

            /** TopicResult name. */
            public name: string;

            /** TopicResult error. */
            public error?: (varve.v1.IError|null);

            /**
             * Creates a new TopicResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopicResult instance
             */
            public static create(properties?: varve.v1.ITopicResult): varve.v1.TopicResult;

            /**
             * Encodes the specified TopicResult message. Does not implicitly {@link varve.v1.TopicResult.verify|verify} messages.
             * @param message TopicResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITopicResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TopicResult;
        }

        /** Properties of a CreatePartitionsRequest. */
        interface ICreatePartitionsRequest {

            /** CreatePartitionsRequest topics */
            topics?: (varve.v1.INewPartitions[]|null);

            /** CreatePartitionsRequest validate_only */
            validate_only?: (boolean|null);

            /** CreatePartitionsRequest timeout_ms */
            timeout_ms?: (number|null);
        }

        /** Represents a CreatePartitionsRequest. */
        class CreatePartitionsRequest implements ICreatePartitionsRequest {

            /**
             * Constructs a new CreatePartitionsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ICreatePartitionsRequest);

            /** CreatePartitionsRequest topics. */
            public topics: varve.v1.INewPartitions[];

            /** CreatePartitionsRequest validate_only. */
            public validate_only: boolean;

            /** CreatePartitionsRequest timeout_ms. */
            public timeout_ms: number;

            /**
             * Creates a new CreatePartitionsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreatePartitionsRequest instance
             */
            public static create(properties?: varve.v1.ICreatePartitionsRequest): varve.v1.CreatePartitionsRequest;

            /**
             * Encodes the specified CreatePartitionsRequest message. Does not implicitly {@link varve.v1.CreatePartitionsRequest.verify|verify} messages.
             * @param message CreatePartitionsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ICreatePartitionsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreatePartitionsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns CreatePartitionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.CreatePartitionsRequest;
        }

        /** Properties of a NewPartitions. */
        interface INewPartitions {

            /** NewPartitions name */
            name?: (string|null);

            /** NewPartitions total_count */
            total_count?: (number|null);

            /** NewPartitions assignment */
            assignment?: (varve.v1.IReplicaAssignment[]|null);
        }

        /** Represents a NewPartitions. */
        class NewPartitions implements INewPartitions {

            /**
             * Constructs a new NewPartitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.INewPartitions);

            /** NewPartitions name. */
            public name: string;

            /** NewPartitions total_count. */
            public total_count: number;

            /** NewPartitions assignment. */
            public assignment: varve.v1.IReplicaAssignment[];

            /**
             * Creates a new NewPartitions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NewPartitions instance
             */
            public static create(properties?: varve.v1.INewPartitions): varve.v1.NewPartitions;

            /**
             * Encodes the specified NewPartitions message. Does not implicitly {@link varve.v1.NewPartitions.verify|verify} messages.
             * @param message NewPartitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.INewPartitions, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewPartitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns NewPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.NewPartitions;
        }

        /** Properties of a CreatePartitionsResponse. */
        interface ICreatePartitionsResponse {

            /** CreatePartitionsResponse topics */
            topics?: (varve.v1.ITopicResult[]|null);
        }

        /** Represents a CreatePartitionsResponse. */
        class CreatePartitionsResponse implements ICreatePartitionsResponse {

            /**
             * Constructs a new CreatePartitionsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ICreatePartitionsResponse);

            /** CreatePartitionsResponse topics. */
            public topics: varve.v1.ITopicResult[];

            /**
             * Creates a new CreatePartitionsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreatePartitionsResponse instance
             */
            public static create(properties?: varve.v1.ICreatePartitionsResponse): varve.v1.CreatePartitionsResponse;

            /**
             * Encodes the specified CreatePartitionsResponse message. Does not implicitly {@link varve.v1.CreatePartitionsResponse.verify|verify} messages.
             * @param message CreatePartitionsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ICreatePartitionsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreatePartitionsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns CreatePartitionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.CreatePartitionsResponse;
        }

        /** Properties of a DeleteRecordsRequest. */
        interface IDeleteRecordsRequest {

            /** DeleteRecordsRequest partitions */
            partitions?: (varve.v1.IDeleteRecordsPartition[]|null);

            /** DeleteRecordsRequest timeout_ms */
            timeout_ms?: (number|null);
        }

        /** Represents a DeleteRecordsRequest. */
        class DeleteRecordsRequest implements IDeleteRecordsRequest {

            /**
             * Constructs a new DeleteRecordsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteRecordsRequest);

            /** DeleteRecordsRequest partitions. */
            public partitions: varve.v1.IDeleteRecordsPartition[];

            /** DeleteRecordsRequest timeout_ms. */
            public timeout_ms: number;

            /**
             * Creates a new DeleteRecordsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteRecordsRequest instance
             */
            public static create(properties?: varve.v1.IDeleteRecordsRequest): varve.v1.DeleteRecordsRequest;

            /**
             * Encodes the specified DeleteRecordsRequest message. Does not implicitly {@link varve.v1.DeleteRecordsRequest.verify|verify} messages.
             * @param message DeleteRecordsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteRecordsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteRecordsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteRecordsRequest;
        }

        /** Properties of a DeleteRecordsPartition. */
        interface IDeleteRecordsPartition {

            /** DeleteRecordsPartition topic */
            topic?: (string|null);

            /** DeleteRecordsPartition partition */
            partition?: (number|null);

            /** DeleteRecordsPartition before_offset */
            before_offset?: (number|null);
        }

        /** Represents a DeleteRecordsPartition. */
        class DeleteRecordsPartition implements IDeleteRecordsPartition {

            /**
             * Constructs a new DeleteRecordsPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteRecordsPartition);

            /** DeleteRecordsPartition topic. */
            public topic: string;

            /** DeleteRecordsPartition partition. */
            public partition: number;

            /** DeleteRecordsPartition before_offset. */
            public before_offset: number;

            /**
             * Creates a new DeleteRecordsPartition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteRecordsPartition instance
             */
            public static create(properties?: varve.v1.IDeleteRecordsPartition): varve.v1.DeleteRecordsPartition;

            /**
             * Encodes the specified DeleteRecordsPartition message. Does not implicitly {@link varve.v1.DeleteRecordsPartition.verify|verify} messages.
             * @param message DeleteRecordsPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteRecordsPartition, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteRecordsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteRecordsPartition;
        }

        /** Properties of a DeleteRecordsResponse. */
        interface IDeleteRecordsResponse {

            /** DeleteRecordsResponse partitions */
            partitions?: (varve.v1.IDeleteRecordsResult[]|null);
        }

        /** Represents a DeleteRecordsResponse. */
        class DeleteRecordsResponse implements IDeleteRecordsResponse {

            /**
             * Constructs a new DeleteRecordsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteRecordsResponse);

            /** DeleteRecordsResponse partitions. */
            public partitions: varve.v1.IDeleteRecordsResult[];

            /**
             * Creates a new DeleteRecordsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteRecordsResponse instance
             */
            public static create(properties?: varve.v1.IDeleteRecordsResponse): varve.v1.DeleteRecordsResponse;

            /**
             * Encodes the specified DeleteRecordsResponse message. Does not implicitly {@link varve.v1.DeleteRecordsResponse.verify|verify} messages.
             * @param message DeleteRecordsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteRecordsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteRecordsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteRecordsResponse;
        }

        /** Properties of a DeleteRecordsResult. */
        interface IDeleteRecordsResult {

            /** DeleteRecordsResult topic */
            topic?: (string|null);

            /** DeleteRecordsResult partition */
            partition?: (number|null);

            /** DeleteRecordsResult error */
            error?: (varve.v1.IError|null);

            /** DeleteRecordsResult low_watermark */
            low_watermark?: (number|null);
        }

        /** Represents a DeleteRecordsResult. */
        class DeleteRecordsResult implements IDeleteRecordsResult {

            /**
             * Constructs a new DeleteRecordsResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDeleteRecordsResult);

            /** DeleteRecordsResult topic. */
            public topic: string;

            /** DeleteRecordsResult partition. */
            public partition: number;

            /** DeleteRecordsResult error. */
            public error?: (varve.v1.IError|null);

            /** DeleteRecordsResult low_watermark. */
            public low_watermark: number;

            /**
             * Creates a new DeleteRecordsResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeleteRecordsResult instance
             */
            public static create(properties?: varve.v1.IDeleteRecordsResult): varve.v1.DeleteRecordsResult;

            /**
             * Encodes the specified DeleteRecordsResult message. Does not implicitly {@link varve.v1.DeleteRecordsResult.verify|verify} messages.
             * @param message DeleteRecordsResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDeleteRecordsResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DeleteRecordsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DeleteRecordsResult;
        }

        /** ConfigResourceType enum. */
        enum ConfigResourceType {
            CONFIG_RESOURCE_TOPIC = 0,
            CONFIG_RESOURCE_BROKER = 1
        }

        /** Properties of a ConfigResource. */
        interface IConfigResource {

            /** ConfigResource type */
            type?: (varve.v1.ConfigResourceType|null);

            /** ConfigResource name */
            name?: (string|null);
        }

        /** Represents a ConfigResource. */
        class ConfigResource implements IConfigResource {

            /**
             * Constructs a new ConfigResource.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConfigResource);

            /** ConfigResource type. */
            public type: varve.v1.ConfigResourceType;

            /** ConfigResource name. */
            public name: string;

            /**
             * Creates a new ConfigResource instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigResource instance
             */
            public static create(properties?: varve.v1.IConfigResource): varve.v1.ConfigResource;

            /**
             * Encodes the specified ConfigResource message. Does not implicitly {@link varve.v1.ConfigResource.verify|verify} messages.
             * @param message ConfigResource message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConfigResource, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigResource message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConfigResource;
        }

        /** Properties of a DescribeConfigsRequest. */
        interface IDescribeConfigsRequest {

            /** DescribeConfigsRequest resources */
            resources?: (varve.v1.IConfigResource[]|null);
        }

        /** Represents a DescribeConfigsRequest. */
        class DescribeConfigsRequest implements IDescribeConfigsRequest {

            /**
             * Constructs a new DescribeConfigsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeConfigsRequest);

            /** DescribeConfigsRequest resources. */
            public resources: varve.v1.IConfigResource[];

            /**
             * Creates a new DescribeConfigsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeConfigsRequest instance
             */
            public static create(properties?: varve.v1.IDescribeConfigsRequest): varve.v1.DescribeConfigsRequest;

            /**
             * Encodes the specified DescribeConfigsRequest message. Does not implicitly {@link varve.v1.DescribeConfigsRequest.verify|verify} messages.
             * @param message DescribeConfigsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeConfigsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeConfigsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeConfigsRequest;
        }

        /** Properties of a DescribeConfigsResponse. */
        interface IDescribeConfigsResponse {

            /** DescribeConfigsResponse resources */
            resources?: (varve.v1.IConfigDescription[]|null);
        }

        /** Represents a DescribeConfigsResponse. */
        class DescribeConfigsResponse implements IDescribeConfigsResponse {

            /**
             * Constructs a new DescribeConfigsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeConfigsResponse);

            /** DescribeConfigsResponse resources. */
            public resources: varve.v1.IConfigDescription[];

            /**
             * Creates a new DescribeConfigsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeConfigsResponse instance
             */
            public static create(properties?: varve.v1.IDescribeConfigsResponse): varve.v1.DescribeConfigsResponse;

            /**
             * Encodes the specified DescribeConfigsResponse message. Does not implicitly {@link varve.v1.DescribeConfigsResponse.verify|verify} messages.
             * @param message DescribeConfigsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeConfigsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeConfigsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeConfigsResponse;
        }

        /** Properties of a ConfigDescription. */
        interface IConfigDescription {

            /** ConfigDescription resource */
            resource?: (varve.v1.IConfigResource|null);

            /** ConfigDescription error */
            error?: (varve.v1.IError|null);

            /** ConfigDescription entries */
            entries?: (varve.v1.IConfigEntry[]|null);
        }

        /** Represents a ConfigDescription. */
        class ConfigDescription implements IConfigDescription {

            /**
             * Constructs a new ConfigDescription.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConfigDescription);

            /** ConfigDescription resource. */
            public resource?: (varve.v1.IConfigResource|null);

            /** ConfigDescription error. */
            public error?: (varve.v1.IError|null);

            /** ConfigDescription entries. */
            public entries: varve.v1.IConfigEntry[];

            /**
             * Creates a new ConfigDescription instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigDescription instance
             */
            public static create(properties?: varve.v1.IConfigDescription): varve.v1.ConfigDescription;

            /**
             * Encodes the specified ConfigDescription message. Does not implicitly {@link varve.v1.ConfigDescription.verify|verify} messages.
             * @param message ConfigDescription message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConfigDescription, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigDescription message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigDescription
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConfigDescription;
        }

        /** Properties of a ConfigEntry. */
        interface IConfigEntry {

            /** ConfigEntry name */
            name?: (string|null);

            /** ConfigEntry value */
            value?: (string|null);

            /** ConfigEntry source */
            source?: (string|null);

            /** ConfigEntry read_only */
            read_only?: (boolean|null);

            /** ConfigEntry sensitive */
            sensitive?: (boolean|null);

            /** ConfigEntry type */
            type?: (string|null);

            /** ConfigEntry documentation */
            documentation?: (string|null);
        }

        /** Represents a ConfigEntry. */
        class ConfigEntry implements IConfigEntry {

            /**
             * Constructs a new ConfigEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConfigEntry);

            /** ConfigEntry name. */
            public name: string;

            /** ConfigEntry value. */
            public value?: (string|null);

            /** ConfigEntry source. */
            public source: string;

            /** ConfigEntry read_only. */
            public read_only: boolean;

            /** ConfigEntry sensitive. */
            public sensitive: boolean;

            /** ConfigEntry type. */
            public type: string;

            /** ConfigEntry documentation. */
            public documentation: string;

            /**
             * Creates a new ConfigEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigEntry instance
             */
            public static create(properties?: varve.v1.IConfigEntry): varve.v1.ConfigEntry;

            /**
             * Encodes the specified ConfigEntry message. Does not implicitly {@link varve.v1.ConfigEntry.verify|verify} messages.
             * @param message ConfigEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConfigEntry, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConfigEntry;
        }

        /** Properties of an AlterConfigsRequest. */
        interface IAlterConfigsRequest {

            /** AlterConfigsRequest alterations */
            alterations?: (varve.v1.IConfigAlteration[]|null);

            /** AlterConfigsRequest validate_only */
            validate_only?: (boolean|null);
        }

        /** Represents an AlterConfigsRequest. */
        class AlterConfigsRequest implements IAlterConfigsRequest {

            /**
             * Constructs a new AlterConfigsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAlterConfigsRequest);

            /** AlterConfigsRequest alterations. */
            public alterations: varve.v1.IConfigAlteration[];

            /** AlterConfigsRequest validate_only. */
            public validate_only: boolean;

            /**
             * Creates a new AlterConfigsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterConfigsRequest instance
             */
            public static create(properties?: varve.v1.IAlterConfigsRequest): varve.v1.AlterConfigsRequest;

            /**
             * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link varve.v1.AlterConfigsRequest.verify|verify} messages.
             * @param message AlterConfigsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAlterConfigsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AlterConfigsRequest;
        }

        /** Properties of a ConfigAlteration. */
        interface IConfigAlteration {

            /** ConfigAlteration resource */
            resource?: (varve.v1.IConfigResource|null);

            /** ConfigAlteration changes */
            changes?: (varve.v1.IConfigChange[]|null);
        }

        /** Represents a ConfigAlteration. */
        class ConfigAlteration implements IConfigAlteration {

            /**
             * Constructs a new ConfigAlteration.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConfigAlteration);

            /** ConfigAlteration resource. */
            public resource?: (varve.v1.IConfigResource|null);

            /** ConfigAlteration changes. */
            public changes: varve.v1.IConfigChange[];

            /**
             * Creates a new ConfigAlteration instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigAlteration instance
             */
            public static create(properties?: varve.v1.IConfigAlteration): varve.v1.ConfigAlteration;

            /**
             * Encodes the specified ConfigAlteration message. Does not implicitly {@link varve.v1.ConfigAlteration.verify|verify} messages.
             * @param message ConfigAlteration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConfigAlteration, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigAlteration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigAlteration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConfigAlteration;
        }

        /** ConfigOperation enum. */
        enum ConfigOperation {
            CONFIG_SET = 0,
            CONFIG_DELETE = 1,
            CONFIG_APPEND = 2,
            CONFIG_SUBTRACT = 3
        }

        /** Properties of a ConfigChange. */
        interface IConfigChange {

            /** ConfigChange name */
            name?: (string|null);

            /** ConfigChange operation */
            operation?: (varve.v1.ConfigOperation|null);

            /** ConfigChange value */
            value?: (string|null);
        }

        /** Represents a ConfigChange. */
        class ConfigChange implements IConfigChange {

            /**
             * Constructs a new ConfigChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IConfigChange);

            /** ConfigChange name. */
            public name: string;

            /** ConfigChange operation. */
            public operation: varve.v1.ConfigOperation;

            /** ConfigChange value. */
            public value: string;

            /**
             * Creates a new ConfigChange instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigChange instance
             */
            public static create(properties?: varve.v1.IConfigChange): varve.v1.ConfigChange;

            /**
             * Encodes the specified ConfigChange message. Does not implicitly {@link varve.v1.ConfigChange.verify|verify} messages.
             * @param message ConfigChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IConfigChange, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ConfigChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ConfigChange;
        }

        /** Properties of an AlterConfigsResponse. */
        interface IAlterConfigsResponse {

            /** AlterConfigsResponse results */
            results?: (varve.v1.IAlterConfigsResult[]|null);
        }

        /** Represents an AlterConfigsResponse. */
        class AlterConfigsResponse implements IAlterConfigsResponse {

            /**
             * Constructs a new AlterConfigsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAlterConfigsResponse);

            /** AlterConfigsResponse results. */
            public results: varve.v1.IAlterConfigsResult[];

            /**
             * Creates a new AlterConfigsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterConfigsResponse instance
             */
            public static create(properties?: varve.v1.IAlterConfigsResponse): varve.v1.AlterConfigsResponse;

            /**
             * Encodes the specified AlterConfigsResponse message. Does not implicitly {@link varve.v1.AlterConfigsResponse.verify|verify} messages.
             * @param message AlterConfigsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAlterConfigsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AlterConfigsResponse;
        }

        /** Properties of an AlterConfigsResult. */
        interface IAlterConfigsResult {

            /** AlterConfigsResult resource */
            resource?: (varve.v1.IConfigResource|null);

            /** AlterConfigsResult error */
            error?: (varve.v1.IError|null);
        }

        /** Represents an AlterConfigsResult. */
        class AlterConfigsResult implements IAlterConfigsResult {

            /**
             * Constructs a new AlterConfigsResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAlterConfigsResult);

            /** AlterConfigsResult resource. */
            public resource?: (varve.v1.IConfigResource|null);

            /** AlterConfigsResult error. */
            public error?: (varve.v1.IError|null);

            /**
             * Creates a new AlterConfigsResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterConfigsResult instance
             */
            public static create(properties?: varve.v1.IAlterConfigsResult): varve.v1.AlterConfigsResult;

            /**
             * Encodes the specified AlterConfigsResult message. Does not implicitly {@link varve.v1.AlterConfigsResult.verify|verify} messages.
             * @param message AlterConfigsResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAlterConfigsResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigsResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterConfigsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AlterConfigsResult;
        }

        /** ElectionType enum. */
        enum ElectionType {
            ELECTION_PREFERRED = 0,
            ELECTION_UNCLEAN = 1
        }

        /** Properties of a TopicPartitions. */
        interface ITopicPartitions {

            /** TopicPartitions topic */
            topic?: (string|null);

            /** TopicPartitions partitions */
            partitions?: (number[]|null);
        }

        /** Represents a TopicPartitions. */
        class TopicPartitions implements ITopicPartitions {

            /**
             * Constructs a new TopicPartitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITopicPartitions);

            /** TopicPartitions topic. */
            public topic: string;

            /** TopicPartitions partitions. */
            public partitions: number[];

            /**
             * Creates a new TopicPartitions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopicPartitions instance
             */
            public static create(properties?: varve.v1.ITopicPartitions): varve.v1.TopicPartitions;

            /**
             * Encodes the specified TopicPartitions message. Does not implicitly {@link varve.v1.TopicPartitions.verify|verify} messages.
             * @param message TopicPartitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITopicPartitions, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicPartitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TopicPartitions;
        }

        /** Properties of an ElectLeadersRequest. */
        interface IElectLeadersRequest {

            /** ElectLeadersRequest type */
            type?: (varve.v1.ElectionType|null);

            /** ElectLeadersRequest partitions */
            partitions?: (varve.v1.ITopicPartitions[]|null);
        }

        /** Represents an ElectLeadersRequest. */
        class ElectLeadersRequest implements IElectLeadersRequest {

            /**
             * Constructs a new ElectLeadersRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IElectLeadersRequest);

            /** ElectLeadersRequest type. */
            public type: varve.v1.ElectionType;

            /** ElectLeadersRequest partitions. */
            public partitions: varve.v1.ITopicPartitions[];

            /**
             * Creates a new ElectLeadersRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ElectLeadersRequest instance
             */
            public static create(properties?: varve.v1.IElectLeadersRequest): varve.v1.ElectLeadersRequest;

            /**
             * Encodes the specified ElectLeadersRequest message. Does not implicitly {@link varve.v1.ElectLeadersRequest.verify|verify} messages.
             * @param message ElectLeadersRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IElectLeadersRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ElectLeadersRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ElectLeadersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ElectLeadersRequest;
        }

        /** Properties of an ElectLeadersResponse. */
        interface IElectLeadersResponse {

            /** ElectLeadersResponse partitions */
            partitions?: (varve.v1.IPartitionResult[]|null);
        }

        /** Represents an ElectLeadersResponse. */
        class ElectLeadersResponse implements IElectLeadersResponse {

            /**
             * Constructs a new ElectLeadersResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IElectLeadersResponse);

            /** ElectLeadersResponse partitions. */
            public partitions: varve.v1.IPartitionResult[];

            /**
             * Creates a new ElectLeadersResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ElectLeadersResponse instance
             */
            public static create(properties?: varve.v1.IElectLeadersResponse): varve.v1.ElectLeadersResponse;

            /**
             * Encodes the specified ElectLeadersResponse message. Does not implicitly {@link varve.v1.ElectLeadersResponse.verify|verify} messages.
             * @param message ElectLeadersResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IElectLeadersResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ElectLeadersResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ElectLeadersResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ElectLeadersResponse;
        }

        /** Properties of a PartitionResult. */
        interface IPartitionResult {

            /** PartitionResult topic */
            topic?: (string|null);

            /** PartitionResult partition */
            partition?: (number|null);

            /** PartitionResult error */
            error?: (varve.v1.IError|null);
        }

        /** Represents a PartitionResult. */
        class PartitionResult implements IPartitionResult {

            /**
             * Constructs a new PartitionResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IPartitionResult);

            /** PartitionResult topic. */
            public topic: string;

            /** PartitionResult partition. */
            public partition: number;

            /** PartitionResult error. */
            public error?: (varve.v1.IError|null);

            /**
             * Creates a new PartitionResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionResult instance
             */
            public static create(properties?: varve.v1.IPartitionResult): varve.v1.PartitionResult;

            /**
             * Encodes the specified PartitionResult message. Does not implicitly {@link varve.v1.PartitionResult.verify|verify} messages.
             * @param message PartitionResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IPartitionResult, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns PartitionResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.PartitionResult;
        }

        /** Properties of an AlterPartitionReassignmentsRequest. */
        interface IAlterPartitionReassignmentsRequest {

            /** AlterPartitionReassignmentsRequest reassignments */
            reassignments?: (varve.v1.IReassignment[]|null);
        }

        /** Represents an AlterPartitionReassignmentsRequest. */
        class AlterPartitionReassignmentsRequest implements IAlterPartitionReassignmentsRequest {

            /**
             * Constructs a new AlterPartitionReassignmentsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAlterPartitionReassignmentsRequest);

            /** AlterPartitionReassignmentsRequest reassignments. */
            public reassignments: varve.v1.IReassignment[];

            /**
             * Creates a new AlterPartitionReassignmentsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterPartitionReassignmentsRequest instance
             */
            public static create(properties?: varve.v1.IAlterPartitionReassignmentsRequest): varve.v1.AlterPartitionReassignmentsRequest;

            /**
             * Encodes the specified AlterPartitionReassignmentsRequest message. Does not implicitly {@link varve.v1.AlterPartitionReassignmentsRequest.verify|verify} messages.
             * @param message AlterPartitionReassignmentsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAlterPartitionReassignmentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterPartitionReassignmentsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterPartitionReassignmentsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AlterPartitionReassignmentsRequest;
        }

        /** Properties of a Reassignment. */
        interface IReassignment {

            /** Reassignment topic */
            topic?: (string|null);

            /** Reassignment partition */
            partition?: (number|null);

            /** Reassignment replicas */
            replicas?: (number[]|null);

            /** Reassignment cancel */
            cancel?: (boolean|null);
        }

        /** Represents a Reassignment. */
        class Reassignment implements IReassignment {

            /**
             * Constructs a new Reassignment.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IReassignment);

            /** Reassignment topic. */
            public topic: string;

            /** Reassignment partition. */
            public partition: number;

            /** Reassignment replicas. */
            public replicas: number[];

            /** Reassignment cancel. */
            public cancel: boolean;

            /**
             * Creates a new Reassignment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Reassignment instance
             */
            public static create(properties?: varve.v1.IReassignment): varve.v1.Reassignment;

            /**
             * Encodes the specified Reassignment message. Does not implicitly {@link varve.v1.Reassignment.verify|verify} messages.
             * @param message Reassignment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IReassignment, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reassignment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns Reassignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.Reassignment;
        }

        /** Properties of an AlterPartitionReassignmentsResponse. */
        interface IAlterPartitionReassignmentsResponse {

            /** AlterPartitionReassignmentsResponse partitions */
            partitions?: (varve.v1.IPartitionResult[]|null);
        }

        /** Represents an AlterPartitionReassignmentsResponse. */
        class AlterPartitionReassignmentsResponse implements IAlterPartitionReassignmentsResponse {

            /**
             * Constructs a new AlterPartitionReassignmentsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAlterPartitionReassignmentsResponse);

            /** AlterPartitionReassignmentsResponse partitions. */
            public partitions: varve.v1.IPartitionResult[];

            /**
             * Creates a new AlterPartitionReassignmentsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AlterPartitionReassignmentsResponse instance
             */
            public static create(properties?: varve.v1.IAlterPartitionReassignmentsResponse): varve.v1.AlterPartitionReassignmentsResponse;

            /**
             * Encodes the specified AlterPartitionReassignmentsResponse message. Does not implicitly {@link varve.v1.AlterPartitionReassignmentsResponse.verify|verify} messages.
             * @param message AlterPartitionReassignmentsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAlterPartitionReassignmentsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterPartitionReassignmentsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AlterPartitionReassignmentsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AlterPartitionReassignmentsResponse;
        }

        /** Properties of a ListPartitionReassignmentsRequest. */
        interface IListPartitionReassignmentsRequest {

            /** ListPartitionReassignmentsRequest partitions */
            partitions?: (varve.v1.ITopicPartitions[]|null);
        }

        /** Represents a ListPartitionReassignmentsRequest. */
        class ListPartitionReassignmentsRequest implements IListPartitionReassignmentsRequest {

            /**
             * Constructs a new ListPartitionReassignmentsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListPartitionReassignmentsRequest);

            /** ListPartitionReassignmentsRequest partitions. */
            public partitions: varve.v1.ITopicPartitions[];

            /**
             * Creates a new ListPartitionReassignmentsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListPartitionReassignmentsRequest instance
             */
            public static create(properties?: varve.v1.IListPartitionReassignmentsRequest): varve.v1.ListPartitionReassignmentsRequest;

            /**
             * Encodes the specified ListPartitionReassignmentsRequest message. Does not implicitly {@link varve.v1.ListPartitionReassignmentsRequest.verify|verify} messages.
             * @param message ListPartitionReassignmentsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListPartitionReassignmentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPartitionReassignmentsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListPartitionReassignmentsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListPartitionReassignmentsRequest;
        }

        /** Properties of a ListPartitionReassignmentsResponse. */
        interface IListPartitionReassignmentsResponse {

            /** ListPartitionReassignmentsResponse reassignments */
            reassignments?: (varve.v1.IOngoingReassignment[]|null);
        }

        /** Represents a ListPartitionReassignmentsResponse. */
        class ListPartitionReassignmentsResponse implements IListPartitionReassignmentsResponse {

            /**
             * Constructs a new ListPartitionReassignmentsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IListPartitionReassignmentsResponse);

            /** ListPartitionReassignmentsResponse reassignments. */
            public reassignments: varve.v1.IOngoingReassignment[];

            /**
             * Creates a new ListPartitionReassignmentsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListPartitionReassignmentsResponse instance
             */
            public static create(properties?: varve.v1.IListPartitionReassignmentsResponse): varve.v1.ListPartitionReassignmentsResponse;

            /**
             * Encodes the specified ListPartitionReassignmentsResponse message. Does not implicitly {@link varve.v1.ListPartitionReassignmentsResponse.verify|verify} messages.
             * @param message ListPartitionReassignmentsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IListPartitionReassignmentsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPartitionReassignmentsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns ListPartitionReassignmentsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.ListPartitionReassignmentsResponse;
        }

        /** Properties of an OngoingReassignment. */
        interface IOngoingReassignment {

            /** OngoingReassignment topic */
            topic?: (string|null);

            /** OngoingReassignment partition */
            partition?: (number|null);

            /** OngoingReassignment replicas */
            replicas?: (number[]|null);

            /** OngoingReassignment adding_replicas */
            adding_replicas?: (number[]|null);

            /** OngoingReassignment removing_replicas */
            removing_replicas?: (number[]|null);
        }

        /** Represents an OngoingReassignment. */
        class OngoingReassignment implements IOngoingReassignment {

            /**
             * Constructs a new OngoingReassignment.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IOngoingReassignment);

            /** OngoingReassignment topic. */
            public topic: string;

            /** OngoingReassignment partition. */
            public partition: number;

            /** OngoingReassignment replicas. */
            public replicas: number[];

            /** OngoingReassignment adding_replicas. */
            public adding_replicas: number[];

            /** OngoingReassignment removing_replicas. */
            public removing_replicas: number[];

            /**
             * Creates a new OngoingReassignment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns OngoingReassignment instance
             */
            public static create(properties?: varve.v1.IOngoingReassignment): varve.v1.OngoingReassignment;

            /**
             * Encodes the specified OngoingReassignment message. Does not implicitly {@link varve.v1.OngoingReassignment.verify|verify} messages.
             * @param message OngoingReassignment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IOngoingReassignment, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OngoingReassignment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns OngoingReassignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.OngoingReassignment;
        }

        /** Properties of a DescribeClusterRequest. */
        interface IDescribeClusterRequest {
        }

        /** Represents a DescribeClusterRequest. */
        class DescribeClusterRequest implements IDescribeClusterRequest {

            /**
             * Constructs a new DescribeClusterRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeClusterRequest);

            /**
             * Creates a new DescribeClusterRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeClusterRequest instance
             */
            public static create(properties?: varve.v1.IDescribeClusterRequest): varve.v1.DescribeClusterRequest;

            /**
             * Encodes the specified DescribeClusterRequest message. Does not implicitly {@link varve.v1.DescribeClusterRequest.verify|verify} messages.
             * @param message DescribeClusterRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeClusterRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeClusterRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeClusterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeClusterRequest;
        }

        /** Properties of a DescribeClusterResponse. */
        interface IDescribeClusterResponse {

            /** DescribeClusterResponse cluster_id */
            cluster_id?: (string|null);

            /** DescribeClusterResponse controller_id */
            controller_id?: (number|null);

            /** DescribeClusterResponse brokers */
            brokers?: (varve.v1.IBroker[]|null);

            /** DescribeClusterResponse metadata_version */
            metadata_version?: (number|null);

            /** DescribeClusterResponse metadata_offset */
            metadata_offset?: (number|null);
        }

        /** Represents a DescribeClusterResponse. */
        class DescribeClusterResponse implements IDescribeClusterResponse {

            /**
             * Constructs a new DescribeClusterResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeClusterResponse);

            /** DescribeClusterResponse cluster_id. */
            public cluster_id: string;

            /** DescribeClusterResponse controller_id. */
            public controller_id: number;

            /** DescribeClusterResponse brokers. */
            public brokers: varve.v1.IBroker[];

            /** DescribeClusterResponse metadata_version. */
            public metadata_version: number;

            /** DescribeClusterResponse metadata_offset. */
            public metadata_offset: number;

            /**
             * Creates a new DescribeClusterResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeClusterResponse instance
             */
            public static create(properties?: varve.v1.IDescribeClusterResponse): varve.v1.DescribeClusterResponse;

            /**
             * Encodes the specified DescribeClusterResponse message. Does not implicitly {@link varve.v1.DescribeClusterResponse.verify|verify} messages.
             * @param message DescribeClusterResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeClusterResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeClusterResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeClusterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeClusterResponse;
        }

        /** Properties of an UnregisterBrokerRequest. */
        interface IUnregisterBrokerRequest {

            /** UnregisterBrokerRequest node_id */
            node_id?: (number|null);
        }

        /** Represents an UnregisterBrokerRequest. */
        class UnregisterBrokerRequest implements IUnregisterBrokerRequest {

            /**
             * Constructs a new UnregisterBrokerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IUnregisterBrokerRequest);

            /** UnregisterBrokerRequest node_id. */
            public node_id: number;

            /**
             * Creates a new UnregisterBrokerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnregisterBrokerRequest instance
             */
            public static create(properties?: varve.v1.IUnregisterBrokerRequest): varve.v1.UnregisterBrokerRequest;

            /**
             * Encodes the specified UnregisterBrokerRequest message. Does not implicitly {@link varve.v1.UnregisterBrokerRequest.verify|verify} messages.
             * @param message UnregisterBrokerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IUnregisterBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnregisterBrokerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns UnregisterBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.UnregisterBrokerRequest;
        }

        /** Properties of an UnregisterBrokerResponse. */
        interface IUnregisterBrokerResponse {
        }

        /** Represents an UnregisterBrokerResponse. */
        class UnregisterBrokerResponse implements IUnregisterBrokerResponse {

            /**
             * Constructs a new UnregisterBrokerResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IUnregisterBrokerResponse);

            /**
             * Creates a new UnregisterBrokerResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnregisterBrokerResponse instance
             */
            public static create(properties?: varve.v1.IUnregisterBrokerResponse): varve.v1.UnregisterBrokerResponse;

            /**
             * Encodes the specified UnregisterBrokerResponse message. Does not implicitly {@link varve.v1.UnregisterBrokerResponse.verify|verify} messages.
             * @param message UnregisterBrokerResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IUnregisterBrokerResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnregisterBrokerResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns UnregisterBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.UnregisterBrokerResponse;
        }

        /** Properties of a DescribeQuorumRequest. */
        interface IDescribeQuorumRequest {

            /** DescribeQuorumRequest of_this_node */
            of_this_node?: (boolean|null);
        }

        /** Represents a DescribeQuorumRequest. */
        class DescribeQuorumRequest implements IDescribeQuorumRequest {

            /**
             * Constructs a new DescribeQuorumRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeQuorumRequest);

            /** DescribeQuorumRequest of_this_node. */
            public of_this_node: boolean;

            /**
             * Creates a new DescribeQuorumRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeQuorumRequest instance
             */
            public static create(properties?: varve.v1.IDescribeQuorumRequest): varve.v1.DescribeQuorumRequest;

            /**
             * Encodes the specified DescribeQuorumRequest message. Does not implicitly {@link varve.v1.DescribeQuorumRequest.verify|verify} messages.
             * @param message DescribeQuorumRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeQuorumRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeQuorumRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeQuorumRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeQuorumRequest;
        }

        /** Properties of a DescribeQuorumResponse. */
        interface IDescribeQuorumResponse {

            /** DescribeQuorumResponse leader_id */
            leader_id?: (number|null);

            /** DescribeQuorumResponse leader_epoch */
            leader_epoch?: (number|null);

            /** DescribeQuorumResponse commit_offset */
            commit_offset?: (number|null);

            /** DescribeQuorumResponse voters */
            voters?: (varve.v1.IQuorumReplica[]|null);

            /** DescribeQuorumResponse observers */
            observers?: (varve.v1.IQuorumReplica[]|null);

            /** DescribeQuorumResponse node_id */
            node_id?: (number|null);

            /** DescribeQuorumResponse problem */
            problem?: (string|null);
        }

        /** Represents a DescribeQuorumResponse. */
        class DescribeQuorumResponse implements IDescribeQuorumResponse {

            /**
             * Constructs a new DescribeQuorumResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IDescribeQuorumResponse);

            /** DescribeQuorumResponse leader_id. */
            public leader_id: number;

            /** DescribeQuorumResponse leader_epoch. */
            public leader_epoch: number;

            /** DescribeQuorumResponse commit_offset. */
            public commit_offset: number;

            /** DescribeQuorumResponse voters. */
            public voters: varve.v1.IQuorumReplica[];

            /** DescribeQuorumResponse observers. */
            public observers: varve.v1.IQuorumReplica[];

            /** DescribeQuorumResponse node_id. */
            public node_id: number;

            /** DescribeQuorumResponse problem. */
            public problem: string;

            /**
             * Creates a new DescribeQuorumResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DescribeQuorumResponse instance
             */
            public static create(properties?: varve.v1.IDescribeQuorumResponse): varve.v1.DescribeQuorumResponse;

            /**
             * Encodes the specified DescribeQuorumResponse message. Does not implicitly {@link varve.v1.DescribeQuorumResponse.verify|verify} messages.
             * @param message DescribeQuorumResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IDescribeQuorumResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeQuorumResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns DescribeQuorumResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.DescribeQuorumResponse;
        }

        /** Properties of a QuorumReplica. */
        interface IQuorumReplica {

            /** QuorumReplica node_id */
            node_id?: (number|null);

            /** QuorumReplica directory_id */
            directory_id?: (string|null);

            /** QuorumReplica log_end_offset */
            log_end_offset?: (number|null);

            /** QuorumReplica last_contact_ms */
            last_contact_ms?: (number|null);
        }

        /** Represents a QuorumReplica. */
        class QuorumReplica implements IQuorumReplica {

            /**
             * Constructs a new QuorumReplica.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IQuorumReplica);

            /** QuorumReplica node_id. */
            public node_id: number;

            /** QuorumReplica directory_id. */
            public directory_id: string;

            /** QuorumReplica log_end_offset. */
            public log_end_offset: number;

            /** QuorumReplica last_contact_ms. */
            public last_contact_ms: number;

            /**
             * Creates a new QuorumReplica instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QuorumReplica instance
             */
            public static create(properties?: varve.v1.IQuorumReplica): varve.v1.QuorumReplica;

            /**
             * Encodes the specified QuorumReplica message. Does not implicitly {@link varve.v1.QuorumReplica.verify|verify} messages.
             * @param message QuorumReplica message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IQuorumReplica, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuorumReplica message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns QuorumReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.QuorumReplica;
        }

        /** Properties of an AddVoterRequest. */
        interface IAddVoterRequest {

            /** AddVoterRequest node_id */
            node_id?: (number|null);

            /** AddVoterRequest directory_id */
            directory_id?: (string|null);
        }

        /** Represents an AddVoterRequest. */
        class AddVoterRequest implements IAddVoterRequest {

            /**
             * Constructs a new AddVoterRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAddVoterRequest);

            /** AddVoterRequest node_id. */
            public node_id: number;

            /** AddVoterRequest directory_id. */
            public directory_id: string;

            /**
             * Creates a new AddVoterRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AddVoterRequest instance
             */
            public static create(properties?: varve.v1.IAddVoterRequest): varve.v1.AddVoterRequest;

            /**
             * Encodes the specified AddVoterRequest message. Does not implicitly {@link varve.v1.AddVoterRequest.verify|verify} messages.
             * @param message AddVoterRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAddVoterRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AddVoterRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AddVoterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AddVoterRequest;
        }

        /** Properties of an AddVoterResponse. */
        interface IAddVoterResponse {
        }

        /** Represents an AddVoterResponse. */
        class AddVoterResponse implements IAddVoterResponse {

            /**
             * Constructs a new AddVoterResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IAddVoterResponse);

            /**
             * Creates a new AddVoterResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AddVoterResponse instance
             */
            public static create(properties?: varve.v1.IAddVoterResponse): varve.v1.AddVoterResponse;

            /**
             * Encodes the specified AddVoterResponse message. Does not implicitly {@link varve.v1.AddVoterResponse.verify|verify} messages.
             * @param message AddVoterResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IAddVoterResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AddVoterResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns AddVoterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.AddVoterResponse;
        }

        /** Properties of a RemoveVoterRequest. */
        interface IRemoveVoterRequest {

            /** RemoveVoterRequest node_id */
            node_id?: (number|null);

            /** RemoveVoterRequest directory_id */
            directory_id?: (string|null);
        }

        /** Represents a RemoveVoterRequest. */
        class RemoveVoterRequest implements IRemoveVoterRequest {

            /**
             * Constructs a new RemoveVoterRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IRemoveVoterRequest);

            /** RemoveVoterRequest node_id. */
            public node_id: number;

            /** RemoveVoterRequest directory_id. */
            public directory_id: string;

            /**
             * Creates a new RemoveVoterRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RemoveVoterRequest instance
             */
            public static create(properties?: varve.v1.IRemoveVoterRequest): varve.v1.RemoveVoterRequest;

            /**
             * Encodes the specified RemoveVoterRequest message. Does not implicitly {@link varve.v1.RemoveVoterRequest.verify|verify} messages.
             * @param message RemoveVoterRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IRemoveVoterRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RemoveVoterRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RemoveVoterRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.RemoveVoterRequest;
        }

        /** Properties of a RemoveVoterResponse. */
        interface IRemoveVoterResponse {
        }

        /** Represents a RemoveVoterResponse. */
        class RemoveVoterResponse implements IRemoveVoterResponse {

            /**
             * Constructs a new RemoveVoterResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.IRemoveVoterResponse);

            /**
             * Creates a new RemoveVoterResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RemoveVoterResponse instance
             */
            public static create(properties?: varve.v1.IRemoveVoterResponse): varve.v1.RemoveVoterResponse;

            /**
             * Encodes the specified RemoveVoterResponse message. Does not implicitly {@link varve.v1.RemoveVoterResponse.verify|verify} messages.
             * @param message RemoveVoterResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.IRemoveVoterResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RemoveVoterResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns RemoveVoterResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.RemoveVoterResponse;
        }

        /** Properties of a TransferQuorumLeadershipRequest. */
        interface ITransferQuorumLeadershipRequest {

            /** TransferQuorumLeadershipRequest to_node_id */
            to_node_id?: (number|null);
        }

        /** Represents a TransferQuorumLeadershipRequest. */
        class TransferQuorumLeadershipRequest implements ITransferQuorumLeadershipRequest {

            /**
             * Constructs a new TransferQuorumLeadershipRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITransferQuorumLeadershipRequest);

            /** TransferQuorumLeadershipRequest to_node_id. */
            public to_node_id: number;

            /**
             * Creates a new TransferQuorumLeadershipRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TransferQuorumLeadershipRequest instance
             */
            public static create(properties?: varve.v1.ITransferQuorumLeadershipRequest): varve.v1.TransferQuorumLeadershipRequest;

            /**
             * Encodes the specified TransferQuorumLeadershipRequest message. Does not implicitly {@link varve.v1.TransferQuorumLeadershipRequest.verify|verify} messages.
             * @param message TransferQuorumLeadershipRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITransferQuorumLeadershipRequest, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TransferQuorumLeadershipRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TransferQuorumLeadershipRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TransferQuorumLeadershipRequest;
        }

        /** Properties of a TransferQuorumLeadershipResponse. */
        interface ITransferQuorumLeadershipResponse {

            /** TransferQuorumLeadershipResponse leader_id */
            leader_id?: (number|null);
        }

        /** Represents a TransferQuorumLeadershipResponse. */
        class TransferQuorumLeadershipResponse implements ITransferQuorumLeadershipResponse {

            /**
             * Constructs a new TransferQuorumLeadershipResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: varve.v1.ITransferQuorumLeadershipResponse);

            /** TransferQuorumLeadershipResponse leader_id. */
            public leader_id: number;

            /**
             * Creates a new TransferQuorumLeadershipResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TransferQuorumLeadershipResponse instance
             */
            public static create(properties?: varve.v1.ITransferQuorumLeadershipResponse): varve.v1.TransferQuorumLeadershipResponse;

            /**
             * Encodes the specified TransferQuorumLeadershipResponse message. Does not implicitly {@link varve.v1.TransferQuorumLeadershipResponse.verify|verify} messages.
             * @param message TransferQuorumLeadershipResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            public static encode(message: varve.v1.ITransferQuorumLeadershipResponse, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TransferQuorumLeadershipResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns TransferQuorumLeadershipResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): varve.v1.TransferQuorumLeadershipResponse;
        }
    }
}

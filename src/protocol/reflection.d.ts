import type * as $protobuf from "protobufjs";
/** Namespace grpc. */
export namespace grpc {

    /** Namespace reflection. */
    namespace reflection {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a ServerReflectionRequest. */
            interface IServerReflectionRequest {

                /** ServerReflectionRequest host */
                host?: (string|null);

                /** ServerReflectionRequest file_by_filename */
                file_by_filename?: (string|null);

                /** ServerReflectionRequest file_containing_symbol */
                file_containing_symbol?: (string|null);

                /** ServerReflectionRequest file_containing_extension */
                file_containing_extension?: (grpc.reflection.v1.IExtensionRequest|null);

                /** ServerReflectionRequest all_extension_numbers_of_type */
                all_extension_numbers_of_type?: (string|null);

                /** ServerReflectionRequest list_services */
                list_services?: (string|null);
            }

            /** Represents a ServerReflectionRequest. */
            class ServerReflectionRequest implements IServerReflectionRequest {

                /**
                 * Constructs a new ServerReflectionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServerReflectionRequest);

                /** ServerReflectionRequest host. */
                public host: string;

                /** ServerReflectionRequest file_by_filename. */
                public file_by_filename?: (string|null);

                /** ServerReflectionRequest file_containing_symbol. */
                public file_containing_symbol?: (string|null);

                /** ServerReflectionRequest file_containing_extension. */
                public file_containing_extension?: (grpc.reflection.v1.IExtensionRequest|null);

                /** ServerReflectionRequest all_extension_numbers_of_type. */
                public all_extension_numbers_of_type?: (string|null);

                /** ServerReflectionRequest list_services. */
                public list_services?: (string|null);

                /** ServerReflectionRequest message_request. */
                public message_request?: ("file_by_filename"|"file_containing_symbol"|"file_containing_extension"|"all_extension_numbers_of_type"|"list_services");

                /**
                 * Creates a new ServerReflectionRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServerReflectionRequest instance
                 */
                public static create(properties?: grpc.reflection.v1.IServerReflectionRequest): grpc.reflection.v1.ServerReflectionRequest;

                /**
                 * Encodes the specified ServerReflectionRequest message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionRequest.verify|verify} messages.
                 * @param message ServerReflectionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServerReflectionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServerReflectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionRequest;
            }

            /** Properties of an ExtensionRequest. */
            interface IExtensionRequest {

                /** ExtensionRequest containing_type */
                containing_type?: (string|null);

                /** ExtensionRequest extension_number */
                extension_number?: (number|null);
            }

            /** Represents an ExtensionRequest. */
            class ExtensionRequest implements IExtensionRequest {

                /**
                 * Constructs a new ExtensionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IExtensionRequest);

                /** ExtensionRequest containing_type. */
                public containing_type: string;

                /** ExtensionRequest extension_number. */
                public extension_number: number;

                /**
                 * Creates a new ExtensionRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExtensionRequest instance
                 */
                public static create(properties?: grpc.reflection.v1.IExtensionRequest): grpc.reflection.v1.ExtensionRequest;

                /**
                 * Encodes the specified ExtensionRequest message. Does not implicitly {@link grpc.reflection.v1.ExtensionRequest.verify|verify} messages.
                 * @param message ExtensionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IExtensionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExtensionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionRequest;
            }

            /** Properties of a ServerReflectionResponse. */
            interface IServerReflectionResponse {

                /** ServerReflectionResponse valid_host */
                valid_host?: (string|null);

                /** ServerReflectionResponse original_request */
                original_request?: (grpc.reflection.v1.IServerReflectionRequest|null);

                /** ServerReflectionResponse file_descriptor_response */
                file_descriptor_response?: (grpc.reflection.v1.IFileDescriptorResponse|null);

                /** ServerReflectionResponse all_extension_numbers_response */
                all_extension_numbers_response?: (grpc.reflection.v1.IExtensionNumberResponse|null);

                /** ServerReflectionResponse list_services_response */
                list_services_response?: (grpc.reflection.v1.IListServiceResponse|null);

                /** ServerReflectionResponse error_response */
                error_response?: (grpc.reflection.v1.IErrorResponse|null);
            }

            /** Represents a ServerReflectionResponse. */
            class ServerReflectionResponse implements IServerReflectionResponse {

                /**
                 * Constructs a new ServerReflectionResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServerReflectionResponse);

                /** ServerReflectionResponse valid_host. */
                public valid_host: string;

                /** ServerReflectionResponse original_request. */
                public original_request?: (grpc.reflection.v1.IServerReflectionRequest|null);

                /** ServerReflectionResponse file_descriptor_response. */
                public file_descriptor_response?: (grpc.reflection.v1.IFileDescriptorResponse|null);

                /** ServerReflectionResponse all_extension_numbers_response. */
                public all_extension_numbers_response?: (grpc.reflection.v1.IExtensionNumberResponse|null);

                /** ServerReflectionResponse list_services_response. */
                public list_services_response?: (grpc.reflection.v1.IListServiceResponse|null);

                /** ServerReflectionResponse error_response. */
                public error_response?: (grpc.reflection.v1.IErrorResponse|null);

                /** ServerReflectionResponse message_response. */
                public message_response?: ("file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response");

                /**
                 * Creates a new ServerReflectionResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServerReflectionResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IServerReflectionResponse): grpc.reflection.v1.ServerReflectionResponse;

                /**
                 * Encodes the specified ServerReflectionResponse message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionResponse.verify|verify} messages.
                 * @param message ServerReflectionResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServerReflectionResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServerReflectionResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionResponse;
            }

            /** Properties of a FileDescriptorResponse. */
            interface IFileDescriptorResponse {

                /** FileDescriptorResponse file_descriptor_proto */
                file_descriptor_proto?: (Uint8Array[]|null);
            }

            /** Represents a FileDescriptorResponse. */
            class FileDescriptorResponse implements IFileDescriptorResponse {

                /**
                 * Constructs a new FileDescriptorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IFileDescriptorResponse);

                /** FileDescriptorResponse file_descriptor_proto. */
                public file_descriptor_proto: Uint8Array[];

                /**
                 * Creates a new FileDescriptorResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileDescriptorResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IFileDescriptorResponse): grpc.reflection.v1.FileDescriptorResponse;

                /**
                 * Encodes the specified FileDescriptorResponse message. Does not implicitly {@link grpc.reflection.v1.FileDescriptorResponse.verify|verify} messages.
                 * @param message FileDescriptorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IFileDescriptorResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileDescriptorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns FileDescriptorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.FileDescriptorResponse;
            }

            /** Properties of an ExtensionNumberResponse. */
            interface IExtensionNumberResponse {

                /** ExtensionNumberResponse base_type_name */
                base_type_name?: (string|null);

                /** ExtensionNumberResponse extension_number */
                extension_number?: (number[]|null);
            }

            /** Represents an ExtensionNumberResponse. */
            class ExtensionNumberResponse implements IExtensionNumberResponse {

                /**
                 * Constructs a new ExtensionNumberResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IExtensionNumberResponse);

                /** ExtensionNumberResponse base_type_name. */
                public base_type_name: string;

                /** ExtensionNumberResponse extension_number. */
                public extension_number: number[];

                /**
                 * Creates a new ExtensionNumberResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExtensionNumberResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IExtensionNumberResponse): grpc.reflection.v1.ExtensionNumberResponse;

                /**
                 * Encodes the specified ExtensionNumberResponse message. Does not implicitly {@link grpc.reflection.v1.ExtensionNumberResponse.verify|verify} messages.
                 * @param message ExtensionNumberResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IExtensionNumberResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionNumberResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExtensionNumberResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionNumberResponse;
            }

            /** Properties of a ListServiceResponse. */
            interface IListServiceResponse {

                /** ListServiceResponse service */
                service?: (grpc.reflection.v1.IServiceResponse[]|null);
            }

            /** Represents a ListServiceResponse. */
            class ListServiceResponse implements IListServiceResponse {

                /**
                 * Constructs a new ListServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IListServiceResponse);

                /** ListServiceResponse service. */
                public service: grpc.reflection.v1.IServiceResponse[];

                /**
                 * Creates a new ListServiceResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ListServiceResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IListServiceResponse): grpc.reflection.v1.ListServiceResponse;

                /**
                 * Encodes the specified ListServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ListServiceResponse.verify|verify} messages.
                 * @param message ListServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IListServiceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ListServiceResponse;
            }

            /** Properties of a ServiceResponse. */
            interface IServiceResponse {

                /** ServiceResponse name */
                name?: (string|null);
            }

            /** Represents a ServiceResponse. */
            class ServiceResponse implements IServiceResponse {

                /**
                 * Constructs a new ServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServiceResponse);

                /** ServiceResponse name. */
                public name: string;

                /**
                 * Creates a new ServiceResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServiceResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IServiceResponse): grpc.reflection.v1.ServiceResponse;

                /**
                 * Encodes the specified ServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ServiceResponse.verify|verify} messages.
                 * @param message ServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServiceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServiceResponse;
            }

            /** Properties of an ErrorResponse. */
            interface IErrorResponse {

                /** ErrorResponse error_code */
                error_code?: (number|null);

                /** ErrorResponse error_message */
                error_message?: (string|null);
            }

            /** Represents an ErrorResponse. */
            class ErrorResponse implements IErrorResponse {

                /**
                 * Constructs a new ErrorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IErrorResponse);

                /** ErrorResponse error_code. */
                public error_code: number;

                /** ErrorResponse error_message. */
                public error_message: string;

                /**
                 * Creates a new ErrorResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ErrorResponse instance
                 */
                public static create(properties?: grpc.reflection.v1.IErrorResponse): grpc.reflection.v1.ErrorResponse;

                /**
                 * Encodes the specified ErrorResponse message. Does not implicitly {@link grpc.reflection.v1.ErrorResponse.verify|verify} messages.
                 * @param message ErrorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IErrorResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ErrorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ErrorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ErrorResponse;
            }
        }
    }
}

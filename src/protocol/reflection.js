/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from 'protobufjs/minimal.js';
import * as $number from './int64.js';

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

// Exported root namespace
const $root = $protobuf.roots["varve_reflection"] || ($protobuf.roots["varve_reflection"] = {});

export const grpc = $root.grpc = (() => {

    /**
     * Namespace grpc.
     * @exports grpc
     * @namespace
     */
    const grpc = {};

    grpc.reflection = (function() {

        /**
         * Namespace reflection.
         * @memberof grpc
         * @namespace
         */
        const reflection = {};

        reflection.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof grpc.reflection
             * @namespace
             */
            const v1 = {};

            v1.ServerReflectionRequest = (function() {

                /**
                 * Properties of a ServerReflectionRequest.
                 * @memberof grpc.reflection.v1
                 * @interface IServerReflectionRequest
                 * @property {string|null} [host] ServerReflectionRequest host
                 * @property {string|null} [file_by_filename] ServerReflectionRequest file_by_filename
                 * @property {string|null} [file_containing_symbol] ServerReflectionRequest file_containing_symbol
                 * @property {grpc.reflection.v1.IExtensionRequest|null} [file_containing_extension] ServerReflectionRequest file_containing_extension
                 * @property {string|null} [all_extension_numbers_of_type] ServerReflectionRequest all_extension_numbers_of_type
                 * @property {string|null} [list_services] ServerReflectionRequest list_services
                 */

                /**
                 * Constructs a new ServerReflectionRequest.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents a ServerReflectionRequest.
                 * @implements IServerReflectionRequest
                 * @constructor
                 * @param {grpc.reflection.v1.IServerReflectionRequest=} [properties] Properties to set
                 */
                function ServerReflectionRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ServerReflectionRequest host.
                 * @member {string} host
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.host = "";

                /**
                 * ServerReflectionRequest file_by_filename.
                 * @member {string|null|undefined} file_by_filename
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.file_by_filename = null;

                /**
                 * ServerReflectionRequest file_containing_symbol.
                 * @member {string|null|undefined} file_containing_symbol
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.file_containing_symbol = null;

                /**
                 * ServerReflectionRequest file_containing_extension.
                 * @member {grpc.reflection.v1.IExtensionRequest|null|undefined} file_containing_extension
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.file_containing_extension = null;

                /**
                 * ServerReflectionRequest all_extension_numbers_of_type.
                 * @member {string|null|undefined} all_extension_numbers_of_type
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.all_extension_numbers_of_type = null;

                /**
                 * ServerReflectionRequest list_services.
                 * @member {string|null|undefined} list_services
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                ServerReflectionRequest.prototype.list_services = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * ServerReflectionRequest message_request.
                 * @member {"file_by_filename"|"file_containing_symbol"|"file_containing_extension"|"all_extension_numbers_of_type"|"list_services"|undefined} message_request
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @instance
                 */
                Object.defineProperty(ServerReflectionRequest.prototype, "message_request", {
                    get: $util.oneOfGetter($oneOfFields = ["file_by_filename", "file_containing_symbol", "file_containing_extension", "all_extension_numbers_of_type", "list_services"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new ServerReflectionRequest instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @static
                 * @param {grpc.reflection.v1.IServerReflectionRequest=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ServerReflectionRequest} ServerReflectionRequest instance
                 */
                ServerReflectionRequest.create = function create(properties) {
                    return new ServerReflectionRequest(properties);
                };

                /**
                 * Encodes the specified ServerReflectionRequest message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionRequest.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @static
                 * @param {grpc.reflection.v1.IServerReflectionRequest} message ServerReflectionRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServerReflectionRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.host);
                    if (message.file_by_filename != null && Object.hasOwnProperty.call(message, "file_by_filename"))
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.file_by_filename);
                    if (message.file_containing_symbol != null && Object.hasOwnProperty.call(message, "file_containing_symbol"))
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.file_containing_symbol);
                    if (message.file_containing_extension != null && Object.hasOwnProperty.call(message, "file_containing_extension"))
                        $root.grpc.reflection.v1.ExtensionRequest.encode(message.file_containing_extension, writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                    if (message.all_extension_numbers_of_type != null && Object.hasOwnProperty.call(message, "all_extension_numbers_of_type"))
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.all_extension_numbers_of_type);
                    if (message.list_services != null && Object.hasOwnProperty.call(message, "list_services"))
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.list_services);
                    return writer;
                };

                /**
                 * Decodes a ServerReflectionRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ServerReflectionRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServerReflectionRequest} ServerReflectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServerReflectionRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ServerReflectionRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.host = reader.string();
                                break;
                            }
                        case 3: {
                                message.file_by_filename = reader.string();
                                break;
                            }
                        case 4: {
                                message.file_containing_symbol = reader.string();
                                break;
                            }
                        case 5: {
                                message.file_containing_extension = $root.grpc.reflection.v1.ExtensionRequest.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.all_extension_numbers_of_type = reader.string();
                                break;
                            }
                        case 7: {
                                message.list_services = reader.string();
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

                return ServerReflectionRequest;
            })();

            v1.ExtensionRequest = (function() {

                /**
                 * Properties of an ExtensionRequest.
                 * @memberof grpc.reflection.v1
                 * @interface IExtensionRequest
                 * @property {string|null} [containing_type] ExtensionRequest containing_type
                 * @property {number|null} [extension_number] ExtensionRequest extension_number
                 */

                /**
                 * Constructs a new ExtensionRequest.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents an ExtensionRequest.
                 * @implements IExtensionRequest
                 * @constructor
                 * @param {grpc.reflection.v1.IExtensionRequest=} [properties] Properties to set
                 */
                function ExtensionRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ExtensionRequest containing_type.
                 * @member {string} containing_type
                 * @memberof grpc.reflection.v1.ExtensionRequest
                 * @instance
                 */
                ExtensionRequest.prototype.containing_type = "";

                /**
                 * ExtensionRequest extension_number.
                 * @member {number} extension_number
                 * @memberof grpc.reflection.v1.ExtensionRequest
                 * @instance
                 */
                ExtensionRequest.prototype.extension_number = 0;

                /**
                 * Creates a new ExtensionRequest instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ExtensionRequest
                 * @static
                 * @param {grpc.reflection.v1.IExtensionRequest=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ExtensionRequest} ExtensionRequest instance
                 */
                ExtensionRequest.create = function create(properties) {
                    return new ExtensionRequest(properties);
                };

                /**
                 * Encodes the specified ExtensionRequest message. Does not implicitly {@link grpc.reflection.v1.ExtensionRequest.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ExtensionRequest
                 * @static
                 * @param {grpc.reflection.v1.IExtensionRequest} message ExtensionRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExtensionRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.containing_type != null && Object.hasOwnProperty.call(message, "containing_type"))
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.containing_type);
                    if (message.extension_number != null && Object.hasOwnProperty.call(message, "extension_number"))
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.extension_number);
                    return writer;
                };

                /**
                 * Decodes an ExtensionRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ExtensionRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ExtensionRequest} ExtensionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExtensionRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ExtensionRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.containing_type = reader.string();
                                break;
                            }
                        case 2: {
                                message.extension_number = reader.int32();
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

                return ExtensionRequest;
            })();

            v1.ServerReflectionResponse = (function() {

                /**
                 * Properties of a ServerReflectionResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IServerReflectionResponse
                 * @property {string|null} [valid_host] ServerReflectionResponse valid_host
                 * @property {grpc.reflection.v1.IServerReflectionRequest|null} [original_request] ServerReflectionResponse original_request
                 * @property {grpc.reflection.v1.IFileDescriptorResponse|null} [file_descriptor_response] ServerReflectionResponse file_descriptor_response
                 * @property {grpc.reflection.v1.IExtensionNumberResponse|null} [all_extension_numbers_response] ServerReflectionResponse all_extension_numbers_response
                 * @property {grpc.reflection.v1.IListServiceResponse|null} [list_services_response] ServerReflectionResponse list_services_response
                 * @property {grpc.reflection.v1.IErrorResponse|null} [error_response] ServerReflectionResponse error_response
                 */

                /**
                 * Constructs a new ServerReflectionResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents a ServerReflectionResponse.
                 * @implements IServerReflectionResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IServerReflectionResponse=} [properties] Properties to set
                 */
                function ServerReflectionResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ServerReflectionResponse valid_host.
                 * @member {string} valid_host
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.valid_host = "";

                /**
                 * ServerReflectionResponse original_request.
                 * @member {grpc.reflection.v1.IServerReflectionRequest|null|undefined} original_request
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.original_request = null;

                /**
                 * ServerReflectionResponse file_descriptor_response.
                 * @member {grpc.reflection.v1.IFileDescriptorResponse|null|undefined} file_descriptor_response
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.file_descriptor_response = null;

                /**
                 * ServerReflectionResponse all_extension_numbers_response.
                 * @member {grpc.reflection.v1.IExtensionNumberResponse|null|undefined} all_extension_numbers_response
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.all_extension_numbers_response = null;

                /**
                 * ServerReflectionResponse list_services_response.
                 * @member {grpc.reflection.v1.IListServiceResponse|null|undefined} list_services_response
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.list_services_response = null;

                /**
                 * ServerReflectionResponse error_response.
                 * @member {grpc.reflection.v1.IErrorResponse|null|undefined} error_response
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                ServerReflectionResponse.prototype.error_response = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * ServerReflectionResponse message_response.
                 * @member {"file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response"|undefined} message_response
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @instance
                 */
                Object.defineProperty(ServerReflectionResponse.prototype, "message_response", {
                    get: $util.oneOfGetter($oneOfFields = ["file_descriptor_response", "all_extension_numbers_response", "list_services_response", "error_response"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new ServerReflectionResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @static
                 * @param {grpc.reflection.v1.IServerReflectionResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ServerReflectionResponse} ServerReflectionResponse instance
                 */
                ServerReflectionResponse.create = function create(properties) {
                    return new ServerReflectionResponse(properties);
                };

                /**
                 * Encodes the specified ServerReflectionResponse message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @static
                 * @param {grpc.reflection.v1.IServerReflectionResponse} message ServerReflectionResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServerReflectionResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.valid_host != null && Object.hasOwnProperty.call(message, "valid_host"))
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.valid_host);
                    if (message.original_request != null && Object.hasOwnProperty.call(message, "original_request"))
                        $root.grpc.reflection.v1.ServerReflectionRequest.encode(message.original_request, writer.uint32(/* id 2, wireType 2 =*/18).fork(), q + 1).ldelim();
                    if (message.file_descriptor_response != null && Object.hasOwnProperty.call(message, "file_descriptor_response"))
                        $root.grpc.reflection.v1.FileDescriptorResponse.encode(message.file_descriptor_response, writer.uint32(/* id 4, wireType 2 =*/34).fork(), q + 1).ldelim();
                    if (message.all_extension_numbers_response != null && Object.hasOwnProperty.call(message, "all_extension_numbers_response"))
                        $root.grpc.reflection.v1.ExtensionNumberResponse.encode(message.all_extension_numbers_response, writer.uint32(/* id 5, wireType 2 =*/42).fork(), q + 1).ldelim();
                    if (message.list_services_response != null && Object.hasOwnProperty.call(message, "list_services_response"))
                        $root.grpc.reflection.v1.ListServiceResponse.encode(message.list_services_response, writer.uint32(/* id 6, wireType 2 =*/50).fork(), q + 1).ldelim();
                    if (message.error_response != null && Object.hasOwnProperty.call(message, "error_response"))
                        $root.grpc.reflection.v1.ErrorResponse.encode(message.error_response, writer.uint32(/* id 7, wireType 2 =*/58).fork(), q + 1).ldelim();
                    return writer;
                };

                /**
                 * Decodes a ServerReflectionResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ServerReflectionResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServerReflectionResponse} ServerReflectionResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServerReflectionResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ServerReflectionResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.valid_host = reader.string();
                                break;
                            }
                        case 2: {
                                message.original_request = $root.grpc.reflection.v1.ServerReflectionRequest.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.file_descriptor_response = $root.grpc.reflection.v1.FileDescriptorResponse.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.all_extension_numbers_response = $root.grpc.reflection.v1.ExtensionNumberResponse.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.list_services_response = $root.grpc.reflection.v1.ListServiceResponse.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.error_response = $root.grpc.reflection.v1.ErrorResponse.decode(reader, reader.uint32(), undefined, long + 1);
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

                return ServerReflectionResponse;
            })();

            v1.FileDescriptorResponse = (function() {

                /**
                 * Properties of a FileDescriptorResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IFileDescriptorResponse
                 * @property {Array.<Uint8Array>|null} [file_descriptor_proto] FileDescriptorResponse file_descriptor_proto
                 */

                /**
                 * Constructs a new FileDescriptorResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents a FileDescriptorResponse.
                 * @implements IFileDescriptorResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IFileDescriptorResponse=} [properties] Properties to set
                 */
                function FileDescriptorResponse(properties) {
                    this.file_descriptor_proto = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * FileDescriptorResponse file_descriptor_proto.
                 * @member {Array.<Uint8Array>} file_descriptor_proto
                 * @memberof grpc.reflection.v1.FileDescriptorResponse
                 * @instance
                 */
                FileDescriptorResponse.prototype.file_descriptor_proto = $util.emptyArray;

                /**
                 * Creates a new FileDescriptorResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.FileDescriptorResponse
                 * @static
                 * @param {grpc.reflection.v1.IFileDescriptorResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.FileDescriptorResponse} FileDescriptorResponse instance
                 */
                FileDescriptorResponse.create = function create(properties) {
                    return new FileDescriptorResponse(properties);
                };

                /**
                 * Encodes the specified FileDescriptorResponse message. Does not implicitly {@link grpc.reflection.v1.FileDescriptorResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.FileDescriptorResponse
                 * @static
                 * @param {grpc.reflection.v1.IFileDescriptorResponse} message FileDescriptorResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                FileDescriptorResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.file_descriptor_proto != null && message.file_descriptor_proto.length)
                        for (let i = 0; i < message.file_descriptor_proto.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.file_descriptor_proto[i]);
                    return writer;
                };

                /**
                 * Decodes a FileDescriptorResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.FileDescriptorResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.FileDescriptorResponse} FileDescriptorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                FileDescriptorResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.FileDescriptorResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.file_descriptor_proto && message.file_descriptor_proto.length))
                                    message.file_descriptor_proto = [];
                                message.file_descriptor_proto.push(reader.bytes());
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

                return FileDescriptorResponse;
            })();

            v1.ExtensionNumberResponse = (function() {

                /**
                 * Properties of an ExtensionNumberResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IExtensionNumberResponse
                 * @property {string|null} [base_type_name] ExtensionNumberResponse base_type_name
                 * @property {Array.<number>|null} [extension_number] ExtensionNumberResponse extension_number
                 */

                /**
                 * Constructs a new ExtensionNumberResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents an ExtensionNumberResponse.
                 * @implements IExtensionNumberResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IExtensionNumberResponse=} [properties] Properties to set
                 */
                function ExtensionNumberResponse(properties) {
                    this.extension_number = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ExtensionNumberResponse base_type_name.
                 * @member {string} base_type_name
                 * @memberof grpc.reflection.v1.ExtensionNumberResponse
                 * @instance
                 */
                ExtensionNumberResponse.prototype.base_type_name = "";

                /**
                 * ExtensionNumberResponse extension_number.
                 * @member {Array.<number>} extension_number
                 * @memberof grpc.reflection.v1.ExtensionNumberResponse
                 * @instance
                 */
                ExtensionNumberResponse.prototype.extension_number = $util.emptyArray;

                /**
                 * Creates a new ExtensionNumberResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ExtensionNumberResponse
                 * @static
                 * @param {grpc.reflection.v1.IExtensionNumberResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ExtensionNumberResponse} ExtensionNumberResponse instance
                 */
                ExtensionNumberResponse.create = function create(properties) {
                    return new ExtensionNumberResponse(properties);
                };

                /**
                 * Encodes the specified ExtensionNumberResponse message. Does not implicitly {@link grpc.reflection.v1.ExtensionNumberResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ExtensionNumberResponse
                 * @static
                 * @param {grpc.reflection.v1.IExtensionNumberResponse} message ExtensionNumberResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExtensionNumberResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.base_type_name != null && Object.hasOwnProperty.call(message, "base_type_name"))
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.base_type_name);
                    if (message.extension_number != null && message.extension_number.length) {
                        writer.uint32(/* id 2, wireType 2 =*/18).fork();
                        for (let i = 0; i < message.extension_number.length; ++i)
                            writer.int32(message.extension_number[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                /**
                 * Decodes an ExtensionNumberResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ExtensionNumberResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ExtensionNumberResponse} ExtensionNumberResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExtensionNumberResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ExtensionNumberResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.base_type_name = reader.string();
                                break;
                            }
                        case 2: {
                                if (!(message.extension_number && message.extension_number.length))
                                    message.extension_number = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.extension_number.push(reader.int32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.extension_number.push(reader.int32());
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

                return ExtensionNumberResponse;
            })();

            v1.ListServiceResponse = (function() {

                /**
                 * Properties of a ListServiceResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IListServiceResponse
                 * @property {Array.<grpc.reflection.v1.IServiceResponse>|null} [service] ListServiceResponse service
                 */

                /**
                 * Constructs a new ListServiceResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents a ListServiceResponse.
                 * @implements IListServiceResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IListServiceResponse=} [properties] Properties to set
                 */
                function ListServiceResponse(properties) {
                    this.service = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ListServiceResponse service.
                 * @member {Array.<grpc.reflection.v1.IServiceResponse>} service
                 * @memberof grpc.reflection.v1.ListServiceResponse
                 * @instance
                 */
                ListServiceResponse.prototype.service = $util.emptyArray;

                /**
                 * Creates a new ListServiceResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ListServiceResponse
                 * @static
                 * @param {grpc.reflection.v1.IListServiceResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ListServiceResponse} ListServiceResponse instance
                 */
                ListServiceResponse.create = function create(properties) {
                    return new ListServiceResponse(properties);
                };

                /**
                 * Encodes the specified ListServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ListServiceResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ListServiceResponse
                 * @static
                 * @param {grpc.reflection.v1.IListServiceResponse} message ListServiceResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ListServiceResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.service != null && message.service.length)
                        for (let i = 0; i < message.service.length; ++i)
                            $root.grpc.reflection.v1.ServiceResponse.encode(message.service[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), q + 1).ldelim();
                    return writer;
                };

                /**
                 * Decodes a ListServiceResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ListServiceResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ListServiceResponse} ListServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ListServiceResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ListServiceResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.service && message.service.length))
                                    message.service = [];
                                message.service.push($root.grpc.reflection.v1.ServiceResponse.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ListServiceResponse;
            })();

            v1.ServiceResponse = (function() {

                /**
                 * Properties of a ServiceResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IServiceResponse
                 * @property {string|null} [name] ServiceResponse name
                 */

                /**
                 * Constructs a new ServiceResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents a ServiceResponse.
                 * @implements IServiceResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IServiceResponse=} [properties] Properties to set
                 */
                function ServiceResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ServiceResponse name.
                 * @member {string} name
                 * @memberof grpc.reflection.v1.ServiceResponse
                 * @instance
                 */
                ServiceResponse.prototype.name = "";

                /**
                 * Creates a new ServiceResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ServiceResponse
                 * @static
                 * @param {grpc.reflection.v1.IServiceResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ServiceResponse} ServiceResponse instance
                 */
                ServiceResponse.create = function create(properties) {
                    return new ServiceResponse(properties);
                };

                /**
                 * Encodes the specified ServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ServiceResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ServiceResponse
                 * @static
                 * @param {grpc.reflection.v1.IServiceResponse} message ServiceResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServiceResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    return writer;
                };

                /**
                 * Decodes a ServiceResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ServiceResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServiceResponse} ServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServiceResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ServiceResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
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

                return ServiceResponse;
            })();

            v1.ErrorResponse = (function() {

                /**
                 * Properties of an ErrorResponse.
                 * @memberof grpc.reflection.v1
                 * @interface IErrorResponse
                 * @property {number|null} [error_code] ErrorResponse error_code
                 * @property {string|null} [error_message] ErrorResponse error_message
                 */

                /**
                 * Constructs a new ErrorResponse.
                 * @memberof grpc.reflection.v1
                 * @classdesc Represents an ErrorResponse.
                 * @implements IErrorResponse
                 * @constructor
                 * @param {grpc.reflection.v1.IErrorResponse=} [properties] Properties to set
                 */
                function ErrorResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                /**
                 * ErrorResponse error_code.
                 * @member {number} error_code
                 * @memberof grpc.reflection.v1.ErrorResponse
                 * @instance
                 */
                ErrorResponse.prototype.error_code = 0;

                /**
                 * ErrorResponse error_message.
                 * @member {string} error_message
                 * @memberof grpc.reflection.v1.ErrorResponse
                 * @instance
                 */
                ErrorResponse.prototype.error_message = "";

                /**
                 * Creates a new ErrorResponse instance using the specified properties.
                 * @function create
                 * @memberof grpc.reflection.v1.ErrorResponse
                 * @static
                 * @param {grpc.reflection.v1.IErrorResponse=} [properties] Properties to set
                 * @returns {grpc.reflection.v1.ErrorResponse} ErrorResponse instance
                 */
                ErrorResponse.create = function create(properties) {
                    return new ErrorResponse(properties);
                };

                /**
                 * Encodes the specified ErrorResponse message. Does not implicitly {@link grpc.reflection.v1.ErrorResponse.verify|verify} messages.
                 * @function encode
                 * @memberof grpc.reflection.v1.ErrorResponse
                 * @static
                 * @param {grpc.reflection.v1.IErrorResponse} message ErrorResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ErrorResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.error_code != null && Object.hasOwnProperty.call(message, "error_code"))
                        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.error_code);
                    if (message.error_message != null && Object.hasOwnProperty.call(message, "error_message"))
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.error_message);
                    return writer;
                };

                /**
                 * Decodes an ErrorResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof grpc.reflection.v1.ErrorResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ErrorResponse} ErrorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ErrorResponse.decode = function decode(reader, length, error, long) {
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
                    message = new $root.grpc.reflection.v1.ErrorResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.error_code = reader.int32();
                                break;
                            }
                        case 2: {
                                message.error_message = reader.string();
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

                return ErrorResponse;
            })();

            return v1;
        })();

        return reflection;
    })();

    return grpc;
})();

export { $root as default };

"""gRPC's own health and reflection clients against a node: prints `ok NAME` or `not ok NAME` for each test."""

import sys

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

channel = grpc.insecure_channel(sys.argv[1])
health = health_pb2_grpc.HealthStub(channel)
SERVING = health_pb2.HealthCheckResponse.SERVING


def test(name, passed):
    print(f"{'ok' if passed else 'not ok'} {name}")


for service in ("", "varve.v1.Varve"):
    answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=10)
    test(f"health of {service or 'the node'}: serving", answer.status == SERVING)

try:
    health.Check(health_pb2.HealthCheckRequest(service="absent.Service"), timeout=10)
    code = grpc.StatusCode.OK
except grpc.RpcError as error:
    code = error.code()
test("health of a service that is not there: NOT_FOUND", code == grpc.StatusCode.NOT_FOUND)

watch = health.Watch(health_pb2.HealthCheckRequest(service=""), timeout=10)
test("a watch of the health begins with what it is", next(watch).status == SERVING)
watch.cancel()

# No .proto and no generated code from here on: all comes from the node.
database = ProtoReflectionDescriptorDatabase(channel)
test("reflection lists the service", "varve.v1.Varve" in database.get_services())
pool = DescriptorPool(database)
service = pool.FindServiceByName("varve.v1.Varve")
method = service.FindMethodByName("Metadata")
call = channel.unary_unary(
    f"/{service.full_name}/{method.name}",
    request_serializer=lambda request: request.SerializeToString(),
    response_deserializer=GetMessageClass(method.output_type).FromString,
)
answer = call(GetMessageClass(method.input_type)(topics=["lines"]), timeout=10)
test("a call made from reflection alone is answered", [topic.name for topic in answer.topics] == ["lines"])

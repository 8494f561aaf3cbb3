"""Prints the records of a topic as they come: python consume.py HOST:PORT TOPIC [COUNT]

Needs only the .proto: pip install grpcio-tools, then
python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/varve/v1/varve.proto
"""

import queue
import sys

import grpc
from varve.v1 import varve_pb2 as pb
from varve.v1 import varve_pb2_grpc

address, topic = sys.argv[1], sys.argv[2]
count = int(sys.argv[3]) if len(sys.argv) > 3 else None
stub = varve_pb2_grpc.VarveStub(grpc.insecure_channel(address))

found = stub.Metadata(pb.MetadataRequest(topics=[topic])).topics[0]
if found.HasField("error"):
    sys.exit(f"{found.error.name}: {found.error.message}")

# From the first record of each partition on. To go on later, save next_offset and give it as offset.
outgoing = queue.Queue()
positions = [pb.ConsumePosition(topic=topic, partition=each.partition, offset=0) for each in found.partitions]
outgoing.put(pb.ConsumeRequest(positions=positions))

read = 0
responses = stub.Consume(iter(outgoing.get, None))
for response in responses:
    for records in response.partitions:
        if records.HasField("error"):
            if not records.error.retriable:
                sys.exit(f"{records.error.name}: {records.error.message}")
            # The leader moved: ask again, from where we are.
            at = next(each for each in positions if each.partition == records.partition)
            outgoing.put(pb.ConsumeRequest(positions=[at]))
            continue
        next(each for each in positions if each.partition == records.partition).offset = records.next_offset
        for record in records.records:
            print(f"{records.partition} {record.offset} {record.value.decode(errors='replace')}")
            read += 1
    if count is not None and read >= count:
        responses.cancel()
        break

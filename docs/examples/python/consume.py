"""Prints the records of a topic as they come: python consume.py HOST:PORT[,HOST:PORT...] TOPIC [COUNT]

Needs only the .proto: pip install grpcio-tools, then
python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/varve/v1/varve.proto
"""

import itertools
import queue
import sys
import time

import grpc
from varve.v1 import varve_pb2 as pb
from varve.v1 import varve_pb2_grpc

GIVE_UP_S = 120
# A node that hangs is given up after 15 seconds, not never.
KEEPALIVE = [("grpc.keepalive_time_ms", 10_000), ("grpc.keepalive_timeout_ms", 5_000)]

addresses, topic = sys.argv[1].split(","), sys.argv[2]
count = int(sys.argv[3]) if len(sys.argv) > 3 else None


def start_positions(stub):
    """From the first record of each partition on. To go on later, save next_offset and give it as offset."""
    found = stub.Metadata(pb.MetadataRequest(topics=[topic]), timeout=10).topics[0]
    if found.HasField("error"):
        sys.exit(f"{found.error.name}: {found.error.message}")
    # With its id, a topic that is deleted and made again is not taken for the old one.
    return {
        each.partition: pb.ConsumePosition(topic=topic, partition=each.partition, offset=0, topic_id=found.topic_id)
        for each in found.partitions
    }


def read_from(stub, positions):
    """Yields each answer; a partition with a retriable error (its leader moved) is asked for again, from where it is."""
    outgoing = queue.SimpleQueue()
    outgoing.put(pb.ConsumeRequest(positions=positions.values()))
    try:
        for response in stub.Consume(iter(outgoing.get, None)):
            for records in response.partitions:
                if not records.HasField("error"):
                    yield records
                elif not records.error.retriable or records.error.name == "UNKNOWN_TOPIC_ID":
                    sys.exit(f"{records.error.name}: {records.error.message}")
                else:
                    time.sleep(0.05)
                    outgoing.put(pb.ConsumeRequest(positions=[positions[records.partition]]))
    finally:
        outgoing.put(None)


def read_on():
    """Any node serves any partition; when one breaks off, the next one goes on where it was."""
    positions = None
    give_up = time.monotonic() + GIVE_UP_S
    for address in itertools.cycle(addresses):
        channel = grpc.insecure_channel(address, options=KEEPALIVE)
        try:
            stub = varve_pb2_grpc.VarveStub(channel)
            positions = positions or start_positions(stub)
            for records in read_from(stub, positions):
                yield records
                positions[records.partition].offset = records.next_offset
                give_up = time.monotonic() + GIVE_UP_S
        except grpc.RpcError as error:
            problem = f"{error.code().name}: {error.details()}"
            if ("varve-retriable", "false") in (error.trailing_metadata() or ()) or time.monotonic() > give_up:
                sys.exit(problem)
            time.sleep(0.05)
        finally:
            channel.close()


read = 0
for answer in read_on():
    for record in answer.records:
        print(f"{answer.partition} {record.offset} {record.value.decode(errors='replace')}", flush=True)
        read += 1
        if read == count:
            sys.exit()

"""Sends the lines of standard input to a topic, each once: python produce.py HOST:PORT TOPIC

Needs only the .proto: pip install grpcio-tools, then
python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/varve/v1/varve.proto
"""

import queue
import sys
import time

import grpc
from varve.v1 import varve_pb2 as pb
from varve.v1 import varve_pb2_grpc

LINES_PER_BATCH = 500
PARTITION = 0

address, topic = sys.argv[1], sys.argv[2]
stub = varve_pb2_grpc.VarveStub(grpc.insecure_channel(address))

# With id, epoch and sequence a batch may be sent again, unchanged, through any node: it is stored once.
producer = stub.InitProducerId(pb.InitProducerIdRequest())


def batches():
    sequence = 0
    lines = [line.rstrip("\n").encode() for line in sys.stdin]
    for start in range(0, len(lines), LINES_PER_BATCH):
        records = [pb.Record(value=line) for line in lines[start : start + LINES_PER_BATCH]]
        yield pb.ProduceBatch(
            correlation_id=start,
            topic=topic,
            partition=PARTITION,
            records=records,
            producer_id=producer.producer_id,
            producer_epoch=producer.producer_epoch,
            base_sequence=sequence,
        )
        sequence += len(records)


# One batch at a time keeps the order whatever happens: nothing later is sent before the earlier one is acknowledged.
outgoing = queue.Queue()
acknowledgements = stub.Produce(iter(outgoing.get, None))
sent = 0
for batch in batches():
    while True:
        outgoing.put(pb.ProduceRequest(batches=[batch]))
        ack = next(acknowledgements).acks[0]
        if not ack.HasField("error"):
            break
        if not ack.error.retriable:
            sys.exit(f"{ack.error.name}: {ack.error.message}")
        time.sleep(0.05)
    sent += len(batch.records)
    print(f"{sent} records acknowledged, the last batch at offset {ack.base_offset}")
outgoing.put(None)

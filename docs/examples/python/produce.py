"""Sends the lines of standard input to a topic, each once: python produce.py HOST:PORT[,HOST:PORT...] TOPIC

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

PARTITION = 0
LINES_PER_BATCH = 500
BYTES_PER_BATCH = 512 * 1024
GIVE_UP_S = 120
# A node that hangs is given up after 15 seconds, not never.
KEEPALIVE = [("grpc.keepalive_time_ms", 10_000), ("grpc.keepalive_timeout_ms", 5_000)]

addresses, topic = sys.argv[1].split(","), sys.argv[2]


def nodes():
    """Any node takes any batch; when one breaks off, the next one does."""
    for address in itertools.cycle(addresses):
        channel = grpc.insecure_channel(address, options=KEEPALIVE)
        yield varve_pb2_grpc.VarveStub(channel)
        channel.close()


class Producer:
    """One batch at a time keeps the order whatever happens: nothing later is sent before the earlier is acknowledged."""

    def __init__(self):
        self.nodes = nodes()
        self.outgoing = self.answers = None
        # With id, epoch and sequence a batch may be sent again, unchanged, through any node: it is stored once.
        self.id = self.until_it_works(lambda: next(self.nodes).InitProducerId(pb.InitProducerIdRequest(), timeout=10))
        self.sequence = 0

    def send(self, lines):
        batch = pb.ProduceBatch(
            correlation_id=self.sequence,
            topic=topic,
            partition=PARTITION,
            records=[pb.Record(value=line) for line in lines],
            producer_id=self.id.producer_id,
            producer_epoch=self.id.producer_epoch,
            base_sequence=self.sequence,
        )
        ack = self.until_it_works(lambda: self.answer_to(batch))
        self.sequence += len(lines)
        print(f"{self.sequence} records acknowledged, the last batch at offset {ack.base_offset}", flush=True)

    def answer_to(self, batch):
        """The acknowledgement; None where the batch is to be sent again."""
        if self.answers is None:
            self.outgoing = queue.SimpleQueue()
            self.answers = next(self.nodes).Produce(iter(self.outgoing.get, None))
        self.outgoing.put(pb.ProduceRequest(batches=[batch]))
        ack = next(self.answers).acks[0]
        if not ack.HasField("error") or ack.error.name == "DUPLICATE_SEQUENCE_NUMBER":
            return ack
        if not ack.error.retriable:
            sys.exit(f"{ack.error.name}: {ack.error.message}")
        return None

    def until_it_works(self, call):
        give_up = time.monotonic() + GIVE_UP_S
        while True:
            problem = "a retriable error"
            try:
                answer = call()
                if answer is not None:
                    return answer
            except grpc.RpcError as error:
                # The stream broke: the batch may be stored or not, and goes again on another stream.
                self.close()
                problem = f"{error.code().name}: {error.details()}"
                if ("varve-retriable", "false") in (error.trailing_metadata() or ()):
                    sys.exit(problem)
            except StopIteration:
                self.close()
            if time.monotonic() > give_up:
                sys.exit(f"no acknowledgement within {GIVE_UP_S} seconds: {problem}")
            time.sleep(0.05)

    def close(self):
        if self.outgoing is not None:
            self.outgoing.put(None)
        self.outgoing = self.answers = None


producer = Producer()
lines, size = [], 0
for line in sys.stdin.buffer:
    line = line.rstrip(b"\n")
    if lines and (len(lines) == LINES_PER_BATCH or size + len(line) > BYTES_PER_BATCH):
        producer.send(lines)
        lines, size = [], 0
    lines.append(line)
    size += len(line)
if lines:
    producer.send(lines)
producer.close()

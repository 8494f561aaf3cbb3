// Sends the lines of standard input to a topic, each once: go run produce.go HOST:PORT TOPIC
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	varvev1 "varve.dev/gen/varve/v1"
)

const linesPerBatch = 500

func main() {
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	client := varvev1.NewVarveClient(connection)
	ctx := context.Background()

	// With id, epoch and sequence a batch may be sent again, unchanged, through any node: it is stored once.
	producer, err := client.InitProducerId(ctx, &varvev1.InitProducerIdRequest{})
	if err != nil {
		log.Fatal(err)
	}
	stream, err := client.Produce(ctx)
	if err != nil {
		log.Fatal(err)
	}

	partition, sequence := int32(0), int32(0)
	send := func(records []*varvev1.Record) {
		batch := &varvev1.ProduceBatch{
			CorrelationId: uint64(sequence),
			Topic:         os.Args[2],
			Partition:     &partition,
			Records:       records,
			ProducerId:    &producer.ProducerId,
			ProducerEpoch: &producer.ProducerEpoch,
			BaseSequence:  &sequence,
		}
		// One batch at a time keeps the order: nothing later is sent before the earlier one is acknowledged.
		for {
			if err := stream.Send(&varvev1.ProduceRequest{Batches: []*varvev1.ProduceBatch{batch}}); err != nil {
				log.Fatal(err)
			}
			answer, err := stream.Recv()
			if err != nil {
				log.Fatal(err)
			}
			ack := answer.Acks[0]
			if ack.Error == nil {
				sequence += int32(len(records))
				fmt.Printf("%d records acknowledged, the last batch at offset %d\n", sequence, ack.BaseOffset)
				return
			}
			if !ack.Error.Retriable {
				log.Fatalf("%s: %s", ack.Error.Name, ack.Error.Message)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}

	var records []*varvev1.Record
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		records = append(records, &varvev1.Record{Value: []byte(lines.Text())})
		if len(records) == linesPerBatch {
			send(records)
			records = nil
		}
	}
	if len(records) > 0 {
		send(records)
	}
	if err := stream.CloseSend(); err != nil {
		log.Fatal(err)
	}
}

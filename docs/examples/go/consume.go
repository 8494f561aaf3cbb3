// Prints the records of a topic as they come: go run consume.go HOST:PORT TOPIC [COUNT]
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	varvev1 "varve.dev/gen/varve/v1"
)

func main() {
	count := -1
	if len(os.Args) > 3 {
		count, _ = strconv.Atoi(os.Args[3])
	}
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	client := varvev1.NewVarveClient(connection)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	topic := os.Args[2]
	metadata, err := client.Metadata(ctx, &varvev1.MetadataRequest{Topics: []string{topic}})
	if err != nil {
		log.Fatal(err)
	}
	found := metadata.Topics[0]
	if found.Error != nil {
		log.Fatalf("%s: %s", found.Error.Name, found.Error.Message)
	}

	// From the first record of each partition on. To go on later, save NextOffset and give it as Offset.
	positions := map[int32]*varvev1.ConsumePosition{}
	request := &varvev1.ConsumeRequest{}
	for _, partition := range found.Partitions {
		position := &varvev1.ConsumePosition{Topic: topic, Partition: partition.Partition}
		positions[partition.Partition] = position
		request.Positions = append(request.Positions, position)
	}
	stream, err := client.Consume(ctx)
	if err != nil {
		log.Fatal(err)
	}
	if err := stream.Send(request); err != nil {
		log.Fatal(err)
	}

	for read := 0; count < 0 || read < count; {
		response, err := stream.Recv()
		if err != nil {
			log.Fatal(err)
		}
		for _, records := range response.Partitions {
			position := positions[records.Partition]
			if records.Error != nil {
				if !records.Error.Retriable {
					log.Fatalf("%s: %s", records.Error.Name, records.Error.Message)
				}
				// The leader moved: ask again, from where we are.
				again := &varvev1.ConsumeRequest{Positions: []*varvev1.ConsumePosition{position}}
				if err := stream.Send(again); err != nil {
					log.Fatal(err)
				}
				continue
			}
			position.Offset = records.NextOffset
			for _, record := range records.Records {
				fmt.Printf("%d %d %s\n", records.Partition, record.Offset, record.Value)
				read++
			}
		}
	}
}

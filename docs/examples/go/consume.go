// Prints the records of a topic as they come: go run consume.go HOST:PORT[,HOST:PORT...] TOPIC [COUNT]
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"

	varvev1 "varve.dev/gen/varve/v1"
)

const giveUp = 2 * time.Minute

type consumer struct {
	topic string
	// Where to go on in each partition. To go on later, save Offset and start with it.
	positions map[int32]*varvev1.ConsumePosition
	read      int
	count     int
	// When something came last.
	heard time.Time
}

// Starts at the first record of each partition. With its id, a topic that is deleted and made again is not taken for the
// old one.
func (c *consumer) start(ctx context.Context, client varvev1.VarveClient) error {
	short, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	metadata, err := client.Metadata(short, &varvev1.MetadataRequest{Topics: []string{c.topic}})
	if err != nil {
		return err
	}
	found := metadata.Topics[0]
	if found.Error != nil {
		log.Fatalf("%s: %s", found.Error.Name, found.Error.Message)
	}
	c.positions = map[int32]*varvev1.ConsumePosition{}
	for _, each := range found.Partitions {
		c.positions[each.Partition] =
			&varvev1.ConsumePosition{Topic: c.topic, Partition: each.Partition, TopicId: found.TopicId}
	}
	return nil
}

// Reads through one node until that breaks off; nil: all that was wanted is read.
func (c *consumer) readThrough(address string) error {
	connection, err := grpc.NewClient(address,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		// A node that hangs is given up after 15 seconds, not never.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 10 * time.Second, Timeout: 5 * time.Second}))
	if err != nil {
		return err
	}
	defer connection.Close()
	client := varvev1.NewVarveClient(connection)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if c.positions == nil {
		if err := c.start(ctx, client); err != nil {
			return err
		}
	}
	stream, err := client.Consume(ctx)
	if err != nil {
		return err
	}
	request := &varvev1.ConsumeRequest{}
	for _, position := range c.positions {
		request.Positions = append(request.Positions, position)
	}
	if err := stream.Send(request); err != nil {
		return err
	}
	for {
		response, err := stream.Recv()
		if err != nil {
			if final := stream.Trailer().Get("varve-retriable"); len(final) == 1 && final[0] == "false" {
				log.Fatal(err)
			}
			return err
		}
		for _, records := range response.Partitions {
			if records.Error != nil {
				if !records.Error.Retriable || records.Error.Name == "UNKNOWN_TOPIC_ID" {
					log.Fatalf("%s: %s", records.Error.Name, records.Error.Message)
				}
				// The leader moved: ask again, from where we are.
				time.Sleep(50 * time.Millisecond)
				again := []*varvev1.ConsumePosition{c.positions[records.Partition]}
				if err := stream.Send(&varvev1.ConsumeRequest{Positions: again}); err != nil {
					return err
				}
				continue
			}
			c.heard = time.Now()
			for _, record := range records.Records {
				fmt.Printf("%d %d %s\n", records.Partition, record.Offset, record.Value)
				c.read++
				if c.read == c.count {
					return nil
				}
			}
			c.positions[records.Partition].Offset = records.NextOffset
		}
	}
}

func main() {
	c := &consumer{topic: os.Args[2], count: -1, heard: time.Now()}
	if len(os.Args) > 3 {
		c.count, _ = strconv.Atoi(os.Args[3])
	}
	addresses := strings.Split(os.Args[1], ",")
	// Any node serves any partition; when one breaks off, the next one goes on where it was.
	for next := 0; ; next++ {
		err := c.readThrough(addresses[next%len(addresses)])
		if err == nil {
			return
		}
		if time.Since(c.heard) > giveUp {
			log.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

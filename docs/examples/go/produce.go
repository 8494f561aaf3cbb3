// Sends the lines of standard input to a topic, each once: go run produce.go HOST:PORT[,HOST:PORT...] TOPIC
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/status"

	varvev1 "varve.dev/gen/varve/v1"
)

const (
	linesPerBatch = 500
	bytesPerBatch = 512 * 1024
	giveUp        = 2 * time.Minute
)

// Any node takes any batch; when one breaks off, the next one does.
type producer struct {
	addresses  []string
	topic      string
	next       int
	connection *grpc.ClientConn
	stream     varvev1.Varve_ProduceClient
	id         *varvev1.InitProducerIdResponse
	partition  int32
	sequence   int32
}

func (p *producer) connect() (varvev1.VarveClient, error) {
	p.close()
	address := p.addresses[p.next%len(p.addresses)]
	p.next++
	connection, err := grpc.NewClient(address,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		// A node that hangs is given up after 15 seconds, not never.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 10 * time.Second, Timeout: 5 * time.Second}))
	p.connection = connection
	return varvev1.NewVarveClient(connection), err
}

func (p *producer) close() {
	if p.connection != nil {
		p.connection.Close()
	}
	p.connection, p.stream = nil, nil
}

// Calls until it works; errors that the node calls final, and two minutes without success, end the program.
func (p *producer) untilItWorks(call func() error) {
	for deadline := time.Now().Add(giveUp); ; time.Sleep(50 * time.Millisecond) {
		err := call()
		if err == nil {
			return
		}
		if _, isStatus := status.FromError(err); isStatus || errors.Is(err, io.EOF) {
			// The stream broke: the batch may be stored or not, and goes again on another stream.
			p.close()
		}
		if time.Now().After(deadline) {
			log.Fatalf("no acknowledgement within %v: %v", giveUp, err)
		}
	}
}

// With id, epoch and sequence a batch may be sent again, unchanged, through any node: it is stored once.
func (p *producer) identify() error {
	client, err := p.connect()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	p.id, err = client.InitProducerId(ctx, &varvev1.InitProducerIdRequest{})
	return err
}

// One batch at a time keeps the order: nothing later is sent before the earlier one is acknowledged.
func (p *producer) send(records []*varvev1.Record) {
	batch := &varvev1.ProduceBatch{
		CorrelationId: uint64(p.sequence),
		Topic:         p.topic,
		Partition:     &p.partition,
		Records:       records,
		ProducerId:    &p.id.ProducerId,
		ProducerEpoch: &p.id.ProducerEpoch,
		BaseSequence:  &p.sequence,
	}
	var ack *varvev1.ProduceAck
	p.untilItWorks(func() (err error) {
		ack, err = p.answerTo(batch)
		return err
	})
	p.sequence += int32(len(records))
	fmt.Printf("%d records acknowledged, the last batch at offset %d\n", p.sequence, ack.BaseOffset)
}

func (p *producer) answerTo(batch *varvev1.ProduceBatch) (*varvev1.ProduceAck, error) {
	if p.stream == nil {
		client, err := p.connect()
		if err != nil {
			return nil, err
		}
		if p.stream, err = client.Produce(context.Background()); err != nil {
			return nil, err
		}
	}
	if err := p.stream.Send(&varvev1.ProduceRequest{Batches: []*varvev1.ProduceBatch{batch}}); err != nil && err != io.EOF {
		return nil, err
	}
	// After an EOF from Send, Recv says why.
	answer, err := p.stream.Recv()
	if err != nil {
		if final := p.stream.Trailer().Get("varve-retriable"); len(final) == 1 && final[0] == "false" {
			log.Fatal(err)
		}
		return nil, err
	}
	ack := answer.Acks[0]
	if ack.Error == nil || ack.Error.Name == "DUPLICATE_SEQUENCE_NUMBER" {
		return ack, nil
	}
	if !ack.Error.Retriable {
		log.Fatalf("%s: %s", ack.Error.Name, ack.Error.Message)
	}
	return nil, fmt.Errorf("%s: %s", ack.Error.Name, ack.Error.Message)
}

func main() {
	p := &producer{addresses: strings.Split(os.Args[1], ","), topic: os.Args[2]}
	p.untilItWorks(p.identify)
	var records []*varvev1.Record
	size := 0
	// Lines of any length, which bufio.Scanner does not take.
	for lines := bufio.NewReader(os.Stdin); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			log.Fatal(err)
		}
		if len(line) > 0 {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if len(records) > 0 && (len(records) == linesPerBatch || size+len(line) > bytesPerBatch) {
				p.send(records)
				records, size = nil, 0
			}
			records = append(records, &varvev1.Record{Value: line})
			size += len(line)
		}
		if err == io.EOF {
			break
		}
	}
	if len(records) > 0 {
		p.send(records)
	}
	if p.stream != nil {
		p.stream.CloseSend()
	}
	p.close()
}

// Google's clients for Go as their documentation uses them; only the endpoint is another.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	compute "cloud.google.com/go/compute/apiv1"
	"cloud.google.com/go/compute/apiv1/computepb"
	"cloud.google.com/go/storage"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
	"google.golang.org/protobuf/proto"
)

type call struct {
	name string
	run  func(context.Context) error
}

func main() {
	address := os.Getenv("CLOUD")
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	client, err := storage.NewClient(ctx,
		option.WithEndpoint(address+"/storage/v1/"), option.WithoutAuthentication())
	if err != nil {
		panic(err)
	}
	judge(ctx, "cloud.google.com/go/storage", storageCalls(client))
	judge(ctx, "cloud.google.com/go/compute", computeCalls(ctx, address))
}

// Runs each call, and tells as JSON what became of it.
func judge(ctx context.Context, client string, calls []call) {
	version := ""
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == client {
			version = module.Version
		}
	}
	names, failed := []string{}, map[string]string{}
	for _, each := range calls {
		names = append(names, each.name)
		within, cancel := context.WithTimeout(ctx, 20*time.Second)
		if err := each.run(within); err != nil {
			failed[each.name] = err.Error()
		}
		cancel()
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"client": client, "version": version, "calls": names, "failed": failed})
}

func storageCalls(client *storage.Client) []call {
	bucket := client.Bucket("go-judge")
	large := make([]byte, 40<<20)
	rand.Read(large)
	write := func(ctx context.Context, name string, content []byte) error {
		writer := bucket.Object(name).NewWriter(ctx)
		writer.Metadata = map[string]string{"a": "b"}
		if _, err := writer.Write(content); err != nil {
			return err
		}
		return writer.Close()
	}
	read := func(ctx context.Context, name string) ([]byte, error) {
		reader, err := bucket.Object(name).NewReader(ctx)
		if err != nil {
			return nil, err
		}
		defer reader.Close()
		return io.ReadAll(reader)
	}
	return []call{
		{"Bucket.Create, Attrs, Update", func(ctx context.Context) error {
			if err := bucket.Create(ctx, "demo", nil); err != nil {
				return err
			}
			update := storage.BucketAttrsToUpdate{}
			update.SetLabel("team", "edge")
			attrs, err := bucket.Update(ctx, update)
			if err == nil && attrs.Labels["team"] != "edge" {
				return fmt.Errorf("labels %v", attrs.Labels)
			}
			return err
		}},
		{"Client.Buckets", func(ctx context.Context) error {
			_, err := client.Buckets(ctx, "demo").Next()
			return err
		}},
		{"NewWriter, small", func(ctx context.Context) error {
			return write(ctx, "a b/small.txt", []byte("hello"))
		}},
		{"NewWriter of 40 MiB (resumable, in chunks)", func(ctx context.Context) error {
			return write(ctx, "large.bin", large)
		}},
		{"NewReader", func(ctx context.Context) error {
			content, err := read(ctx, "a b/small.txt")
			if err == nil && string(content) != "hello" {
				return fmt.Errorf("read %q", content)
			}
			if content, err = read(ctx, "large.bin"); err == nil && !bytes.Equal(content, large) {
				return errors.New("another content")
			}
			return err
		}},
		{"NewRangeReader", func(ctx context.Context) error {
			reader, err := bucket.Object("large.bin").NewRangeReader(ctx, 10, 10)
			if err != nil {
				return err
			}
			defer reader.Close()
			part, err := io.ReadAll(reader)
			if err == nil && !bytes.Equal(part, large[10:20]) {
				return errors.New("another content")
			}
			return err
		}},
		{"If(DoesNotExist)", func(ctx context.Context) error {
			writer := bucket.Object("large.bin").If(storage.Conditions{DoesNotExist: true}).NewWriter(ctx)
			writer.Write([]byte("x"))
			if writer.Close() == nil {
				return errors.New("written over")
			}
			return nil
		}},
		{"ErrObjectNotExist, ErrBucketNotExist", func(ctx context.Context) error {
			if _, err := bucket.Object("none").Attrs(ctx); !errors.Is(err, storage.ErrObjectNotExist) {
				return fmt.Errorf("attrs: %w", err)
			}
			if _, err := read(ctx, "none"); !errors.Is(err, storage.ErrObjectNotExist) {
				return fmt.Errorf("read: %w", err)
			}
			if _, err := client.Bucket("no-such").Attrs(ctx); !errors.Is(err, storage.ErrBucketNotExist) {
				return fmt.Errorf("bucket: %w", err)
			}
			return nil
		}},
		{"Objects with prefix, delimiter, glob", func(ctx context.Context) error {
			for _, query := range []*storage.Query{
				{Prefix: "a b/"}, {Delimiter: "/"}, {MatchGlob: "**.txt"}} {
				if _, err := bucket.Objects(ctx, query).Next(); err != nil {
					return err
				}
			}
			return nil
		}},
		{"Update, CopierFrom, ComposerFrom, Move", func(ctx context.Context) error {
			small := bucket.Object("a b/small.txt")
			if _, err := small.Update(ctx, storage.ObjectAttrsToUpdate{ContentType: "text/x"}); err != nil {
				return err
			}
			if _, err := bucket.Object("copy").CopierFrom(small).Run(ctx); err != nil {
				return err
			}
			if _, err := bucket.Object("both").ComposerFrom(small, small).Run(ctx); err != nil {
				return err
			}
			_, err := bucket.Object("both").Move(ctx, storage.MoveObjectDestination{Object: "moved"})
			return err
		}},
		{"ACL().Set is refused, as by uniform access", func(ctx context.Context) error {
			err := bucket.Object("copy").ACL().Set(ctx, storage.AllUsers, storage.RoleReader)
			if err == nil {
				return errors.New("taken")
			}
			return nil
		}},
		{"IAM().Policy, TestPermissions", func(ctx context.Context) error {
			if _, err := bucket.IAM().Policy(ctx); err != nil {
				return err
			}
			_, err := bucket.IAM().TestPermissions(ctx, []string{"storage.objects.get"})
			return err
		}},
		{"Delete", func(ctx context.Context) error {
			objects := bucket.Objects(ctx, nil)
			for {
				object, err := objects.Next()
				if errors.Is(err, iterator.Done) {
					return bucket.Delete(ctx)
				}
				if err != nil {
					return err
				}
				if err := bucket.Object(object.Name).Delete(ctx); err != nil {
					return err
				}
			}
		}},
	}
}

func computeCalls(ctx context.Context, address string) []call {
	options := []option.ClientOption{option.WithEndpoint(address), option.WithoutAuthentication()}
	images, err := compute.NewImagesRESTClient(ctx, options...)
	if err != nil {
		panic(err)
	}
	templates, _ := compute.NewInstanceTemplatesRESTClient(ctx, options...)
	groups, _ := compute.NewInstanceGroupManagersRESTClient(ctx, options...)
	instances, _ := compute.NewInstancesRESTClient(ctx, options...)
	project, zone, group := "demo", "us-west1-a", "go-group"
	wait := func(ctx context.Context, operation *compute.Operation, err error) error {
		if err != nil {
			return err
		}
		return operation.Wait(ctx)
	}
	properties := &computepb.InstanceProperties{
		MachineType: proto.String("e2-small"),
		Disks: []*computepb.AttachedDisk{{
			Boot:       proto.Bool(true),
			AutoDelete: proto.Bool(true),
			InitializeParams: &computepb.AttachedDiskInitializeParams{
				SourceImage: proto.String("projects/demo/global/images/go-image"),
			},
		}},
		NetworkInterfaces: []*computepb.NetworkInterface{{Name: proto.String("global/networks/default")}},
	}
	return []call{
		{"Images.Insert, Get, GetFromFamily, List", func(ctx context.Context) error {
			source := "https://storage.googleapis.com/" + os.Getenv("BUCKET") + "/" + os.Getenv("TARBALL")
			operation, err := images.Insert(ctx, &computepb.InsertImageRequest{
				Project: project,
				ImageResource: &computepb.Image{
					Name:    proto.String("go-image"),
					Family:  proto.String("go"),
					RawDisk: &computepb.RawDisk{Source: &source},
				},
			})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			if _, err := images.GetFromFamily(ctx,
				&computepb.GetFromFamilyImageRequest{Project: project, Family: "go"}); err != nil {
				return err
			}
			_, err = images.List(ctx, &computepb.ListImagesRequest{Project: project}).Next()
			return err
		}},
		{"InstanceTemplates.Insert", func(ctx context.Context) error {
			operation, err := templates.Insert(ctx, &computepb.InsertInstanceTemplateRequest{
				Project: project,
				InstanceTemplateResource: &computepb.InstanceTemplate{
					Name: proto.String("go-template"), Properties: properties},
			})
			return wait(ctx, operation, err)
		}},
		{"InstanceGroupManagers.Insert, Get, AggregatedList", func(ctx context.Context) error {
			operation, err := groups.Insert(ctx, &computepb.InsertInstanceGroupManagerRequest{
				Project: project,
				Zone:    zone,
				InstanceGroupManagerResource: &computepb.InstanceGroupManager{
					Name:             &group,
					BaseInstanceName: &group,
					TargetSize:       proto.Int32(1),
					InstanceTemplate: proto.String("global/instanceTemplates/go-template"),
				},
			})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			_, err = groups.AggregatedList(ctx,
				&computepb.AggregatedListInstanceGroupManagersRequest{Project: project}).Next()
			return err
		}},
		{"InstanceGroupManagers.Resize, ListManagedInstances", func(ctx context.Context) error {
			operation, err := groups.Resize(ctx, &computepb.ResizeInstanceGroupManagerRequest{
				Project: project, Zone: zone, InstanceGroupManager: group, Size: 2})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			_, err = groups.ListManagedInstances(ctx,
				&computepb.ListManagedInstancesInstanceGroupManagersRequest{
					Project: project, Zone: zone, InstanceGroupManager: group}).Next()
			return err
		}},
		{"InstanceGroupManagers.Patch, SetInstanceTemplate", func(ctx context.Context) error {
			operation, err := groups.Patch(ctx, &computepb.PatchInstanceGroupManagerRequest{
				Project: project, Zone: zone, InstanceGroupManager: group,
				InstanceGroupManagerResource: &computepb.InstanceGroupManager{
					UpdatePolicy: &computepb.InstanceGroupManagerUpdatePolicy{
						Type: proto.String("PROACTIVE")}},
			})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			operation, err = groups.SetInstanceTemplate(ctx,
				&computepb.SetInstanceTemplateInstanceGroupManagerRequest{
					Project: project, Zone: zone, InstanceGroupManager: group,
					InstanceGroupManagersSetInstanceTemplateRequestResource: &computepb.InstanceGroupManagersSetInstanceTemplateRequest{
						InstanceTemplate: proto.String("global/instanceTemplates/go-template")},
				})
			return wait(ctx, operation, err)
		}},
		{"Instances.Insert with a boot image, Get, Stop, Start, Delete", func(ctx context.Context) error {
			operation, err := instances.Insert(ctx, &computepb.InsertInstanceRequest{
				Project: project,
				Zone:    zone,
				InstanceResource: &computepb.Instance{
					Name:              proto.String("go-instance"),
					MachineType:       proto.String("zones/" + zone + "/machineTypes/e2-small"),
					Disks:             properties.Disks,
					NetworkInterfaces: properties.NetworkInterfaces,
				},
			})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			found, err := instances.Get(ctx, &computepb.GetInstanceRequest{
				Project: project, Zone: zone, Instance: "go-instance"})
			if err != nil || found.GetStatus() != "RUNNING" {
				return fmt.Errorf("status %v: %w", found.GetStatus(), err)
			}
			operation, err = instances.Stop(ctx, &computepb.StopInstanceRequest{
				Project: project, Zone: zone, Instance: "go-instance"})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			operation, err = instances.Start(ctx, &computepb.StartInstanceRequest{
				Project: project, Zone: zone, Instance: "go-instance"})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			operation, err = instances.Delete(ctx, &computepb.DeleteInstanceRequest{
				Project: project, Zone: zone, Instance: "go-instance"})
			return wait(ctx, operation, err)
		}},
		{"Delete of all", func(ctx context.Context) error {
			operation, err := groups.Delete(ctx, &computepb.DeleteInstanceGroupManagerRequest{
				Project: project, Zone: zone, InstanceGroupManager: group})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			operation, err = templates.Delete(ctx, &computepb.DeleteInstanceTemplateRequest{
				Project: project, InstanceTemplate: "go-template"})
			if err := wait(ctx, operation, err); err != nil {
				return err
			}
			operation, err = images.Delete(ctx, &computepb.DeleteImageRequest{
				Project: project, Image: "go-image"})
			return wait(ctx, operation, err)
		}},
	}
}

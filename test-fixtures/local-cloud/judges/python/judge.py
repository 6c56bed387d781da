"""Google's clients for Python as their documentation uses them; only the endpoint is another."""

import io
import json
import os
import sys
from importlib.metadata import version

from google.api_core.exceptions import BadRequest, NotFound, PreconditionFailed
from google.auth.credentials import AnonymousCredentials
from google.cloud import compute_v1, storage
from google.cloud.storage import transfer_manager

ADDRESS = os.environ["CLOUD"]
PROJECT = "demo"
ZONE = "us-west1-a"
GROUP = "python-group"
OPTIONS = {"api_endpoint": ADDRESS}


def judge(client, calls):
    """Runs each call, and tells as JSON what became of it."""
    failed = {}
    for name, call in calls.items():
        try:
            call()
        except Exception as error:  # pylint: disable=broad-except
            failed[name] = f"{type(error).__name__}: {error}"
    told = {"client": client, "version": version(client), "calls": list(calls), "failed": failed}
    print(json.dumps(told), flush=True)


def storage_calls():
    client = storage.Client(
        project=PROJECT, credentials=AnonymousCredentials(), client_options=OPTIONS
    )
    bucket = client.bucket("python-judge")
    large = os.urandom(20 << 20)

    def buckets():
        client.create_bucket(bucket, location="us-west1")
        bucket.labels = {"team": "edge"}
        bucket.patch()
        assert client.get_bucket("python-judge").labels == {"team": "edge"}
        assert "python-judge" in [each.name for each in client.list_buckets()]
        assert bucket.exists() and not client.bucket("no-such-bucket").exists()

    def uploads():
        bucket.blob("small.txt").upload_from_string("hello")
        assert bucket.blob("small.txt").download_as_text() == "hello"
        with open("large.bin", "wb") as file:
            file.write(large)
        blob = bucket.blob("dir/large.bin", chunk_size=1 << 20)
        blob.upload_from_filename("large.bin", if_generation_match=0)
        assert bucket.blob("dir/large.bin").download_as_bytes() == large
        stream = io.BytesIO(large)
        bucket.blob("stream.bin").upload_from_file(stream)

    def ranges():
        assert bucket.blob("dir/large.bin").download_as_bytes(start=10, end=19) == large[10:20]

    def files():
        with bucket.blob("written.txt").open("w") as writer:
            writer.write("line\n")
        with bucket.blob("written.txt").open("r") as reader:
            assert reader.read() == "line\n"

    def transfers():
        transfer_manager.upload_chunks_concurrently(
            "large.bin", bucket.blob("parts.bin"), chunk_size=6 << 20, worker_type="thread"
        )
        assert bucket.blob("parts.bin").download_as_bytes() == large
        transfer_manager.download_chunks_concurrently(
            bucket.get_blob("dir/large.bin"), "back.bin", chunk_size=6 << 20, worker_type="thread"
        )

    def lists():
        blobs = client.list_blobs("python-judge", delimiter="/")
        assert [each.name for each in blobs] and "dir/" in blobs.prefixes
        globbed = client.list_blobs("python-judge", match_glob="*.txt")
        assert [each.name for each in globbed] == ["small.txt", "written.txt"]
        assert len(list(client.list_blobs("python-judge", page_size=1))) == 5

    def metadata():
        blob = bucket.get_blob("small.txt")
        blob.metadata = {"a": "b"}
        blob.content_language = "en"
        blob.patch()
        blob.update()
        assert bucket.get_blob("small.txt").metadata == {"a": "b"}

    def copies():
        blob = bucket.blob("small.txt")
        bucket.copy_blob(blob, bucket, "copy.txt")
        bucket.rename_blob(bucket.blob("copy.txt"), "renamed.txt")
        bucket.blob("both.txt").compose([blob, bucket.blob("renamed.txt")])
        assert bucket.blob("both.txt").download_as_text() == "hellohello"
        bucket.blob("rewritten.txt").rewrite(blob)

    def refusals():
        try:
            bucket.blob("small.txt").upload_from_string("x", if_generation_match=0)
            raise AssertionError("written over")
        except PreconditionFailed:
            pass
        try:
            bucket.blob("none").download_as_bytes()
            raise AssertionError("found")
        except NotFound:
            pass
        try:
            bucket.blob("small.txt").make_public()
            raise AssertionError("public")
        except BadRequest:
            pass

    def policies():
        assert bucket.get_iam_policy().bindings
        assert bucket.test_iam_permissions(["storage.objects.get"])

    def batch():
        with client.batch():
            bucket.blob("both.txt").delete()
            bucket.blob("rewritten.txt").delete()
        bucket.delete(force=True)

    return {
        "create_bucket, patch, get_bucket, list_buckets, exists": buckets,
        "upload_from_string, _filename, _file; download_as_bytes": uploads,
        "download_as_bytes of a range": ranges,
        "blob.open": files,
        "transfer_manager, also in parts of the XML API": transfers,
        "list_blobs: delimiter, match_glob, pages": lists,
        "blob.patch, update": metadata,
        "copy_blob, rename_blob, compose, rewrite": copies,
        "PreconditionFailed, NotFound; make_public is refused": refusals,
        "get_iam_policy, test_iam_permissions": policies,
        "batch, delete(force=True)": batch,
    }


def compute_calls():
    settings = {"credentials": AnonymousCredentials(), "client_options": OPTIONS}
    images = compute_v1.ImagesClient(**settings)
    templates = compute_v1.InstanceTemplatesClient(**settings)
    groups = compute_v1.InstanceGroupManagersClient(**settings)
    instances = compute_v1.InstancesClient(**settings)
    everywhere = compute_v1.GlobalOperationsClient(**settings)
    zonal = compute_v1.ZoneOperationsClient(**settings)
    place = {"project": PROJECT, "zone": ZONE}
    group = {**place, "instance_group_manager": GROUP}
    disk = compute_v1.AttachedDisk(
        boot=True,
        auto_delete=True,
        initialize_params=compute_v1.AttachedDiskInitializeParams(
            source_image="projects/demo/global/images/python-image", disk_size_gb=10
        ),
    )
    network = compute_v1.NetworkInterface(name="global/networks/default")

    def finish(operation):
        """Not operation.result(): that asks compute.googleapis.com, whatever the endpoint is."""
        while operation.status != compute_v1.Operation.Status.DONE:
            if operation.zone:
                operation = zonal.wait(**place, operation=operation.name)
            else:
                operation = everywhere.wait(project=PROJECT, operation=operation.name)
        assert not operation.error.errors, operation.error

    def make_image():
        source = "https://storage.googleapis.com/{BUCKET}/{TARBALL}".format(**os.environ)
        image = compute_v1.Image(
            name="python-image", family="python", raw_disk=compute_v1.RawDisk(source=source)
        )
        finish(images.insert(project=PROJECT, image_resource=image))
        assert images.get_from_family(project=PROJECT, family="python").status == "READY"
        assert [each.name for each in images.list(project=PROJECT)] == ["python-image"]

    def make_template():
        properties = compute_v1.InstanceProperties(
            machine_type="e2-small", disks=[disk], network_interfaces=[network]
        )
        template = compute_v1.InstanceTemplate(name="python-template", properties=properties)
        finish(templates.insert(project=PROJECT, instance_template_resource=template))

    def make_group():
        manager = compute_v1.InstanceGroupManager(
            name=GROUP,
            base_instance_name=GROUP,
            target_size=1,
            instance_template="global/instanceTemplates/python-template",
        )
        finish(groups.insert(**place, instance_group_manager_resource=manager))
        finish(groups.resize(**group, size=2))
        assert len(list(groups.list_managed_instances(**group))) == 2
        assert dict(groups.aggregated_list(project=PROJECT))

    def change_group():
        patch = compute_v1.InstanceGroupManager(
            update_policy=compute_v1.InstanceGroupManagerUpdatePolicy(type_="PROACTIVE")
        )
        finish(groups.patch(**group, instance_group_manager_resource=patch))
        request = compute_v1.InstanceGroupManagersSetInstanceTemplateRequest(
            instance_template="global/instanceTemplates/python-template"
        )
        finish(groups.set_instance_template(
            **group, instance_group_managers_set_instance_template_request_resource=request
        ))

    def make_instance():
        instance = compute_v1.Instance(
            name="python-instance",
            machine_type=f"zones/{ZONE}/machineTypes/e2-small",
            disks=[disk],
            network_interfaces=[network],
        )
        finish(instances.insert(**place, instance_resource=instance))
        named = {**place, "instance": "python-instance"}
        assert instances.get(**named).status == "RUNNING"
        finish(instances.stop(**named))
        assert instances.get(**named).status == "TERMINATED"
        finish(instances.start(**named))
        finish(instances.delete(**named))

    def remove():
        finish(groups.delete(**group))
        finish(templates.delete(project=PROJECT, instance_template="python-template"))
        finish(images.delete(project=PROJECT, image="python-image"))

    return {
        "ImagesClient.insert, get_from_family, list": make_image,
        "InstanceTemplatesClient.insert": make_template,
        "InstanceGroupManagersClient.insert, resize, list_managed_instances, aggregated_list": make_group,
        "InstanceGroupManagersClient.patch, set_instance_template": change_group,
        "InstancesClient.insert with a boot image, get, stop, start, delete": make_instance,
        "delete of all": remove,
    }


if __name__ == "__main__":
    judge("google-cloud-storage", storage_calls())
    judge("google-cloud-compute", compute_calls())
    sys.exit(0)

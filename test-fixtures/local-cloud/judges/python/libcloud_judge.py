"""Apache Libcloud as its documentation uses it; its drivers for Google take no other host."""

import io
import json
import os
import sys

from judge import judge
from libcloud.compute.providers import get_driver as get_compute_driver
from libcloud.compute.types import Provider as ComputeProvider
from libcloud.storage.providers import get_driver
from libcloud.storage.types import ObjectDoesNotExistError, Provider


def storage_calls():
    """With interoperability keys: the XML API."""
    driver = get_driver(Provider.GOOGLE_STORAGE)(
        "GOOG0123456789012345", "a" * 40, project="demo"
    )
    large = os.urandom(12 << 20)

    def containers():
        made = driver.create_container(container_name="libcloud-judge")
        assert made.name == "libcloud-judge"
        assert driver.get_container("libcloud-judge").name == "libcloud-judge"
        assert "libcloud-judge" in [each.name for each in driver.list_containers()]

    def uploads():
        container = driver.get_container("libcloud-judge")
        driver.upload_object_via_stream(io.BytesIO(b"hello"), container, "small.txt")
        with open("libcloud.bin", "wb") as file:
            file.write(large)
        driver.upload_object("libcloud.bin", container, "dir/large.bin")
        assert driver.get_object("libcloud-judge", "dir/large.bin").size == len(large)

    def downloads():
        found = driver.get_object("libcloud-judge", "dir/large.bin")
        assert b"".join(driver.download_object_as_stream(found)) == large
        part = driver.download_object_range_as_stream(found, start_bytes=10, end_bytes=20)
        assert b"".join(part) == large[10:20]
        assert driver.download_object(found, "libcloud.back", overwrite_existing=True)

    def lists():
        container = driver.get_container("libcloud-judge")
        assert [each.name for each in driver.iterate_container_objects(container)] == [
            "dir/large.bin",
            "small.txt",
        ]
        found = driver.list_container_objects(container, prefix="dir/")
        assert [each.name for each in found] == ["dir/large.bin"]

    def nothing():
        try:
            driver.get_object("libcloud-judge", "nothing")
        except ObjectDoesNotExistError:
            return
        raise AssertionError("expected ObjectDoesNotExistError")

    def remove():
        container = driver.get_container("libcloud-judge")
        for each in driver.iterate_container_objects(container):
            assert driver.delete_object(each)
        assert driver.delete_container(container)

    return {
        "create_container, get_container, list_containers": containers,
        "upload_object_via_stream, upload_object": uploads,
        "download_object_as_stream, _range_as_stream, download_object": downloads,
        "iterate_container_objects, list_container_objects": lists,
        "ObjectDoesNotExistError": nothing,
        "delete_object, delete_container": remove,
    }


def compute_calls():
    """With a token that it has from before, so that it asks no one at Google for one."""
    with open("libcloud.token", "w") as file:
        json.dump({"access_token": "local-owner", "expire_time": "2099-01-01T00:00:00Z"}, file)
    driver = get_compute_driver(ComputeProvider.GCE)(
        "judge.apps.googleusercontent.com",
        "none",
        project="demo",
        datacenter="us-west1-a",
        credential_file="libcloud.token",
    )

    def places():
        assert "us-west1-a" in [each.name for each in driver.list_locations()]
        assert "e2-small" in [each.name for each in driver.list_sizes("us-west1-a")]

    def images():
        source = "https://storage.googleapis.com/{BUCKET}/{TARBALL}".format(**os.environ)
        driver.ex_copy_image("libcloud-image", source, family="libcloud")
        assert driver.ex_get_image("libcloud-image").extra["status"] == "READY"
        assert driver.ex_get_image_from_family("libcloud").name == "libcloud-image"
        assert "libcloud-image" in [each.name for each in driver.list_images()]

    def nodes():
        node = driver.create_node("libcloud-node", "e2-small", "libcloud-image")
        assert [each.name for each in driver.list_nodes()] == ["libcloud-node"]
        assert driver.stop_node(node) and driver.start_node(node)
        assert driver.destroy_node(node)

    def groups():
        template = driver.ex_create_instancetemplate(
            "libcloud-template", size="e2-small", image="libcloud-image", network="default"
        )
        manager = driver.ex_create_instancegroupmanager(
            "libcloud-group", "us-west1-a", template, size=1, base_instance_name="libcloud-group"
        )
        assert manager.resize(2)
        assert len(manager.list_managed_instances()) == 2
        assert manager.set_instancetemplate(template)
        assert [each.name for each in driver.ex_list_instancegroupmanagers()] == ["libcloud-group"]
        assert manager.destroy()
        assert template.destroy()

    def remove():
        assert driver.ex_delete_image("libcloud-image")

    return {
        "GCE: list_locations, list_sizes": places,
        "ex_copy_image, ex_get_image, ex_get_image_from_family, list_images": images,
        "create_node, list_nodes, stop_node, start_node, destroy_node": nodes,
        "ex_create_instancetemplate, ex_create_instancegroupmanager, resize, list_managed_instances,"
        " set_instancetemplate, destroy": groups,
        "ex_delete_image": remove,
    }


if __name__ == "__main__":
    judge("apache-libcloud", {**storage_calls(), **compute_calls()})
    sys.exit(0)

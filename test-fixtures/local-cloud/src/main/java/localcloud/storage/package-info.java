/** Cloud Storage's buckets and objects on this computer's file system, without HTTP. */
package localcloud.storage;

/** Google's APIs over HTTP and HTTPS, and beside them what is ours below {@code /_local/}. */
package localcloud.http;

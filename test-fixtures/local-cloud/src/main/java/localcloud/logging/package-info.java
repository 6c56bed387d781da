/** Cloud Logging: what the function wrote, as the platform makes entries of it. */
package localcloud.logging;

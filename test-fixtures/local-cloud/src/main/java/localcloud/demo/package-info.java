/** The main job, shown: a good tarball is deployed and bad ones are refused, with their times. */
package localcloud.demo;

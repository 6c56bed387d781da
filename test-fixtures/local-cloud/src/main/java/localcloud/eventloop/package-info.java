/** The threads that Vert.x serves and asks by. */
package localcloud.eventloop;

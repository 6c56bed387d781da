/** What alert policies of Cloud Monitoring say while a group is rolled. */
package slipway.alarm;

/**
 * The page that shows what happens: deployments, groups, requests and the function's log, live. All
 * that it shows is a set of cells, JSON by key; each open tab is sent what changed in them.
 */
package localcloud.page;

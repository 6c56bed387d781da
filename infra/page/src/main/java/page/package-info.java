/**
 * The page that shows what happens: deployments, targets, groups, requests and the function's log,
 * live. It reads Google's APIs and nothing else, and writes nothing. All that it shows is a set of
 * cells, JSON by key; each open tab is sent what changed in them.
 */
package page;

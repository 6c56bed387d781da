/** Who calls, what they may, and what each method asks of them. */
package localcloud.access;

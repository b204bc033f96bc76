/**
 * Foreign file formats: Timeloop's YAML, topologies of layers as CSV; reading, and writing of
 * mappings.
 *
 * <p>Begin with {@link TimeloopArchitecture}. Must not know searches, notebooks and the command
 * line.
 */
package dance.interchange;

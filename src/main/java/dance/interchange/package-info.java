/**
 * Foreign file formats: Timeloop's YAML, networks of ONNX and of other tools; reading, and writing
 * of mappings.
 *
 * <p>Begin with {@link TimeloopArchitecture}. Must not know searches, notebooks and the command
 * line.
 */
package dance.interchange;

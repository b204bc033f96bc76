/**
 * Foreign file formats: Timeloop's YAML, networks of ONNX and of other tools; reading, and writing
 * of mappings.
 *
 * <pre>{@code
 * var written = map("alexnet/conv3", "eyeriss").evaluation()
 * TimeloopMappingWriter.write(written.mapping(), written.einsum(), written.accelerator())
 * }</pre>
 *
 * <p>Begin with {@link TimeloopArchitecture}. Must not know searches, notebooks and the command
 * line.
 */
package dance.interchange;

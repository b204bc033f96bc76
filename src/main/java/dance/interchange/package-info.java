/**
 * Other people's files: Timeloop's YAML, networks of ONNX and of other tools, a mapping written out
 * again.
 *
 * <p>Begin with {@link TimeloopArchitecture}. Must not know searches, notebooks and the command
 * line.
 */
package dance.interchange;

/**
 * Networks from files of ONNX: the file's messages, the shapes that its operators give, the layers
 * that they are, and a report of what was not taken.
 *
 * <p>Begin with {@link OnnxNetwork}. Must not know simulators, searches, notebooks and the command
 * line.
 */
package dance.interchange.onnx;

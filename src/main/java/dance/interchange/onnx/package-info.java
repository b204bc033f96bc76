/**
 * Networks from ONNX files: the file's messages, shape inference, conversion to layers, and an
 * import report.
 *
 * <p>Begin with {@link OnnxNetwork}. Must not know simulators, searches, notebooks and the command
 * line.
 */
package dance.interchange.onnx;

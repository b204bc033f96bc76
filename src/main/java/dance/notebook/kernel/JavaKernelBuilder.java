package dance.notebook.kernel;

import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;

/** Puts the parts of a {@link JavaKernel} together as the library wants them. */
final class JavaKernelBuilder extends BaseKernelBuilder<JavaKernelBuilder, JavaKernel> {
  private final Future<CellEvaluator> evaluator;

  JavaKernelBuilder(Future<CellEvaluator> evaluator) {
    this.evaluator = evaluator;
    name("dance");
    // extensions are for kernels that do not know this toolkit
    extensionsEnabled(false);
  }

  @Override
  public JavaKernel build() {
    return new JavaKernel(
        evaluator,
        buildName(),
        Runtime.version().toString(),
        buildJupyterIO(buildJupyterIOEncoding()),
        buildCommManager(),
        buildRenderer(),
        buildErrorStyler());
  }
}

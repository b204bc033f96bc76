package dance.notebook.kernel;

import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;

/** Assembles a {@link JavaKernel} with the library's builder. */
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

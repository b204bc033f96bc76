import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Javadoc of all that is public, for Shift-Tab in a notebook: {@code java JavadocIndex.java
 * SOURCES FILE}, which the build runs. A line for each: {@code dance.Dance.map(Layer,Accelerator)},
 * a tab, and its text, with {@code \n} for line breaks; types are simple names without arguments.
 *
 * <p>The build fails if something public has no Javadoc, a component of a record has no {@code
 * @param}, or an array of numbers that a public method takes or returns has no shape in brackets.
 */
public final class JavadocIndex extends TreePathScanner<Void, String> {
  private static final int LONGEST = 700;
  private static final Pattern INLINE =
      Pattern.compile("\\{@(\\w+)\\s+([^{}]*(?:\\{[^{}]*\\}[^{}]*)*)\\}");

  /** A name, with the types of its parameters, and what is to be read instead. */
  private static final Pattern LINK =
      Pattern.compile("([^\\s(]+(?:\\([^)]*\\))?)(.*)", Pattern.DOTALL);

  /** Ends the name of an interface, while its members are looked at. */
  private static final String INTERFACE = "!";

  private static final Pattern NUMBERS =
      Pattern.compile("\\b(int|long|float|double)(\\[]|\\.\\.\\.).*");

  private final Trees trees;
  private final Map<String, String> texts;
  private final List<String> problems;

  private JavadocIndex(Trees trees, Map<String, String> texts, List<String> problems) {
    this.trees = trees;
    this.texts = texts;
    this.problems = problems;
  }

  public static void main(String... arguments) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, String> texts = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(Path.of(arguments[0]))) {
      List<Path> java =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .sorted()
              .toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(java));
      JavadocIndex index = new JavadocIndex(Trees.instance(task), texts, problems);
      for (CompilationUnitTree unit : task.parse()) {
        index.scan(unit, unit.getPackageName().toString());
      }
    }
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      System.err.println(problems.size() + " places need Javadoc");
      System.exit(1);
    }
    Path file = Path.of(arguments[1]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        texts.entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + entry.getValue().replace("\n", "\\n") + "\n")
            .collect(Collectors.joining()));
  }

  @Override
  public Void visitClass(ClassTree type, String owner) {
    if (!isPublic(type.getModifiers().getFlags(), owner)) {
      return null;
    }
    String name = owner + "." + type.getSimpleName();
    String comment = note(name);
    if (type.getKind() == Tree.Kind.RECORD) {
      for (String component : names(components(type))) {
        if (!comment.replaceAll("\\s+", " ").contains("@param " + component + " ")) {
          problem("needs @param " + component);
        }
      }
    }
    // members of an interface are public without a word
    String inside = type.getKind() == Tree.Kind.INTERFACE ? name + INTERFACE : name;
    for (Tree member : type.getMembers()) {
      scan(member, inside);
    }
    return null;
  }

  private static boolean isPublic(Set<Modifier> flags, String owner) {
    return flags.contains(Modifier.PUBLIC)
        || (owner.endsWith(INTERFACE) && !flags.contains(Modifier.PRIVATE));
  }

  @Override
  public Void visitMethod(MethodTree method, String owner) {
    if (isPublic(method.getModifiers().getFlags(), owner)) {
      String parameters =
          method.getParameters().stream()
              .map(parameter -> simple(parameter.getType().toString()))
              .collect(Collectors.joining(",", "(", ")"));
      String name = method.getName().contentEquals("<init>") ? "" : "." + method.getName();
      // the text or the shape is that of the method overridden, or of the record
      boolean inherits = overrides(method) || isCanonical();
      if (overrides(method) && trees.getDocComment(getCurrentPath()) == null) {
        return null;
      }
      String comment = note(owner.replace(INTERFACE, "") + name + parameters);
      boolean numbers =
          Stream.concat(
                  method.getParameters().stream().map(VariableTree::getType),
                  Stream.ofNullable(method.getReturnType()))
              .anyMatch(type -> NUMBERS.matcher(type.toString()).matches());
      if (numbers && !comment.isBlank() && !comment.contains("[") && !inherits) {
        problem("has no shape of its array in brackets");
      }
    }
    return null;
  }

  private static boolean overrides(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  @Override
  public Void visitVariable(VariableTree field, String owner) {
    if (isPublic(field.getModifiers().getFlags(), owner)) {
      note(owner.replace(INTERFACE, "") + "." + field.getName());
    }
    return null;
  }

  private static String simple(String type) {
    String erased = type.replaceAll("<.*>", "").replace("...", "[]");
    return erased.substring(erased.lastIndexOf('.') + 1);
  }

  private String note(String key) {
    String comment = trees.getDocComment(getCurrentPath());
    if (comment == null || comment.isBlank()) {
      problem("has no Javadoc");
      return "";
    }
    if (!isCanonical()) {
      texts.put(key.replace(INTERFACE, ""), text(comment));
    }
    return comment;
  }

  /**
   * Whether it makes a record of all components: where it is called, the record's text is shown.
   */
  private boolean isCanonical() {
    return getCurrentPath().getLeaf() instanceof MethodTree method
        && method.getName().contentEquals("<init>")
        && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
        && type.getKind() == Tree.Kind.RECORD
        && names(method.getParameters()).equals(names(components(type)));
  }

  /** Those of a record, which has no other fields that are not static. */
  private static List<VariableTree> components(ClassTree record) {
    return record.getMembers().stream()
        .filter(VariableTree.class::isInstance)
        .map(VariableTree.class::cast)
        .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
        .toList();
  }

  private static List<String> names(List<? extends VariableTree> variables) {
    return variables.stream().map(variable -> variable.getName().toString()).toList();
  }

  private void problem(String rule) {
    CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
    Tree place = getCurrentPath().getLeaf();
    long line =
        unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, place));
    String code = place.toString().strip().split("\\s*[\\n{]")[0];
    problems.add(unit.getSourceFile().getName() + ":" + line + ": " + code + " " + rule);
  }

  /** Plain text: what it is, then a line for each tag. */
  static String text(String comment) {
    String plain = comment;
    for (Matcher tag = INLINE.matcher(plain); tag.find(); tag = INLINE.matcher(plain)) {
      plain = plain.substring(0, tag.start()) + inline(tag) + plain.substring(tag.end());
    }
    String[] blocks = plain.split("(?m)^\\s*@(?=\\w)");
    StringBuilder text = new StringBuilder(cut(flowing(blocks[0])));
    for (int i = 1; i < blocks.length; i++) {
      String block = blocks[i].replaceFirst("^(param|throws)\\s+(<?\\w+>?)\\s*", "$1 $2: ");
      block = block.replaceFirst("^param ", "").replaceFirst("^return\\s+", "returns ");
      text.append("\n  ").append(flowing(block));
    }
    return text.toString();
  }

  /** The text of a tag within a sentence. */
  private static String inline(Matcher tag) {
    String inside = tag.group(2).strip();
    if (tag.group(1).startsWith("link")) {
      Matcher link = LINK.matcher(inside);
      String label = link.matches() ? link.group(2).strip() : "";
      return label.isEmpty() ? inside.replaceFirst("^#", "").replace('#', '.') : label;
    }
    return inside;
  }

  private static String flowing(String html) {
    return html.replaceAll("(?s)<pre>.*?</pre>", "")
        .replaceAll("</?\\w+[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Whole sentences up to a length. */
  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = text.lastIndexOf(". ", LONGEST);
    return end < 0 ? text.substring(0, LONGEST) + "…" : text.substring(0, end + 1);
  }
}

package dance.lesson;

import dance.accelerator.Dataflow;
import dance.simulate.mapping.Evaluation;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change of a mapping or of the accelerator that runs it. As text, see {@link #parse}:
 *
 * <pre>
 * swap C and P at GLB            two loops of a level change places
 * move K=2 from RF to GLB        a factor goes to another level; to X of GLB, to Y of GLB: over PEs
 * double GLB, halve GLB          a buffer of another size, the same mapping
 * bypass Inputs at RF            a level no longer keeps a tensor; keep Inputs at RF: keeps it
 * dataflow os                    the best mapping of another dataflow
 * </pre>
 */
public sealed interface Change permits SwapLoops, MoveFactor, ScaleBuffer, Bypass, OtherDataflow {
  /**
   * What an evaluation becomes.
   *
   * @throws IllegalArgumentException if the mapping has nothing of the kind, or the changed one
   *     does not fit
   */
  Evaluation apply(Evaluation before);

  /**
   * Reads a change.
   *
   * @throws IllegalArgumentException if it is none; the message lists the forms
   */
  static Change parse(String text) {
    Matcher m = match("swap (\\w+) and (\\w+) at (\\S+)", text);
    if (m.matches()) {
      return new SwapLoops(m.group(1), m.group(2), m.group(3));
    }
    m = match("move (\\w+)\\s*=\\s*(\\d{1,9}) from (\\S+) to (?:([XY]) of )?(\\S+)", text);
    if (m.matches()) {
      MoveFactor.Place place =
          m.group(4) == null
              ? MoveFactor.Place.TIME
              : MoveFactor.Place.valueOf(m.group(4).toUpperCase(Locale.ROOT));
      int factor = Integer.parseInt(m.group(2));
      return new MoveFactor(m.group(1), factor, m.group(3), m.group(5), place);
    }
    m = match("(double|halve) (\\S+)", text);
    if (m.matches()) {
      return new ScaleBuffer(m.group(2), m.group(1).equalsIgnoreCase("double") ? 2 : 0.5);
    }
    m = match("(bypass|keep) (\\S+) (?:at|in) (\\S+)", text);
    if (m.matches()) {
      return new Bypass(m.group(2), m.group(3), m.group(1).equalsIgnoreCase("bypass"));
    }
    m = match("dataflow (\\S+)", text);
    if (m.matches()) {
      String label = m.group(1);
      return Dataflow.ofLabel(label)
          .map(OtherDataflow::new)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "there is no dataflow %s, only %s".formatted(label, Dataflow.labels())));
    }
    throw new IllegalArgumentException(
        "\"%s\" is no change. Maybe swap C and P at GLB, move K=2 from RF to GLB, double GLB, bypass"
                .formatted(text)
            + " Inputs at RF, or dataflow os.");
  }

  private static Matcher match(String form, String text) {
    return Pattern.compile(form.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE)
        .matcher(text.strip());
  }
}

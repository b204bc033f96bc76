package dance.lesson;

/** How the answers to an exercise are checked: every right answer is accepted. */
public interface Solution {
  /** Checks an answer that is there. */
  Verdict check(Object answer);
}

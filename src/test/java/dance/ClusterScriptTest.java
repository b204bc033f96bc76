package dance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's script for Slurm, run as an array would, on a small space and in three shards. */
@EnabledIfSystemProperty(
    named = "dance.jar",
    matches = ".+",
    disabledReason = "Maven alone makes the jar")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Slurm's scripts are for a Unix shell")
class ClusterScriptTest {
  private static final Pattern SCRIPT = Pattern.compile("(?s)```sh\n(#!/bin/bash.*?)```");
  private static final String SMALL = "--space mini --pes 8 --rf 4 --dataflows rs";

  @TempDir private Path folder;

  @Test
  void anArrayOfJobsMakesTheTable() throws Exception {
    Matcher script = SCRIPT.matcher(Files.readString(Path.of("README.md")));
    assertThat(script.find()).isTrue();
    String small =
        script
            .group(1)
            .replace("target/dance.jar", System.getProperty("dance.jar"))
            .replace("--space cifar", SMALL)
            .replace("cifar-dance", "mini-dance")
            .replace("/16", "/3");
    Path file = Files.writeString(folder.resolve("table.sh"), small);
    for (int task = 1; task <= 3; task++) {
      bash(file, Integer.toString(task));
    }
    String merge = small.substring(small.lastIndexOf("# java") + 2);
    bash(Files.writeString(folder.resolve("merge.sh"), merge), "");
    assertThat(folder.resolve("mini-dance.table")).isRegularFile();
  }

  private void bash(Path script, String task) throws Exception {
    OtherProgram.Ended ended =
        OtherProgram.of("bash", script.toString())
            .in(folder)
            .with("SLURM_ARRAY_TASK_ID", task)
            .run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
  }
}

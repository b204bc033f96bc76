package dance.accelerator;

import java.util.Optional;

/**
 * Source of the energies, leakage and area of a memory, and whether they can be derived from its
 * size.
 */
public sealed interface CostSource {
  /** Levels that cost nothing or whose costs were given explicitly. */
  CostSource GIVEN = new Given("given with the level");

  /** Costs of one instance of this size; empty if they cannot be derived from the size. */
  Optional<StorageCosts> costs(Storage storage);

  /** The rule and the publication, in one line. */
  String text();

  /**
   * An SRAM: {@link Technology#sram}.
   *
   * @param technology whose rule gives the costs
   */
  record Sram(Technology technology) implements CostSource {
    @Override
    public Optional<StorageCosts> costs(Storage storage) {
      long lineBits = storage.wordBits() * (long) storage.lineWords();
      return Optional.of(technology.sramCosts(storage.bytes(), lineBits));
    }

    @Override
    public String text() {
      return "SRAM by its bytes, " + technology.label();
    }
  }

  /**
   * SRAM banks side by side, one per word of a line: {@link Technology#banks}.
   *
   * @param technology whose rule gives the costs
   */
  record Banks(Technology technology) implements CostSource {
    @Override
    public Optional<StorageCosts> costs(Storage storage) {
      int banks = storage.lineWords();
      return Optional.of(
          technology.sramCosts(storage.bytes() / banks, storage.wordBits()).times(banks));
    }

    @Override
    public String text() {
      return "SRAM banks by their bytes, " + technology.label();
    }
  }

  /**
   * A register file: {@link Technology#registers}.
   *
   * @param technology whose rule gives the costs
   */
  record Registers(Technology technology) implements CostSource {
    @Override
    public Optional<StorageCosts> costs(Storage storage) {
      return Optional.of(technology.registerCosts(storage.capacityWords(), storage.wordBits()));
    }

    @Override
    public String text() {
      return "register file by its words, " + technology.label();
    }
  }

  /**
   * Off-chip memory: {@link Dram#level}; its area is not counted.
   *
   * @param kind whose energy per bit counts
   */
  record OffChip(Dram kind) implements CostSource {
    @Override
    public Optional<StorageCosts> costs(Storage storage) {
      double linePj = kind.pjPerBit() * storage.lineWords() * storage.wordBits();
      return Optional.of(new StorageCosts(linePj, linePj, linePj, 0, 0));
    }

    @Override
    public String text() {
      return kind + ", " + kind.pjPerBit() + " pJ per bit: " + Dram.SOURCE;
    }
  }

  /**
   * Given numbers of one size, without a rule for other sizes.
   *
   * @param text their source
   */
  record Given(String text) implements CostSource {
    @Override
    public Optional<StorageCosts> costs(Storage storage) {
      return Optional.empty();
    }
  }
}

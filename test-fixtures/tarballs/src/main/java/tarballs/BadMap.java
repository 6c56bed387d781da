package tarballs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sparse maps that no tool writes: a reader that obeys them expands without end or reads wild. */
final class BadMap {
  private static final long MIB = Disk.MIB;

  private BadMap() {}

  static Recipe overlapping() {
    return map(1024, List.of(new Disk.Run(0, 512), new Disk.Run(256, 512)));
  }

  static Recipe unordered() {
    return map(1024, List.of(new Disk.Run(MIB, 512), new Disk.Run(0, 512)));
  }

  static Recipe beyondTheDisk() {
    return map(1024, List.of(new Disk.Run(0, 512), new Disk.Run(Disk.GIB - 256, 512)));
  }

  static Recipe overflowing() {
    return map(1024, List.of(new Disk.Run(0, 512), new Disk.Run(Long.MAX_VALUE - 256, 512)));
  }

  static Recipe moreThanStored() {
    return map(1024, List.of(new Disk.Run(0, 512), new Disk.Run(MIB, MIB)));
  }

  static Recipe lessThanStored() {
    return map(MIB, List.of(new Disk.Run(0, 512)));
  }

  /** The disk goes on after the last extent, and no entry says so. */
  static Recipe withoutEnd() {
    return map(512, List.of(new Disk.Run(0, 512)));
  }

  /** To GNU tar a further block follows, to others none does. */
  static Recipe digitForMore() {
    return Recipe.of(
        (machine, tar) ->
            tar.header(
                    MemberHeader.disk('S', 512)
                        .sparse(List.of(new Disk.Run(0, 512), new Disk.Run(Disk.GIB, 0)), Disk.GIB)
                        .with(482, "1"))
                .bytes(Disk.bootSector()));
  }

  /** One reader stops at the empty entry, another goes on after it. */
  static Recipe afterEnd() {
    return Recipe.of(
        (machine, tar) ->
            tar.header(
                    MemberHeader.disk('S', 512)
                        .sparse(List.of(new Disk.Run(0, 512)), Disk.GIB)
                        .fourthExtent(new Disk.Run(Disk.MIB, 512)))
                .bytes(Disk.bootSector()));
  }

  /** Ten million extents of nothing. */
  static Recipe endlessEmpty() {
    List<Disk.Run> empty = Collections.nCopies(21, new Disk.Run(0, 0));
    return endless(empty, MemberHeader.extension(empty, true));
  }

  /** Blocks that say no more than that another follows. */
  static Recipe endlessBlank() {
    List<Disk.Run> one = List.of(new Disk.Run(0, 512));
    return endless(one, MemberHeader.extension(List.of(), true));
  }

  /** A byte on, a byte off, for more extents than any disk of 512-byte sectors can have. */
  static Recipe tooMany() {
    return Recipe.open(
        (machine, tar) -> {
          long extents = 3 * Disk.GIB / 2048;
          tar.header(MemberHeader.disk('S', extents).sparse(runs(0, 4), Disk.GIB).extended());
          for (long at = 4; at < extents; at += 21) {
            tar.bytes(MemberHeader.extension(runs(at, 21), true));
          }
        });
  }

  private static List<Disk.Run> runs(long from, int count) {
    List<Disk.Run> runs = new ArrayList<>();
    for (long i = from; i < from + count; i++) {
      runs.add(new Disk.Run(2 * i, 1));
    }
    return runs;
  }

  private static Recipe map(long stored, List<Disk.Run> map) {
    return Recipe.of(
        (machine, tar) ->
            tar.sparseHeader(stored, Disk.GIB, map).bytes(Disk.bootSector()).bytes(new byte[512]));
  }

  private static Recipe endless(List<Disk.Run> first, byte[] extension) {
    return Recipe.open(
        (machine, tar) -> {
          tar.header(MemberHeader.disk('S', 512).sparse(first, Disk.GIB).extended());
          for (int i = 0; i < 500_000; i++) {
            tar.bytes(extension);
          }
        });
  }
}

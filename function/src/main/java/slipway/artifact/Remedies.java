package slipway.artifact;

import java.util.Locale;
import java.util.Optional;
import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Upload;

/**
 * The command that mends each flaw, as the uploader would type it. None contains a name from inside
 * the tarball: it may be that of any file of whoever pastes the command.
 */
final class Remedies {
  /** To the standard output and nowhere else, whatever the member's name. */
  private static final String TAKE_OUT = "tar -xzOf ";

  private final String object;
  private final Commands commands;

  private Remedies(Upload upload) {
    this.object = upload.object();
    this.commands = Commands.of(upload);
  }

  /** The flaw with the upload's name, and with what mends it. */
  static Rejection reject(Upload upload, Flaw flaw) {
    String thing = flaw.part() + " of " + Printable.of(upload.object());
    Finding finding = new Finding(thing, flaw.expected(), flaw.found().toString());
    return new Rejection(flaw.reason().code(), finding, new Remedies(upload).of(flaw));
  }

  private String of(Flaw flaw) {
    return switch (flaw.reason()) {
      case OBJECT_NAME -> rename();
      case CONTENT_ENCODING -> commands.send() + " # without -z, -Z, -j or -J";
      case CUSTOMER_KEY -> commands.send() + " # without an encryption key";
      case SIZE_MISMATCH, UPLOAD_GONE -> commands.send();
      case NOT_GZIP -> unpack(flaw, commands.file()) + commands.pack();
      case NOT_TAR -> "gunzip < " + commands.file() + " > inner && " + unpackInner(flaw);
      case DOUBLE_GZIP -> gunzipOnce();
      case GZIP_DAMAGED, GZIP_CRC, GZIP_SIZE, TRUNCATED -> checkThenSend();
      case APPLE_DOUBLE -> commands.packOnMac();
      case NAME_FOLDER -> takeOut(" --wildcards '*/disk.raw'") + commands.pack();
      case NAME_OTHER -> otherMember(flaw.found().toString()) + commands.pack();
      case MEMBER_TYPE -> ofType(flaw);
      case DISK_EMPTY -> "test -s disk.raw && " + commands.pack();
      case DISK_SIZE, DISK_TOO_LARGE -> resize(flaw);
      case NOT_RAW -> "mv disk.raw inner && " + convert("inner") + commands.pack();
      case NO_BOOT_SIGNATURE -> packIfLabelled("Disklabel type");
      case GPT_SECTOR_SIZE -> packIfLabelled("Disklabel type: gpt");
      case UNSIGNED, SIGNATURE_WRONG -> commands.sign();
      case PROOF_TOO_LONG -> "fallocate --dig-holes disk.raw && " + commands.pack();
      default -> commands.pack();
    };
  }

  private String rename() {
    String file = object.substring(object.lastIndexOf('/') + 1);
    if (file.endsWith(".tgz")) {
      String renamed = tarball(file, ".tgz");
      return "mv " + commands.file() + " " + renamed + " && " + commands.send(renamed);
    }
    Optional<FileKind> kind = FileKind.named(file);
    String unpack = kind.map(known -> unpack(known, commands.file())).orElse("");
    String ending = kind.map(known -> known.endingOf(file)).orElse("");
    return unpack + commands.pack(tarball(file, ending));
  }

  /** The file's name with the ending that Compute Engine wants. */
  private static String tarball(String file, String ending) {
    String stem = file.substring(0, file.length() - ending.length());
    boolean nameless = stem.isEmpty() || stem.startsWith(".");
    return Commands.path((nameless ? "disk" : "") + stem + ObjectCheck.SUFFIX);
  }

  private String unpackInner(Flaw flaw) {
    return unpack(flaw, "inner") + commands.pack();
  }

  private static String unpack(Flaw flaw, String file) {
    return flaw.found() instanceof FileKind kind ? unpack(kind, file) : "";
  }

  /** Yields disk.raw. */
  private static String unpack(FileKind kind, String file) {
    return switch (kind) {
      case ZIP -> "unzip " + file + " disk.raw && ";
      case BZIP2 -> "tar -xjf " + file + " && ";
      case XZ -> "tar -xJf " + file + " && ";
      case ZSTD -> "tar --zstd -xf " + file + " && ";
      case LZ4 -> "lz4 -d < " + file + " | tar -xf - && ";
      case SEVEN_ZIP -> "7z x " + file + " disk.raw && ";
      case GZIP -> "gunzip < " + file + " > disk.raw && ";
      case QCOW2, VMDK, VHDX, VHD, VDI -> convert(file);
      case OVA ->
          "tar -xOf " + file + " --wildcards '*.vmdk' > disk.vmdk && " + convert("disk.vmdk");
      case TAR -> "tar -xf " + file + " && ";
      case RAW -> "cp --sparse=always " + file + " disk.raw && ";
    };
  }

  private static String convert(String file) {
    return "qemu-img convert -O raw " + file + " disk.raw && ";
  }

  /** A disk.raw that is there is taken as it is: it must not be lost. */
  private String takeOut(String which) {
    return "test -s disk.raw || "
        + (TAKE_OUT + commands.file() + which)
        + " | cp --sparse=always /dev/stdin disk.raw && ";
  }

  private String otherMember(String name) {
    String takeOut = TAKE_OUT + commands.file();
    FileKind kind = FileKind.named(name).orElse(FileKind.RAW);
    if (kind == FileKind.OVA) {
      String disks = " --wildcards '*.vmdk' > inner && ";
      return (name.endsWith(".ovf") ? takeOut + disks : takeOut + " | tar -xOf -" + disks)
          + convert("inner");
    }
    return kind.isForeignDisk() ? takeOut + " > inner && " + convert("inner") : takeOut("");
  }

  private String ofType(Flaw flaw) {
    boolean link = flaw.found() instanceof MemberType type && type.isLink();
    return link ? commands.packFollowing() : commands.pack();
  }

  private String resize(Flaw flaw) {
    if (!(flaw.found() instanceof DiskSize size)) {
      return commands.pack();
    }
    if (flaw.reason() == Reason.DISK_SIZE) {
      return "truncate -s " + size.roundedUpGib() + "G disk.raw && " + commands.pack();
    }
    // Pasted as it stands it only looks: cutting a disk may cut a partition.
    return String.format(
        Locale.ROOT,
        "fdisk -l disk.raw # if its partitions end before %d GiB: truncate -s %dG disk.raw && %s;"
            + " if not, have the operator raise maxDiskGib",
        size.maxGib(),
        size.maxGib(),
        commands.pack());
  }

  private String gunzipOnce() {
    String file = commands.file();
    return "gunzip < " + file + " > once && mv once " + file + " && " + commands.send();
  }

  /** A sound file was damaged on its way; a damaged one has to be packed again. */
  private String checkThenSend() {
    String check = "gzip -t " + commands.file();
    return check + " && " + commands.send() + " || { " + commands.pack() + "; }";
  }

  /** Compute Engine boots what has a disk label and a boot loader; only the build can add those. */
  private String packIfLabelled(String label) {
    return "fdisk -l disk.raw | grep '" + label + "' && " + commands.pack();
  }
}

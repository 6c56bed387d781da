package localcloud.machines;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.world.instances.Board;
import localcloud.world.instances.Machines;

/**
 * How QEMU is started, to have the devices that Compute Engine gives a machine of its first two
 * generations: https://docs.cloud.google.com/compute/docs/images/building-custom-os lists PIIX4,
 * virtio-scsi, virtio-net and 16550A serial ports. Card and network come from {@code
 * .circleci/boot-check --wire}: what a machine meets here and in CI is one and the same.
 */
public final class QemuCommand {
  /** What it is called, and where PATH leads to it. */
  public static final String PROGRAM = "qemu-system-x86_64";

  private static final Path OVMF = Path.of("/usr/share/OVMF");

  /** QEMU takes the date without a zone, and as UTC. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private QemuCommand() {}

  /** Runs the part of {@code boot-check} that imitates Compute Engine's network. */
  public static final String PYTHON = "python3";

  /** QEMU, if it is installed. */
  public static Optional<Path> program() {
    return installed(PROGRAM);
  }

  /** The program of this name that PATH leads to. */
  public static Optional<Path> installed(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static List<String> line(Path program, Path bootCheck, Machines.Spec spec) {
    List<String> line =
        new ArrayList<>(List.of(bootCheck.toString(), "--wire", "/dev/null", program.toString()));
    line.addAll(board(spec));
    line.addAll(firmware(spec.board()));
    line.addAll(devices(spec));
    line.addAll(channels());
    return line;
  }

  private static List<String> board(Machines.Spec spec) {
    return List.of(
        "-no-user-config",
        "-nodefaults",
        // Not KVM, even where it is: a /dev/kvm that opens may still hang the guest. The buffer for
        // translated code would otherwise grow to 1 GiB with a guest that boots over and over.
        "-accel",
        "tcg,tb-size=64",
        // Without a display, the firmware speaks on the serial port as it does at Google.
        "-machine",
        "pc,graphics=off",
        "-display",
        "none",
        "-name",
        spec.name(),
        "-m",
        spec.board().memoryMib() + "M",
        "-rtc",
        "base=" + DATE.format(spec.start()));
  }

  /** QEMU brings a BIOS of its own; Debian's package ovmf is the UEFI for it. */
  private static List<String> firmware(Board board) {
    return board.firmware() == Board.Firmware.BIOS
        ? List.of()
        : List.of(
            "-drive",
            "if=pflash,unit=0,format=raw,readonly=on,file=" + OVMF.resolve("OVMF_CODE_4M.fd"),
            // Its variables are a machine's own, and gone with it.
            "-drive",
            "if=pflash,unit=1,format=raw,snapshot=on,file=" + OVMF.resolve("OVMF_VARS_4M.fd"));
  }

  /** Whether this computer can emulate machines of this kind. */
  static boolean knows(Board board) {
    return board.architecture().equals("X86_64")
        && (board.firmware() == Board.Firmware.BIOS
            || Files.isReadable(OVMF.resolve("OVMF_CODE_4M.fd")));
  }

  private static List<String> devices(Machines.Spec spec) {
    return List.of(
        // What the machine writes goes to a file without a name, which ends with the process.
        "-drive",
        "if=none,id=boot,format=raw,snapshot=on,file=" + spec.disk().toString().replace(",", ",,"),
        "-device",
        "virtio-scsi-pci",
        "-device",
        "scsi-hd,drive=boot,bootindex=1");
  }

  /** The control protocol is on standard input and output, the serial port on standard error. */
  private static List<String> channels() {
    return List.of(
        "-chardev",
        "stdio,id=control,signal=off",
        "-mon",
        "chardev=control,mode=control",
        "-chardev",
        "file,id=serial,path=/dev/stderr",
        "-serial",
        "chardev:serial");
  }
}

package localcloud.ci;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.judges.Program;

/**
 * A unikernel as the boot loader sees one: an ELF file with a multiboot header whose own addresses
 * count, as Solo5's has. Behind the header stands a Linux kernel, so that it has a network; a few
 * instructions hand over to it by Linux's 32-bit boot protocol
 * (docs.kernel.org/arch/x86/boot.html). The header is of the Multiboot specification 0.6.96.
 */
final class MultibootElf {
  private static final int LOAD = 0x2000000;

  /** Where the image begins in the file; the header must stand in its first 8192 bytes. */
  private static final int FILE_OFFSET = 0x1000;

  private static final int HEADER = LOAD;
  private static final int ENTRY = LOAD + 0x100;
  private static final int DESCRIPTORS = LOAD + 0x300;
  private static final int STARTING = LOAD + 0x400;
  private static final int ABSTRACT = LOAD + 0x500;
  private static final int COMMAND_LINE = LOAD + 0x800;
  private static final int BOOT_PARAMS = LOAD + 0x1000;
  private static final int INITRD = LOAD + 0x2000;

  /** What the last four bytes of the image hold, unless the boot loader zeroed them. */
  private static final int WITNESS = 0x736f6c6f;

  private static final int ALIGNMENT = 2 << 20;

  private final byte[] linux;
  private final byte[] initrd;
  private final ByteBuffer file;
  private final int kernelAt;
  private final int end;

  /**
   * Takes a Linux kernel and its initial file system.
   *
   * @param linux a bzImage that can be moved
   */
  MultibootElf(Path linux, Path initrd) throws IOException {
    this.linux = Files.readAllBytes(linux);
    this.initrd = Files.readAllBytes(initrd);
    kernelAt = (INITRD + this.initrd.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    end = kernelAt + (this.linux.length - setupLength()) + Integer.BYTES;
    file = ByteBuffer.allocate(fileOffset(end)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Around the kernel of an appliance's disk, which is taken out into this folder. */
  static MultibootElf around(Path disk, Path home) throws Exception {
    Program.named("mcopy", home)
        .succeed("-n", "-i", disk + "@@1M", "::kernel", "::initrd", home.toString());
    return new MultibootElf(home.resolve("kernel"), home.resolve("initrd"));
  }

  /** As a sound linker script makes it: everything in the file is loaded. */
  byte[] sound() {
    return image(end);
  }

  /**
   * As the 2016 write-up met it: a part of the program stands behind what the header tells the boot
   * loader to load, and is zeroed before the entry point runs.
   */
  byte[] zeroed() {
    return image(kernelAt);
  }

  /** One that says this on its serial port and halts, while the machine stays on. */
  byte[] saysAndHalts(String console) {
    image(end);
    text(INITRD, console + "\0");
    at(ENTRY);
    bytes(0xfa); // cli
    print(INITRD);
    bytes(0xf4, 0xeb, 0xfd); // hlt, again and again
    return file.array().clone();
  }

  private byte[] image(int loadEnd) {
    elfHeader();
    multibootHeader(loadEnd);
    code();
    at(DESCRIPTORS).putShort((short) 0x1f).putInt(DESCRIPTORS + 8);
    // Flat 4 GiB segments at 0x10 (code) and 0x18 (data), as the boot protocol asks.
    at(DESCRIPTORS + 8 + 0x10).putLong(0x00cf9b000000ffffL).putLong(0x00cf93000000ffffL);
    text(STARTING, "unikernel: starting\r\n");
    text(ABSTRACT, "Fatal error: exception (Invalid_argument \"equal: abstract value\")\r\n");
    text(COMMAND_LINE, "console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable");
    bootParams();
    at(INITRD).put(initrd);
    at(kernelAt).put(linux, setupLength(), linux.length - setupLength());
    at(end - Integer.BYTES).putInt(WITNESS);
    return file.array().clone();
  }

  private void elfHeader() {
    file.position(0);
    file.putInt(0x464c457f).put(new byte[] {2, 1, 1}); // ELF, 64 bit, little endian, version 1
    file.putShort(16, (short) 2).putShort(18, (short) 62).putInt(20, 1); // EXEC, x86-64
    file.putLong(24, ENTRY).putLong(32, 64); // one program header behind this one
    file.putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) 1);
    file.position(64);
    file.putInt(1).putInt(7).putLong(FILE_OFFSET).putLong(LOAD).putLong(LOAD);
    file.putLong(end - LOAD).putLong(end - LOAD).putLong(0x1000);
  }

  private void multibootHeader(int loadEnd) {
    int magic = 0x1badb002;
    int flags = 1 << 16 | 1 << 1; // own addresses; tell the memory's size
    at(HEADER).putInt(magic).putInt(flags).putInt(-(magic + flags));
    file.putInt(HEADER).putInt(LOAD).putInt(loadEnd).putInt(end).putInt(ENTRY);
  }

  /** 32-bit protected mode, ebx points at the boot loader's information. */
  private void code() {
    at(ENTRY);
    bytes(0xfa, 0x8b, 0x43, 0x08, 0xc1, 0xe0, 0x0a, 0xa3); // cli; eax = KiB above 1 MiB << 10
    file.putInt(BOOT_PARAMS + 0x2d0 + 20 + 8); // the size of the second range of memory
    print(STARTING);
    bytes(0x81, 0x3d); // cmp [witness]
    file.putInt(end - Integer.BYTES).putInt(WITNESS);
    bytes(0x74, 22 + 8); // je past the crash
    print(ABSTRACT); // 22 bytes
    bytes(0x0f, 0x01, 0x1d); // lidt of nothing, and an interrupt: the machine resets
    file.putInt(LOAD + 0x700);
    bytes(0xcc);
    bytes(0x0f, 0x01, 0x15); // lgdt
    file.putInt(DESCRIPTORS);
    bytes(0xea);
    file.putInt(ENTRY + (file.position() - fileOffset(ENTRY)) + 6).putShort((short) 0x10);
    bytes(0xb8, 0x18, 0, 0, 0, 0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xd0, 0xbe); // ds = es = ss = 0x18
    file.putInt(BOOT_PARAMS);
    bytes(0x31, 0xed, 0x31, 0xff, 0x31, 0xdb, 0xb8); // ebp = edi = ebx = 0
    file.putInt(kernelAt);
    bytes(0xff, 0xe0); // jmp eax
  }

  /** Writes a text to the first serial port: 22 bytes of code. */
  private void print(int text) {
    bytes(0xbe); // mov esi
    file.putInt(text);
    bytes(0x66, 0xba, 0xf8, 0x03); // mov dx, 0x3f8
    bytes(0xac, 0x84, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8); // lodsb; until it is 0: out dx, al
    bytes(0x90, 0x90, 0x90, 0x90, 0x90);
  }

  private void bootParams() {
    // The kernel's own header, as it stands in its first sectors.
    int headerLength = 0x202 + (linux[0x201] & 0xff) - 0x1f1;
    at(BOOT_PARAMS + 0x1f1).put(linux, 0x1f1, headerLength);
    at(BOOT_PARAMS + 0x210).put((byte) 0xff); // a boot loader without a number
    at(BOOT_PARAMS + 0x218).putInt(INITRD).putInt(initrd.length);
    at(BOOT_PARAMS + 0x228).putInt(COMMAND_LINE);
    at(BOOT_PARAMS + 0x1e8).put((byte) 2);
    at(BOOT_PARAMS + 0x2d0).putLong(0).putLong(0x9fc00).putInt(1);
    file.putLong(1 << 20).putLong(0).putInt(1); // its size is filled in by the code
  }

  private int setupLength() {
    return (linux[0x1f1] + 1) * 512;
  }

  private static int fileOffset(int address) {
    return address - LOAD + FILE_OFFSET;
  }

  private ByteBuffer at(int address) {
    return file.position(fileOffset(address));
  }

  private void text(int address, String text) {
    at(address).put(text.getBytes(US_ASCII));
  }

  private void bytes(int... values) {
    for (int value : values) {
      file.put((byte) value);
    }
  }
}

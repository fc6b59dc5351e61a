using System.Globalization;
using System.Text;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>
/// What a guest boots: Debian's kernel, and a file system in memory that holds busybox and a script. The script says on the serial line what was typed at the screen, and obeys
/// two words: <c>mode</c> switches the screen to 1024 × 768 with a short line of one colour, <c>reboot</c> restarts.
/// </summary>
internal static class GuestImage
{
    /// <summary>The colour of the line, as red, green and blue, and how many pixels of it there are from the upper left corner on.</summary>
    public const uint Colour = 0x2468AC;

    public const int Coloured = 64;

    private const string Init = """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        mount -t devtmpfs dev /dev
        mount -t sysfs sys /sys
        for device in /sys/bus/pci/devices/*; do
          case $(cat $device/class) in 0x03*) screen=$device ;; esac
        done
        pixels=$(sed -n 1p $screen/resource | cut -d ' ' -f 1)
        registers=$(sed -n 3p $screen/resource | cut -d ' ' -f 1)
        # QEMU's standard adapter: registers of Bochs's display interface from 0x500 on (QEMU, docs/specs/standard-vga).
        set_mode() {
          for pair in 4=0 1=$1 2=$2 3=32 4=0x41; do devmem $((registers + 0x500 + 2 * ${pair%=*})) 16 ${pair#*=}; done
        }
        # Open as long as the guest runs, so that nothing is lost between two lines; a cursor that blinks would make the picture another all the time.
        exec 3</dev/tty1
        printf '\033[?25l\033[2J\033[Htype here\n' >/dev/tty1
        echo ready >/dev/ttyS0
        while read -r line <&3; do
          echo "typed: $line" >/dev/ttyS0
          case $line in
            mode)
              set_mode 1024 768
              at=0; while [ $at -lt COLOURED ]; do devmem $((pixels + 4 * at)) 32 COLOUR; at=$((at + 1)); done
              echo switched >/dev/ttyS0 ;;
            reboot) reboot -f ;;
          esac
        done

        """;

    /// <summary>The kernel's file, which <c>./test.sh</c> fetches.</summary>
    public static string Kernel => Fetched("vmlinuz");

    /// <summary>Writes the file system, in the form that kernels unpack (Linux, Documentation/driver-api/early-userspace/buffer-format).</summary>
    public static void Write(string path)
    {
        const int Folder = 0x41ED, Program = 0x81ED;
        var script = Init.Replace("COLOURED", Coloured.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("COLOUR", $"0x{Colour:X}", StringComparison.Ordinal);
        using var to = File.Create(path);
        foreach (var folder in (string[])["bin", "dev", "sys"])
            Add(to, folder, Folder, []);
        Add(to, "bin/busybox", Program, File.ReadAllBytes(Fetched("busybox")));
        Add(to, "init", Program, Encoding.ASCII.GetBytes(script));
        Add(to, "TRAILER!!!", 0, []);
    }

    private static void Add(Stream to, string name, int mode, byte[] content)
    {
        int[] numbers = [(int)(to.Position / 4) + 1, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, name.Length + 1, 0];
        to.Write(Encoding.ASCII.GetBytes("070701" + string.Concat(numbers.Select(number => number.ToString("X8", CultureInfo.InvariantCulture))) + name + '\0'));
        Pad(to);
        to.Write(content);
        Pad(to);
    }

    private static void Pad(Stream to) => to.Write(new byte[(4 - (int)(to.Position % 4)) % 4]);

    private static string Fetched(string name)
    {
        var path = Checkout.File("artifacts", "guest", name);
        if (!File.Exists(path))
            Needs.Missing($"{path} is missing: ./test.sh fetches a guest for QEMU from Debian.");
        return path;
    }
}

using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Making;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// Screen, keyboard and mouse of one running guest, for as long as its domain lives: whoever connects sees the same. It boots, asks somebody to sign in, and shows what is
/// typed. Any thread may call.
/// </summary>
public sealed class GuestScreen : IDisposable
{
    private const int MostKeys = 512;
    private const int LongestText = 64 * 1024;
    private const int BootSteps = 12;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Queue<KeyPress> _keys = [];
    private readonly StringBuilder _typed = new();
    private readonly HashSet<uint> _held = [];
    private readonly GuestShell _shell;
    private int _viewers;

    internal GuestScreen(DbObject vm, TimeSpan boot, TimeProvider time)
    {
        (Vm, Domain, Name) = (vm, DomainOf(vm), vm.Text("name_label"));
        var system = vm.Follow("guest_metrics", "VM_guest_metrics")?["os_version"].AsMap;
        IsWindows = system?["distro"]?.AsText == "windows" || vm["platform"].AsMap["device_id"]?.AsText == "0002";
        var product = system?["name"]?.AsText.Split('|')[0] ?? (IsWindows ? GuestSystem.All.First(known => known.IsWindows).Template : "Linux");
        Screen = IsWindows ? new(0xFFFFFF, 0x005A9E) : new(0xD0D0D0, 0x101010);
        Product = product;
        _shell = new(Name, product, IsWindows, time, Screen.Write);
        if (boot > TimeSpan.Zero) _ = BootAsync(boot, time);
        else _shell.Greet();
    }

    /// <summary>What the guest is called.</summary>
    public string Name { get; }

    /// <summary>What stands on the screen, line by line.</summary>
    public string Text => Screen.Text;

    /// <summary>All characters that were typed, the last ones.</summary>
    public string Typed
    {
        get
        {
            lock (_gate) return _typed.ToString();
        }
    }

    /// <summary>The keys that went down and up, the last ones.</summary>
    public IReadOnlyList<KeyPress> Keys
    {
        get
        {
            lock (_gate) return [.. _keys];
        }
    }

    /// <summary>Where the mouse is, and its buttons as bits.</summary>
    public (int X, int Y, int Buttons) Pointer { get; private set; }

    /// <summary>The clipboard of the guest. What a viewer brings is not sent to the others.</summary>
    public string Clipboard { get; private set; } = "";

    /// <summary>The encodings and wishes that a viewer named last, by their numbers in RFB.</summary>
    public IReadOnlySet<int> Encodings { get; internal set; } = new HashSet<int>();

    /// <summary>How many are connected.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    /// <summary>Pixels.</summary>
    public (int Width, int Height) Size => Screen.Size;

    internal DbObject Vm { get; }

    internal string Domain { get; }

    internal bool IsWindows { get; }

    internal string Product { get; }

    internal TextScreen Screen { get; }

    /// <summary>Counts what the guest itself copied.</summary>
    internal int Copies { get; private set; }

    /// <summary>Ends with the domain.</summary>
    internal CancellationToken End => _end.Token;

    /// <summary>Which domain on which host a VM is at this moment.</summary>
    internal static string DomainOf(DbObject vm) => $"{vm.Text("resident_on")} {vm.Int("domid")}";

    /// <summary>Writes on the screen.</summary>
    public void Write(string text) => Screen.Write(text);

    /// <summary>The guest makes its screen another size, in pixels.</summary>
    public void Resize(int width, int height) => Screen.Resize(width, height);

    /// <summary>The guest copies something: all who are connected get it.</summary>
    public void Copy(string text)
    {
        lock (_gate) (Clipboard, Copies) = (text, Copies + 1);
        Screen.Write("");
    }

    public void Dispose() => _end.Dispose();

    internal void Enter() => Interlocked.Increment(ref _viewers);

    internal void Leave() => Interlocked.Decrement(ref _viewers);

    internal void Stop() => _end.Cancel();

    /// <summary>A viewer brings its clipboard.</summary>
    internal void Paste(string text)
    {
        lock (_gate) Clipboard = text;
    }

    internal void Point(int x, int y, int buttons)
    {
        Pointer = (x, y, buttons);
        Screen.Point(x, y);
    }

    /// <summary>Ctrl+C copies the line that is being typed, Ctrl+V types the clipboard, Ctrl+Alt+Del is what it is; else keys give their characters.</summary>
    internal void Press(KeyPress key)
    {
        lock (_gate)
        {
            if (_keys.Count == MostKeys) _keys.Dequeue();
            _keys.Enqueue(key);
            if (!key.IsDown)
            {
                _held.Remove(key.Keysym);
                return;
            }

            _held.Add(key.Keysym);
            var (isControl, isAlt) = (_held.Any(Keysyms.IsControl), _held.Any(Keysyms.IsAlt));
            if (key.Keysym == Keysyms.Delete && isControl && isAlt)
                _shell.Attend();
            else if (Keysyms.CharacterOf(key.Keysym) is { } character)
                Type(character, isControl && !isAlt);
        }
    }

    private void Type(char character, bool isControl)
    {
        if (!isControl)
        {
            TypeLocked(character);
            return;
        }

        switch (char.ToLowerInvariant(character))
        {
            case 'c' when _shell.Line.Length > 0:
                (Clipboard, Copies) = (_shell.Line, Copies + 1);
                Screen.Write("");
                break;
            case 'c':
                TypeLocked('\u0003');
                break;
            case 'v':
                foreach (var pasted in Clipboard)
                    TypeLocked(pasted == '\n' ? '\r' : pasted);
                break;
        }
    }

    private void TypeLocked(char character)
    {
        if (_typed.Length >= LongestText) _typed.Remove(0, LongestText / 2);
        _typed.Append(character);
        _shell.Type(character);
    }

    private async Task BootAsync(TimeSpan duration, TimeProvider time)
    {
        try
        {
            Screen.Write("Booting from Hard Disk...\n");
            for (var step = 0; step < BootSteps; step++)
            {
                await Task.Delay(duration / BootSteps, time, _end.Token);
                Screen.Write(IsWindows ? "." : BootText.Lines(Name, Product)[step] + "\n");
            }

            lock (_gate)
            {
                Screen.Write("\f");
                _shell.Greet();
            }
        }
        catch (OperationCanceledException)
        {
            // The domain ended before it was up.
        }
    }
}

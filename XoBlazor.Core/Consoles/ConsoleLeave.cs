namespace XoBlazor.Core.Consoles;

/// <summary>What somebody may at a console besides looking.</summary>
[Flags]
internal enum ConsoleLeave
{
    None = 0,

    /// <summary>Keys, pointer, size, and with <see cref="Clipboard"/> pasting.</summary>
    Type = 1,

    /// <summary>What the guest copies comes to them.</summary>
    Clipboard = 2,

    /// <summary>To hear which host it is on.</summary>
    Host = 4,
}

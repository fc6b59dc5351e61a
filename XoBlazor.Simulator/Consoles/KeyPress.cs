namespace XoBlazor.Simulator.Consoles;

/// <summary>A key that went down or up, as it came.</summary>
/// <param name="IsDown">Whether it went down.</param>
/// <param name="Keysym">Its keysym.</param>
/// <param name="ScanCode">Its place on a PC's keyboard as QEMU's extension numbers it; 0 where the client told none.</param>
public readonly record struct KeyPress(bool IsDown, uint Keysym, uint ScanCode);

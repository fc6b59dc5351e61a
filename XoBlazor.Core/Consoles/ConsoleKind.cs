namespace XoBlazor.Core.Consoles;

/// <summary>Which of a VM's consoles.</summary>
public enum ConsoleKind
{
    /// <summary>The graphical one, in RFB (XAPI's <c>rfb</c>).</summary>
    Screen,

    /// <summary>The serial line, in a terminal's bytes (XAPI's <c>vt100</c>).</summary>
    Text,
}

using System.Net.WebSockets;
using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>One socket at a screen, and what it can read. Its state is guarded by the session's gate.</summary>
internal sealed class ScreenViewer(WebSocket socket, string name, bool hasControl, ConsoleLeave leave, TimeSpan stalled, TimeProvider time)
    : ConsoleViewer(socket, name, hasControl, leave, stalled, time)
{
    private readonly HashSet<int> _reads = [RfbEncoding.Raw];

    /// <summary>How it gets what the host sends.</summary>
    public enum Feeding
    {
        /// <summary>Not at all: it has not asked yet, or the line is new.</summary>
        None,

        /// <summary>Byte for byte: alone since the line began.</summary>
        Whole,

        /// <summary>By the rectangles that it can read.</summary>
        ByRect,
    }

    public RfbPixelFormat Format { get; set; } = RfbPixelFormat.Usual;

    /// <summary>What it asked for, in its order, as far as it is relayed.</summary>
    public IReadOnlyList<int> Encodings { get; private set; } = [];

    /// <summary>The size that it knows of.</summary>
    public RfbSize Size { get; set; }

    /// <summary>It has asked for a picture.</summary>
    public bool IsReady { get; set; }

    /// <summary>What it has pressed and not let go.</summary>
    public HeldInput Held { get; } = new();

    public Feeding Fed { get; set; }

    /// <summary>It has asked for what changes.</summary>
    public bool Wants { get; set; }

    /// <summary>It has to get the whole screen.</summary>
    public bool NeedsAll { get; set; }

    /// <summary>An update was begun that ends with its last rectangle.</summary>
    public bool IsInUpdate { get; set; }

    /// <summary>It gets the rectangle, or the message, that is being read.</summary>
    public bool TakesBody { get; set; }

    /// <summary>It got a part of the present update.</summary>
    public bool GotSome { get; set; }

    /// <summary>It took too little: what comes is left out until it has caught up.</summary>
    public bool IsBehind { get; set; }

    /// <summary>It has taken what waited, and will be fed again.</summary>
    public bool IsCatchingUp { get; set; }

    /// <summary>How often it was.</summary>
    public int TimesBehind { get; set; }

    /// <summary>For feeding it whole: what is read now is left out, because it is a clipboard that it may not have.</summary>
    public bool IsSpared { get; set; }

    /// <summary>For feeding it whole: where in the present piece it is.</summary>
    public int From { get; set; }

    /// <summary>The stateful encodings that it has decoded something of: their streams are in some state there.</summary>
    public HashSet<int> History { get; } = [];

    /// <summary>What it must not get any more: its decoder is in the middle of a stream that no line goes on with. Tight can be begun anew, the others cannot.</summary>
    public HashSet<int> Barred { get; } = [];

    /// <summary>It can read this, or could before it asked for something else: what was on its way then still arrives.</summary>
    public bool Reads(int encoding) => _reads.Contains(encoding);

    public void Ask(IEnumerable<int> encodings)
    {
        Encodings = [.. encodings.Where(RfbEncoding.IsKnown).Distinct()];
        _reads.UnionWith(Encodings);
    }
}

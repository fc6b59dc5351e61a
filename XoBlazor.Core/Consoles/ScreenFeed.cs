using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>What the relay itself puts into a viewer's stream. Within the session's gate.</summary>
internal static class ScreenFeed
{
    /// <summary>Begins a rectangle, in an update of its own where the viewer cannot be told that one ends with its last.</summary>
    public static void Begin(ScreenViewer viewer, byte[] head)
    {
        viewer.GotSome = true;
        if (!viewer.Reads(RfbEncoding.LastRect))
        {
            viewer.Output.Add(RfbUpdate.BeginOne);
        }
        else if (!viewer.IsInUpdate)
        {
            viewer.Output.Add(RfbUpdate.BeginUntilLast);
            viewer.IsInUpdate = true;
        }

        viewer.Output.Add(head);
    }

    public static void EndUpdate(ScreenViewer viewer)
    {
        if (viewer.IsInUpdate)
            viewer.Output.Add(RfbUpdate.Last);
        viewer.IsInUpdate = false;
    }

    /// <summary>Tells the viewer the screen's size. False when it is none that can be told.</summary>
    public static bool Resize(ScreenViewer viewer, ScreenLink link)
    {
        var (width, height) = link.Size;
        if (viewer.Reads(RfbEncoding.ExtendedDesktopSize))
        {
            // One screen, number 0, as large as the frame.
            Begin(viewer, link.Facts.TryGetValue(RfbEncoding.ExtendedDesktopSize, out var told) ? Sized(told, link.Size)
                : [.. RfbUpdate.Rect(new(0, 0, width, height, RfbEncoding.ExtendedDesktopSize)), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(width >> 8), (byte)width, (byte)(height >> 8), (byte)height, 0, 0, 0, 0]);
        }
        else if (viewer.Reads(RfbEncoding.DesktopSize))
        {
            Begin(viewer, RfbUpdate.Rect(new(0, 0, width, height, RfbEncoding.DesktopSize)));
        }
        else
        {
            viewer.End("resize", $"The screen is {width} × {height} now, which this viewer cannot show without connecting anew. Connect again.");
            return false;
        }

        viewer.Size = link.Size;
        return true;
    }

    /// <summary>What hosts say once.</summary>
    public static void Facts(ScreenViewer viewer, ScreenLink link)
    {
        EndUpdate(viewer);
        var facts = link.Facts.Where(fact => viewer.Reads(fact.Key)).Select(fact => fact.Value).ToList();
        if (facts.Count == 0)
            return;
        viewer.Output.Add(RfbUpdate.Of(facts));
        if (viewer.Reads(RfbEncoding.ExtendedDesktopSize) && link.Facts.ContainsKey(RfbEncoding.ExtendedDesktopSize))
            viewer.Size = link.Size;
    }

    private static byte[] Sized(byte[] fact, RfbSize size)
    {
        var sized = (byte[])fact.Clone();
        new RfbRect(0, 0, size.Width, size.Height, RfbEncoding.ExtendedDesktopSize).Write(sized);
        return sized;
    }
}

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>
/// Hears of the boundaries in what a host sends, in their order. <c>at</c> is the place in the piece that is being read, behind what is told of. Heads come as they are
/// complete and may have begun in a piece before.
/// </summary>
internal interface IRfbServerEvents
{
    /// <summary>A rectangle's head is complete; its body begins.</summary>
    void RectBegan(RfbRect rect, int at);

    /// <summary>A rectangle's body is complete.</summary>
    void RectEnded(RfbRect rect, int at);

    void UpdateEnded(int at);

    /// <summary>A clipboard begins; its first byte was read, the rest of its head follows.</summary>
    void CutTextBegins(int at);

    /// <summary>The head of anything that is no update is complete.</summary>
    void MessageBegan(ReadOnlySpan<byte> head, int at);

    void MessageEnded(int at);
}

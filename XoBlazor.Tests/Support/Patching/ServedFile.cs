namespace XoBlazor.Tests.Support.Patching;

/// <summary>A file of a <see cref="CatalogueServer"/>, and how it misbehaves.</summary>
internal sealed record ServedFile(byte[] Content)
{
    /// <summary><c>name:password</c> that the client has to send; null lets everybody have it.</summary>
    public string? Credentials { get; init; }

    /// <summary>How long to wait before each piece of 16 KiB.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Cuts the connection after so many bytes of each answer.</summary>
    public int? CutAt { get; init; }

    /// <summary>Whether a part of it may be asked for.</summary>
    public bool TakesRanges { get; init; } = true;

    /// <summary>Whether the answer says how long it is.</summary>
    public bool TellsLength { get; init; } = true;

    /// <summary>The same file with one byte turned over.</summary>
    public ServedFile WrongAt(int position)
    {
        var wrong = (byte[])Content.Clone();
        wrong[position] ^= 0xff;
        return this with { Content = wrong };
    }
}

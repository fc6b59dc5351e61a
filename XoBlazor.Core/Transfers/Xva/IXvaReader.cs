namespace XoBlazor.Core.Transfers.Xva;

/// <summary>Takes an archive, or one that was compressed, as its bytes pass.</summary>
internal interface IXvaReader : IDisposable
{
    /// <summary>How far it is, in words that follow "it ends": in the middle of which disk.</summary>
    string Place { get; }

    /// <summary>The next bytes. Fails with <see cref="XvaDamagedException"/>.</summary>
    void Add(ReadOnlySpan<byte> bytes);

    /// <summary>No more come. Fails with <see cref="XvaDamagedException"/> when some should.</summary>
    void Complete();
}

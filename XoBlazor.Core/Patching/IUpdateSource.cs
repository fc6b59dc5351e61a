using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching;

/// <summary>Finds out what hosts of one generation lack.</summary>
internal interface IUpdateSource
{
    bool Serves(HostGeneration generation);

    /// <summary>Differs once hosts may lack something else though nothing about them changed.</summary>
    int Version => 0;

    /// <summary>Asks for it. Fails with <see cref="XapiException"/> or <see cref="PatchingException"/>.</summary>
    Task<FoundUpdates> FindAsync(PoolPicture pool, Host host, XapiConnection connection, CancellationToken token);
}

/// <summary>What a source found, in the order of installation.</summary>
internal sealed record FoundUpdates(ImmutableArray<MissingUpdate> Missing)
{
    public ImmutableArray<SkippedUpdate> Skipped { get; init; } = [];

    public string? Hash { get; init; }

    /// <summary>How old what it was found with is; null for new.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What is to be known about it, such as why it was found with something old; for people. Null for nothing.</summary>
    public string? Warning { get; init; }
}

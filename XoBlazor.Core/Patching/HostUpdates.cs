using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Patching;

/// <summary>What one host lacks, as it was known at a moment. Immutable.</summary>
/// <param name="Missing">In the order in which they are to be installed; of the last time that it could be found out.</param>
/// <param name="AsOf">When <paramref name="Missing"/> was found out; null when it never was.</param>
/// <param name="Problem">Why it could not be found out anew since, for people, with the next step; null when it could.</param>
public sealed record HostUpdates(ObjectKey Host, HostGeneration Generation, ImmutableArray<MissingUpdate> Missing, DateTimeOffset? AsOf, string? Problem)
{
    /// <summary>There is nothing to install, for sure.</summary>
    public bool IsUpToDate => AsOf is not null && Problem is null && Missing.IsEmpty;

    /// <summary>What is to be known about the list though it could be found out, for people: the catalogue it was made with is old. Null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>The state of the pool's repositories that the list stands for (<see cref="HostGeneration.Repositories"/>); what is installed has to be the same. Null for other generations.</summary>
    public string? Hash { get; init; }

    /// <summary>Updates of the host's version that are not for it, and why: they conflict with what is installed, or need a licence.</summary>
    public ImmutableArray<SkippedUpdate> Skipped { get; init; } = [];
}

/// <summary>An update that is not offered.</summary>
/// <param name="Why">For people.</param>
public sealed record SkippedUpdate(string Name, string Why);

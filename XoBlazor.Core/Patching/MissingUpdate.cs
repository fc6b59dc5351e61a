using System.Collections.Immutable;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching;

/// <summary>
/// An update that a host lacks. All texts come from a host or a catalogue: they are bounded, and shown as they are, never as markup. What a source does not tell is null or empty.
/// </summary>
public sealed record MissingUpdate
{
    /// <summary>What names it to its generation: the uuid of a patch or update image, the package's name, the id in a repository. One and the same on all hosts of a pool.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "";

    /// <summary>Of a package: what follows its version.</summary>
    public string Release { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>In the source's own word, such as <c>High</c>; null when it does not say.</summary>
    public string? Severity { get; init; }

    /// <summary>What kind of update it is, in the source's own word, such as <c>security</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Only a host without VMs takes it.</summary>
    public bool NeedsEmptyHost { get; init; }

    /// <summary>What has to be done after its installation, as far as the source tells beforehand.</summary>
    public ImmutableArray<UpdateNeed> Guidance { get; init; } = [];

    /// <summary>In bytes: of the download, or of what is installed where only that is told.</summary>
    public long? Size { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>Ids of those that have to be installed before.</summary>
    public ImmutableArray<string> Requirements { get; init; } = [];

    /// <summary>Ids of those that must not be installed beside it.</summary>
    public ImmutableArray<string> Conflicts { get; init; } = [];

    /// <summary>Where one may read about it: http or https.</summary>
    public string? Url { get; init; }

    /// <summary>Where its zip is; only of generations that we bring updates to.</summary>
    public string? Download { get; init; }

    public string? License { get; init; }

    /// <summary>Only hosts with a licence may have it.</summary>
    public bool IsPaid { get; init; }

    public UpdateChange? Change { get; init; }
}

/// <summary>The newest entry of a package's change log.</summary>
public sealed record UpdateChange(string Author, DateTimeOffset? Date, string Text);

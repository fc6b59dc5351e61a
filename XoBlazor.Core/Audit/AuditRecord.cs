using System.Collections.Immutable;

namespace XoBlazor.Core.Audit;

/// <summary>Who did it. <paramref name="Name"/> is as it was then; for a failed sign-in it is what was typed, and the id is empty.</summary>
/// <param name="Id">The account's lasting identifier; empty when nobody was signed in.</param>
/// <param name="Role">The role, or roles, by which it was allowed.</param>
public sealed record AuditActor(string Id, string Name, string? Role = null)
{
    /// <summary>Work of the server that nobody asked for.</summary>
    public static AuditActor Server { get; } = new("", "server");
}

/// <summary>What it was done to.</summary>
/// <param name="Kind">XAPI's class (<c>VM</c>) or a thing of this server (<c>user</c>, <c>role</c>).</param>
/// <param name="Pool">The pool's uuid; null for what lies in no pool.</param>
/// <param name="Id">The object's uuid, or the thing's identifier.</param>
/// <param name="Name">Its name then.</param>
public sealed record AuditTarget(string Kind, string? Pool, string Id, string Name);

/// <summary>
/// One act, as it is written down for ever. Immutable. Values of secret parameters are masked by whoever makes the record
/// (<see cref="Masked"/>); every text is shortened to <see cref="LongestText"/> when written.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Masked = "•••";

    /// <summary>Longer texts are cut, in UTF-16 units.</summary>
    public const int LongestText = 2_000;

    /// <summary>When, by this server's clock; set by the log when it is written.</summary>
    public DateTimeOffset Time { get; init; }

    public required AuditCategory Category { get; init; }

    /// <summary>Area and verb, such as <c>vm.start</c> or <c>user.create</c>.</summary>
    public required string Action { get; init; }

    public required AuditActor Actor { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>Where it came from: an IP address.</summary>
    public string? Address { get; init; }

    /// <summary>The face it came through: <c>console</c>, <c>json-rpc</c>, <c>rest</c>, <c>cli</c>, <c>server</c>.</summary>
    public string? Face { get; init; }

    public AuditTarget? Target { get; init; }

    /// <summary>What came of it, where that is something new: stands at the end of the act, and lies in the target's pool.</summary>
    public AuditTarget? Made { get; init; }

    /// <summary>By name, in the order given.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Why it failed or was refused, in words.</summary>
    public string? Message { get; init; }

    /// <summary>For the end of an act: the number of the record of its beginning.</summary>
    public long? Of { get; init; }

    /// <summary>How long it took, for the end of an act.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The host's task, an opaque reference, or several with a space between: links to the journal.</summary>
    public string? Task { get; init; }
}

namespace XoBlazor.Core.Access;

/// <summary>Who asks: a signed-in user, or the server itself. What a user may is said by <see cref="AccessEngine.Policy"/> alone.</summary>
/// <param name="Id">The account's lasting identifier.</param>
/// <param name="Name">The name to show and to log.</param>
public sealed record Actor(string Id, string Name)
{
    /// <summary>The server, for work nobody asked for. It may do everything, whatever was granted.</summary>
    public static Actor System { get; } = new("", "XoBlazor") { IsServer = true };

    /// <summary>
    /// The id of a role beyond which the actor may nothing, whatever was granted: a token with a narrower role, or an administrator who
    /// looks through somebody's eyes (<c>viewer</c>). Null for no limit; an id that no role has allows nothing.
    /// </summary>
    public string? LimitedTo { get; init; }

    internal bool IsServer { get; private init; }
}

namespace XoBlazor.Core.Access;

/// <summary>Who asks: a signed-in user, or the server itself. What they may is said by <see cref="AccessEngine.Policy"/>.</summary>
/// <param name="Id">The account's lasting identifier.</param>
/// <param name="Name">The name to show and to log.</param>
/// <param name="IsAdministrator">Vouched for as administrator by the accounts themselves, whatever the policy says. Ask <see cref="AccessEngine.IsAdministrator"/>.</param>
public sealed record Actor(string Id, string Name, bool IsAdministrator = false)
{
    /// <summary>The server, for work nobody asked for.</summary>
    public static Actor System { get; } = new("", "XoBlazor", IsAdministrator: true);

    /// <summary>
    /// The id of a role beyond which the actor may nothing, whatever was granted: a token with a narrower role, or an administrator who
    /// looks through somebody's eyes (<c>viewer</c>). Null for no limit; an id that no role has allows nothing.
    /// </summary>
    public string? LimitedTo { get; init; }
}

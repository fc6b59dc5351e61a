using XoBlazor.Core.Access;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Somebody who comes to the server, with what they show at each face.</summary>
/// <param name="Actor">Null for somebody who did not sign in.</param>
/// <param name="Cookie">The session's cookie as a header; empty for none.</param>
/// <param name="Token">An API token; empty for none.</param>
internal sealed record Person(string Name, Actor? Actor, string Cookie, string Token)
{
    /// <summary>Who is at the door and nothing more.</summary>
    public static Person Anonymous { get; } = new("anonymous", null, "", "");

    public override string ToString() => Name;
}

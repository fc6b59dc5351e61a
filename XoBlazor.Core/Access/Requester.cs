namespace XoBlazor.Core.Access;

/// <summary>Somebody who asks, with the way they came: what the audit tells beside the name.</summary>
/// <param name="Face">The face they came through: <c>console</c>, <c>json-rpc</c>, <c>rest</c>, <c>cli</c>, <c>server</c>.</param>
/// <param name="Address">The IP address they came from; null for the server itself.</param>
public sealed record Requester(Actor Actor, string Face, string? Address = null)
{
    /// <summary>The server, for work nobody asked for.</summary>
    public static Requester Server { get; } = new(Actor.System, "server");
}

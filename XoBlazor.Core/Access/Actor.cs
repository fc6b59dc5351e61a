namespace XoBlazor.Core.Access;

/// <summary>Who asks: a signed-in user, or the server itself for work nobody asked for.</summary>
/// <param name="Id">The account's lasting identifier.</param>
/// <param name="Name">The name to show and to log.</param>
/// <param name="IsAdministrator">An administrator may do everything everywhere.</param>
public sealed record Actor(string Id, string Name, bool IsAdministrator);

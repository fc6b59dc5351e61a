namespace XoBlazor.Core.Audit;

/// <summary>Somebody who did something, whether the account is still there or not.</summary>
/// <param name="Id">The account's lasting identifier.</param>
/// <param name="Name">The name of then, when it was done last.</param>
/// <param name="Last">When that was.</param>
public sealed record AuditPerson(string Id, string Name, DateTimeOffset Last);

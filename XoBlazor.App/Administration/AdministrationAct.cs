using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>Something done to the server itself, as it is judged and written down.</summary>
/// <param name="Right">What is needed; null for what people do to themselves.</param>
/// <param name="Action">Area and verb for the audit, such as <c>user.create</c>.</param>
internal sealed record AdministrationAct(Right? Right, AuditCategory Category, string Action, AuditTarget Target)
{
    /// <summary>What it is done with; no secrets.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public AdministrationAct With(string name, string? value) =>
        value is null ? this : this with { Parameters = Parameters.Add(KeyValuePair.Create(name, value)) };
}

/// <summary>It is not done, for a reason made for people: what is wrong, and the next step.</summary>
public sealed class AdministrationRefusedException(string message) : Exception(message);

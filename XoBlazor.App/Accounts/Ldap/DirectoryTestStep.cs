using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>What one step of a test is about, in the order in which they come.</summary>
internal enum DirectoryTestStage
{
    Settings,
    Resolved,
    Connected,
    Secured,
    Bound,
    Searched,
    GroupsListed,
    Found,
    SignedIn,
    Account,
    Groups,
    Roles,
}

/// <summary>How a step ended.</summary>
internal enum DirectoryTestOutcome
{
    Passed,

    /// <summary>It works, and should not stay like this.</summary>
    Warning,

    Failed,
}

/// <summary>One thing a step found out.</summary>
internal readonly record struct DirectoryTestFact(string Name, string Value);

/// <summary>One step of a test: what was done, how it ended, what to change, what was found. Everything from a server is printable and bounded; nothing is secret.</summary>
internal sealed record DirectoryTestStep(DirectoryTestStage Stage, DirectoryTestOutcome Outcome, string Text)
{
    /// <summary>The server it is about, as its URI.</summary>
    public string? Server { get; init; }

    public ImmutableArray<DirectoryTestFact> Facts { get; init; } = [];

    /// <summary>How long the step took; steps made out of one exchange share its time.</summary>
    public TimeSpan Took { get; init; }
}

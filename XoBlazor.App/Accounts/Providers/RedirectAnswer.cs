namespace XoBlazor.App.Accounts.Providers;

/// <summary>What a provider says of a browser that came back.</summary>
internal abstract record RedirectAnswer
{
    private RedirectAnswer()
    {
    }

    /// <param name="Proven">When the person proved it to the provider; null where it does not say.</param>
    public sealed record Accepted(ProvenPerson Person, DateTimeOffset? Proven) : RedirectAnswer;

    /// <param name="Words">For the person; null where there is nothing to say but that it was refused.</param>
    /// <param name="Reason">For the audit.</param>
    public sealed record Refused(string? Words, string Reason) : RedirectAnswer;
}

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>A token that ends with the caller's or when time is up, and tells which of the two it was.</summary>
internal sealed class LdapDeadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _caller;

    public LdapDeadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        Limit = limit;
        _caller = caller;
        _timer = new CancellationTokenSource(limit, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _both.Token;

    /// <summary>True when time is up and nobody has cancelled.</summary>
    public bool IsPast => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
